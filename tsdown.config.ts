// Builds the package's entries and its command line into dist/, beside the documentation page, which it leaves alone.
import { existsSync, readdirSync } from "node:fs";
import { defineConfig } from "tsdown";

/** Each profile has two entries: the light value, and the whole contract with its validators. */
const profiles = readdirSync("generated/profiles")
  .filter((name) => existsSync(`generated/profiles/${name}/profile.ts`))
  .flatMap((name) => [
    [`profiles/${name}`, `generated/profiles/${name}/profile.ts`],
    [`profiles/${name}/contract`, `generated/profiles/${name}/contract.ts`],
  ]);

export default defineConfig({
  entry: {
    index: "src/index.ts",
    server: "src/server.ts",
    node: "src/node.ts",
    redis: "src/redis.ts",
    validation: "src/validation.ts",
    sandbox: "src/sandbox.ts",
    "openapi-fetch": "src/openapi-fetch.ts",
    cli: "src/cli.ts",
    ...Object.fromEntries(profiles),
  },
  format: "esm",
  platform: "node",
  target: "node20.19",
  // the package says "type": "module", so .js it is
  fixedExtension: false,
  dts: true,
  plugins: [{ name: "doc-comments", generateBundle: (_, bundle) => Object.values(bundle).forEach(putCommentsBack) }],
  hash: false,
  // dist/docs/ is made by `npm run docs`
  clean: ["dist/*.js", "dist/*.d.ts", "dist/chunks", "dist/profiles"],
  inputOptions: { checks: { pluginTimings: false } },
  outputOptions: {
    // a command of the command line is loaded when it is called
    chunkFileNames: ({ facadeModuleId }) =>
      /\/src\/cli\//.test(facadeModuleId ?? "") ? "chunks/command-[name].js" : "chunks/[name].js",
    codeSplitting: { groups: [{ name: roomOf }], includeDependenciesRecursively: false },
  },
});

/**
 * The declarations lose their line breaks before a comment, so that it stands behind the previous property, where no editor shows it.
 */
function putCommentsBack(file: { fileName: string; code?: string }): void {
  if (!file.fileName.endsWith(".d.ts") || file.code === undefined) return;
  file.code = file.code.replace(/;[ ]*(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)\n([ ]*)/g, ";\n$2$1\n$2");
}

/** Which room reads a file of generated/; all others are for the room of the standard. */
const READ_BY: Readonly<Record<string, string>> = {
  contract: "contract",
  validators: "contract",
  scenarios: "conform",
  "run-file": "conform",
};

interface Build {
  getModuleInfo(file: string): { dynamicImporters: string[] } | null;
}

/**
 * What entries share is one chunk a room of src/, with what that room reads of generated/. What is loaded on demand stays apart, and
 * so does each adapter, which belongs to one entry.
 * util/ is with snap/: client and receiver need both, and a file more takes half a millisecond to import.
 */
function roomOf(file: string, build: Build): string | null {
  const [, own] = /\/src\/([a-z]+)\/[\w.-]+$/.exec(file) ?? [];
  if (build.getModuleInfo(file)?.dynamicImporters.length) return null;
  // one command reads them; both halves of a profile are entries; what makes profiles needs packages that what compares them does not
  if (/\/generated\/(notes\.ts|profiles\/)|\/src\/generate\//.test(file)) return null;
  // a client has no files to read, wherever it runs
  if (/\/src\/util\/(package-file|peers)\.ts$/.test(file)) return "files";
  const [, generated] = /\/generated\/([\w-]+)/.exec(file) ?? [];
  const room = generated ? (READ_BY[generated] ?? "snap") : own === "util" ? "snap" : own;
  return room && room !== "adapters" ? `${room}${file.endsWith(".d.ts") ? ".d" : ""}` : null;
}
