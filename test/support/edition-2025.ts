// Walks the tables of the 2025 edition against a document, in both directions.
import { isDeepStrictEqual } from "node:util";
import type { Facts } from "../../src/generate/facts.ts";
import type { Schema } from "./contract.ts";
import {
  type BodyName,
  exampleOf,
  judgeOf,
  operationOf,
  type Property,
  propertiesOf,
  schemaOf,
} from "./profile-bodies.ts";
import { type Json, published } from "./profiles.ts";
import { read } from "./repository.ts";

/** A row of a table, cells as printed. */
export interface EditionRow {
  service: string;
  body: "request" | "response";
  /** Dotted, with [] after a list. */
  path: string;
  type: string;
  presence: "M" | "O" | "C";
  length: string;
  description: string;
}

export const edition = JSON.parse(read("test/published/edition-2025.json")) as {
  rows: EditionRow[];
  samples: { service: string; body: "request" | "response"; headers: Record<string, string>; value: Json }[];
  codes: { category: string; status: string; service: string; case: string; message: string; description: string }[];
};

export const editionServices = [...new Set(edition.rows.map(({ service }) => service))];

const TIME = published.components.schemas.SnapTimestamp?.pattern;
const TIME_OR_NOTHING = published.components.schemas.TransactionDate?.pattern;

/** Conditional rows that are mandatory in every 200; the others hang on a status. */
const IN_EVERY_200 = ["60 referenceNo", "62 originalReferenceNo", "62 cancelTime"];

/** What a row asks for, by its plain reading and by the decisions that the overlay tells. */
function expectedOf(row: EditionRow): Schema & { presence: string } {
  const { service, path, presence, length, description } = row;
  const name = path.split(".").at(-1) ?? "";
  const hangs = presence === "C" && !IN_EVERY_200.includes(`${service} ${path}`);
  const bound = presence === "M" || (presence === "C" && !hangs);
  const of = presence === "C" ? (hangs ? "C, on a condition" : "C, in every 200") : presence;
  const listed = [...description.matchAll(/(\d\d) ?-/g)].map(([, value]) => value);
  if (/^Object$/.test(row.type)) return { presence: of, type: "object" };
  if (/^Array of Objects$/.test(row.type)) return { presence: of, type: "array" };
  const text = { presence: of, type: "string" };
  if (/Status$/.test(name)) return { ...text, enum: listed };
  if (name === "responseCode") return text;
  if (length === "16,2") return { ...text, pattern: String.raw`^\d{1,16}\.\d{2}$` };
  if (name === "currency") return { ...text, maxLength: 3, pattern: "^[A-Z]{3}$" };
  if (name === "serviceCode") return { ...text, maxLength: 2, pattern: String.raw`^\d{2}$` };
  const isTime = /ISO.8601/.test(description) && name !== "refundDate";
  const pattern = !isTime ? undefined : bound ? TIME : TIME_OR_NOTHING;
  return {
    ...text,
    maxLength: Number(length),
    ...(pattern !== undefined && { pattern }),
    ...(isTime && bound && { format: "date-time" }),
    ...(bound && !isTime && { minLength: 1 }),
  };
}

const KEYWORDS = ["type", "minLength", "maxLength", "pattern", "format", "enum", "const"] as const;

function actualOf({ schema, required }: Property, name: string): Schema & { presence: string } {
  const stated = schema["x-snap-condition"] !== undefined;
  const presence = stated ? (required ? "C, in every 200" : "C, on a condition") : required ? "M" : "O";
  const found = Object.fromEntries(KEYWORDS.flatMap((key) => (schema[key] === undefined ? [] : [[key, schema[key]]])));
  // the list of codes is derived from the catalogue
  if (name === "responseCode") delete found.enum;
  return { presence, ...found };
}

function walkRow(row: EditionRow, property: Property): string[] {
  const place = `${row.service}.${row.body}.${row.path}`;
  const name = row.path.split(".").at(-1) ?? "";
  const expected = expectedOf(row);
  const actual = actualOf(property, name);
  const { schema, conditional } = property;
  const free = schema.type === "object" && schema.properties === undefined;
  return [
    ...(isDeepStrictEqual(expected, actual)
      ? []
      : [`${place} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`]),
    ...(expected.presence === "C, on a condition" && conditional?.minLength !== 1
      ? [`${place} may be empty where its condition holds`]
      : []),
    ...(expected.presence !== "C, on a condition" && conditional ? [`${place} has a condition`] : []),
    ...(schema.pattern !== undefined && !schema["x-snap-format"] ? [`${place} does not say its form in words`] : []),
    ...(free && schema.additionalProperties !== true ? [`${place} must be a free object`] : []),
    ...(schema.description ? [] : [`${place} has no description`]),
    ...Object.entries(schema["x-snap-states"] ?? {}).flatMap(([value, { state }]) =>
      state === STATES[value] ? [] : [`${place} takes ${value} for ${state}`],
    ),
  ];
}

