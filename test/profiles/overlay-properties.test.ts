// Random small overlays: either one fails, with OverlayError and a place, or all that is derived from it fits together.
import fc from "fast-check";
import { expect, test } from "vitest";
import { readBundle } from "../../src/generate/bundle.ts";
import { derive } from "../../src/generate/derive.ts";
import type { Facts } from "../../src/generate/facts.ts";
import { openApi30 } from "../../src/generate/openapi-3.0.ts";
import { type Action, applyOverlay, OverlayError } from "../../src/generate/overlay.ts";
import { profileFiles } from "../../src/generate/profile-files.ts";
import { type Schema, strictAjv } from "../support/contract.ts";
import { followed, propertiesOf } from "../support/profile-bodies.ts";
import { type Json, published } from "../support/profiles.ts";

const keys = Object.keys(published.paths);
const bodies = Object.keys(published.components.schemas).filter(
  (name) => /(Request|[a-z2]b?Response)$/.test(name) && name !== "ErrorResponse",
);
const fieldsOf = (name: string) => Object.keys(published.components.schemas[name]?.properties ?? {});
const headers = Object.keys(published.components.parameters);

const path = fc.constantFrom(...keys);
const operation = path.map((key) => `$.paths['${key}'].post`);
const header = fc.constantFrom(...headers).map((name) => `$.components.parameters['${name}']`);
const body = fc.constantFrom(...bodies);
const field = body.chain((name) => fc.tuple(fc.constant(name), fc.constantFrom(...fieldsOf(name))));
const at = ([name, property]: [string, string]) => `$.components.schemas.${name}.properties['${property}']`;
const isText = ([name, property]: [string, string]) =>
  published.components.schemas[name]?.properties?.[property]?.type === "string";
const text = field.filter(isText);

/** What an overlay of a user may do, right or wrong. */
const ACTIONS: fc.Arbitrary<Action[]>[] = [
  // a field mandatory, its example there or not
  field.map(([name, property]) => [{ target: `$.components.schemas.${name}`, update: { required: [property] } }]),
  field.map(([name, property]) => [
    { target: `$.components.schemas.${name}.required[?@ == '${property}']`, remove: true },
  ]),
  field.map((each) => [{ target: at(each), remove: true }]),
  field.map(([name, property]) => [
    { target: `$.components.schemas.${name}.required[?@ == '${property}']`, remove: true },
    { target: at([name, property]), remove: true },
  ]),
  fc
    .tuple(text, fc.integer({ min: 0, max: 300 }))
    .map(([each, length]) => [{ target: at(each), update: { maxLength: length } }]),
  fc
    .tuple(text, fc.constantFrom("^[0-9]+$", "^.+$", "[", "^$"))
    .map(([each, pattern]) => [{ target: at(each), update: { pattern } }]),
  fc
    .tuple(text, fc.subarray(["54", "55", "Bearer", "bearer"], { minLength: 1 }))
    .map(([each, values]) => [{ target: at(each), update: { enum: values } }]),
  text.map((each) => [
    { target: `${at(each)}.type`, remove: true },
    { target: at(each), update: { type: ["string", "integer"] } },
  ]),
  fc
    .tuple(field, fc.boolean())
    .map(([[name, property], enforced]) => [
      { target: at([name, property]), update: { "x-snap-condition": "Mandatory on Mondays." } },
      ...(enforced ? [{ target: `$.components.schemas.${name}`, update: { required: [property] } }] : []),
    ]),
  fc.tuple(body, fc.boolean()).map(([name, mandatory]) => [
    {
      target: `$.components.schemas.${name}`,
      update: {
        properties: { channel: { type: "string", description: "The channel.", maxLength: 9 } },
        ...(mandatory && { required: ["channel"] }),
      },
    },
    ...(mandatory ? [{ target: `$.components.examples.${name}`, update: { value: { channel: "web" } } }] : []),
  ]),
  fc.constant([
    { target: "$.components.schemas.QrCpmPaymentRequest.properties.additionalInfo['$ref']", remove: true },
    {
      target: "$.components.schemas.QrCpmPaymentRequest.properties.additionalInfo",
      update: {
        type: "object",
        properties: { store: { type: "string", description: "The store." } },
        additionalProperties: true,
      },
    },
  ]),
  fc
    .subarray(keys, { minLength: 1 })
    .map((removed) => [{ target: `$.paths[${removed.map((key) => `'${key}'`).join()}]`, remove: true }]),
  fc
    .tuple(operation, fc.constantFrom("/v1.1/qr/pay", "/v2.0/debit/status.htm", "v1", "/a/", "/v1.0/qr/qr-cpm-query"))
    .map(([target, way]) => [{ target, update: { "x-snap-path": way } }]),
  fc
    .tuple(
      operation,
      fc.record(
        {
          kind: fc.constantFrom("symmetric", "asymmetric", "hmac"),
          token: fc.constantFrom("required", "none"),
          signedPath: fc.constantFrom("as-sent", "without-base-path", "url"),
        },
        { requiredKeys: [] },
      ),
    )
    .map(([target, signature]) => [{ target, update: { "x-snap-signature": signature } }]),
  operation.map((target) => [{ target, update: { "x-snap-null": "optional" } }]),
  fc
    .constantFrom("/openapi", "/a/b", "openapi", "/")
    .map((base) => [{ target: "$", update: { "x-snap-base-path": base } }]),
  fc.boolean().map((explained) => [
    {
      target: "$.components.schemas.TransactionStatus",
      update: {
        enum: ["08"],
        ...(explained && { "x-snap-states": { "08": { name: "expired", state: "failed", why: "Too late." } } }),
      },
    },
  ]),
  fc.constantFrom("03", "04", "07").map((status) => [
    { target: `$.components.schemas.TransactionStatus.enum[?@ == '${status}']`, remove: true },
    { target: `$.components.schemas.TransactionStatus['x-snap-states']['${status}']`, remove: true },
  ]),
  fc.tuple(header, fc.boolean()).map(([target, required]) => [{ target, update: { required } }]),
  fc
    .tuple(header, fc.integer({ min: 1, max: 40 }))
    .map(([target, maxLength]) => [{ target, update: { schema: { maxLength } } }]),
  fc
    .tuple(operation, fc.constantFrom(...headers))
    .map(([target, name]) => [
      { target: `${target}.parameters[?@['$ref'] == '#/components/parameters/${name}']`, remove: true },
    ]),
  fc.constantFrom("rejected", "unknown").map((outcome) => [
    {
      target: "$['x-snap-response-codes'].codes[?@.status == 404 && @.case == '18']",
      update: { outcome: { "62": outcome } },
    },
  ]),
  fc
    .constantFrom("403", "429")
    .map((status) => [{ target: `$['x-snap-response-codes'].codes[?@.status == ${status}]`, remove: true }]),
];

