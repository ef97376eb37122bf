// The lint rules for what no built-in rule can say about this contract.
import { describes } from "./described.js";
import { follow } from "./nodes.js";

/** @import { Context, Location, Node } from "./nodes.js" */

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

export const BodyStringBounded = bodySchemaRule((schema, report, name) => {
  // the list of codes is derived
  if (![schema.type].flat().includes("string") || name === "responseCode") return;
  if (schema.maxLength === undefined && !schema.enum && schema.const === undefined && !isBounded(schema.pattern)) {
    report("A body string states its length: give it `maxLength`, or a pattern that bounds it.");
  }
});

/** A form that only a pattern states is told to nobody who reads an error or a description. */
export const PatternInWords = bodySchemaRule((schema, report) => {
  if (schema.pattern !== undefined && !schema["x-snap-format"]?.trim()) {
    report("A `pattern` is told in words, with an example, in `x-snap-format`: three capital letters such as IDR.");
  }
});

export function Described() {
  const bodies = bodySchemaRule((schema, report, name) => {
    if (!schema.description?.trim()) report(`${name ? `Property \`${name}\`` : "A body"} has a \`description\`.`);
  });
  return {
    ...bodies(),
    Operation: describes("An operation"),
    Parameter: describes("A parameter"),
    Response: describes("A response"),
    Header: describes("A header"),
  };
}

export const BodyObjectOpen = bodySchemaRule((schema, report) => {
  if (schema.additionalProperties === false || schema.unevaluatedProperties === false) {
    report("Objects stay open: SNAP grows by extra properties.");
  }
});

export const ConditionStated = bodySchemaRule((schema, report) => {
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

export function OperationComplete() {
  return {
    Operation: {
      /** @param {Node} operation @param {Context} ctx */
      enter(operation, ctx) {
        /** @param {string} message */
        const report = (message) => ctx.report({ message });
        if (!/^\d{2}$/.test(operation["x-snap-service-code"] ?? ""))
          report("An operation states its `x-snap-service-code`.");
        if (operation.requestBody?.required !== true) report("An operation has a mandatory `requestBody`.");
        if (!operation.responses?.["200"]) report("An operation has a 200 response: the others are derived from it.");
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

export function NoSchemaId() {
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

export function PathIsRef() {
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
