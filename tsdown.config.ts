// Builds the package's three entries into dist/, beside the documentation page, which it leaves alone.
import { defineConfig } from "tsdown";

export default defineConfig({
  entry: { index: "src/index.ts", server: "src/server.ts", validation: "src/validation.ts" },
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
    // what entries share, under names that say what it is; the main entry imports the first two only
    codeSplitting: {
      groups: [
        { name: "signature", test: /src\/(json-text|signature|time)\.ts$/ },
        { name: "codes", test: /(generated\/(client|response-codes)|src\/response-codes)\.ts$/ },
        { name: "contract", test: /(generated\/(contract\.ts|validators\.js)|src\/(contract|validation)\.ts)$/ },
        { name: "types.d", test: /(generated\/(client|response-codes|types)|src\/response-codes)\.d\.ts$/ },
        { name: "contract.d", test: /(generated\/(contract|validators)|src\/(contract|validation))\.d\.ts$/ },
      ],
    },
  },
});
