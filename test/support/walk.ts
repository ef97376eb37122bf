// Walks the published tables against the contract, in both directions.
import type { Operation, Parameter, Schema } from "./contract.ts";
import { errata } from "./errata.ts";
import { allRows, codes, headersOf, type Row } from "./published.ts";

const LEAP_YEAR = String.raw`(\d\d(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)`;
const DAY_OF_ANY_YEAR = String.raw`((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|1\d|2[0-8]))`;
const TIME = String.raw`(\d{4}-${DAY_OF_ANY_YEAR}|${LEAP_YEAR}-02-29)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(Z|[+-]([01]\d|2[0-3]):[0-5]\d)`;

/** A departure of the contract from the plain reading of a row: `format 60.request.expiryTime`. */
type Departure = string;

/** A property of the contract, flattened: `amount.value`. */
interface Property {
  path: string;
  schema: Schema;
  required: boolean;
  /** Required by `then`, and what `then` adds. */
  conditional: Schema | undefined;
  /** The errata named on the way down to it. */
  errata: string[];
}

function flatten(schema: Schema, prefix = "", above: string[] = []): Property[] {
  const aliases = Object.entries(schema.dependentSchemas ?? {}).map(
    ([name, { properties = {} }]) => [name, properties[name] ?? {}] as const,
  );
  return [...Object.entries(schema.properties ?? {}), ...aliases].flatMap(([name, property]) => {
    const linked = [...above, ...(property["x-snap-errata"] ?? [])];
    return [
      {
        path: prefix + name,
        schema: property,
        required: schema.required?.includes(name) ?? false,
        conditional:
          schema.then?.required?.includes(name) && schema.if ? (schema.then.properties?.[name] ?? {}) : undefined,
        errata: linked,
      },
      ...flatten(property, `${prefix}${name}.`, linked),
    ];
  });
}

const pathOf = (row: Row) => (row.parent ? `${row.parent}.${row.name}` : row.name);

/** Whether a row, read as it stands, says that its value is an ISO 8601 time. */
const isTime = (row: Row) => /ISO.8601/.test(row.description);

/** How long the values are that a schema lists: no length stands beside them. */
function lengthsOf({ enum: values, const: constant }: Schema): { longest?: number; shortest?: number } {
  const lengths = (values ?? (constant === undefined ? [] : [constant])).map((value) => String(value).length);
  return lengths.length > 0 ? { longest: Math.max(...lengths), shortest: Math.min(...lengths) } : {};
}

/** How one row differs from the property that stands for it. */
function departuresOf(row: Row, { path, schema, required, conditional }: Property): string[] {
  const found: string[] = [];
  if (path !== pathOf(row)) found.push("name");

  const plainType = { string: "string", object: "object" }[row.type.toLowerCase()];
  if (schema.type !== plainType) found.push("type");

  if (row.presence === "C" || (row.presence === "M" && row.parent)) found.push("presence");
  const bound = row.presence === "C" ? required || conditional !== undefined : required;
  if (bound !== (row.presence !== "O")) found.push("presence: the table and `required` disagree");

  const plainLength = /^\d+$/.test(row.length) ? Number(row.length) : undefined;
  const { longest, shortest } = lengthsOf(schema);
  if (row.length === "16,2" || (plainLength && longest ? longest : schema.maxLength) !== plainLength)
    found.push("length");

  const plainMinimum = row.minLength === undefined ? undefined : Number(row.minLength);
  const implied = plainMinimum !== undefined && shortest !== undefined && shortest >= plainMinimum;
  if (!implied && (conditional?.minLength ?? schema.minLength) !== plainMinimum) found.push("minimum");

  const listed = [...row.description.matchAll(/^(\d\d) - /gm)].map(([, value]) => value);
  const plainEnum = row.name === "responseCode" ? schema.enum : listed.length > 0 ? listed : undefined;
  const formatted = schema.pattern !== undefined || schema.const !== undefined || schema.format !== undefined;
  if (formatted || isTime(row) || JSON.stringify(schema.enum) !== JSON.stringify(plainEnum)) found.push("format");
  return found;
}

