// Walks what a payment company publishes of its dialect against a document, in both directions.
import { isDeepStrictEqual } from "node:util";
import type { Facts, SignatureFacts } from "../../src/generate/facts.ts";
import type { Schema } from "./contract.ts";
import {
  accepts,
  constraintsOf,
  exampleOf,
  followed,
  judgeOf,
  operationOf,
  type Property,
  pathOf,
  propertiesOf,
  schemaOf,
} from "./profile-bodies.ts";
import type { Json } from "./profiles.ts";
import { read } from "./repository.ts";

type Side = "request" | "response";

interface Place {
  service: string;
  body: Side;
  path: string;
}

/** What is published of a dialect; what it does not name is as in the base. */
export interface Dialect {
  extends: string;
  basePath?: string;
  operations: Record<
    string,
    {
      path: string;
      signature?: SignatureFacts;
      headers?: Record<string, string[]>;
      withoutHeaders?: string[];
      null?: boolean;
      words?: string;
    }
  >;
  rows: (Place & {
    presence: "M" | "O" | "C";
    length?: string;
    values?: string[];
    good?: unknown[];
    bad?: unknown[];
  })[];
  without: { service: string; body: Side; paths: string[] }[];
  statuses?: Record<string, string>;
  outcomes?: Record<string, string>;
  /** By service and body: a body, or the id of a case in field-cases.json. */
  samples?: Record<string, Json | string>;
  words?: { service: string; body?: Side; path?: string; says: string }[];
  bodies?: { service: string; body: Side; value: unknown; valid: boolean }[];
  settled?: (Place & { erratum: string })[];
}

/** A body that a company publishes, and what its profile must say of it. */
export interface FieldCase {
  id: string;
  pjp: string;
  service: string;
  direction: Side | "headers";
  source: string;
  status?: number;
  body?: Json;
  headers?: Record<string, string>;
  publishedSays: "valid" | "invalid";
  rightForThisPjp: "valid" | "invalid";
}

export const fieldCases = (JSON.parse(read("test/published/field-cases.json")) as { cases: FieldCase[] }).cases;

const { what: _what, ...data } = JSON.parse(read("test/published/dialects.json")) as Record<string, unknown>;
export const dialects = data as Record<string, Dialect>;

export function dialectOf(name: string): Dialect {
  const dialect = dialects[name];
  if (!dialect) throw new Error(`test/published/dialects.json must have ${name}`);
  return dialect;
}

/** The profile that judges a company's cases; undefined where there is none but the edition. */
export function profileFor({ pjp }: FieldCase): string | undefined {
  const names: Record<string, string> = {
    BCA: "bca",
    "BCA integrator": "bca",
    DANA: "dana",
    ShopeePay: "shopeepay",
    "GoPay/Midtrans": "midtrans",
    Finpay: "finpay",
    DOKU: "doku",
    "DOKU stub": "doku",
  };
  return names[pjp];
}

/** What is wrong with a document, facts or bundle, measured against what is published of the dialect. */
export function walkDialect(document: Facts, base: Facts, dialect: Dialect): string[] {
  return [...walkWritten(document, base, dialect), ...walkJudged(document, dialect)];
}

/** The part of it that needs no validator. */
export function walkWritten(document: Facts, base: Facts, dialect: Dialect): string[] {
  return [
    ...walkOperations(document, base, dialect),
    ...walkRows(document, dialect),
    ...walkRest(document, base, dialect),
    ...walkWords(document, dialect),
  ];
}

const headersOf = (document: Facts, service: string) =>
  (operationOf(document, service)?.parameters ?? []).map((parameter) => followed(document, parameter as Schema));

