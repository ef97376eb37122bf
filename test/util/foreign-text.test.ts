// Text that others wrote: cut, escaped and trimmed in time that grows as its length does.
import { expect, test } from "vitest";
import { trimmed, without } from "../../src/util/foreign-text.ts";

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

test.each([
  ["long-enough-secret", "xlong-enough-SECRETx", "x***x"],
  ["a+b/c==(1)$&", "[a+b/c==(1)$&]", "[***]"],
  ["t", "at Object.notify: t is wrong", "at Object.notify: *** is wrong"],
  ["s3cret", "s3cret, S3CRET and as3crets", "***, *** and as3crets"],
  ["token", "the access token is wrong", "the access token is wrong"],
  ["", "nothing", "nothing"],
])("%s is taken out, a short one where it is a word, and one of our own words not", (secret, text, expected) => {
  expect(without(secret, text, "***")).toBe(expected);
});
