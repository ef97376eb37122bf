// What a bundle that uses a part of the package weighs.
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { type BuildOptions, build } from "esbuild";

/**
 * The parts that are weighed, and what each may weigh at most (`aim`), in bytes minified and gzipped: a test holds it.
 *
 * The aims are what the parts weighed before a contract was a value, or less: 9,954 and 17,905. The first ones, 6 and 15 kB, are out
 * of reach: the largest function weighs 300 bytes, and 2 kB are the sentences of errors. To read a key and to check options cannot be
 * loaded on demand, for both are synchronous. To find out why a call failed could (1 kB), but must not: it says whether a payment may
 * be sent again, and a process that has no file left to open for a connection has none for a module either.
 */
export const parts = [
  {
    what: "client and signature",
    source: 'export { createSnapClient, sign, verify } from "snap-bi-contract";',
    aim: 9_500,
  },
  {
    what: "client, signature and validators",
    source: `export { createSnapClient, sign, verify } from "snap-bi-contract";
      export { validateHeaders, validateRequest, validateResponse } from "snap-bi-contract/validation";`,
    aim: 17_900,
  },
  {
    what: "client and signature, with a profile",
    source: `export { createSnapClient, sign, verify } from "snap-bi-contract";
      export { bca } from "snap-bi-contract/profiles/bca";`,
    aim: 9_650,
  },
];

/** Bundles a module for Node, minified: what is loaded at once, as one text. What is loaded on demand stays apart, as bundlers leave it. */
export async function bundle(contents: string, resolveDir: string, options: BuildOptions = {}) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir },
    bundle: true,
    splitting: true,
    outdir: join(resolveDir, "bundled"),
    format: "esm",
    platform: "node",
    target: "node20.19",
    minify: true,
    legalComments: "none",
    logLevel: "error",
    // the package as it is built: in a checkout, paths of tsconfig.json would lead to its sources
    tsconfigRaw: "{}",
    ...options,
    metafile: true,
    write: false,
  });
  const outputs = Object.entries(metafile.outputs);
  const [entry = ""] = outputs.find(([, { entryPoint }]) => entryPoint === "<stdin>") ?? [];
  const loaded = new Set([entry]);
  // a set grows while it is gone through
  for (const file of loaded) {
    const imports = metafile.outputs[file]?.imports ?? [];
    for (const { path, kind } of imports) if (kind === "import-statement" && path in metafile.outputs) loaded.add(path);
  }
  const atOnce = outputFiles.filter(({ path }) => [...loaded].some((file) => path === resolve(file)));
  const text = atOnce.map((file) => file.text).join("");
  return {
    text,
    gzipped: gzipSync(text, { level: 9 }).length,
    files: [...loaded].flatMap((file) => Object.keys(metafile.outputs[file]?.inputs ?? {})),
  };
}
