// Text that others wrote: cut, escaped and trimmed in time that grows as its length does.
import { expect, test } from "vitest";
import { trimmed } from "../../src/util/foreign-text.ts";

/** A text that counts how often a character of it is looked at. */
function counting(text: string): { text: string; looks: () => number } {
  let looks = 0;
  const object = Object.assign(Object(text), {
    charAt: (at: number) => {
      looks += 1;
      return text.charAt(at);
    },
  }) as string;
  return { text: object, looks: () => looks };
}

test.each([
  ["", "", "", ""],
  ["  a b ", " ", " ", "a b"],
  ["   ", " ", " ", ""],
  ["\t a\u00a0", "\t ", "\t ", "a\u00a0"],
  ["=a==", "", "=", "=a"],
  ["'a',;", "'", "',;", "a"],
])("%j without %j before and %j behind is %j", (text, before, behind, expected) => {
  expect(trimmed(text, before, behind)).toBe(expected);
});

test("blanks inside are not searched: 32,000 of them cost no look more", () => {
  const { text, looks } = counting(`  a${" ".repeat(32_000)}b `);
  expect(trimmed(text, " ", " ")).toHaveLength(32_002);
  expect(looks()).toBeLessThan(10);
});