/** Fields that hold a time and nothing else. */
const isTimeOnly = (path: string) => /(^|\.)(expiryTime|paidTime|cancelTime|refundTime)$/.test(path);

/** Exact forms that the errata decide on: a pattern of another form is a departure of its own. */
function decidedPattern(path: string): string | undefined {
  if (isTimeOnly(path)) return `^${TIME}$`;
  if (path === "transactionDate") return `^(${TIME})?$`;
  if (/mount\.value$/.test(path)) return String.raw`^\d{1,16}\.\d{2}$`;
  if (/mount\.currency$/.test(path)) return "^[A-Z]{3}$";
  if (path === "expiresIn") return String.raw`^\d{1,9}$`;
  return undefined;
}

/** The length of what has no row of its own: the alias has that of its twin, a currency three characters. */
function decidedLength(path: string): number | undefined {
  if (path === "externalStoreID") return 64;
  return path.endsWith(".currency") ? 3 : undefined;
}

/** Departures of one body from its table. */
export function departures(
  operation: Operation,
  body: "request" | "response",
  schema: Schema,
): Map<Departure, string[]> {
  const found = new Map<Departure, string[]>();
  const add = (aspect: string, property: Property) =>
    found.set(`${aspect} ${operation.service}.${body}.${property.path}`, [
      ...property.errata,
      ...(schema["x-snap-errata"] ?? []),
      ...(operation["x-snap-errata"] ?? []),
    ]);
  const properties = flatten(schema);
  const table = allRows.filter((row) => row.service === operation.service && row.body === body);
  const matched = new Set<Property>();
  for (const row of table) {
    const same = ({ path }: Property) => path.toLowerCase() === pathOf(row).toLowerCase();
    const property = properties.find((candidate) => same(candidate) && !candidate.schema.deprecated);
    if (!property) {
      found.set(`missing ${operation.service}.${body}.${pathOf(row)}`, []);
      continue;
    }
    matched.add(property);
    for (const aspect of departuresOf(row, property)) add(aspect, property);
  }
  for (const property of properties) {
    if (!matched.has(property)) {
      add("extra", property);
      if (property.schema.maxLength !== decidedLength(property.path)) add("length of its own", property);
    }
    if (property.schema.pattern !== decidedPattern(property.path)) add("pattern of its own", property);
    if (property.schema.format !== (isTimeOnly(property.path) ? "date-time" : undefined))
      add("format of its own", property);
  }
  const order = properties.filter((property) => matched.has(property)).map(({ path }) => path.toLowerCase());
  if (order.join() !== table.map((row) => pathOf(row).toLowerCase()).join()) found.set("order of the table", []);
  return found;
}

export const matches = (pattern: string, place: string) =>
  new RegExp(`^${pattern.replaceAll(".", "\\.").replaceAll("*", "[^.]+")}$`).test(place);

/**
 * What is wrong with a 200 or request body: departures that no erratum covers, and covers that nothing needs.
 * @param wide the errata named at the root of the contract, which reach everywhere
 */
export function walkTable(
  operation: Operation,
  body: "request" | "response",
  schema: Schema,
  wide: string[],
): string[] {
  const found = departures(operation, body, schema);
  const covers = errata.flatMap(({ id, covers = {} }) =>
    Object.entries(covers).flatMap(([aspect, places]) => places.map((place) => ({ id, aspect, place }))),
  );
  const uncovered = [...found].filter(([departure, linked]) => {
    const [aspect, place = ""] = departure.split(/ (?=\S*$)/);
    return !covers.some(
      (c) => c.aspect === aspect && matches(c.place, place) && (linked.includes(c.id) || wide.includes(c.id)),
    );
  });
  const idle = covers.filter(({ aspect, place }) => {
    if (place.includes("*") || !place.startsWith(`${operation.service}.${body}.`)) return false;
    return !found.has(`${aspect} ${place}`);
  });
  return [
    ...uncovered.map(([departure]) => `${departure}: no erratum covers it`),
    ...idle.map(({ id, aspect, place }) => `${aspect} ${place}: ${id} covers what does not depart`),
  ];
}

