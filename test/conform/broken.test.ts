// Every check is shown to fail: broken providers and merchants, each caught by the scenario that is meant for it.
import { describe, expect, test } from "vitest";
import { onlyOf } from "../../src/conform/sheet.ts";
import type { RunFile } from "../../src/conform/subject.ts";
import { type Broken, spoiling } from "./broken.ts";
import { BROKEN_MERCHANTS, BROKEN_PROVIDERS } from "./broken-subjects.ts";
import { checkingSandbox, conformTo, goodMerchant, inShort, MERCHANT, PJP, subjectOf } from "./support.ts";

let caught = 0;

/** Runs the scenarios of a broken subject, and makes sure that they catch it, and that without its fault they would pass. */
async function isCaught(run: RunFile, upstream: string, { only, caught: numbers, rule, says, spoil }: Broken) {
  const scenarios = onlyOf(run, only);
  const timeout = says.startsWith("no answer within") ? 0.5 : 30;
  const subject = await subjectOf({ ...run, timeout }, await spoiling(upstream, spoil));
  const { rows } = await conformTo(subject, { scenarios });
  expect(rows.filter(({ outcome }) => outcome !== "passed").map(({ scenario }) => scenario.number)).toEqual(numbers);
  for (const { findings } of rows.filter(({ outcome }) => outcome === "failed")) {
    expect(findings.map((finding) => finding.rule)).toContain(rule);
    expect(findings.map(({ words }) => words.en).join("; ")).toContain(says);
    expect(findings.every(({ words }) => words.id !== "")).toBe(true);
  }
  const sound = await conformTo(await subjectOf(run, upstream), { scenarios });
  expect(sound.rows.filter(({ outcome }) => outcome !== "passed").map(inShort)).toEqual([]);
  caught += 1;
}

describe("a provider that", () => {
  test.each(BROKEN_PROVIDERS.map((broken) => [broken.name, broken] as const))("%s", async (_, broken) => {
    await isCaught(PJP, (await checkingSandbox()).url, broken);
  });
});

describe("a merchant that", () => {
  test.each(BROKEN_MERCHANTS.map((broken) => [broken.name, broken] as const))("%s", async (_, broken) => {
    await isCaught(MERCHANT, await goodMerchant(), broken);
  });
});

test("every one of them is caught", () => {
  const all = [...BROKEN_PROVIDERS, ...BROKEN_MERCHANTS];
  expect(caught).toBe(all.length);
  expect(all.length).toBeGreaterThanOrEqual(40);
  expect(new Set(all.map(({ rule }) => rule)).size).toBe(14);
  console.log(
    `conform: ${BROKEN_PROVIDERS.length} broken providers and ${BROKEN_MERCHANTS.length} broken merchants, all caught`,
  );
});
