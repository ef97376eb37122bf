// What the plugin changes in the bundle, after lint.

/** @import { Context, Node } from "./nodes.js" */

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