const constraintsOf = ({ type, maxLength, enum: values, const: constant, pattern, format, minLength }: Schema) => ({
  type,
  maxLength,
  values,
  constant,
  pattern,
  format,
  minLength,
});

/** What is wrong with a 202 body, measured against the 200 body: same properties and lengths, little mandatory. */
export function walkInProgress(operation: Operation, schema: Schema, success: Schema): string[] {
  const expected = flatten(success).map(({ path, schema: property }) => {
    const { minLength, pattern, format: _, ...kept } = constraintsOf(property);
    const always = path === "responseCode" || path === "responseMessage";
    return {
      path,
      required: always,
      ...kept,
      values: path === "responseCode" ? [`202${operation.service}00`] : kept.values,
      pattern: pattern?.includes("T(") ? undefined : pattern,
      format: undefined,
      minLength: always || operation.service === "55" ? minLength : undefined,
    };
  });
  const actual = flatten(schema).map(({ path, schema: property, required }) => ({
    path,
    required,
    ...constraintsOf(property),
  }));
  const key = (item: object) => JSON.stringify(Object.entries(item).sort(([a], [b]) => a.localeCompare(b)));
  const missing = expected.filter((item) => !actual.some((other) => key(other) === key(item)));
  const extra = actual.filter((item) => !expected.some((other) => key(other) === key(item)));
  return [
    ...missing.map((item) => `202 lacks ${JSON.stringify(item)}`),
    ...extra.map((item) => `202 has ${JSON.stringify(item)}`),
    ...(schema.type === "object" ? [] : ["202 is no object"]),
    ...(schema.if || schema.then ? ["202 has a condition"] : []),
  ];
}

/** What is wrong with an error body, measured against the catalogue. */
export function walkError(operation: Operation, status: string, schema: Schema): string[] {
  const expected = {
    type: "object",
    required: ["responseCode", "responseMessage"],
    properties: {
      responseCode: {
        type: "string",
        values: codes.filter((row) => row.status === status).map((row) => status + operation.service + row.case),
      },
      responseMessage: { type: "string", minLength: 1, maxLength: 150 },
    },
  };
  const actual = {
    type: schema.type,
    required: schema.required,
    properties: Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([name, property]) => [name, constraintsOf(property)]),
    ),
  };
  const text = (value: unknown) =>
    JSON.stringify(value, (_, member) =>
      typeof member === "object" && member !== null && !Array.isArray(member)
        ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => a.localeCompare(b)))
        : member,
    );
  return text(actual) === text(expected) ? [] : [`${status} is ${text(actual)}, not ${text(expected)}`];
}

/** What is wrong with the header parameters, measured against the standard's table. */
export function walkHeaders(service: string, parameters: Parameter[]): string[] {
  const describe = (name: string, required: boolean, type: unknown, maxLength: unknown, form: unknown) =>
    `${name} ${required ? "M" : "O"} ${String(type)} ${String(maxLength ?? "-")} ${String(form)}`;
  const formOf = (name: string) => (name === "X-TIMESTAMP" ? ["date-time", `^${TIME}$`] : []);
  const expected = headersOf(service).map((row) =>
    describe(row.name, row.presence === "M", row.type.toLowerCase(), row.length || undefined, formOf(row.name)),
  );
  const actual = parameters.map(({ name, required, schema }) =>
    describe(name, required, schema.type, schema.maxLength, [schema.format, schema.pattern].filter(Boolean)),
  );
  return [
    ...expected.filter((line) => !actual.includes(line)).map((line) => `missing: ${line}`),
    ...actual.filter((line) => !expected.includes(line)).map((line) => `unexpected: ${line}`),
  ];
}