function walkOperations(document: Facts, base: Facts, { operations, basePath }: Dialect): string[] {
  const services = Object.values(document.paths).map(({ post }) => post["x-snap-service-code"]);
  const same = isDeepStrictEqual([...services].sort(), Object.keys(operations).sort());
  return [
    ...(same ? [] : [`the services are ${services.join(", ")}`]),
    ...(document["x-snap-base-path"] === basePath ? [] : [`the base path is ${document["x-snap-base-path"]}`]),
    ...Object.entries(operations).flatMap(([service, its]) => {
      const operation = operationOf(document, service);
      if (!operation) return [];
      const kept = headersOf(base, service).filter(({ name }) => !its.withoutHeaders?.includes(String(name)));
      const headers = headersOf(document, service);
      const words = JSON.stringify([operation.description, headers]);
      return [
        ...(pathOf(document, service) === its.path ? [] : [`${service} is at ${pathOf(document, service)}`]),
        ...(isDeepStrictEqual(operation["x-snap-signature"], its.signature)
          ? []
          : [`${service} is signed ${JSON.stringify(operation["x-snap-signature"])}`]),
        ...((operation["x-snap-null"] === "optional") === (its.null === true) ? [] : [`${service}: null`]),
        ...(its.words && !new RegExp(its.words).test(words) ? [`${service} does not say ${its.words}`] : []),
        ...(isDeepStrictEqual(
          headers.map(({ name }) => name),
          kept.map(({ name }) => name),
        )
          ? []
          : [`${service} has the headers ${headers.map(({ name }) => name).join(", ")}`]),
        ...headers.flatMap((header) => {
          const name = String(header.name);
          const values = its.headers?.[name];
          const before = kept.find((each) => each.name === name);
          const rule = (of: Schema | undefined) => ({ required: of?.required, schema: of?.schema });
          const expected = values
            ? { required: true, schema: { type: "string", const: values[0] } }
            : rule(before as Schema);
          return isDeepStrictEqual(rule(header), expected)
            ? []
            : [`${service} ${name} is ${JSON.stringify(rule(header))}`];
        }),
      ];
    }),
  ];
}

const find = (document: Facts, { service, body, path }: Place): Property | undefined =>
  operationOf(document, service) &&
  propertiesOf(document, schemaOf(document, service, body)).find((property) => property.path === path);

const listOf = ({ enum: values, const: value }: Schema) => values ?? (value === undefined ? undefined : [value]);

function walkRows(document: Facts, { rows }: Dialect): string[] {
  return rows.flatMap((row) => {
    const place = `${row.service}.${row.body}.${row.path}`;
    const property = find(document, row);
    if (!property) return [`${place} is missing`];
    const { schema, required, conditional } = property;
    const presence = schema["x-snap-condition"] ? "C" : required ? "M" : "O";
    const enforced = presence !== "C" || required || conditional !== undefined;
    const length = schema.maxLength ?? /^\^\\d\{1,(\d+)\}\\\.\\d\{2\}\$$/.exec(schema.pattern ?? "")?.[1]?.concat(",2");
    const isText = schema.type === "string" && !schema.pattern && !listOf(schema);
    return [
      ...(presence === row.presence && enforced ? [] : [`${place} is ${presence}`]),
      ...(row.length === undefined || String(length) === row.length ? [] : [`${place} has the length ${length}`]),
      ...(isDeepStrictEqual(listOf(schema), row.values) ? [] : [`${place} has the values ${listOf(schema)}`]),
      ...(isText && required && schema.minLength !== 1 ? [`${place} may be empty`] : []),
      ...(isText && presence === "O" && schema.minLength ? [`${place} may not be empty`] : []),
      ...(schema.type ? [] : [`${place} has no type`]),
      ...(schema.maxLength && listOf(schema) ? [`${place} has a length beside its values`] : []),
    ];
  });
}

/** Values and bodies that a dialect accepts and refuses. */
export function walkJudged(document: Facts, { rows, bodies = [] }: Dialect): string[] {
  const judge = judgeOf(document);
  return [
    ...rows.flatMap((row) => {
      const { schema } = find(document, row) ?? {};
      if (!schema) return [];
      const place = `${row.service}.${row.body}.${row.path}`;
      const says = (value: unknown, valid: boolean) =>
        accepts(document, schema, value) === valid
          ? []
          : [`${place} ${valid ? "refuses" : "accepts"} ${JSON.stringify(value)}`];
      return [
        ...(row.good ?? []).flatMap((value) => says(value, true)),
        ...(row.bad ?? []).flatMap((value) => says(value, false)),
      ];
    }),
    ...bodies
      .filter(({ service, body, value, valid }) => judge(service, body, value) !== valid)
      .map(
        ({ service, body, value, valid }) =>
          `${service} ${body} ${JSON.stringify(value)} must be ${valid ? "" : "in"}valid`,
      ),
  ];
}

