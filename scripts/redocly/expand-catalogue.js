// Expands the response code catalogue into every operation, before lint and bundle: the 202 and error answers, their codes and
// their examples. It also states M, O or C on every property of a body.
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
const TIMES = new Set(["Timestamp.yaml", "TransactionDate.yaml"]);
/** Services whose page publishes minimum lengths, which then hold in a 202 body too (erratum E103). */
const PUBLISHES_MINIMA = new Set(["55"]);

/**
 * States M, O or C on every property, from `required` and `x-snap-condition`.
 * @param {Node} schema @param {Context} ctx @param {Location} location
 */
function statePresence(schema, ctx, location) {
  const body = follow(schema, ctx, location);
  for (const [name, property] of Object.entries(body.node.properties ?? {})) {
    property["x-snap-presence"] = property["x-snap-condition"]
      ? "C"
      : (body.node.required ?? []).includes(name)
        ? "M"
        : "O";
    statePresence(property, ctx, body.location);
  }
}

/**
 * The schema of a 202 body: the 200 body's properties with their lengths, nothing mandatory but code and message.
 * @param {Node} schema @param {Context} ctx @param {Location} location @param {boolean} keepMinima
 * @returns {Node}
 */
function inProgressSchema(schema, ctx, location, keepMinima) {
  const { $ref, ...siblings } = schema;
  const target = follow(schema, ctx, location);
  const {
    required: _r,
    if: _i,
    then: _t,
    properties,
    "x-snap-condition": _c,
    ...rest
  } = structuredClone($ref ? { ...target.node, ...siblings } : schema);
  const errata = $ref ? [...new Set([target.node, schema].flatMap((node) => node["x-snap-errata"] ?? []))] : [];
  if (errata.length) rest["x-snap-errata"] = errata;
  if (!keepMinima) delete rest.minLength;
  if ($ref && TIMES.has(basename($ref))) for (const form of ["pattern", "format", "x-snap-format"]) delete rest[form];
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

/** @param {Node} row @param {string} service @param {Record<string, string>} fields @returns {Node} an Example object */
function exampleOf(row, service, fields) {
  const fill = row.fill ?? fields[row.case] ?? "";
  return {
    summary: row.description,
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
 * @param {string} service @param {string[]} codes @param {Context} ctx
 * @returns {Node}
 */
function bodySchema(status, success, service, codes, ctx) {
  const schema = structuredClone(errorResponse);
  if (status === "202") {
    const { properties, title } = follow(success, ctx, ctx.location).node;
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
  schema.properties.responseCode.enum = codes;
  return schema;
}

/** @param {Node} operation @param {Context} ctx */
function expand(operation, ctx) {
  const service = operation["x-snap-service-code"];
  const fields = operation["x-snap-example-fields"];
  const success = operation.responses?.["200"]?.content?.["application/json"]?.schema;
  if (!fields || !service || !success) return; // expanded already, or incomplete: the rules say so
  delete operation["x-snap-example-fields"];

  const request = operation.requestBody?.content?.["application/json"]?.schema;
  if (request) statePresence(request, ctx, ctx.location);
  statePresence(success, ctx, ctx.location);

  for (const status of Object.keys(catalogue.statuses)) {
    const rows = catalogue.codes.filter((/** @type {Node} */ row) => String(row.status) === status);
    const codes = rows.map((/** @type {Node} */ row) => codeOf(row, service));
    if (status === "200") {
      follow(success, ctx, ctx.location).node.properties.responseCode.enum = codes;
      continue;
    }
    operation.responses[status] = {
      description: catalogue.statuses[status],
      headers: structuredClone(timestampHeader),
      content: {
        "application/json": {
          schema: bodySchema(status, success, service, codes, ctx),
          examples: Object.fromEntries(
            rows.map((/** @type {Node} */ row) => [row.example, exampleOf(row, service, fields)]),
          ),
        },
      },
    };
  }
}

export function ExpandCatalogue() {
  return { Operation: { enter: expand } };
}
