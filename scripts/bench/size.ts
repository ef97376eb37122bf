// What a bundle that uses a part of the package weighs.
import { gzipSync } from "node:zlib";
import { type BuildOptions, build } from "esbuild";

/** The parts that are weighed, and what each may weigh at most (`aim`), in bytes minified and gzipped: a test holds it. */
export const parts = [
  {
    what: "client and signature",
    source: 'export { createSnapClient, sign, verify } from "snap-bi-contract";',
    aim: 6000,
  },
  {
    what: "client, signature and validators",
    source: `export { createSnapClient, sign, verify } from "snap-bi-contract";
      export { validateHeaders, validateRequest, validateResponse } from "snap-bi-contract/validation";`,
    aim: 15_000,
  },
];

/** Bundles a module for Node, minified. */
export async function bundle(contents: string, resolveDir: string, options: BuildOptions = {}) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir },
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    minify: true,
    legalComments: "none",
    logLevel: "error",
    ...options,
    metafile: true,
    write: false,
  });
  const bytes = outputFiles[0]?.contents ?? new Uint8Array();
  return {
    text: Buffer.from(bytes).toString(),
    gzipped: gzipSync(bytes, { level: 9 }).length,
    files: Object.keys(metafile.inputs),
  };
}
