// What other people's tools stumble over, each with the tool that did. The tools themselves run in `npm run test:tools`.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { redoclyBin, redoclyEnv, root } from "../../scripts/redocly/run.ts";
import { bundle, operations, type Schema } from "../support/contract.ts";
import { read } from "../support/repository.ts";

const openApi30 = JSON.parse(read("generated/openapi-3.0.json")) as { info: { description: string } };
const { schemas } = bundle.components;

/** Every object of a document with the path to it. */
function* nodesOf(node: unknown, path = ""): Generator<{ path: string; node: Schema }> {
  if (typeof node !== "object" || node === null) return;
  if (!Array.isArray(node)) yield { path, node: node as Schema };
  for (const [key, member] of Object.entries(node)) yield* nodesOf(member, `${path}/${key}`);
}
const everywhere = [...nodesOf(bundle)];

test("no two properties of an object differ in case only: Python and PHP clients do not start, Go renames one", () => {
  for (const { path, node } of everywhere) {
    const names = Object.keys(node.properties ?? {}).map((name) => name.toLowerCase());
    expect(names, path).toEqual([...new Set(names)]);
  }
});

test("no length stands beside an enum or a const: zod clients do not compile, C# refuses the published sample", () => {
  const target = ({ $ref }: Schema) => schemas[String($ref).split("/").at(-1) ?? ""] ?? {};
  for (const { path, node } of everywhere) {
    const { enum: values, const: constant, minLength, maxLength } = { ...target(node), ...node };
    if (values ?? constant) expect({ minLength, maxLength }, path).toEqual({});
  }
});

test("every body is a component of its own name: generators number what has none", () => {
  for (const { path, service, operationId } of operations) {
    const name = operationId.replace(/^[a-z]/, (letter) => letter.toUpperCase());
    const { responses, requestBody } = bundle.paths[path]?.post ?? { responses: {}, requestBody: undefined };
    const named = Object.entries(responses).map(([status, { content }]) => [
      status,
      content["application/json"].schema,
    ]);
    expect(requestBody?.content["application/json"].schema).toEqual({ $ref: `#/components/schemas/${name}Request` });
    expect(named, service).toEqual(
      Object.keys(responses).map((status) => {
        const kind = { 200: "Response", 202: "InProgress" }[status] ?? `Error${status}`;
        return [status, { $ref: `#/components/schemas/${name}${kind}` }];
      }),
    );
  }
});

test("a title is that of one schema, and its component's name: Java and C# make Amount1 of a second Amount", () => {
  const titled = everywhere.filter(
    ({ path, node }) => typeof node.title === "string" && !/^\/info$|\/examples\//.test(path),
  );
  expect(titled.map(({ path }) => path).sort()).toEqual(
    Object.keys(schemas)
      .map((name) => `/components/schemas/${name}`)
      .sort(),
  );
  for (const [name, { title }] of Object.entries(schemas)) expect(title).toBe(name);
});

/** Types that languages have, or that generators take a name for. openapi-generator's Java made Timestamp a java.sql.Timestamp. */
const WELL_KNOWN =
  "Any Array BigDecimal BigInteger Boolean Byte ByteArray Character Class Currency Date DateTime Decimal Double Duration Enum Error Exception File Float Function HashMap Instant Int Integer List LocalDate LocalDateTime Locale Long Map Month Number Object OffsetDateTime Optional Promise Record Request Response Result Set Short Status String Symbol Time Timestamp Type URI URL UUID Void Year".split(
    " ",
  );

test("no component is named like a type that languages have", () => {
  expect(Object.keys(schemas).filter((name) => WELL_KNOWN.includes(name))).toEqual([]);
});

test("no server variable has a description, which swagger-parser misspells and refuses", () => {
  const variables = everywhere.filter(({ path }) => /\/servers\/\d+\/variables\/\w+$/.test(path));
  expect(variables.map(({ node }) => Object.keys(node))).toEqual([["default"], ["default"]]);
});

const folder = mkdtempSync(join(tmpdir(), "snap-portability-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("bundle and 3.0 copy pass Redocly's recommended-strict by themselves, without a rule or an exception of ours", () => {
  const config = join(folder, "redocly.yaml");
  writeFileSync(config, "telemetry: off\n");
  const files = ["openapi.yaml", "openapi.json", "openapi-3.0.json"].map((name) => join(root, "generated", name));
  const { status, stderr } = spawnSync(
    process.execPath,
    [redoclyBin, "lint", ...files, "--config", config, "--extends", "recommended-strict"],
    { encoding: "utf8", env: redoclyEnv },
  );
  expect(stderr).toContain("Woohoo! Your API descriptions are valid.");
  expect(status).toBe(0);
});

test("a field's description ends with its presence or condition, which no viewer and no generator shows otherwise", () => {
  const fields = everywhere.filter(({ node }) => node["x-snap-presence"] !== undefined);
  expect(fields.length).toBeGreaterThan(300);
  for (const { path, node } of fields) {
    const words = { M: "Mandatory.", O: "Optional.", C: String(node["x-snap-condition"]) }[
      node["x-snap-presence"] ?? "M"
    ];
    expect(node.description, path).toContain(` ${words}`);
  }
  expect(schemas.QrCpmQueryResponse?.properties?.originalReferenceNo?.description).toBe(
    `The PJP's number of the payment. Mandatory, and not empty, when latestTransactionStatus is "00". At most 64 characters.`,
  );
});

test("says whom to ask and where the standard is, which Spectral and catalogues look for", () => {
  expect(bundle).toMatchObject({
    info: { contact: { name: "snap-bi-contract", url: "https://www.npmjs.com/package/snap-bi-contract" } },
    externalDocs: { url: "https://apidevportal.aspi-indonesia.or.id" },
  });
});

test("a tag's description is one line, which TypeSpec's importer needs", () => {
  for (const { name, description } of bundle.tags) expect(description, name).not.toContain("\n");
});

test("the values of every status and code have names, in both spellings that generators read", () => {
  const enums = everywhere.filter(({ node }) => Array.isArray(node.enum));
  expect(enums).toHaveLength(8 * 11 + 1);
  for (const { path, node } of enums) {
    const names = node["x-enum-varnames"] as string[];
    expect(node["x-enumNames"], path).toEqual(names);
    expect(new Set(names).size, path).toBe(node.enum?.length);
    for (const name of names) expect(name).toMatch(/^[A-Z][A-Za-z]+$/);
  }
  expect(schemas.TransactionStatus?.["x-enum-varnames"]).toEqual(
    "Success Initiated Paying Pending Refunded Cancelled Failed NotFound".split(" "),
  );
  const { enum: codes = [], "x-enum-varnames": names } = schemas.QrCpmPaymentError403?.properties?.responseCode ?? {};
  expect((names as string[])[codes.indexOf("4036014")]).toBe("InsufficientFunds");
});

test("an example's summary begins with the name that Prefer takes and the full code: viewers list nothing else", () => {
  for (const { responses } of operations) {
    for (const { content } of Object.values(responses)) {
      for (const [name, { summary, description, value }] of Object.entries(content["application/json"].examples)) {
        expect(summary).toBe(`${name} (${String(value.responseCode)})`);
        expect(description?.length).toBeGreaterThan(10);
      }
    }
  }
});

test("the 3.0 copy is short about itself: code generators repeat it in the head of every file", () => {
  expect(openApi30.info.description.length).toBeLessThan(800);
});
