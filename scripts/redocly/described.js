// What both kinds of rules ask for: a description.

/** @import { Context, Node } from "./nodes.js" */

/** @param {string} what @returns {{ enter(node: Node, ctx: Context): void }} */
export const describes = (what) => ({
  enter(node, ctx) {
    if (!node.description?.trim()) ctx.report({ message: `${what} has a \`description\`.` });
  },
});
