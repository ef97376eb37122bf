// Fuzz tests: each case is made of the seed and its number, so that one that failed can be run again by itself.
import { expect } from "vitest";
import { type Random, seeded } from "./random.ts";

/** Where a fuzz test gets its cases from. */
export interface Cases {
  seed: number;
  /** The one case to run, if CASE names it. */
  only: number | undefined;
  /** The numbers of so many cases, or of the one that CASE names. */
  numbers: (count: number) => Iterable<number>;
  /** The random numbers of a case. */
  randomOf: (number: number) => Random;
  /** The command that runs a case again. */
  again: (number: number) => string;
}

/**
 * The cases of a fuzz test. SEED in the environment gives other ones, CASE runs one of them alone:
 * `SEED=20201223 CASE=18 npx vitest run test/receiver/fuzz.test.ts`.
 * @param test the file, and `-t` with a word of the test's name if it is not alone in it
 */
export function casesOf(test: string, usualSeed = 20201223): Cases {
  const seed = wholeNumber("SEED") ?? usualSeed;
  const only = wholeNumber("CASE");
  if (only !== undefined) console.log(`${test}: only case ${only} of seed ${seed}`);
  return {
    seed,
    only,
    numbers: (count) => (only === undefined ? Array.from({ length: count }, (_, number) => number) : [only]),
    // neighbours must not be alike
    randomOf: (number) => seeded(seed ^ Math.imul(number + 1, 0x9e3779b1)),
    again: (number) => `SEED=${seed} CASE=${number} npx vitest run ${test}`,
  };
}

function wholeNumber(name: "SEED" | "CASE"): number | undefined {
  const text = process.env[name];
  if (text === undefined) return undefined;
  if (!/^\d{1,10}$/.test(text)) throw new Error(`${name} must be a whole number, but is ${JSON.stringify(text)}.`);
  return Number(text);
}

/** What was sent, for a message: every byte can be read off it, up to a length. */
export function quoted(sent: string | Uint8Array, limit = 1500): string {
  const text = typeof sent === "string" ? sent : Buffer.from(sent).toString("latin1");
  const rest = text.length > limit ? ` and ${text.length - limit} more` : "";
  return JSON.stringify(text.slice(0, limit)) + rest;
}

/** Fails if something was wrong, and says the first of it. */
export function failOn(wrong: readonly string[], limit = 10): void {
  if (wrong.length === 0) return;
  const shown = wrong.slice(0, limit).join("\n\n");
  const which = wrong.length > limit ? `, the first ${limit}:` : ":";
  expect.fail(`${wrong.length} wrong answers${which}\n\n${shown}\n\nWithout CASE all cases of the seed run again.\n`);
}
