// What a dialect says of each operation, a fact a row, and what differs between two. It needs nothing but their OpenAPI documents.
import { resolved, type Schema } from "./bundle.ts";
import type { Facts, OperationFacts } from "./facts.ts";

/** Where a fact stands: a field of the request or of the 200 response, a header, a response code, a status of a payment ... */
export type Where = "path" | "signature" | "header" | "request" | "response" | "status" | "code";

/** A fact of an operation. */
export interface FieldRow {
  /** `qrCpmPayment` */
  operation: string;
  /** `60` */
  service: string;
  where: Where;
  /** The field, nested ones dotted, those of a list behind `[]`; the header, code (`403 14`) or status; empty where there is one only. */
  field: string;
  /** M mandatory, O optional, C conditional; of fields and headers only. */
  presence?: "M" | "O" | "C";
  /** Everything that is said of it, in words: `mandatory, at most 64 characters`. */
  says: string;
}

/** A dialect to compare: its document, and what its response codes say of a call where that is known. */
export interface Dialect {
  document: Facts;
  /** The outcome of a response code: `declined`. */
  outcomeOf?(code: string): string;
}

/** What differs between two dialects, in the services where it is the same difference. */
export interface Difference {
  services: string[];
  where: Where;
  field: string;
  /** What the first says; null where it does not have it. */
  a: string | null;
  /** What the second says. */
  b: string | null;
}

type Schemas = Record<string, Schema>;
type Row = Pick<FieldRow, "where" | "field" | "says" | "presence">;

/** Every fact of a dialect, operation by operation, in the order of its document. */
export function fieldRows(document: Facts, outcomeOf?: Dialect["outcomeOf"]): FieldRow[] {
  return Object.entries(document.paths).flatMap(([path, { post }]) => {
    const service = post["x-snap-service-code"];
    const request = post.requestBody.content["application/json"].schema;
    const { schemas } = document.components;
    const rows: Row[] = [
      { where: "path", field: "", says: `${document["x-snap-base-path"] ?? ""}${path}` },
      { where: "signature", field: "", says: signatureOf(post) },
      ...headerRows(post, document),
      ...nullRow(post),
      ...bodyRows("request", request, schemas, post["x-snap-null"] === "optional"),
      ...answerRows(post, document, outcomeOf),
    ];
    return rows.map((row) => ({ operation: post.operationId, service, ...row }));
  });
}

/** What differs between two dialects. An operation that one of them does not offer is one difference. */
export function differences(a: Dialect, b: Dialect): Difference[] {
  // an outcome that is known of one side only would differ everywhere
  const known = a.outcomeOf !== undefined && b.outcomeOf !== undefined;
  const [ofA, ofB] = [a, b].map(({ document, outcomeOf }) =>
    byOperation(fieldRows(document, known ? outcomeOf : undefined)),
  );
  const found = new Map<string, Difference>();
  for (const operation of new Set([...(ofA?.keys() ?? []), ...(ofB?.keys() ?? [])])) {
    for (const difference of between(ofA?.get(operation) ?? [], ofB?.get(operation) ?? [])) {
      const { services, ...said } = difference;
      const key = JSON.stringify(said);
      const same = found.get(key);
      if (same) same.services.push(...services);
      else found.set(key, difference);
    }
  }
  return [...found.values()];
}

function byOperation(rows: readonly FieldRow[]): Map<string, FieldRow[]> {
  const grouped = new Map<string, FieldRow[]>();
  for (const row of rows) grouped.set(row.operation, [...(grouped.get(row.operation) ?? []), row]);
  return grouped;
}

