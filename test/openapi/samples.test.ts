import { describe, expect, test } from "vitest";
import { bodySchema, compile, operations, type Schema } from "../support/contract.ts";
import { errata } from "../support/errata.ts";
import { pages, samples } from "../support/published.ts";

const corrections = errata.flatMap(({ id, corrections = [] }) =>
  corrections.map((correction) => ({ id, ...correction })),
);

/** Members that the contract does not declare; free objects declare none. */
function undeclared(value: unknown, schema: Schema, at = ""): string[] {
  if (typeof value !== "object" || value === null || !schema.properties) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const property = schema.properties?.[name];
    return property ? undeclared(member, property, `${at}/${name}`) : [`${at}/${name}`];
  });
}

test("12 samples of the QR CPM page and the one of the debit status page are transcribed, headers and bodies, verbatim", () => {
  expect(samples).toHaveLength(13);
  for (const { id, raw } of samples) {
    const page = id.startsWith("debit-status") ? pages["debit-status"] : pages["qr-cpm"];
    expect(page, id).toContain(raw);
  }
});

describe.each(samples)("$id", ({ id, operationId, body, value }) => {
  const operation = operations.find((candidate) => candidate.operationId === operationId);
  if (!operation) throw new Error(operationId);
  const schema = bodySchema(operation, body === "request" ? "request" : "200");
  const own = corrections.filter(({ sample }) => sample === id);

  test("fails exactly where its errata say, and nowhere else", () => {
    const validate = compile(schema);
    validate(value);
    const failing = new Set((validate.errors ?? []).map(({ instancePath }) => instancePath));
    const expected = own.filter(({ fails }) => fails).map(({ pointer }) => pointer);
    expect([...failing].sort()).toEqual(expected.sort());
    expect(undeclared(value, schema)).toEqual(own.filter(({ renamed }) => renamed).map(({ pointer }) => pointer));
  });

  test("is the contract's example once its errata are applied", () => {
    const corrected = Object.fromEntries(
      Object.entries(value).map(([name, member]) => {
        const correction = own.find(({ pointer }) => pointer === `/${name}`);
        return [correction?.renamed ?? name, correction?.corrected ?? member];
      }),
    );
    const example =
      body === "request"
        ? operation.requestBody.content["application/json"].examples.Published
        : operation.responses["200"]?.content["application/json"].examples.Successful;
    expect(example?.value).toEqual(corrected);
    expect(Object.keys(example?.value ?? {})).toEqual(Object.keys(corrected));
  });
});

test("every correction belongs to a sample and changes it", () => {
  for (const { id, sample, pointer, corrected } of corrections) {
    const target = samples.find((candidate) => candidate.id === sample);
    expect(Object.keys(target?.value ?? {}), id).toContain(pointer.slice(1));
    expect(target?.value[pointer.slice(1)], id).not.toEqual(corrected);
  }
});
