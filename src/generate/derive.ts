// Derives the contract from its facts: M, O or C of every property, the 202 and error answers with their codes and examples, and
// what viewers show in words. An edition or a PJP changes facts; this runs again after that.
import { fieldsOf, resolved, type Schema } from "./bundle.ts";
import type { Catalogue, CatalogueRow, Content, Example, Facts, OperationFacts } from "./facts.ts";
import { sayInWords } from "./words.ts";

/** Members that are mandatory whatever the status. */
const ALWAYS_MANDATORY = ["responseCode", "responseMessage"];
/** Schemas of times: they lose their form in a 202 body. */
const TIMES = new Set(["SnapTimestamp", "TransactionDate"]);
/** The component that every error body is a copy of; facts alone have it. */
const ERROR_BODY = "ErrorResponse";

type Schemas = Record<string, Schema>;

/**
 * The contract as a bundle. The facts are left as they are.
 * @throws Error when the facts lack what is derived from, such as an operation's service code
 */
export function derive(given: Facts): Facts {
  const facts = structuredClone(given);
  const catalogue = facts["x-snap-response-codes"];
  const { schemas } = facts.components;
  const errorBody = schemas[ERROR_BODY];
  if (!errorBody) throw new Error(`the facts must have components.schemas.${ERROR_BODY}`);
  dropEmptyErrata(facts);
  Object.values(schemas).forEach(withoutRepetition);
  const bodies: Schemas = {};
  for (const { post } of Object.values(facts.paths)) {
    expand(post, facts, { catalogue, errorBody, bodies });
  }
  delete schemas[ERROR_BODY];
  Object.assign(schemas, bodies);
  facts.paths = Object.fromEntries(
    Object.entries(facts.paths).map(([path, item]) => [item.post["x-snap-path"] ?? path, item]),
  );
  addBasePath(facts);
  dropUnused(facts);
  sayInWords(schemas);
  const { "x-snap-response-codes": _catalogue, ...bundle } = facts;
  return bundle as Facts;
}

/** What an overlay adds to a list may be there already. */
function withoutRepetition(schema: Schema): void {
  for (const key of ["required", "enum"] as const) {
    if (Array.isArray(schema[key])) schema[key] = [...new Set(schema[key] as string[])];
  }
  // OpenAPI 3.0 has no empty list
  if (Array.isArray(schema.required) && schema.required.length === 0) delete schema.required;
  for (const member of Object.values(schema)) {
    if (typeof member === "object" && member !== null) withoutRepetition(member as Schema);
  }
}

/** An overlay that settles errata may leave a list of none. */
function dropEmptyErrata(node: object): void {
  for (const [key, member] of Object.entries(node)) {
    if (key === "x-snap-errata" && Array.isArray(member) && member.length === 0)
      delete (node as Record<string, unknown>)[key];
    else if (typeof member === "object" && member !== null) dropEmptyErrata(member);
  }
}

/** What the expansion of every operation shares. */
interface Shared {
  catalogue: Catalogue;
  errorBody: Schema;
  /** Where the bodies go that are made. */
  bodies: Schemas;
}

function expand(operation: OperationFacts, { components }: Facts, shared: Shared): void {
  const { schemas, examples } = components;
  const service = operation["x-snap-service-code"];
  const fields = exampleFields(operation, components);
  const keepMinima = operation["x-snap-minimum-lengths"] === true;
  delete operation["x-snap-example-fields"];
  delete operation["x-snap-minimum-lengths"];
  if (operation["x-snap-signature"]?.token === "none") operation.security = [];
  const request = operation.requestBody.content["application/json"];
  if (operation["x-snap-null"] === "optional") allowNull(resolved(request.schema, schemas), schemas);
  const success = operation.responses["200"]?.content["application/json"];
  if (!success) throw new Error(`${operation.operationId} must have a 200 response`);
  statePresence(request.schema, schemas);
  statePresence(success.schema, schemas);

  const { catalogue } = shared;
  for (const [status, description] of Object.entries(catalogue.statuses)) {
    const rows = catalogue.codes.filter((row) => String(row.status) === status);
    if (status === "200") {
      listCodes(resolved(success.schema, schemas), rows, service);
      for (const row of rows) summarize(success.examples?.[row.example], row, service, examples);
      continue;
    }
    const schema = bodySchema(status, success.schema, service, rows, schemas, { ...shared, keepMinima });
    const title = String(schema.title);
    shared.bodies[title] = schema;
    operation.responses[status] = {
      description,
      headers: structuredClone(operation.responses["200"]?.headers ?? {}),
      content: contentOf(title, rows, service, fields),
    };
  }
}

