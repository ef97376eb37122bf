// Every action of every overlay earns its keep: left out, or weakened in one place, something notices.
import { describe, expect, test } from "vitest";
import { contradictionsIn } from "../../src/generate/contradictions.ts";
import { derive } from "../../src/generate/derive.ts";
import type { Facts } from "../../src/generate/facts.ts";
import type { Action } from "../../src/generate/overlay.ts";
import {
  dialectOf,
  dialects,
  fieldCases,
  profileFor,
  walkJudged,
  walkSamples,
  walkWritten,
} from "../support/dialects.ts";
import { edition, walkEdition, walkEditionBodies, walkEditionWords } from "../support/edition-2025.ts";
import { judgeOf, operationOf } from "../support/profile-bodies.ts";
import { act, baseOf, factsOf, historyOf, type Json, overlayOf } from "../support/profiles.ts";

/** What is left out or weakened, and the action in place of the one that was there; none where it is left out. */
interface Mutant {
  what: string;
  at: number;
  action?: Action;
}

/** Keywords that ask for something or mean something. Words and samples count as a whole. */
const MEANS =
  /^(type|minLength|maxLength|pattern|const|enum|required|if|then|x-snap-(path|base-path|signature|null|condition|format)|kind|token|signedPath|state|outcome|60|62|\$ref|dependentSchemas)$/;

/** An action with one thing in its update left out or loosened. */
function weakened(update: unknown): { what: string; update: unknown }[] {
  const variants: { what: string; update: unknown }[] = [];
  const visit = (node: unknown, path: (string | number)[]) => {
    if (typeof node !== "object" || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      const here = [...path, key];
      if (here.includes("value") && path.length === 1) continue;
      const change = (what: string, edit: (parent: Json) => void) => {
        const copy = structuredClone(update) as Json;
        edit(path.reduce<Json>((at, step) => at[step] as Json, copy));
        variants.push({ what: `${here.join(".")} ${what}`, update: copy });
      };
      const isName = path.at(-1) === "properties";
      if (!isName && MEANS.test(key)) {
        change("left out", (parent) => delete parent[key]);
        if (typeof value === "number") change("one more", (parent) => Object.assign(parent, { [key]: value + 1 }));
        if (Array.isArray(value))
          for (const item of value)
            change(`without ${item}`, (parent) =>
              Object.assign(parent, { [key]: value.filter((each) => each !== item) }),
            );
      }
      if (isName) change("left out", (parent) => delete parent[key]);
      if (key !== "value") visit(value, here);
    }
  };
  visit(update, []);
  return variants;
}

const mutantsOf = (actions: readonly Action[]): Mutant[] =>
  actions.flatMap((action, at) => [
    { what: `actions[${at}] (${action.target}) left out`, at },
    ...(action.remove ? [] : weakened(action.update)).map(({ what, update }) => ({
      what: `actions[${at}] (${action.target}): ${what}`,
      at,
      action: { ...action, update },
    })),
  ]);

/** Mutants that change no verdict. */
const EQUIVALENT = [
  // a grant_type of one character is refused by its own const
  "if.properties.grant_type.maxLength one more",
  // said for linters, which ask that `then` declares what it requires
  "then.properties.grantType left out",
];

/** The facts that the mutant makes; undefined where the overlay fails, as the generator's would. */
function made(name: string, { at, action }: Mutant): Facts | undefined {
  const facts = structuredClone(historyOf(name)[at] as Facts);
  const rest = overlayOf(name).actions.slice(at + 1);
  try {
    for (const each of action ? [action, ...rest] : rest) act(facts, each);
    return facts;
  } catch {
    return undefined;
  }
}

/** What notices that facts are not the profile's, the fastest first. */
function* alarms(name: string, facts: Facts): Generator<{ by: string; problems: string[] }> {
  if (name === "aspi-2025") {
    yield { by: "the row walk", problems: walkEdition(facts) };
    yield { by: "words and samples", problems: walkEditionWords(facts) };
    const judge = judgeOf(facts);
    const refused = edition.samples.filter(({ service, body, value }) => !judge(service, body, value));
    yield { by: "a published body", problems: [...refused.map(({ service }) => service), ...walkEditionBodies(facts)] };
    return;
  }
  const dialect = dialectOf(name);
  const base = factsOf(baseOf(name));
  yield { by: "the row walk", problems: walkWritten(facts, base, dialect) };
  yield { by: "words and samples", problems: walkSamples(facts, base, dialect) };
  yield { by: "a published body", problems: [...walkJudged(facts, dialect), ...wrongCases(name, facts)] };
}

function wrongCases(name: string, facts: Facts): string[] {
  // null is in the types that are derived
  const judge = judgeOf(derive(facts));
  return fieldCases
    .filter((each) => profileFor(each) === name && each.direction !== "headers" && operationOf(facts, each.service))
    .filter(({ service, direction, status, body, rightForThisPjp }) => {
      if (direction === "response" && status !== 200) return false;
      return judge(service, direction as "request" | "response", body) !== (rightForThisPjp === "valid");
    })
    .map(({ id }) => id);
}

const count = { mutants: 0, by: {} as Record<string, number> };
const noticed = (by: string) => {
  count.by[by] = (count.by[by] ?? 0) + 1;
};

describe.each(["aspi-2025", ...Object.keys(dialects)])("%s", (name) => {
  test("gives no alarm as it is", () => {
    for (const { by, problems } of alarms(name, factsOf(name))) expect(problems, by).toEqual([]);
  });

  test("misses no mutant of its overlay", async () => {
    const survivors: string[] = [];
    for (const mutant of mutantsOf(overlayOf(name).actions)) {
      if (EQUIVALENT.some((what) => mutant.what.endsWith(what))) continue;
      count.mutants += 1;
      const facts = made(name, mutant);
      const by = facts === undefined ? "an action that fails" : firstAlarm(name, facts);
      if (by) noticed(by);
      // the slowest: the generator's own check, examples included
      else if (facts && (await contradictionsIn(facts, factsOf(baseOf(name)))).length > 0) noticed("a contradiction");
      else survivors.push(mutant.what);
    }
    expect(survivors).toEqual([]);
  });
});

function firstAlarm(name: string, facts: Facts): string | undefined {
  try {
    for (const { by, problems } of alarms(name, facts)) if (problems.length > 0) return by;
  } catch (error) {
    if (/leads nowhere|has no schema of its own/.test(String(error))) return "a reference that leads nowhere";
    throw error;
  }
  return undefined;
}

test("the count of mutants is told, and none survived", () => {
  const told = Object.entries(count.by).map(([by, number]) => `${number} by ${by}`);
  console.log(`mutants ${count.mutants}, noticed: ${told.join(", ")}`);
  expect(count.mutants).toBeGreaterThan(300);
  expect(Object.values(count.by).reduce((sum, number) => sum + number, 0)).toBe(count.mutants);
});
