// Our Redocly plugin: expands the response code catalogue into every operation before lint and bundle,
// and holds the lint rules for what no built-in rule can say about this contract.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { parse } from "yaml";

/**
 * @typedef {Record<string, any>} Node a parsed OpenAPI node
 * @typedef {{ source: { absoluteRef: string }, child(key: string | number | (string | number)[]): Location }} Location
 * @typedef {{ resolve(node: Node, from?: string): { node: Node | undefined, location: Location | undefined },
 *   report(problem: { message: string, location?: Location }): void, location: Location }} Context
 */

/** @param {string} file a path below openapi/ */
const load = (file) => parse(readFileSync(new URL(`../../openapi/${file}`, import.meta.url), "utf8"));
const catalogue = load("response-codes.yaml");
const errorResponse = load("components/schemas/ErrorResponse.yaml");
const timestampHeader = { "X-TIMESTAMP": { $ref: "../components/headers/X-TIMESTAMP.yaml" } };

/** Members that are mandatory whatever the status. */
const ALWAYS_MANDATORY = ["responseCode", "responseMessage"];
/** Schemas of times: they lose their format in a 202 body. */
const TIMES = new Set(["Timestamp.yaml", "TransactionDate.yaml"]);
/** Services whose page publishes minimum lengths, which then hold in a 202 body too (erratum E103). */
const PUBLISHES_MINIMA = new Set(["55"]);

/**
 * Follows a reference, if it is one.
 * @param {Node} node @param {Context} ctx @param {Location} location where the node stands
 * @returns {{ node: Node, location: Location }}
 */
function follow(node, ctx, location) {
  if (typeof node?.$ref !== "string") return { node, location };
  const target = ctx.resolve(node, location.source.absoluteRef);
  if (!target.node || !target.location) throw new Error(`cannot resolve ${node.$ref}`);
  return { node: target.node, location: target.location };
}

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
  if ($ref && TIMES.has(basename($ref))) delete rest.pattern;
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

function ExpandCatalogue() {
  return {
    Operation: {
      /** @param {Node} operation @param {Context} ctx */
      enter(operation, ctx) {
        const service = operation["x-snap-service-code"];
        const fields = operation["x-snap-example-fields"];
        const success = operation.responses?.["200"]?.content?.["application/json"]?.schema;
        if (!fields || !service || !success) return; // expanded already, or incomplete: the rules below say so
        delete operation["x-snap-example-fields"];

        const request = operation.requestBody?.content?.["application/json"]?.schema;
        if (request) statePresence(request, ctx, ctx.location);
        statePresence(success, ctx, ctx.location);
        const body = follow(success, ctx, ctx.location);

        for (const status of Object.keys(catalogue.statuses)) {
          const rows = catalogue.codes.filter((/** @type {Node} */ row) => String(row.status) === status);
          const codes = rows.map((/** @type {Node} */ row) => codeOf(row, service));
          if (status === "200") {
            body.node.properties.responseCode.enum = codes;
            continue;
          }
          const schema = structuredClone(errorResponse);
          if (status === "202") {
            Object.assign(schema, inProgressSchema(success, ctx, ctx.location, PUBLISHES_MINIMA.has(service)), {
              title: body.node.title.replace("Response", "InProgress"),
              description:
                "The request was accepted and is still being processed. All but code and message may be missing.",
              required: ALWAYS_MANDATORY,
            });
            for (const name of ALWAYS_MANDATORY) {
              const { "x-snap-condition": _condition, ...own } = body.node.properties[name];
              schema.properties[name] = { ...own, ...errorResponse.properties[name] };
            }
          }
          for (const name of ALWAYS_MANDATORY) schema.properties[name]["x-snap-presence"] = "M";
          schema.properties.responseCode.enum = codes;
          operation.responses[status] = {
            description: catalogue.statuses[status],
            headers: structuredClone(timestampHeader),
            content: {
              "application/json": {
                schema,
                examples: Object.fromEntries(
                  rows.map((/** @type {Node} */ row) => [row.example, exampleOf(row, service, fields)]),
                ),
              },
            },
          };
        }
      },
    },
  };
}