const STATES: Record<string, string> = {
  "00": "success",
  "01": "pending",
  "02": "pending",
  "03": "pending",
  "04": "reversed",
  "05": "reversed",
  "06": "failed",
  "07": "notFound",
};

/** What is wrong with the bodies of a document, facts or bundle, measured against the 166 rows. */
export function walkEdition(document: Facts): string[] {
  return editionServices.flatMap((service) =>
    (["request", "response"] as const).flatMap((body) => {
      if (!operationOf(document, service)) return [`${service} is missing`];
      const rows = edition.rows.filter((row) => row.service === service && row.body === body);
      const properties = propertiesOf(document, schemaOf(document, service, body as BodyName));
      const order = properties.map(({ path }) => path).join();
      return [
        ...(order === rows.map(({ path }) => path).join() ? [] : [`${service}.${body} has ${order}`]),
        ...rows.flatMap((row) => {
          const property = properties.find(({ path }) => path === row.path);
          return property ? walkRow(row, property) : [`${service}.${body}.${row.path} is missing`];
        }),
      ];
    }),
  );
}

/** Bodies of 55 that hang on a status, and what is wrong with their verdicts: conditions bind where they hold and nowhere else. */
export function walkEditionBodies(document: Facts): string[] {
  const judge = judgeOf(document);
  const sample = edition.samples.find(({ service, body }) => service === "55" && body === "response")?.value ?? {};
  const refund = { partnerRefundNo: "1", refundStatus: "00", refundNo: "2", refundDate: "2020-12-23T07:44:16+07:00" };
  const { refundNo: _no, ...nameless } = refund;
  const cases: [string, Json, boolean][] = [
    ["a success without paidTime", { paidTime: undefined }, false],
    ["a success with an empty paidTime", { paidTime: "" }, false],
    ["a success without originalReferenceNo", { originalReferenceNo: undefined }, false],
    [
      "a payment that is not decided",
      { paidTime: undefined, originalReferenceNo: "", latestTransactionStatus: "01" },
      true,
    ],
    ["a refund", { refundHistory: [refund] }, true],
    ["a refund that succeeded without its number", { refundHistory: [refund, nameless] }, false],
    [
      "a refund that waits without its number",
      { refundHistory: [{ ...nameless, refundStatus: "03", refundDate: "" }] },
      true,
    ],
    ["a refund that is no object", { refundHistory: ["x"] }, false],
    ["no refund", { refundHistory: [] }, true],
  ];
  return cases.flatMap(([what, change, valid]) => {
    const body = JSON.parse(JSON.stringify({ ...sample, ...change })) as Json;
    return judge("55", "response", body) === valid ? [] : [`${what} must be ${valid ? "" : "in"}valid`];
  });
}

/** Entries of the errata register about what this edition settles. */
const SETTLED =
  /"E(007|029|033|036|044|046|048|051|055|058|059|060|067|072|075|076|096|097|098|099|100|101|102|103|104|105|114)"/g;

/** What is said of the bodies: samples, words, and errata. The facts alone have the catalogue. */
export function walkEditionWords(facts: Facts): string[] {
  const text = JSON.stringify(facts);
  const journey = facts["x-snap-response-codes"].codes.find((row) => row.status === 404 && row.case === "07");
  const found = (service: string, body: "request" | "response", path: string) =>
    propertiesOf(facts, schemaOf(facts, service, body)).find((property) => property.path === path)?.schema.description;
  return [
    ...edition.samples.flatMap(({ service, body, value }) => {
      const example = exampleOf(facts, service, body) as { value?: Json; summary?: string; description?: string };
      const words = `${example.summary} ${example.description}`;
      return [
        ...(JSON.stringify(sorted(example.value)) === JSON.stringify(sorted(value))
          ? []
          : [`${service} ${body} is not the sample`]),
        ...(isDeepStrictEqual(Object.keys(example.value ?? {}), Object.keys(value))
          ? []
          : [`${service} ${body} has another order`]),
        ...(/corrected|our own/i.test(words) ? [`${service} ${body} is the sample and must not say otherwise`] : []),
      ];
    }),
    ...(/success/.test(String(found("59", "response", "referenceNo")))
      ? ["59 referenceNo: nothing is said of success"]
      : []),
    ...["61", "62"].flatMap((service) =>
      /externalStoreID/.test(String(found(service, "request", "externalStoreId")))
        ? [`${service} has one spelling`]
        : [],
    ),
    ...(journey?.description.includes("journeyId ") ? [] : ["404 07 is about a journeyId"]),
    ...(/whatever is known of it/.test(operationOf(facts, "55")?.description ?? "") ? [] : ["55 has three references"]),
    ...(text.includes('"x-snap-minimum-lengths"') ? ["55 publishes no least lengths"] : []),
    ...[...new Set(text.match(SETTLED))].map((id) => `${id} is settled`),
  ];
}

/** A value with the members of its objects in the order of the alphabet. */
const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : typeof value === "object" && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, member]) => [key, sorted(member)]),
        )
      : value;