/** The fields that the examples of 400 01 and 400 02 name. What an overlay has made optional cannot be missing: the first mandatory one is named. */
function exampleFields(
  operation: OperationFacts,
  { schemas, parameters }: Facts["components"],
): Record<string, string> {
  const named = operation["x-snap-example-fields"] ?? {};
  const fields = fieldsOf(schemas, operation.requestBody.content["application/json"].schema);
  if (!fields.some(({ path, mandatory }) => path === named["02"] && !mandatory)) return named;
  const headers = operation.parameters.map(({ $ref = "" }) => $ref.split("/").at(-1) ?? "");
  const missing =
    fields.find(({ path, mandatory }) => mandatory && !path.includes("."))?.path ??
    headers.find((name) => parameters[name]?.required);
  return { ...named, ...(missing !== undefined && { "02": missing }) };
}

/** References to what no operation refers to any more are left by an overlay that removes it. */
function dropUnused(facts: Facts): void {
  const { securitySchemes: _, ...kinds } = facts.components;
  for (let dropped = true; dropped; ) {
    dropped = false;
    const text = JSON.stringify(facts);
    for (const [kind, members] of Object.entries(kinds)) {
      for (const name of Object.keys(members)) {
        if (text.includes(`"#/components/${kind}/${name}"`)) continue;
        delete members[name];
        dropped = true;
      }
    }
  }
}

/** Puts the base path behind the addresses of the servers. */
function addBasePath(facts: Facts): void {
  const basePath = facts["x-snap-base-path"];
  if (!basePath) return;
  for (const server of facts.servers ?? []) server.url = `${server.url.replace(/\/$/, "")}${basePath}`;
}

/** Lets every optional property be null, which is then as if it were absent. */
function allowNull(body: Schema, schemas: Schemas): void {
  for (const [name, property] of Object.entries(body.properties ?? {})) {
    const target = resolved(property, schemas);
    if (body.required?.includes(name)) {
      // a mandatory object has optional members too
      if (!property.$ref) allowNull(property, schemas);
      continue;
    }
    const { title: _title, ...own } = structuredClone(target);
    const { $ref: _ref, ...siblings } = property;
    const written: Schema = { ...own, ...siblings };
    written.type = [...new Set([written.type ?? "string"].flat()), "null"];
    if (Array.isArray(written.enum)) written.enum.push(null);
    if (written.const !== undefined) {
      written.enum = [written.const, null];
      delete written.const;
    }
    for (const key of NAMES) delete written[key];
    delete written["x-snap-states"];
    allowNull(written, schemas);
    if (body.properties) body.properties[name] = written;
  }
}

/** States M, O or C on every property, from `required` and `x-snap-condition`. */
function statePresence(schema: Schema, schemas: Schemas): void {
  const body = resolved(schema, schemas);
  const states = body["x-snap-states"];
  if (states && body.enum)
    nameValues(
      body,
      body.enum.map((value) => constantOf(states[String(value)]?.name ?? String(value))),
    );
  for (const [name, property] of Object.entries(body.properties ?? {})) {
    const always = body.required?.includes(name);
    property["x-snap-presence"] = property["x-snap-condition"] ? "C" : always ? "M" : "O";
    statePresence(property, schemas);
  }
  if (body.items) statePresence(body.items, schemas);
}