/**
 * A rule that looks at every schema of every request and response body, `if` and `then` left out.
 * @param {(schema: Node, report: (message: string) => void, name: string | undefined) => void} check
 */
const bodySchemaRule = (check) => () => ({
  MediaType: {
    /** @param {Node} mediaType @param {Context} ctx */
    enter(mediaType, ctx) {
      /** @param {Node} schema @param {Location} location @param {string} [name] */
      const visit = (schema, location, name) => {
        const target = follow(schema, ctx, location);
        const seen = { ...target.node, ...schema };
        check(seen, (message) => ctx.report({ message, location: schema.$ref ? location : target.location }), name);
        if (schema.$ref) check(target.node, (message) => ctx.report({ message, location: target.location }), undefined);
        for (const [key, property] of Object.entries(target.node.properties ?? {})) {
          visit(property, target.location.child(["properties", key]), key);
        }
        if (target.node.items) visit(target.node.items, target.location.child("items"));
      };
      if (mediaType.schema) visit(mediaType.schema, ctx.location.child("schema"));
    },
  },
});

/**
 * Whether a pattern bounds the length of what it accepts: anchored at both ends of its every branch, without an open repetition.
 * @param {unknown} pattern
 */
function isBounded(pattern) {
  if (typeof pattern !== "string" || !/^\^.*\$$/.test(pattern)) return false;
  const bare = pattern.replace(/\[[^\]]*\]|\\./g, "x");
  const withoutGroups = bare.replace(/\((?:[^()]|\([^()]*\))*\)/g, "x");
  return !/[*+]|\{\d+,\}/.test(bare) && !withoutGroups.includes("|");
}

const BodyStringBounded = bodySchemaRule((schema, report) => {
  if (![schema.type].flat().includes("string")) return;
  if (schema.maxLength === undefined && !schema.enum && schema.const === undefined && !isBounded(schema.pattern)) {
    report("A body string states its length: give it `maxLength`, or a pattern that bounds it.");
  }
});

/** @param {string} what @returns {{ enter(node: Node, ctx: Context): void }} */
const describes = (what) => ({
  enter(node, ctx) {
    if (!node.description?.trim()) ctx.report({ message: `${what} has a \`description\`.` });
  },
});

function Described() {
  const bodies = bodySchemaRule((schema, report, name) => {
    if (!schema.description?.trim()) report(`${name ? `Property \`${name}\`` : "A body"} has a \`description\`.`);
  });
  return {
    ...bodies(),
    Operation: describes("An operation"),
    Parameter: describes("A parameter"),
    RequestBody: describes("A request body"),
    Response: describes("A response"),
    Header: describes("A header"),
  };
}

const BodyObjectOpen = bodySchemaRule((schema, report) => {
  if (schema.additionalProperties === false || schema.unevaluatedProperties === false) {
    report("Objects stay open: SNAP grows by extra properties.");
  }
});

const ConditionStated = bodySchemaRule((schema, report) => {
  const always = schema.required ?? [];
  const conditional = schema.then?.required ?? [];
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const stated = property["x-snap-condition"];
    if (conditional.includes(name) && !stated?.trim()) {
      report(`\`${name}\` is required by \`then\`: say when in \`x-snap-condition\`.`);
    }
    if (stated !== undefined && !conditional.includes(name) && !always.includes(name)) {
      report(`\`${name}\` has an \`x-snap-condition\` that nothing enforces: add it to \`required\`, or to \`then\`.`);
    }
  }
});

const TRANSACTION_HEADERS = ["X-TIMESTAMP", "X-SIGNATURE", "X-PARTNER-ID", "X-EXTERNAL-ID", "CHANNEL-ID"];
/** Of the operation that asks for a token, and so has none to send. */
const TOKEN_HEADERS = ["X-TIMESTAMP", "X-SIGNATURE", "X-CLIENT-KEY"];

