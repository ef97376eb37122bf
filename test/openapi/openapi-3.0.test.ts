// The copy in OpenAPI 3.0 against the contract itself.
import { Ajv } from "ajv";
import { afterAll, describe, expect, test } from "vitest";
import { LOSSES } from "../../src/generate/openapi-3.0.ts";
import { bundle, operations } from "../support/contract.ts";
import { seeded } from "../support/random.ts";
import { read } from "../support/repository.ts";
import { randomInput, subjects } from "../support/subjects.ts";

const copy = JSON.parse(read("generated/openapi-3.0.json")) as typeof bundle & {
  info: Record<string, unknown>;
  components: { parameters: Record<string, { schema: object }> };
};
const SEED = 20201223;
/** Of the inputs of the differential test: a tenth. */
const SHARE = 0.1;

// as validators of 3.0 do: an older dialect, which knows nullable
const ajv = new Ajv({ strict: false, validateSchema: false, logger: false }).addSchema(copy, "copy");

/** Where the copy has what a subject of the differential test validates: `qrCpmPayment 403`. */
function validatorOf(name: string) {
  const [operationId, kind = ""] = name.split(" ");
  const operation = operations.find((candidate) => candidate.operationId === operationId);
  if (!operation) throw new Error(`there is no ${operationId}`);
  if (kind === "headers") {
    const names = operation.parameters.map((parameter) => parameter.name);
    const required = operation.parameters.filter((parameter) => parameter.required).map((parameter) => parameter.name);
    const properties = names.map((header) => [header, { $ref: `copy#/components/parameters/${header}/schema` }]);
    return ajv.compile({ type: "object", required, properties: Object.fromEntries(properties) });
  }
  const { requestBody, responses } = copy.paths[operation.path]?.post ?? {};
  const holder = kind === "request" ? requestBody : responses?.[kind];
  const { $ref } = holder?.content["application/json"].schema ?? {};
  return ajv.compile({ $ref: `copy${String($ref)}` });
}

const total = { inputs: 0, valid: 0 };
describe("judges as the contract does", () => {
  test.each(subjects.map((subject, place) => ({ ...subject, seed: SEED + place })))("$name", ({ seed, ...subject }) => {
    const validate = validatorOf(subject.name);
    const random = seeded(seed);
    for (let count = 0; count < subject.inputs * SHARE; count += 1) {
      const value = randomInput(random, subject);
      const verdict = subject.precompiled(value);
      total.inputs += 1;
      if (verdict) total.valid += 1;
      expect(validate(value), JSON.stringify(value)).toBe(verdict);
    }
  });
  afterAll(() => {
    console.log(`3.0 copy: ${total.inputs} inputs, ${total.valid} valid, all judged as the contract judges them`);
    expect(total.inputs).toBeGreaterThanOrEqual(20_000);
  });
});

test("its description and the README list what 3.0 cannot say", () => {
  for (const line of LOSSES) expect(copy.info.description).toContain(`- ${line}`);
});

test("has nothing that 3.0 does not know, and no format that generated clients would print otherwise", () => {
  expect(copy.openapi).toBe("3.0.3");
  const keys = new Set<string>();
  JSON.stringify(copy, (key, value) => {
    keys.add(key);
    return value;
  });
  for (const key of ["const", "if", "then", "dependentSchemas", "unevaluatedProperties", "jsonSchemaDialect", "format"])
    expect(keys, key).not.toContain(key);
  expect(JSON.stringify(copy)).not.toContain('"null"');
  expect(copy.info).not.toHaveProperty("summary");
  expect(copy.info.license).toEqual({ name: "MIT", url: "https://opensource.org/license/mit" });
});

test("says nothing that makes generated clients wrong: servers of a path, a default written out", () => {
  // a client would call these servers, whatever host it is configured with
  for (const item of Object.values(copy.paths)) expect(item).not.toHaveProperty("servers");
  // PHP clients would make an array of each value
  expect(JSON.stringify(copy)).not.toContain('"additionalProperties":true');
});

test("a reference stands alone, and leads somewhere", () => {
  JSON.stringify(copy, (_, node: unknown) => {
    if (typeof node === "object" && node !== null && "$ref" in node) {
      expect(Object.keys(node)).toEqual(["$ref"]);
      const steps = String(node.$ref).slice(2).split("/");
      expect(
        steps.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], copy),
        node.$ref as string,
      ).toBeDefined();
    }
    return node;
  });
});

test("keeps every operation, example and name of the contract", () => {
  expect(Object.keys(copy.paths)).toEqual(Object.keys(bundle.paths));
  const inlined = ["SnapTimestamp", "TransactionDate", "AdditionalInfo"];
  expect(Object.keys(copy.components.schemas)).toEqual(
    Object.keys(bundle.components.schemas).filter((name) => !inlined.includes(name)),
  );
  for (const [path, { post }] of Object.entries(bundle.paths)) {
    for (const [status, { content }] of Object.entries(post.responses)) {
      expect(copy.paths[path]?.post.responses[status]?.content["application/json"].examples).toEqual(
        content["application/json"].examples,
      );
    }
  }
});
