// Expands the response code catalogue into every operation, before lint and bundle: the 202 and error answers, their codes and
// their examples. The bodies become components, for generators name what they make after them. It also states M, O or C on every
// property of a body.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { parse } from "yaml";
import { follow } from "./nodes.js";

/** @import { Context, Location, Node } from "./nodes.js" */

/** @param {string} file a path below openapi/ */
const load = (file) => parse(readFileSync(new URL(`../../openapi/${file}`, import.meta.url), "utf8"));
/** The published catalogue, as response-codes.yaml has it. */
export const catalogue = load("response-codes.yaml");
const errorResponse = load("components/schemas/ErrorResponse.yaml");
const timestampHeader = { "X-TIMESTAMP": { $ref: "../components/headers/X-TIMESTAMP.yaml" } };

/** Members that are mandatory whatever the status. */
const ALWAYS_MANDATORY = ["responseCode", "responseMessage"];
/** Schemas of times: they lose their form in a 202 body. */
const TIMES = new Set(["SnapTimestamp.yaml", "TransactionDate.yaml"]);
/** Services whose page publishes minimum lengths, which then hold in a 202 body too (erratum E103). */
const PUBLISHES_MINIMA = new Set(["55"]);

/**
 * States M, O or C on every property, from `required` and `x-snap-condition`.
 * @param {Node} schema @param {Context} ctx @param {Location} location
 */
function statePresence(schema, ctx, location) {
  const body = follow(schema, ctx, location);
  const states = body.node["x-snap-states"];
  if (states)
    nameValues(
      body.node,
      Object.values(states).map(({ name }) => constantOf(name)),
    );
  for (const [name, property] of Object.entries(body.node.properties ?? {})) {
    property["x-snap-presence"] = property["x-snap-condition"]
      ? "C"
      : (body.node.required ?? []).includes(name)
        ? "M"
        : "O";
    statePresence(property, ctx, body.location);
  }
}

/** A name as generators write a constant: "not found" is `NotFound`. @param {string} name */
const constantOf = (name) => name.replace(/(?:^| )([a-z])/g, (_, letter) => letter.toUpperCase());

/** Gives the values of an enum names, in the two spellings that generators read. @param {Node} schema @param {string[]} names */
function nameValues(schema, names) {
  for (const key of ["x-enum-varnames", "x-enumNames"]) schema[key] = [...names];
}

/**
 * The schema of a 202 body: the 200 body's properties with their lengths, nothing mandatory but code and message.
 * @param {Node} schema @param {Context} ctx @param {Location} location @param {boolean} keepMinima
 * @returns {Node}
 */
function inProgressSchema(schema, ctx, location, keepMinima) {
  const { $ref, ...siblings } = schema;
  const target = follow(schema, ctx, location);
  const isTime = $ref && TIMES.has(basename($ref));
  if ($ref && !isTime && !target.node.properties) {
    const { minLength: _m, "x-snap-condition": _c, ...kept } = siblings;
    return { $ref: `components/schemas/${basename($ref)}`, ...kept, "x-snap-presence": "O" };
  }
  const {
    required: _r,
    if: _i,
    then: _t,
    title: _title,
    properties,
    "x-snap-condition": _c,
    ...rest
  } = structuredClone($ref ? { ...target.node, ...siblings } : schema);
  const errata = $ref ? [...new Set([target.node, schema].flatMap((node) => node["x-snap-errata"] ?? []))] : [];
  if (errata.length) rest["x-snap-errata"] = errata;
  if (!keepMinima) delete rest.minLength;
  if (isTime) for (const form of ["pattern", "format", "x-snap-format"]) delete rest[form];
  if (rest["x-snap-presence"]) rest["x-snap-presence"] = "O";
  if (!properties) return rest;
  return {
    ...rest,
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, property]) => [
        name,
        inProgressSchema(property, ctx, target.location, keepMinima),
      ]),
    ),
  };
}

