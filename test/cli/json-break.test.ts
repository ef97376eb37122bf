// Where a text stops being JSON, for `snap-bi validate`: as JSON.parse has it, in whatever version of Node.
import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonBreakOf } from "../../src/cli/json-break.ts";

test.each([
  ['{"a":1,}', 1, 8, 'expected a name in double quotes, found "}"'],
  ["{a:1}", 1, 2, 'expected a name in double quotes or "}", found "a"'],
  ["{'a':1}", 1, 2, 'expected a name in double quotes or "}", found "\'"'],
  ["[1,2", 1, 5, 'expected "," or "]", found the end'],
  ["[1 2]", 1, 4, 'expected "," or "]", found "2"'],
  ["[1,]", 1, 4, 'expected a value, found "]"'],
  ["[1}", 1, 3, 'expected "," or "]", found "}"'],
  ['{"a" 1}', 1, 6, 'expected ":", found "1"'],
  ['{"a":', 1, 6, "expected a value, found the end"],
  ["{} x", 1, 4, 'expected the end, found "x"'],
  ["[NaN]", 1, 2, 'expected a value, found "N"'],
  ["tru", 1, 1, 'expected a value, found "t"'],
  ["[01]", 1, 3, 'expected "," or "]", found "1"'],
  ["[1.]", 1, 3, 'expected "," or "]", found "."'],
  ['{\n "é🙂": "x\ty"}', 2, 10, '"\\t" cannot stand in a string'],
  ['"\\x"', 1, 2, 'the escape "\\\\x" does not exist'],
  ['["\\u12g4"]', 1, 3, "does not exist"],
  ['[\n"abc', 2, 1, "a string opens here and is never closed"],
  ['{"a":1} // note', 1, 9, 'expected the end, found "/"'],
  ["[🙂]", 1, 2, 'expected a value, found "🙂"'],
])("%j breaks at line %d, column %d", (text, line, column, problem) => {
  const found = jsonBreakOf(text);
  expect([found?.line, found?.column]).toEqual([line, column]);
  expect(found?.problem).toContain(problem);
});

test("it finds a place exactly when JSON.parse does not parse, and the one that JSON.parse names", () => {
  const character = fc.constantFrom(...'{}[]":,\\ \n\t0123.eE+-truefalsn/u\u0001é🙂'.split(""));
  const noise = fc.array(character, { maxLength: 12 }).map((characters) => characters.join(""));
  const mutated = fc.tuple(fc.json(), fc.nat(), fc.nat({ max: 3 }), noise).map(([json, at, length, inserted]) => {
    const start = at % (json.length + 1);
    return json.slice(0, start) + inserted + json.slice(start + length);
  });
  const counts = { fine: 0, broken: 0, placed: 0 };
  fc.assert(
    fc.property(fc.oneof(fc.json(), mutated, noise), (text) => {
      const message = failureOf(text);
      const found = jsonBreakOf(text);
      expect(found === undefined, `${text}: ${message}`).toBe(message === undefined);
      counts[found ? "broken" : "fine"] += 1;
      // the others: it tells an open string from its start, numbers and words as a whole, and escapes from the backslash
      const placed =
        /^(Expected .*|Unexpected non-whitespace character after JSON) (?:in JSON )?at position (\d+)/.exec(
          message ?? "",
        );
      if (found && placed) {
        counts.placed += 1;
        expect(found.at, `${text}: ${message}`).toBe(Number(placed[2]));
      }
    }),
    { numRuns: 20_000 },
  );
  expect(Math.min(counts.fine, counts.broken, counts.placed), JSON.stringify(counts)).toBeGreaterThan(1000);
});

test("it takes deep nesting and long strings", () => {
  const deep = "[".repeat(100_000);
  expect(jsonBreakOf(deep)?.column).toBe(100_001);
  expect(jsonBreakOf(deep + "]".repeat(100_000))).toBeUndefined();
  // a pattern for a whole string, with a group that repeats, overflows V8's stack only from 4.2 million of these on
  expect(jsonBreakOf(`"${"é\\n".repeat(4_500_000)}"`)).toBeUndefined();
});

function failureOf(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
