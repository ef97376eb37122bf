// The profiles as the tests see them: their overlays, the facts that these make by an applier of the tests' own, and their documents.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { paths as locate } from "jsonpath-rfc9535";
import { parse } from "yaml";
import type { Facts } from "../../src/generate/facts.ts";
import type { Action, Overlay } from "../../src/generate/overlay.ts";
import { read, root } from "./repository.ts";

/** Any JSON. */
export type Json = Record<string, unknown>;

const folder = join(root, "openapi/profiles");

/** The overlays that come along, by name. */
export const overlays = new Map(
  readdirSync(folder)
    .filter((file) => file.endsWith(".overlay.yaml"))
    .map((file) => [file.replace(".overlay.yaml", ""), parse(read(`openapi/profiles/${file}`)) as Overlay]),
);
export const names = [...overlays.keys()];
export function overlayOf(name: string): Overlay {
  const overlay = overlays.get(name);
  if (!overlay) throw new Error(`no profile is called ${name}`);
  return overlay;
}

/** The profile that another builds on; `published` for the published contract. */
export const baseOf = (name: string) => /profiles\/([\w-]+)\//.exec(overlayOf(name).extends ?? "")?.[1] ?? "published";

export const published = JSON.parse(read("generated/facts.json")) as Facts;

/** The generated document of a profile, or of the published contract. */
export const documentOf = (name: string) =>
  JSON.parse(
    read(name === "published" ? "generated/openapi.json" : `generated/profiles/${name}/openapi.json`),
  ) as Facts;

/** Where a node is: names and indices from the root on. */
export type Location = (string | number)[];

/** The nodes that a JSONPath selects. */
export function locationsOf(document: unknown, target: string): Location[] {
  return [...new Set(locate(document as never, target))].map((path) =>
    [...path.matchAll(/\['((?:[^'\\]|\\.)*)'\]|\[(\d+)\]/g)].map(([, name, index]) =>
      index === undefined ? (name ?? "").replace(/\\(.)/g, "$1") : Number(index),
    ),
  );
}

export const nodeAt = (document: unknown, location: Location): unknown =>
  location.reduce<unknown>((at, key) => (at as Json | undefined)?.[key as string], document);

/**
 * An action of an overlay on facts, by the words of the specification and without the library that the generator uses.
 * @throws Error when it matches nothing, or merges what cannot be merged
 */
export function act(facts: Facts, { target, update, remove }: Action): void {
  const locations = locationsOf(facts, target);
  if (locations.length === 0) throw new Error(`${target} matches nothing`);
  // indices from behind, so that those before them stay
  for (const location of locations.toReversed()) {
    const key = location.at(-1);
    const parent = nodeAt(facts, location.slice(0, -1)) as Json;
    if (remove) {
      if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else delete parent[key as string];
    } else if (key === undefined) merge(facts, update);
    else parent[key as string] = merge(parent[key as string], update);
  }
}

function merge(node: unknown, update: unknown): unknown {
  if (Array.isArray(node)) return [...node, ...structuredClone([update].flat())];
  if (typeof node !== "object" || node === null) {
    if (typeof update === "object" && update !== null) throw new Error("an object cannot be merged into a value");
    return update;
  }
  for (const [key, value] of Object.entries(update as Json)) {
    const own = node as Json;
    own[key] = Object.hasOwn(own, key) ? merge(own[key], value) : structuredClone(value);
  }
  return node;
}

/**
 * The facts after each action: the first are the base's.
 * @throws Error when an action changes nothing
 */
export function statesOf(base: Facts, actions: readonly Action[]): Facts[] {
  const states = [base];
  for (const action of actions) {
    const before = states.at(-1) as Facts;
    const facts = structuredClone(before);
    act(facts, action);
    if (isDeepStrictEqual(before, facts)) throw new Error(`${action.target} changes nothing`);
    states.push(facts);
  }
  return states;
}

const made = new Map<string, Facts[]>([["published", [published]]]);

/** The facts of a profile after each of its actions. */
export function historyOf(name: string): Facts[] {
  const states = made.get(name) ?? statesOf(factsOf(baseOf(name)), overlayOf(name).actions);
  made.set(name, states);
  return states;
}

/** The facts of a profile, or of the published contract. */
export const factsOf = (name: string): Facts => historyOf(name).at(-1) as Facts;
