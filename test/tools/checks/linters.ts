// Linters and parsers, with the rules that they come with and none of ours: no problem in the bundle, none in the 3.0 copy.
import assert from "node:assert/strict";
import { join } from "node:path";
import { type Check, home } from "../support/context.ts";

export const spectral: Check = async (context) => {
  const ruleset = context.write("ruleset.yaml", "extends: spectral:oas\n");
  for (const document of [context.contract.yaml, context.contract.openapi30]) {
    const args = ["lint", document, "--ruleset", ruleset, "--fail-severity", "hint", "--format", "json"];
    assert.match(await context.tool("@stoplight/spectral-cli", "spectral", args), /^(No results.*\s*)?\[\]\s*/);
  }
};

/** Redocly takes the nearest configuration, so it gets an empty one. */
export const redocly: Check = async (context) => {
  const config = context.write("redocly.yaml", "telemetry: off\n");
  for (const document of [context.contract.yaml, context.contract.openapi30]) {
    const args = ["lint", document, "--extends", "recommended-strict", "--config", config];
    const env = { REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
    assert.match(await context.tool("@redocly/cli", "redocly", args, { env }), /Your API description is valid/);
  }
};

const reads =
  (library: string): Check =>
  async (context) => {
    for (const document of [context.contract.json, context.contract.openapi30])
      await context.run(process.execPath, [join(home, "programs/node/documents.mjs"), library, document]);
  };
export const swaggerParser = reads("swagger-parser");
export const seriousme = reads("seriousme");
export const readme = reads("readme");
