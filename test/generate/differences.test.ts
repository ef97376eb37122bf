// What differs between two dialects: nothing between a document and itself, whatever is changed in it, once, and from either side.
import { describe, expect, test } from "vitest";
import type { Schema } from "../../src/generate/bundle.ts";
import { type Difference, differences, fieldRows } from "../../src/generate/differences.ts";
import type { Facts } from "../../src/generate/facts.ts";
import { documentOf, names } from "../support/profiles.ts";

const published = documentOf("published");
const between = (a: Facts, b: Facts) => differences({ document: a }, { document: b });

/** The published document with one change. */
function changed(change: (document: Facts) => void): Facts {
  const document = structuredClone(published);
  change(document);
  return document;
}
const schemaOf = (document: Facts, name: string) =>
  document.components.schemas[name] as Schema & { properties: Record<string, Schema> };
const payment = (document: Facts) => document.paths["/v1.0/qr/qr-cpm-payment"]?.post as Facts["paths"][string]["post"];
const differing = (change: (document: Facts) => void): Difference[] => between(published, changed(change));
const row = (where: string, field: string, a: string | null, b: string | null, services = ["60"]) => ({
  services,
  where,
  field,
  a,
  b,
});

test.each(["published", ...names])(
  "between %s and itself nothing differs, and each of its facts stands in one row",
  (name) => {
    const document = documentOf(name);
    expect(between(document, structuredClone(document))).toEqual([]);
    const keys = fieldRows(document).map(({ operation, where, field }) => `${operation} ${where} ${field}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(fieldRows(document).filter(({ says }) => /undefined|\bnull,|, ,|^$/.test(says))).toEqual([]);
  },
);

test("from the other side the same differs", () => {
  const turned = between(documentOf("bca"), published).map(({ a, b, ...rest }) => ({ ...rest, a: b, b: a }));
  const sorted = (all: Difference[]) =>
    all.map((each) => JSON.stringify({ ...each, services: [...each.services].sort() })).sort();
  expect(sorted(turned)).toEqual(sorted(between(published, documentOf("bca"))));
});

describe("what differs", () => {
  test.each<[string, (document: Facts) => void, ReturnType<typeof row>]>([
    [
      "a field that becomes mandatory",
      (document) => {
        const { properties } = schemaOf(document, "QrCpmPaymentRequest");
        Object.assign(properties.title ?? {}, { "x-snap-presence": "M", minLength: 1 });
      },
      row("request", "title", "optional, at most 256 characters", "mandatory, at most 256 characters"),
    ],
    [
      "a length",
      (document) => Object.assign(schemaOf(document, "QrCpmPaymentRequest").properties.title ?? {}, { maxLength: 9 }),
      row("request", "title", "optional, at most 256 characters", "optional, at most 9 characters"),
    ],
    [
      "a field that is gone, with what is in it",
      (document) => delete schemaOf(document, "QrCpmPaymentRequest").properties.scannerInfo,
      row("request", "scannerInfo", "optional, object", null),
    ],
    [
      "a field of an object that is there",
      (document) => {
        const { scannerInfo } = schemaOf(document, "QrCpmPaymentRequest").properties;
        Object.assign(scannerInfo?.properties ?? {}, { serial: { type: "string", const: "1" } });
      },
      row("request", "scannerInfo.serial", null, "optional, always 1"),
    ],
    [
      "null in the place of absent fields",
      (document) => Object.assign(payment(document), { "x-snap-null": "optional" }),
      row("request", "null", null, "stands for an absent optional field"),
    ],
    [
      "a header that is not taken",
      (document) => payment(document).parameters.splice(0, 1),
      row("header", "Authorization-Customer", "optional, text", null),
    ],
    [
      "the kind of signature",
      (document) =>
        Object.assign(payment(document), {
          "x-snap-signature": { kind: "asymmetric", token: "none", signedPath: "url" },
        }),
      row("signature", "", "symmetric or asymmetric, with a token", "asymmetric, without a token, over the whole URL"),
    ],
    [
      "an operation that is not offered",
      (document) => delete document.paths["/v1.0/qr/qr-cpm-payment"],
      row("path", "", "/v1.0/qr/qr-cpm-payment", null),
    ],
    [
      "a code",
      (document) => schemaOf(document, "QrCpmPaymentError403").properties.responseCode?.enum?.splice(14, 1),
      row("code", "403 14", "Insufficient Funds", null),
    ],
  ])("is %s, and nothing else", (_, change, expected) => {
    expect(differing(change)).toEqual([expected]);
  });

  test("is one difference where it is the same in several services", () => {
    const base = changed((document) => Object.assign(document, { "x-snap-base-path": "/x" }));
    expect(between(published, base).map(({ where, b }) => `${where} ${b?.slice(0, 3)}`)).toEqual(
      Array(8).fill("path /x/"),
    );
    const status = differing((document) => {
      const { TransactionStatus } = document.components.schemas;
      TransactionStatus?.enum?.push("08");
      Object.assign(TransactionStatus?.["x-snap-states"] ?? {}, {
        "08": { name: "expired", state: "failed", why: "x" },
      });
    });
    expect(status.filter(({ where }) => where === "status")).toEqual([
      row("status", "08", null, "expired: failed", ["61", "79", "55"]),
    ]);
  });

  test("is the outcome of a code too, where it is known of both", () => {
    const outcome = (said: string) => ({ document: published, outcomeOf: () => said });
    expect(differences({ document: published }, outcome("declined"))).toEqual([]);
    const [first] = differences(outcome("unknown"), outcome("declined"));
    expect(first).toMatchObject({ where: "code", a: "listed: unknown", b: "listed: declined" });
  });
});