/** What differs in one operation: the rows of the first, each place followed by what only the second has there. */
function between(a: readonly FieldRow[], b: readonly FieldRow[]): Difference[] {
  const one = a.length === 0 || b.length === 0 ? ["path" as const] : undefined;
  const places = one ?? ([...new Set([...a, ...b].map(({ where }) => where))] as Where[]);
  const services = [a[0]?.service ?? b[0]?.service ?? ""];
  return places.flatMap((where) => {
    const [before, after] = [a, b].map((rows) => rows.filter((row) => row.where === where));
    const fields = new Set([...(before ?? []), ...(after ?? [])].map(({ field }) => field));
    const lone = new Set<string>();
    return [...fields].flatMap((field) => {
      const [left = null, right = null] = [before, after].map((rows) => rows?.find((row) => row.field === field)?.says);
      if (left === right) return [];
      if (left === null || right === null) lone.add(field);
      // what is in an object that one of them does not have goes without saying
      const isWithin = [...lone].some((object) => field.startsWith(`${object}.`) || field.startsWith(`${object}[]`));
      return isWithin ? [] : [{ services: [...services], where, field, a: left, b: right }];
    });
  });
}

/** What of a request is signed, and how. */
function signatureOf({ "x-snap-signature": signature = {}, security, "x-snap-service-code": service }: OperationFacts) {
  const { kind, token, signedPath = "as-sent" } = signature;
  // the one that gives out tokens has a signature of its own
  const isToken = security !== undefined && token === undefined;
  const paths = {
    "as-sent": undefined,
    "without-base-path": "over the path without the base path",
    url: "over the whole URL",
  };
  const words = isToken
    ? [`of a request for a token (${service})`]
    : [
        kind ?? "symmetric or asymmetric",
        token === "none" || security !== undefined ? "without a token" : "with a token",
      ];
  return [...words, paths[signedPath]].filter(Boolean).join(", ");
}

const PRESENCE = { M: "mandatory", O: "optional", C: "conditional" };

function headerRows({ parameters }: OperationFacts, { components }: Facts): Row[] {
  return parameters.map(({ $ref = "" }) => {
    const { name, required, schema } = components.parameters[$ref.split("/").at(-1) ?? ""] as {
      name: string;
      required?: boolean;
      schema: Schema;
    };
    const presence = required ? "M" : "O";
    const form = formOf({ ...schema, "x-snap-presence": presence }, components.schemas);
    return { where: "header", field: name, presence, says: inWords([PRESENCE[presence], ...form]) };
  });
}

function nullRow({ "x-snap-null": nulls }: OperationFacts): Row[] {
  return nulls === "optional" ? [{ where: "request", field: "null", says: "stands for an absent optional field" }] : [];
}

/** A row a field of a body, nested ones after the object that they are in. */
function bodyRows(where: Where, schema: Schema, schemas: Schemas, nullAnyway = false, prefix = ""): Row[] {
  const { properties = {}, dependentSchemas = {} } = resolved(schema, schemas);
  return Object.entries(properties).flatMap(([name, property]) => {
    const presence = (property["x-snap-presence"] ?? "O") as "M" | "O" | "C";
    const { $ref: _, ...siblings } = property;
    const whole: Schema = { ...resolved(property, schemas), ...siblings };
    const condition = property["x-snap-condition"]
      ?.replace(/^[A-Z]/, (letter) => letter.toLowerCase())
      .replace(/\.$/, "");
    const words = [condition ?? PRESENCE[presence], ...formOf(whole, schemas, nullAnyway)];
    const field = prefix + name;
    const spellings = Object.keys(dependentSchemas).filter((other) => other.toLowerCase() === name.toLowerCase());
    return [
      { where, field, presence, says: inWords(words) },
      ...spellings.map((other) => ({ where, field: prefix + other, says: `another spelling of ${name}` })),
      ...bodyRows(where, property, schemas, nullAnyway, `${field}.`),
      ...(whole.items ? bodyRows(where, whole.items, schemas, nullAnyway, `${field}[].`) : []),
    ];
  });
}

const inWords = (words: readonly (string | undefined | false)[]) => words.filter(Boolean).join(", ");

const TYPES: Readonly<Record<string, string>> = { string: "text", array: "list", integer: "whole number" };