function OperationComplete() {
  return {
    Operation: {
      /** @param {Node} operation @param {Context} ctx */
      enter(operation, ctx) {
        /** @param {string} message */
        const report = (message) => ctx.report({ message });
        if (!/^\d{2}$/.test(operation["x-snap-service-code"] ?? ""))
          report("An operation states its `x-snap-service-code`.");
        if (operation.requestBody?.required !== true) report("An operation has a mandatory `requestBody`.");
        for (const status of Object.keys(catalogue.statuses)) {
          if (!operation.responses?.[status])
            report(`An operation has every status of the catalogue: ${status} is missing.`);
        }
        const parameters = (operation.parameters ?? []).map(
          (/** @type {Node} */ p) => follow(p, ctx, ctx.location).node.name,
        );
        for (const header of operation.security?.length === 0 ? TOKEN_HEADERS : TRANSACTION_HEADERS) {
          if (!parameters.includes(header)) report(`An operation asks for the SNAP headers: ${header} is missing.`);
        }
      },
    },
  };
}

function NoSchemaId() {
  return {
    Schema: {
      /** @param {Node} schema @param {Context} ctx */
      enter(schema, ctx) {
        if (schema.$id !== undefined)
          ctx.report({
            message: "No `$id`: Prism stops validating when one is met twice.",
            location: ctx.location.child("$id"),
          });
      },
    },
  };
}

function PathIsRef() {
  return {
    Paths: {
      /** @param {Node} paths @param {Context} ctx */
      enter(paths, ctx) {
        for (const [path, item] of Object.entries(paths)) {
          if (Object.keys(item).join() !== "$ref") {
            ctx.report({
              message: "A path is a `$ref` to its own file in paths/.",
              location: ctx.location.child(path),
            });
          }
        }
      },
    },
  };
}

/** A step without criteria passes on any answer that the contract has, an error included. */
function StepCriteria() {
  return {
    Step: {
      /** @param {Node} step @param {Context} ctx */
      enter(step, ctx) {
        if (step.workflowId) return; // the criteria are those of that workflow's own steps
        const conditions = (step.successCriteria ?? []).map((/** @type {Node} */ criterion) => criterion.condition);
        for (const [what, pattern] of STEP_CRITERIA) {
          if (!conditions.some((/** @type {string} */ condition) => pattern.test(condition)))
            ctx.report({ message: `A step says in \`successCriteria\` which ${what} it expects.` });
        }
      },
    },
  };
}

/** @type {[string, RegExp][]} */
const STEP_CRITERIA = [
  ["status code", /^\$statusCode == \d{3}$/],
  ["responseCode", /^\$response\.body#\/responseCode == '\d{7}'$/],
];

function WorkflowDescribed() {
  return { Workflow: describes("A workflow"), Step: describes("A step") };
}

/** For `redocly respect`, which takes every schema that does not say otherwise for closed, an `if` or `then` included. */
function SayOpen() {
  return {
    Schema: {
      /** @param {Node} schema @param {Context} ctx */
      enter(schema, ctx) {
        // the workflows' source; nothing else reads the bundle with Redocly
        if (/[\\/]generated[\\/]openapi\.yaml$/.test(ctx.location.source.absoluteRef))
          schema.unevaluatedProperties = true;
      },
    },
  };
}

export default function snapPlugin() {
  return {
    id: "snap",
    preprocessors: { oas3: { "expand-catalogue": ExpandCatalogue } },
    decorators: { oas3: { "say-open": SayOpen } },
    rules: {
      oas3: {
        "body-string-bounded": BodyStringBounded,
        described: Described,
        "body-object-open": BodyObjectOpen,
        "condition-stated": ConditionStated,
        "operation-complete": OperationComplete,
        "no-schema-id": NoSchemaId,
        "path-is-ref": PathIsRef,
      },
      arazzo1: { described: WorkflowDescribed, "step-criteria": StepCriteria },
    },
  };
}
