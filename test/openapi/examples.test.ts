import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundle, compile, operations, type Schema, strictAjv } from "../support/contract.ts";

interface Case {
  name: string;
  /** The example's type in generated/types.ts. */
  type: string;
  schema: Schema;
  value: unknown;
}
const cases: Case[] = operations.flatMap(({ operationId, path, requestBody, responses }) => [
  {
    name: `${operationId} request`,
    type: `paths["${path}"]["post"]["requestBody"]["content"]["application/json"]`,
    schema: requestBody.content["application/json"].schema,
    value: requestBody.content["application/json"].examples.Published.value,
  },
  ...Object.entries(responses).flatMap(([status, { content }]) =>
    Object.entries(content["application/json"].examples).map(([name, { value }]) => ({
      name: `${operationId} ${status} ${name}`,
      type: `paths["${path}"]["post"]["responses"]["${status}"]["content"]["application/json"]`,
      schema: content["application/json"].schema,
      value,
    })),
  ),
]);

test("there are 63 response examples for each of the seven operations and of the token's, and a request for each", () => {
  expect(cases).toHaveLength(8 + 441 + 63);
});

test("every component schema compiles under strict Ajv 2020", () => {
  const ajv = strictAjv().addVocabulary(["components"]).addSchema({ components: bundle.components }, "bundle");
  for (const name of Object.keys(bundle.components.schemas)) {
    expect(() => ajv.getSchema(`bundle#/components/schemas/${name}`), name).not.toThrow();
    expect(ajv.getSchema(`bundle#/components/schemas/${name}`), name).toBeTypeOf("function");
  }
});

test("strict Ajv refuses a keyword that it does not know", () => {
  expect(() => compile({ type: "string", maxLenght: 3 })).toThrow('strict mode: unknown keyword: "maxLenght"');
});

test("every example is valid", () => {
  for (const { name, schema, value } of cases) {
    const validate = compile(schema);
    validate(value);
    expect(validate.errors ?? [], name).toEqual([]);
  }
});

describe("types", () => {
  const folder = mkdtempSync(join(tmpdir(), "snap-examples-"));
  const types = JSON.stringify(fileURLToPath(new URL("../../generated/types.ts", import.meta.url)));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** The compiler's complaints about declarations of the generated types. */
  function complaints(declarations: string[]): string[] {
    const file = join(folder, `examples-${declarations.length}.ts`);
    writeFileSync(file, [`import type { paths } from ${types};`, ...declarations].join("\n"));
    const program = ts.createProgram([file], {
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      skipLibCheck: true,
      allowImportingTsExtensions: true,
      module: ts.ModuleKind.NodeNext,
      target: ts.ScriptTarget.ES2023,
      types: [],
    });
    return ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  }
  const declare = ({ type, value }: Case, index: number) =>
    `export const example${index}: ${type} = ${JSON.stringify(value)};`;
  let broken: string[] = [];
  beforeAll(() => {
    const [first] = cases;
    if (!first) throw new Error("no cases");
    const value = { ...(first.value as object), partnerTrxDate: 20201223 };
    broken = complaints([declare({ ...first, value }, 0)]);
  });

  test("every example type-checks against the generated types", () => {
    expect(complaints(cases.map(declare))).toEqual([]);
  });

  test("every body has a root type, which its example fits", () => {
    const bodies = operations.flatMap(({ operationId, requestBody, responses }) => {
      const name = operationId[0]?.toUpperCase() + operationId.slice(1);
      return [
        [`${name}Request`, requestBody.content["application/json"].examples.Published.value],
        [`${name}Response`, responses["200"]?.content["application/json"].examples.Successful?.value],
      ] as const;
    });
    const imports = bodies.map(([name]) => `import type { ${name} } from ${types};`);
    const values = bodies.map(
      ([name, value], index) => `export const root${index}: ${name} = ${JSON.stringify(value)};`,
    );
    expect(complaints([...imports, ...values])).toEqual([]);
  });

  test("an example with a number for a string does not", () => {
    expect(broken).toEqual(["Type 'number' is not assignable to type 'string'."]);
  });
});