/** Type, length and form of a value, in words. */
function formOf(given: Schema, schemas: Schemas, nullAnyway = false): (string | undefined | false)[] {
  const schema: Schema = { ...resolved(given, schemas), ...given };
  const { const: value, enum: values, "x-snap-format": format, pattern, items } = schema;
  const types = [schema.type ?? []].flat();
  const orNull = types.includes("null") && !nullAnyway && "or null";
  if (value !== undefined) return [`always ${String(value)}`, orNull];
  if (values) return [`one of ${values.filter((each) => each !== null).join(" ")}`, orNull];
  const named = types.filter((type) => type !== "null").map((type) => TYPES[type] ?? type);
  const type = items ? `list of ${formOf(items, schemas).filter(Boolean).join(", ")}` : named.join(" or ");
  const form = format ?? (pattern !== undefined && `as ${pattern}`);
  return [form || (type === "text" ? lengthOf(schema) : inWords([type, lengthOf(schema)])) || type, orNull];
}

function lengthOf({ minLength = 0, maxLength, "x-snap-presence": presence }: Schema): string | undefined {
  // a mandatory text is not empty, so that a least length of 1 says nothing more
  const least = minLength === 1 && presence === "M" ? 0 : minLength;
  if (maxLength === undefined)
    return least > 1 ? `at least ${least} characters` : least === 1 ? "not empty" : undefined;
  if (least === maxLength) return `exactly ${least} characters`;
  return least > 0 ? `${least} to ${maxLength} characters` : `at most ${maxLength} characters`;
}

/** The fields of the 200 response, the statuses of payments in the bodies, and the codes of every answer. */
function answerRows(operation: OperationFacts, { components }: Facts, outcomeOf: Dialect["outcomeOf"]): Row[] {
  const { schemas } = components;
  const contents = Object.values(operation.responses).map(({ content }) => content["application/json"]);
  const success = operation.responses["200"]?.content["application/json"].schema ?? {};
  const request = operation.requestBody.content["application/json"].schema;
  const codes = contents.flatMap(({ schema, examples = {} }) => {
    const messages = Object.values(examples).map(({ $ref, value }) => {
      const shown = ($ref ? components.examples[$ref.split("/").at(-1) ?? ""]?.value : value) as Record<string, string>;
      return [shown?.responseCode, shown?.responseMessage] as const;
    });
    const listed = resolved(schema, schemas).properties?.responseCode?.enum ?? [];
    return listed.map((code) => codeRow(String(code), new Map(messages).get(String(code)) ?? "", outcomeOf));
  });
  // its enum is what the rows of codes say
  const fields = bodyRows("response", success, schemas).map((row) =>
    row.field === "responseCode" ? { ...row, says: row.says.replace(/, one of [\d ]+/, "") } : row,
  );
  return [...fields, ...statusRows([request, success], schemas), ...codes];
}

function codeRow(code: string, message: string, outcomeOf: Dialect["outcomeOf"]): Row {
  // the 200 body is an example as a whole, its message with it; two other messages end in the name of a field, which is one
  const said = code.startsWith("200") ? "listed" : /^400..0[12]$/.test(code) ? message.replace(/ \S+$/, "") : message;
  const outcome = outcomeOf?.(code);
  return { where: "code", field: `${code.slice(0, 3)} ${code.slice(5)}`, says: outcome ? `${said}: ${outcome}` : said };
}

/** What each status of a payment means that stands somewhere in the bodies. */
function statusRows(bodies: readonly Schema[], schemas: Schemas): Row[] {
  const statesIn = (schema: Schema): [string, string][] => {
    const { properties = {}, items, "x-snap-states": states = {} } = resolved(schema, schemas);
    return [
      ...Object.entries(states).map(([status, { name, state }]): [string, string] => [status, `${name}: ${state}`]),
      ...Object.values(properties).flatMap(statesIn),
      ...(items ? statesIn(items) : []),
    ];
  };
  return [...new Map(bodies.flatMap(statesIn))].map(([field, says]) => ({ where: "status", field, says }));
}