const overlay = fc.array(fc.oneof(...ACTIONS), { minLength: 1, maxLength: 3 }).map((groups) => groups.flat());

/** What does not fit together in what is derived from facts. */
function faults(facts: Facts): string[] {
  const document = JSON.parse(JSON.stringify(derive(facts))) as Facts;
  const old = JSON.parse(JSON.stringify(openApi30(structuredClone(document) as never))) as Facts;
  readBundle(document);
  return [
    ...Object.values(document.paths).flatMap(({ post }) => {
      const { operationId, requestBody, responses } = post;
      const request = requestBody.content["application/json"].schema as Schema;
      const success = responses["200"]?.content["application/json"].schema as Schema;
      return [
        ...wrongPresence(document, request, `${operationId} request`),
        ...wrongPresence(document, success, `${operationId} 200`),
        ...wrongInProgress(
          document,
          success,
          responses["202"]?.content["application/json"].schema as Schema,
          operationId,
        ),
        ...wrongCodes(facts, document, post),
      ];
    }),
    ...wrongPaths(facts, document),
    ...wrongReferences(document),
    ...wrongReferences(old).map((fault) => `3.0: ${fault}`),
    ...wrongExamples(document),
    ...(/"type":\[|"const":|"if":|"then":|"required":\[\]|"unevaluatedProperties"/.test(
      JSON.stringify(old.components.schemas),
    )
      ? ["the 3.0 copy has what 3.0 does not"]
      : []),
    ...(Object.keys(old.paths).join() === Object.keys(document.paths).join() ? [] : ["the 3.0 copy has other paths"]),
  ];
}

const WORDS = { M: "Mandatory.", O: "Optional.", C: undefined };

function wrongPresence(document: Facts, body: Schema, name: string): string[] {
  return propertiesOf(document, body).flatMap(({ path: at, schema, required, conditional }) => {
    // another spelling of a property, which is said with that
    if (schema.deprecated) return [];
    const condition = schema["x-snap-condition"];
    const presence = condition ? "C" : required ? "M" : "O";
    const words = WORDS[presence] ?? String(condition);
    return [
      ...(schema["x-snap-presence"] === presence
        ? []
        : [`${name} ${at} is ${schema["x-snap-presence"]}, not ${presence}`]),
      ...(String(schema.description).includes(words) ? [] : [`${name} ${at} does not say: ${words}`]),
      ...(condition && !required && !conditional ? [`${name} ${at} has a condition that nothing enforces`] : []),
    ];
  });
}

function wrongInProgress(document: Facts, success: Schema, accepted: Schema, id: string): string[] {
  const names = (schema: Schema) => propertiesOf(document, schema).map(({ path: at }) => at);
  const whole = followed(document, accepted);
  const bound = propertiesOf(document, accepted).filter(
    (property) => property.required && !/\.(value|currency)$/.test(property.path),
  );
  return [
    ...(names(success).join() === names(accepted).join() ? [] : [`${id}: the 202 has other properties than the 200`]),
    ...(whole.if || whole.then ? [`${id}: the 202 has a condition`] : []),
    ...(bound.map(({ path: at }) => at).join() === "responseCode,responseMessage"
      ? []
      : [`${id}: the 202 asks for ${bound.map(({ path: at }) => at)}`]),
  ];
}

function wrongCodes(facts: Facts, document: Facts, post: Facts["paths"][string]["post"]): string[] {
  const { codes, statuses } = facts["x-snap-response-codes"];
  return Object.keys(statuses).flatMap((status) => {
    const expected = codes
      .filter((row) => String(row.status) === status)
      .map((row) => `${status}${post["x-snap-service-code"]}${row.case}`);
    const content = post.responses[status]?.content["application/json"];
    const schema = followed(document, content?.schema as Schema);
    const listed = schema.properties?.responseCode?.enum ?? [];
    const told = Object.values(content?.examples ?? {}).map(
      (example) => (followed(document, example as Schema) as { value?: Json }).value?.responseCode,
    );
    return [
      ...(listed.join() === expected.join() ? [] : [`${post.operationId} ${status} lists ${listed}`]),
      ...(status === "200" || told.join() === expected.join()
        ? []
        : [`${post.operationId} ${status} has examples of ${told}`]),
    ];
  });
}

function wrongPaths(facts: Facts, document: Facts): string[] {
  const expected = Object.entries(facts.paths).map(([key, { post }]) => post["x-snap-path"] ?? key);
  const server = document.servers?.[0]?.url ?? "";
  return [
    ...(Object.keys(document.paths).join() === expected.join() ? [] : [`the paths are ${Object.keys(document.paths)}`]),
    ...(server.endsWith(facts["x-snap-base-path"] ?? "") ? [] : [`the server is ${server}`]),
  ];
}

/** References lead somewhere, and every component is referred to. */
function wrongReferences(document: Facts): string[] {
  const references = new Set(
    [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)].map(
      ([, kind, name]) => `${kind} ${name}`,
    ),
  );
  const { securitySchemes: _, ...kinds } = document.components;
  const there = new Set(
    Object.entries(kinds).flatMap(([kind, members]) => Object.keys(members).map((name) => `${kind} ${name}`)),
  );
  return [
    ...[...references].filter((reference) => !there.has(reference)).map((reference) => `${reference} leads nowhere`),
    ...[...there].filter((name) => !references.has(name)).map((name) => `${name} is unused`),
  ];
}

