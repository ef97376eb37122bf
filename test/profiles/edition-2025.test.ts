// The 2025 edition, row by row: what its tables say is what the profile says, and nothing else.

import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import { edition, editionServices, walkEdition, walkEditionBodies, walkEditionWords } from "../support/edition-2025.ts";
import { judgeOf, operationOf, propertiesOf, schemaOf } from "../support/profile-bodies.ts";
import { documentOf, factsOf } from "../support/profiles.ts";
import { codes } from "../support/published.ts";

const document = documentOf("aspi-2025");
const facts = factsOf("aspi-2025");

test("166 rows, 14 samples and 63 codes are transcribed", () => {
  expect([edition.rows.length, edition.samples.length, edition.codes.length]).toEqual([166, 14, 63]);
  expect(editionServices).toEqual(["59", "60", "61", "62", "79", "80", "55"]);
});

test("every row has its rule and every property its row, in the document and in the facts", () => {
  expect(walkEdition(document)).toEqual([]);
  expect(walkEdition(facts)).toEqual([]);
});

test("a condition binds where it holds, and nowhere else", () => {
  expect(walkEditionBodies(document)).toEqual([]);
});

test("samples, words and errata are this edition's", () => {
  expect(walkEditionWords(facts)).toEqual([]);
  expect(JSON.stringify(document)).not.toContain('"x-snap-errata":[]');
});

test("every property states its presence as its row does", () => {
  for (const { service, body, path, presence } of edition.rows) {
    const property = propertiesOf(document, schemaOf(document, service, body)).find((each) => each.path === path);
    expect(property?.schema["x-snap-presence"], `${service} ${body} ${path}`).toBe(presence);
  }
});

describe("the samples", () => {
  const accepts = judgeOf(document);

  test.each(edition.samples)("of $service, $body, is valid as published", ({ service, body, value }) => {
    expect(accepts(service, body, value)).toBe(true);
  });

  test("have headers that the profile knows", () => {
    for (const { service, body, headers } of edition.samples) {
      if (body === "response") continue;
      const known = (operationOf(document, service)?.parameters ?? []).map(({ $ref }) => $ref?.split("/").at(-1));
      const own = Object.keys(headers).filter((name) => !/^(content-type|authorization)$/i.test(name));
      expect(
        own.filter((name) => !known.includes(name)),
        service,
      ).toEqual([]);
    }
  });
});

test("the codes are those of the older page but for one letter", () => {
  const different = edition.codes.filter((code, at) => {
    const { description, ...own } = code;
    const { description: before, ...its } = codes[at] as (typeof codes)[number];
    return !isDeepStrictEqual(own, its) || description.replaceAll(/\s/g, "") !== before.replaceAll(/\s/g, "");
  });
  expect(different.map(({ status, case: code }) => `${status} ${code}`)).toEqual(["404 07"]);
});

test("the walk notices a wrong length, presence, type, order, spelling, and a lost or foreign row", () => {
  const broken = (
    edit: (schemas: Record<string, { properties: Record<string, object>; required: string[] }>) => void,
  ) => {
    const copy = structuredClone(facts);
    edit(copy.components.schemas as never);
    return walkEdition(copy);
  };
  expect(broken(() => {})).toEqual([]);
  expect(broken((s) => Object.assign(s.DebitStatusResponse?.properties.approvalCode ?? {}, { maxLength: 21 }))).toEqual(
    [
      '55.response.approvalCode is {"presence":"O","type":"string","maxLength":21}, not {"presence":"O","type":"string","maxLength":20}',
    ],
  );
  expect(broken((s) => s.DebitStatusRequest?.required.pop())).toHaveLength(1);
  expect(broken((s) => Object.assign(s.DebitRefund?.properties.reason ?? {}, { type: "object" }))).toHaveLength(2);
  expect(broken((s) => delete s.DebitRefund?.properties.reason)).toEqual([
    expect.stringContaining("55.response has responseCode"),
    "55.response.refundHistory[].reason is missing",
  ]);
  expect(
    broken((s) => Object.assign(s.QrCpmNotifyRequest?.properties ?? {}, { sessionID: { type: "string" } })),
  ).toEqual([expect.stringContaining("79.request has originalPartnerReferenceNo")]);
});