/** A name as generators write a constant: "not found" is `NotFound`. */
const constantOf = (name: string) => name.replace(/(?:^| )([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The two spellings of names for the values of an enum that generators read. */
const NAMES = ["x-enum-varnames", "x-enumNames"];

function nameValues(schema: Schema, names: string[]): void {
  for (const key of NAMES) schema[key] = [...names];
}

/** The schema of a 202 body: the 200 body's properties with their lengths, nothing mandatory but code and message. */
function inProgressSchema(schema: Schema, schemas: Schemas, keepMinima: boolean): Schema {
  const { $ref, ...siblings } = schema;
  const target = resolved(schema, schemas);
  const isTime = $ref !== undefined && TIMES.has($ref.split("/").at(-1) ?? "");
  if ($ref && !isTime && !target.properties) {
    const { minLength: _m, "x-snap-condition": _c, ...kept } = siblings;
    return { $ref, ...kept, "x-snap-presence": "O" };
  }
  const whole: Schema = structuredClone($ref ? { ...target, ...siblings } : schema);
  const { required: _r, if: _i, then: _t, title: _title, properties, items, "x-snap-condition": _c, ...rest } = whole;
  const errata = $ref ? [...new Set([target, schema].flatMap((node) => node["x-snap-errata"] ?? []))] : [];
  if (errata.length) rest["x-snap-errata"] = errata;
  if (!keepMinima) delete rest.minLength;
  if (isTime) for (const form of ["pattern", "format", "x-snap-format"]) delete rest[form];
  if (rest["x-snap-presence"]) rest["x-snap-presence"] = "O";
  const relaxed = (each: Schema) => inProgressSchema(each, schemas, keepMinima);
  return {
    ...rest,
    ...(items && { items: relaxed(items) }),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, relaxed(property)])),
    }),
  };
}

const codeOf = (row: CatalogueRow, service: string) => `${row.status}${service}${row.case}`;

/** What a viewer lists of an example: the name that `Prefer` takes, and the code. */
const summaryOf = (row: CatalogueRow, service: string) => `${row.example} (${codeOf(row, service)})`;

function summarize(
  example: Example | undefined,
  row: CatalogueRow,
  service: string,
  examples: Record<string, Example>,
): void {
  const target = example?.$ref ? examples[example.$ref.split("/").at(-1) ?? ""] : example;
  if (target) target.summary = summaryOf(row, service);
}

/** The body of an answer other than 200: its schema's name, and an example a row. */
function contentOf(title: string, rows: CatalogueRow[], service: string, fields: Record<string, string>): Content {
  return {
    "application/json": {
      schema: { $ref: `#/components/schemas/${title}` },
      examples: Object.fromEntries(rows.map((row) => [row.example, exampleOf(row, service, fields)])),
    },
  };
}

function exampleOf(row: CatalogueRow, service: string, fields: Record<string, string>): Example {
  const fill = row.fill ?? fields[row.case] ?? "";
  return {
    summary: summaryOf(row, service),
    description: row.description,
    ...(row.errata && { "x-snap-errata": [...row.errata] }),
    value: {
      responseCode: codeOf(row, service),
      responseMessage: row.message.replace(/\{.*\}|\[.*\]/, fill),
    },
  };
}

/** The schema of the body of a status other than 200. */
function bodySchema(
  status: string,
  success: Schema,
  service: string,
  rows: CatalogueRow[],
  schemas: Schemas,
  { errorBody, keepMinima }: Shared & { keepMinima: boolean },
): Schema {
  const { properties: its = {}, title } = resolved(success, schemas);
  const nameOf = (suffix: string) => String(title).replace("Response", suffix);
  const schema: Schema & { properties: Schemas } = { properties: {}, ...structuredClone(errorBody) };
  schema.title = nameOf(`Error${status}`);
  if (status === "202") {
    Object.assign(schema, inProgressSchema(success, schemas, keepMinima), {
      title: nameOf("InProgress"),
      description: "The request was accepted and is still being processed. All but code and message may be missing.",
      required: ALWAYS_MANDATORY,
    });
    for (const name of ALWAYS_MANDATORY) {
      const { "x-snap-condition": _condition, ...own } = its[name] ?? {};
      schema.properties[name] = { ...own, ...errorBody.properties?.[name] };
    }
  }
  for (const name of ALWAYS_MANDATORY) {
    const property = schema.properties[name];
    if (property) property["x-snap-presence"] = "M";
  }
  listCodes(schema, rows, service);
  return schema;
}

/** Closes a body's responseCode to the codes of its status. */
function listCodes({ properties = {}, title }: Schema, rows: CatalogueRow[], service: string): void {
  const { responseCode } = properties;
  if (!responseCode) throw new Error(`${String(title)} must have a responseCode`);
  responseCode.enum = rows.map((row) => codeOf(row, service));
  nameValues(
    responseCode,
    rows.map(({ example }) => example),
  );
}