function wrongExamples(document: Facts): string[] {
  const ajv = strictAjv()
    .addVocabulary(["components"])
    .addSchema({ components: { schemas: document.components.schemas } }, "document");
  return Object.values(document.paths).flatMap(({ post }) =>
    Object.entries({ request: post.requestBody, ...post.responses }).flatMap(([status, { content }]) => {
      const { schema, examples = {} } = content["application/json"];
      const validate = ajv.getSchema(`document${schema.$ref}`);
      return Object.entries(examples).flatMap(([name, example]) =>
        validate?.((followed(document, example as Schema) as { value?: unknown }).value) === true
          ? []
          : [`${post.operationId} ${status} ${name} is invalid`],
      );
    }),
  );
}

test("a random overlay fails with its place, or all that is derived fits together", async () => {
  const count = { passed: 0, refused: 0 };
  const whole: Facts[] = [];
  await fc.assert(
    fc.asyncProperty(overlay, async (actions) => {
      let facts: Facts;
      try {
        facts = await applyOverlay(
          published,
          { overlay: "1.0.0", info: { title: "Random", version: "1" }, actions },
          "random.yaml",
        );
      } catch (error) {
        if (!(error instanceof OverlayError)) throw error;
        count.refused += 1;
        expect(error.code).toBe("ERR_SNAP_INVALID_OVERLAY");
        expect(error.message).toMatch(/^random\.yaml cannot be used:\n- actions\[\d\] \(\$/);
        return;
      }
      count.passed += 1;
      whole.push(facts);
      expect(faults(facts)).toEqual([]);
    }),
    { numRuns: 30, seed: 20201223 },
  );
  console.log(`random overlays: ${count.passed} made a contract, ${count.refused} were refused with their place`);
  expect(count.passed).toBeGreaterThan(5);
  expect(count.refused).toBeGreaterThan(5);
  const [facts] = whole;
  const files = await profileFiles({
    name: "random",
    info: { title: "Random" },
    facts: facts as Facts,
    published,
    note: "Random.",
    extension: ".ts",
    validator: "../../contract.ts",
    document: '"x"',
  });
  expect(files.size).toBeGreaterThan(5);
});
