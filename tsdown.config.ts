// Builds the package's entries and its command line into dist/, beside the documentation page, which it leaves alone.
import { defineConfig } from "tsdown";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    server: "src/server.ts",
    validation: "src/validation.ts",
    sandbox: "src/sandbox.ts",
    cli: "src/cli.ts",
  },
  format: "esm",
  platform: "node",
  target: "node20.19",
  // the package says "type": "module", so .js it is
  fixedExtension: false,
  dts: true,
  hash: false,
  // dist/docs/ is made by `npm run docs`
  clean: ["dist/*.js", "dist/*.d.ts", "dist/chunks"],
  inputOptions: { checks: { pluginTimings: false } },
  outputOptions: {
    chunkFileNames: "chunks/[name].js",
    codeSplitting: { groups: [{ name: roomOf }], includeDependenciesRecursively: false },
  },
});

interface Build {
  getModuleInfo(file: string): { dynamicImporters: string[] } | null;
}

/**
 * What entries share is one chunk a room of src/, with what that room reads of generated/. What is loaded on demand stays a chunk of
 * its own: Prism, and each command of the command line.
 */
function roomOf(file: string, build: Build): string | null {
  const [, command] = /\/src\/cli\/(sign|\w+(?=\.ts))/.exec(file) ?? [];
  const onDemand = build.getModuleInfo(file)?.dynamicImporters.length || /\/src\/cli\/sign\//.test(file);
  if (onDemand) return command ? `command-${command}` : null;
  const [, own] = /\/src\/([a-z]+)\//.exec(file) ?? [];
  const [, generated] = /\/generated\/(\w+)/.exec(file) ?? [];
  const room = generated ? (/^(contract|validators)$/.test(generated) ? "contract" : "snap") : own;
  return room ? `${room}${file.endsWith(".d.ts") ? ".d" : ""}` : null;
}
