// What the plugin changes in the bundle, after lint.

/** @import { Context, Node } from "./nodes.js" */

/** @type {Record<string, string>} */
const PRESENCE = { M: "Mandatory.", O: "Optional." };

const capital = (/** @type {string} */ text) => text.replace(/^[a-z]/, (letter) => letter.toUpperCase());

/** What a property's type leaves out, in words: viewers and editors show a description, and no extension. @param {Node} property */
function wordsOf(property) {
  const { maxLength, enum: values, const: value } = property;
  const isListed = values !== undefined || value !== undefined;
  return [
    property["x-snap-condition"] ?? PRESENCE[property["x-snap-presence"]],
    property["x-snap-format"] && `${capital(property["x-snap-format"])}.`,
    maxLength !== undefined && !isListed && !property["x-snap-format"] && `At most ${maxLength} characters.`,
  ].filter(Boolean);
}

/** Ends the description of every body property with its presence, its condition, and its form or length; that of a status lists them. */
export function SayPresence() {
  const said = new WeakSet();
  return {
    Schema: {
      /** @param {Node} schema @param {Context} ctx */
      enter(schema, ctx) {
        const states = Object.entries(schema["x-snap-states"] ?? {});
        if (states.length && !said.has(schema)) {
          said.add(schema);
          schema.description += ` ${states.map(([status, { name }]) => `\`${status}\` ${name}`).join(", ")}.`;
        }
        for (const property of Object.values(schema.properties ?? {})) {
          if (!property["x-snap-presence"] || said.has(property)) continue;
          said.add(property);
          const target = property.$ref ? ctx.resolve(property).node : {};
          const words = wordsOf({ ...target, ...property }).join(" ");
          property.description = `${property.description.trim()} ${words}`;
        }
      },
    },
  };
}

/** For `redocly respect`, which takes every schema that does not say otherwise for closed, an `if` or `then` included. */
export function SayOpen() {
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
