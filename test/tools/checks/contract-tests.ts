// Tools that test a running server against the contract: the mock must pass.
import assert from "node:assert/strict";
import { join } from "node:path";
import type { Check } from "../support/context.ts";
import { home, packageFolder } from "../support/context.ts";

export const dredd: Check = async (context) => {
  const hooks = join(home, "programs/node/dredd-hooks.cjs");
  const args = [context.contract.yaml, context.mock, "--hookfiles", hooks, "--loglevel", "error"];
  assert.match(
    await context.tool("dredd", "dredd", args),
    /complete: 88 passing, 0 failing, 0 errors, 0 skipped, 88 total/,
  );
};

const enabled = { enabled: true };
/** Each answer against its schema; and each field left out, too short and too long, which must be refused. */
const PORTMAN = {
  version: 1.0,
  tests: {
    contractTests: [
      {
        openApiOperation: "*::/*",
        statusSuccess: enabled,
        contentType: enabled,
        jsonBody: enabled,
        schemaValidation: enabled,
      },
    ],
    variationTests: [
      {
        openApiOperation: "*::/*",
        openApiResponse: "400",
        variations: [
          {
            name: "Fuzz",
            fuzzing: [
              { requestBody: [{ requiredFields: enabled, minLengthFields: enabled, maxLengthFields: enabled }] },
            ],
            tests: { contractTests: [{ statusCode: { enabled: true, code: 400 } }, { schemaValidation: enabled }] },
          },
        ],
      },
    ],
  },
};

interface NewmanReport {
  run: {
    stats: { requests: { total: number }; assertions: { total: number } };
    failures: { source: { name: string }; error: { test: string; message: string } }[];
  };
}

export const portman: Check = async (context) => {
  context.write("portman.json", PORTMAN);
  const options = ["-b", context.mock, "-c", "portman.json", "-o", "collection.json"];
  await context.tool("@apideck/portman", "portman", ["-l", context.contract.yaml, ...options]);
  const report = ["--reporters", "json", "--reporter-json-export", "report.json"];
  // newman exits with 1 for what the filter below takes out
  const newman = ["run", "collection.json", "--env-var", "bearerToken=any-token", "--suppress-exit-code", ...report];
  await context.tool("newman", "newman", newman);
  const { run } = JSON.parse(context.read("report.json")) as NewmanReport;
  // Portman takes the property of dependentSchemas for one of the body, but the sample has none that it could lengthen
  const isOurs = ({ source }: { source: { name: string } }) =>
    !source.name.endsWith("[maximum length externalStoreID]");
  assert.deepEqual(run.failures.filter(isOurs), []);
  assert.equal(run.failures.length, 4, "what Portman cannot lengthen");
  assert.ok(run.stats.requests.total > 90 && run.stats.assertions.total > 200, JSON.stringify(run.stats));
};

/** Every 200, with one combination of optional fields an operation: all combinations take hours. */
export const specmatic: Check = async (context) => {
  const { hostname, port } = new URL(context.mock);
  const jar = join(packageFolder("specmatic"), "specmatic.jar");
  const options = ["--host", hostname, "--port", port, "--filter", "STATUS='200'"];
  const said = await context.run("java", ["-jar", jar, "test", ...options, context.contract.yaml], {
    env: { MAX_TEST_REQUEST_COMBINATIONS: "1" },
  });
  const [, run, passed, failed] = /Tests run: (\d+), Successes: (\d+), Failures: (\d+)/.exec(said) ?? [];
  assert.equal(failed, "0");
  assert.equal(passed, run);
  assert.ok(Number(run) >= 8, `each operation must be tested, found ${run}`);
};
