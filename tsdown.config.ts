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
  clean: ["dist/*.js", "dist/*.d.ts"],
  // how long the declarations take is no fault of ours
  inputOptions: { checks: { pluginTimings: false } },
  outputOptions: {
    // the command line loads each command when it is called
    chunkFileNames: (chunk) =>
      /src\/cli\/(codes|mock|sandbox|sign|validate)\.ts$/.test(chunk.facadeModuleId ?? "")
        ? "command-[name].js"
        : "[name].js",
    // what entries share, under names that say what it is; the main entry imports the first three only
    codeSplitting: {
      groups: [
        { name: "signature", test: /src\/(json-text|signature|time)\.ts$/ },
        { name: "codes", test: /(generated\/(client|response-codes)|src\/response-codes)\.ts$/ },
        { name: "client", test: /src\/(call-error|client|token)\.ts$/ },
        { name: "contract", test: /(generated\/(contract\.ts|validators\.js)|src\/(contract|validation)\.ts)$/ },
        { name: "receiver", test: /src\/(body|node|replay-store|server)\.ts$/ },
        { name: "guard", test: /src\/(guard|http-server|mock)\.ts$/ },
        { name: "ledger", test: /src\/sandbox(\/[a-z-]+)?\.ts$/ },
        { name: "command-line", test: /src\/cli\/(args|main|serve)\.ts$/ },
        { name: "types.d", test: /(generated\/(client|response-codes|types)|src\/response-codes)\.d\.ts$/ },
        { name: "contract.d", test: /(generated\/(contract|validators)|src\/(contract|validation))\.d\.ts$/ },
        { name: "client.d", test: /src\/(call-error|client|token)\.d\.ts$/ },
        { name: "receiver.d", test: /src\/(body|node|replay-store|server)\.d\.ts$/ },
      ],
    },
  },
});
