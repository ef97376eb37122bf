// How the plugin's files look at an OpenAPI document.

/**
 * @typedef {Record<string, any>} Node a parsed OpenAPI node
 * @typedef {{ source: { absoluteRef: string }, child(key: string | number | (string | number)[]): Location }} Location
 * @typedef {{ resolve(node: Node, from?: string): { node: Node | undefined, location: Location | undefined },
 *   report(problem: { message: string, location?: Location }): void, location: Location }} Context
 */

/**
 * Follows a reference, if it is one.
 * @param {Node} node @param {Context} ctx @param {Location} location where the node stands
 * @returns {{ node: Node, location: Location }}
 */
export function follow(node, ctx, location) {
  if (typeof node?.$ref !== "string") return { node, location };
  const target = ctx.resolve(node, location.source.absoluteRef);
  if (!target.node || !target.location) throw new Error(`cannot resolve ${node.$ref}`);
  return { node: target.node, location: target.location };
}
