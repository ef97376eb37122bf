// The doctor: tells what a wrong signature was probably made from, in a time that is given, and without keeping anybody else waiting.
import { setImmediate as letOthers, setTimeout as pause } from "node:timers/promises";
import { printable } from "../util/foreign-text.ts";
import type { Check, Mistake } from "./recipe.ts";
import { type Diagnosis, search } from "./search.ts";

export type { Check, Mistake } from "./recipe.ts";
export type { Diagnosis } from "./search.ts";

/** How long a search may take. */
export interface Patience {
  /** How many milliseconds of work, pauses not counted; 8,000 by default. */
  milliseconds?: number;
  /** After how many milliseconds of work others get their turn; 20 by default. */
  slice?: number;
  /**
   * Which part of the time it may work, such as 0.25: the pauses, which keep no process running, have the rest. Without it each has what
   * waits already.
   */
  share?: number;
  /** Told at each pause how many ways to make the signature were tried. */
  onProgress?: (tried: number) => void;
  /** Ends the search early. */
  signal?: AbortSignal;
}

/** How long `snap-bi sign --check` may search. */
export const MOST_MILLISECONDS = 8_000;

/**
 * Tells what a wrong signature was probably made from. Call it for one that `verify` refused.
 *
 * The work is bounded, however the request looks: by `milliseconds`, and by half a million attempts. A step that cannot be interrupted
 * takes some 30 milliseconds at most for a body of 64 KiB, and far less for a usual one.
 * @returns the explanations with the fewest mistakes, any of which gives exactly this signature; none when it cannot be told
 */
export async function diagnose(check: Check, patience: Patience = {}): Promise<Diagnosis> {
  const { milliseconds = MOST_MILLISECONDS, slice = 20, share, onProgress, signal } = patience;
  const diagnosis: Diagnosis = { explanations: [], remarks: [], tried: 0, complete: false };
  const work = search(check, diagnosis);
  for (let spent = 0; spent < milliseconds && !signal?.aborted; ) {
    const begun = performance.now();
    let isDone = false;
    while (!isDone && performance.now() - begun < slice) isDone = work.next().done === true;
    const took = performance.now() - begun;
    spent += took;
    if (isDone) break;
    onProgress?.(diagnosis.tried);
    await (share === undefined ? letOthers() : pause(took / share - took, undefined, { ref: false }));
  }
  return diagnosis;
}

/** How long a line of a log may get. */
const MAX_LINE = 500;

/**
 * A diagnosis as a line for a log: what the signature was probably made from, and how to see more. It holds no secret and no token,
 * whatever the request was.
 * @returns undefined where nothing can be told
 */
export function lineOf({ explanations, remarks, complete }: Diagnosis, check: Check): string | undefined {
  const more = "snap-bi sign --check shows every step";
  const told = explanations.map((mistakes) => mistakes.map(({ found }) => found).join("; and "));
  const [first] = explanations;
  if (first) {
    const advice = [...new Set(first.map(adviceOf))].join("; ");
    const cause = `the signature was probably wrong because ${told.join(", or because ")}. Fix: ${advice}`;
    return fitting(cause, `. More: ${more}`, check);
  }
  if (remarks.length)
    return fitting(`no known mistake explains the signature. ${remarks.join(" ")}`, ` More: ${more}`, check);
  return complete
    ? undefined
    : fitting("no usual mistake explains the signature", `; snap-bi sign --check looks further`, check);
}

/** What to do, and who asks for something else. */
export function adviceOf({ fix, askedBy }: Mistake): string {
  return askedBy === undefined ? fix : `${fix} (${askedBy})`;
}

function fitting(text: string, end: string, check: Check): string {
  const bare = withoutSecrets(printable(text), check);
  const room = MAX_LINE - end.length;
  return (bare.length > room ? `${bare.slice(0, room - 3)}...` : bare) + end;
}

/** A text without secret and token, in any case and as they are often encoded. */
function withoutSecrets(text: string, { clientSecret, accessToken }: Check): string {
  let bare = text;
  for (const secret of [clientSecret, accessToken]) {
    if (!secret) continue;
    const bytes = Buffer.from(secret);
    const forms = [
      secret,
      encodeURIComponent(secret),
      ...(["base64", "base64url", "hex"] as const).map((it) => bytes.toString(it)),
    ];
    for (const form of forms) bare = replaceAnyCase(bare, form);
  }
  return bare;
}

function replaceAnyCase(text: string, secret: string): string {
  return text.replace(new RegExp(secret.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"), "gi"), "***");
}
