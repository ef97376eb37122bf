// Applies an OpenAPI Overlay to the facts of a contract, action by action, so that what is wrong can be told of the action that did it.
import { isDeepStrictEqual } from "node:util";
import { BaseResolver, bundle, createConfig, type Document, Source } from "@redocly/openapi-core";
import { contradictionsIn } from "./contradictions.ts";
import type { Facts } from "./facts.ts";

/** An action of an overlay. */
export interface Action {
  target: string;
  /** Where it was read, and when. */
  description?: string;
  update?: unknown;
  remove?: boolean;
}

/** An OpenAPI Overlay 1.0 or 1.1. */
export interface Overlay {
  overlay: string;
  info: { title: string; version: string; description?: string };
  /** The document that it is meant for: the published contract, or a profile's. */
  extends?: string;
  actions: Action[];
}

/** Thrown when an overlay cannot be applied, changes nothing, or leaves a contradiction. */
export class OverlayError extends Error {
  override readonly name = "OverlayError";
  readonly code = "ERR_SNAP_INVALID_OVERLAY";
  /** What is wrong, each with the place of its action. */
  readonly problems: readonly string[];
  constructor(file: string, problems: readonly string[]) {
    super(`${file} cannot be used:\n${problems.map((problem) => `- ${problem}`).join("\n")}`);
    this.problems = problems;
  }
}

/**
 * The facts that an overlay makes of others, which are left as they are.
 * @param file what errors call the overlay
 * @throws OverlayError (`ERR_SNAP_INVALID_OVERLAY`) when an action names what does not exist or changes nothing, or when a
 *   contradiction is left, such as an example that does not fit any more
 */
export async function applyOverlay(base: Facts, overlay: Overlay, file: string): Promise<Facts> {
  checkForm(overlay, file);
  const states: Facts[] = [base];
  for (const [at, action] of overlay.actions.entries()) {
    const before = states[at] as Facts;
    const { facts, problems } = await applied(before, [action]);
    if (problems.length > 0) throw new OverlayError(file, [`${placeOf(action, at)}: ${problems.join("; ")}`]);
    if (isDeepStrictEqual(before, facts)) throw new OverlayError(file, [await whyUnchanged(before, action, at)]);
    states.push(facts);
  }
  const problems = await blamed(states, overlay.actions);
  if (problems.length > 0) throw new OverlayError(file, problems);
  return states.at(-1) as Facts;
}

const placeOf = ({ target }: Action, at: number) => `actions[${at}] (${target})`;

function checkForm(overlay: Overlay | null, file: string): void {
  const problems: string[] = [];
  if (!/^1\.[01]\.\d+$/.test(String(overlay?.overlay)))
    problems.push('overlay must be "1.0.0" or "1.1.0": the file must be an OpenAPI Overlay');
  if (!overlay?.info?.title) problems.push("info.title must say whose dialect it is");
  if (!Array.isArray(overlay?.actions) || overlay.actions.length === 0) problems.push("actions must be a list");
  else {
    for (const [at, action] of overlay.actions.entries())
      if (typeof action?.target !== "string") problems.push(`actions[${at}].target must be a JSONPath (RFC 9535)`);
  }
  if (problems.length > 0) throw new OverlayError(file, problems);
}

/** Gives Redocly documents that are in memory. */
class Memory extends BaseResolver {
  readonly #overlay: Document;
  constructor(overlay: Document) {
    super();
    this.#overlay = overlay;
  }
  override resolveDocument<T = unknown>(...args: Parameters<BaseResolver["resolveDocument"]>) {
    return args[1] === OVERLAY_REF ? Promise.resolve(this.#overlay as Document<T>) : super.resolveDocument<T>(...args);
  }
}

const OVERLAY_REF = "/profile.overlay.json";

async function applied(facts: Facts, actions: Action[]): Promise<{ facts: Facts; problems: string[] }> {
  const inMemory = (ref: string, parsed: unknown) => ({ source: new Source(ref, JSON.stringify(parsed)), parsed });
  const overlay = { overlay: "1.0.0", info: { title: "one action", version: "1" }, actions };
  const result = await bundle({
    config: await createConfig({}),
    doc: inMemory("/facts.json", structuredClone(facts)),
    overlays: [OVERLAY_REF],
    externalRefResolver: new Memory(inMemory(OVERLAY_REF, overlay)),
  });
  // where references lead is looked at in the end: an action may refer to what a later one adds
  const problems = result.problems.map(({ message }) => message).filter((message) => message !== "Can't resolve $ref");
  // what it shares within itself would be changed in two places by the next action
  return { facts: JSON.parse(JSON.stringify(result.bundle.parsed)) as Facts, problems };
}

/** Why an action changes nothing: its target is not there, or has what the action says already. */
async function whyUnchanged(facts: Facts, action: Action, at: number): Promise<string> {
  const probe = await applied(facts, [{ target: action.target, remove: true }]);
  const isThere = probe.problems.length > 0 || !isDeepStrictEqual(facts, probe.facts);
  return isThere
    ? `${placeOf(action, at)} changes nothing: what it says is so already; remove the action`
    : `${placeOf(action, at)} matches nothing: fix the target, or remove the action`;
}

/** What contradicts itself in the end, each with the action after which it did so for good. */
async function blamed(states: readonly Facts[], actions: readonly Action[]): Promise<string[]> {
  const base = states[0] as Facts;
  const final = await contradictionsIn(states.at(-1) as Facts, base);
  if (final.length === 0) return [];
  const since = new Map(final.map((problem) => [problem, 0]));
  const open = new Set(final);
  for (let at = states.length - 2; at >= 0 && open.size > 0; at -= 1) {
    const here = new Set(await contradictionsIn(states[at] as Facts, base));
    for (const problem of open) {
      if (here.has(problem)) continue;
      since.set(problem, at);
      open.delete(problem);
    }
  }
  return final.map((problem) => {
    const at = since.get(problem) ?? 0;
    const action = actions[at];
    return action ? `${placeOf(action, at)}: ${problem}` : problem;
  });
}