/** Whatever differs from the base must be published. */
function walkRest(document: Facts, base: Facts, dialect: Dialect): string[] {
  const { operations, rows, without } = dialect;
  return [
    ...Object.keys(operations).flatMap((service) =>
      (["request", "response"] as const).flatMap((body) => {
        if (!operationOf(document, service)) return [];
        const place = `${service}.${body}`;
        const named = new Set(
          rows.filter((row) => row.service === service && row.body === body).map(({ path }) => path),
        );
        const gone = without
          .filter((row) => row.service === service && row.body === body)
          .flatMap(({ paths }) => paths);
        const before = propertiesOf(base, schemaOf(base, service, body));
        const now = propertiesOf(document, schemaOf(document, service, body));
        const kept = (path: string) => !gone.some((name) => path === name || path.startsWith(`${name}.`));
        const lost = before.filter(({ path }) => kept(path) && !now.some((property) => property.path === path));
        return [
          ...lost.map(({ path }) => `${place}.${path} is missing`),
          ...now.filter(({ path }) => !kept(path)).map(({ path }) => `${place}.${path} is there`),
          ...now.flatMap((property) => {
            const its = before.find(({ path }) => path === property.path);
            const same = its !== undefined && constraintsOf(its) === constraintsOf(property);
            return same || named.has(property.path) ? [] : [`${place}.${property.path} differs from the base`];
          }),
          ...now
            .filter(({ schema }) => schema.pattern && !schema["x-snap-format"])
            .map(({ path }) => `${place}.${path} does not say its form in words`),
          ...[...named].flatMap((path) => {
            const [its, property] = [before, now].map((list) => list.find((each) => each.path === path));
            const same = its && property && constraintsOf(its) === constraintsOf(property);
            return same && !SHARED.test(path) ? [`${place}.${path} is as in the base`] : [];
          }),
        ];
      }),
    ),
    ...walkStatuses(document, base, dialect),
    ...walkOutcomes(document, base, dialect),
  ];
}

/** Rows whose own constraints may be the base's: those of the members differ. */
const SHARED = /^additionalInfo$/;

function walkStatuses(document: Facts, base: Facts, { statuses }: Dialect): string[] {
  const statesIn = ({ components }: Facts) => {
    const { enum: values = [], "x-snap-states": states } = components.schemas.TransactionStatus ?? {};
    return Object.fromEntries(values.map((value) => [String(value), states?.[String(value)]?.state]));
  };
  const found = statesIn(document);
  const names = Object.keys(document.components.schemas.TransactionStatus?.["x-snap-states"] ?? {});
  return [
    ...(isDeepStrictEqual(found, statuses ?? statesIn(base)) ? [] : [`the statuses are ${JSON.stringify(found)}`]),
    ...(isDeepStrictEqual(names, Object.keys(found))
      ? []
      : [`the statuses that are explained are ${names.join(", ")}`]),
  ];
}

/** The facts alone have the catalogue. */
function walkOutcomes(document: Facts, base: Facts, { outcomes = {}, operations }: Dialect): string[] {
  if (!document["x-snap-response-codes"]) return [];
  const of = (facts: Facts) =>
    new Map(
      facts["x-snap-response-codes"].codes.flatMap(({ status, case: code, outcome }) =>
        Object.keys(operations).map((service) => [
          `${status}${service}${code}`,
          typeof outcome === "string" ? outcome : (outcome[service] ?? outcome.other),
        ]),
      ),
    );
  const before = of(base);
  const changed = Object.fromEntries([...of(document)].filter(([code, outcome]) => before.get(code) !== outcome));
  return isDeepStrictEqual(changed, outcomes) ? [] : [`the outcomes that differ are ${JSON.stringify(changed)}`];
}

function walkWords(document: Facts, { words = [], settled = [] }: Dialect): string[] {
  return [
    ...words.flatMap(({ service, body, path, says }) => {
      const text =
        body && path
          ? find(document, { service, body, path })?.schema.description
          : operationOf(document, service)?.description;
      return new RegExp(says).test(String(text)) ? [] : [`${service} ${path ?? ""} does not say ${says}`];
    }),
    ...settled.flatMap((place) =>
      find(document, place)?.schema["x-snap-errata"]?.includes(place.erratum)
        ? [`${place.service}.${place.body}.${place.path}: ${place.erratum} is settled`]
        : [],
    ),
  ];
}

/** What is wrong with the examples of facts: those that a company publishes are its own, the others are the base's. */
export function walkSamples(facts: Facts, base: Facts, { samples = {}, operations }: Dialect): string[] {
  return Object.keys(operations).flatMap((service) =>
    (["request", "response"] as const).flatMap((body) => {
      if (!operationOf(facts, service)) return [];
      const sample = samples[`${service} ${body}`];
      const published = typeof sample === "string" ? fieldCases.find(({ id }) => id === sample)?.body : sample;
      const { value, summary, description } = exampleOf(facts, service, body) as Schema & { value: unknown };
      const before = exampleOf(base, service, body) as Schema & { value: unknown };
      const says = body === "request" ? summary : description;
      const told = body === "request" ? before.summary : before.description;
      if (published === undefined)
        return isDeepStrictEqual(value, before.value) ? [] : [`${service} ${body} is not the base's example`];
      return [
        ...(isDeepStrictEqual(value, published) ? [] : [`${service} ${body} is not the published sample`]),
        ...(says !== told || typeof sample === "object" ? [] : [`${service} ${body} says that it is another's sample`]),
      ];
    }),
  );
}