/** @param {Node} row a catalogue row @param {string} service @returns {string} */
const codeOf = (row, service) => `${row.status}${service}${row.case}`;

/** What a viewer lists of an example: the name that `Prefer` takes, and the code. @param {Node} row @param {string} service */
const summaryOf = (row, service) => `${row.example} (${codeOf(row, service)})`;

/** @param {Node} row @param {string} service @param {Record<string, string>} fields @returns {Node} an Example object */
function exampleOf(row, service, fields) {
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

/**
 * The schema of the body of a status other than 200.
 * @param {string} status @param {Node} success the 200 body's schema, or the reference to it
 * @param {string} service @param {Node[]} rows the catalogue's rows of the status @param {Context} ctx
 * @returns {Node}
 */
function bodySchema(status, success, service, rows, ctx) {
  const { properties, title } = follow(success, ctx, ctx.location).node;
  const schema = structuredClone(errorResponse);
  schema.title = title.replace("Response", `Error${status}`);
  if (status === "202") {
    Object.assign(schema, inProgressSchema(success, ctx, ctx.location, PUBLISHES_MINIMA.has(service)), {
      title: title.replace("Response", "InProgress"),
      description: "The request was accepted and is still being processed. All but code and message may be missing.",
      required: ALWAYS_MANDATORY,
    });
    for (const name of ALWAYS_MANDATORY) {
      const { "x-snap-condition": _condition, ...own } = properties[name];
      schema.properties[name] = { ...own, ...errorResponse.properties[name] };
    }
  }
  for (const name of ALWAYS_MANDATORY) schema.properties[name]["x-snap-presence"] = "M";
  listCodes(schema, rows, service);
  return schema;
}

/** Closes a body's responseCode to the codes of its status. @param {Node} schema @param {Node[]} rows @param {string} service */
function listCodes({ properties: { responseCode } }, rows, service) {
  responseCode.enum = rows.map((row) => codeOf(row, service));
  nameValues(
    responseCode,
    rows.map(({ example }) => example),
  );
}

/** @param {Node} operation @param {Context} ctx @param {Record<string, Node>} components where the bodies go */
function expand(operation, ctx, components) {
  const service = operation["x-snap-service-code"];
  const fields = operation["x-snap-example-fields"];
  const { schema: success, examples } = operation.responses?.["200"]?.content?.["application/json"] ?? {};
  if (!fields || !service || !success) return; // expanded already, or incomplete: the rules say so
  delete operation["x-snap-example-fields"];

  const request = operation.requestBody?.content?.["application/json"]?.schema;
  if (request) statePresence(request, ctx, ctx.location);
  statePresence(success, ctx, ctx.location);

  for (const status of Object.keys(catalogue.statuses)) {
    const rows = catalogue.codes.filter((/** @type {Node} */ row) => String(row.status) === status);
    if (status === "200") {
      listCodes(follow(success, ctx, ctx.location).node, rows, service);
      for (const row of rows) {
        const example = examples?.[row.example];
        if (example) follow(example, ctx, ctx.location).node.summary = summaryOf(row, service);
      }
      continue;
    }
    const schema = bodySchema(status, success, service, rows, ctx);
    components[schema.title] = schema;
    operation.responses[status] = {
      description: catalogue.statuses[status],
      headers: structuredClone(timestampHeader),
      content: {
        "application/json": {
          schema: { $ref: `../openapi.yaml#/components/schemas/${schema.title}` },
          examples: Object.fromEntries(
            rows.map((/** @type {Node} */ row) => [row.example, exampleOf(row, service, fields)]),
          ),
        },
      },
    };
  }
}

export function ExpandCatalogue() {
  /** @type {Record<string, Node>} */
  const bodies = {};
  return {
    Root: {
      /** @param {Node} root */
      leave(root) {
        root.components.schemas = { ...root.components.schemas, ...bodies };
      },
    },
    Operation: {
      /** @param {Node} operation @param {Context} ctx */
      enter: (operation, ctx) => expand(operation, ctx, bodies),
    },
  };
}
