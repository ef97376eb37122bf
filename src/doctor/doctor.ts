// The doctor: tells what a wrong signature was probably made from, in a time that is given, and without keeping anybody else waiting.
import { setImmediate as letOthers, setTimeout as pause } from "node:timers/promises";
import type { Check } from "./recipe.ts";
import { type Diagnosis, search } from "./search.ts";

export type { Check, Mistake } from "./recipe.ts";
export type { Diagnosis } from "./search.ts";

/** How long a search may take. */
export interface Patience {
  /** How many milliseconds of work, by the processor's clock: the same on a busy machine; 8,000 by default. */
  milliseconds?: number;
  /** After how many milliseconds of work others get their turn; 20 by default. */
  slice?: number;
  /**
   * Which part of the time it may work, such as 0.25: the pauses, which keep no process running, have the rest. Without it each has what
   * waits already.
   */
  share?: number;
  /** Told at each pause how many ways to make the signature were tried, in how many milliseconds of work. */
  onProgress?: (tried: number, spent: number) => void;
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
    const before = processorTime();
    let isDone = false;
    while (!isDone && performance.now() - begun < slice) isDone = work.next().done === true;
    const took = performance.now() - begun;
    spent += processorTime() - before;
    if (isDone) break;
    onProgress?.(diagnosis.tried, spent);
    await (share === undefined ? letOthers() : pause(took / share - took, undefined, { ref: false }));
  }
  return diagnosis;
}

/** Milliseconds of work of this process. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
