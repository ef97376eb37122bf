// What payment companies publish of their dialects is what their profiles say, and nothing else.
import { describe, expect, test } from "vitest";
import { dialectOf, dialects, walkDialect, walkSamples } from "../support/dialects.ts";
import { baseOf, documentOf, factsOf, names } from "../support/profiles.ts";

const transcribed = Object.keys(dialects);

test("what is transcribed has its profile", () => {
  expect(transcribed.filter((name) => !names.includes(name))).toEqual([]);
  expect(transcribed.length).toBeGreaterThanOrEqual(6);
});

describe.each(transcribed)("%s", (name) => {
  const dialect = dialectOf(name);
  const base = baseOf(name);

  test("builds on the edition that it fits", () => {
    expect(base).toBe(dialect.extends);
  });

  test("says what is published, in the document and in the facts", () => {
    expect(walkDialect(factsOf(name), factsOf(base), dialect)).toEqual([]);
    const bundle = documentOf(name);
    // the bundle's null is in its types, and what is derived for the base holds for a dialect without null
    if (!Object.values(dialect.operations).some((operation) => operation.null))
      expect(walkDialect(bundle, documentOf(base), dialect)).toEqual([]);
  });

  test("has the company's own samples for examples, and the edition's where it publishes none", () => {
    expect(walkSamples(factsOf(name), factsOf(base), dialect)).toEqual([]);
  });
});

test("the walk notices what is not published, and what is not so", () => {
  const facts = structuredClone(factsOf("bca"));
  const { QrCpmPaymentRequest: payment, TransactionStatus: statuses } = facts.components.schemas;
  Object.assign(payment?.properties?.merchantId ?? {}, { maxLength: 10 });
  Object.assign(payment?.properties?.qrContent ?? {}, { maxLength: 10 });
  Object.assign(payment?.properties ?? {}, { title: { type: "string" } });
  statuses?.enum?.push("09");
  facts["x-snap-base-path"] = "/api";
  expect(walkDialect(facts, factsOf("aspi-2025"), dialectOf("bca"))).toEqual([
    "the base path is /api",
    "60.request.merchantId has the length 10",
    "55.response.latestTransactionStatus has the values 00,01,02,06,07,09",
    "60.request.title is there",
    "60.request.qrContent differs from the base",
    "60.request.title differs from the base",
    expect.stringContaining('the statuses are {"00":"success"'),
    "the statuses that are explained are 00, 01, 02, 06, 07",
  ]);
});
