// generated/validators.js: what it exports, and that it works alone.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as validators from "../../generated/validators.js";
import { operations } from "../support/contract.ts";

const file = new URL("../../generated/validators.js", import.meta.url);
const single = operations.flatMap(({ operationId, responses }) => [
  `${operationId}Request`,
  `${operationId}Headers`,
  ...["200", "202"].filter((status) => status in responses).map((status) => `${operationId}Response${status}`),
]);
const errors = operations.map(({ operationId }) => `${operationId}Errors`);
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "validators-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("exports a function for each request, headers and success, a map of those for each operation's errors, and nothing else", () => {
  expect([single.length, errors.length]).toEqual([8 * 4, 8]);
  expect(Object.keys(validators).sort()).toEqual([...single, ...errors].sort());
  for (const { operationId, responses } of operations) {
    const its = (validators as unknown as Record<string, Record<string, unknown>>)[`${operationId}Errors`] ?? {};
    expect(Object.keys(its)).toEqual(Object.keys(responses).filter((status) => /^[45]/.test(status)));
    expect(Object.values(its).every((validate) => typeof validate === "function")).toBe(true);
  }
  for (const name of single) expect(validators).toHaveProperty(name, expect.any(Function));
});

test("declares exactly what it exports", () => {
  const declared = readFileSync(new URL("../../generated/validators.d.ts", import.meta.url), "utf8");
  const namesOf = (type: RegExp) =>
    [...declared.matchAll(/^export const (\w+): (.*);$/gm)].flatMap(([, name, its]) =>
      type.test(its ?? "") ? name : [],
    );
  expect(namesOf(/^Validator$/)).toEqual(single);
  expect(namesOf(/^Readonly<Record<string, Validator>>$/)).toEqual(errors);
  expect(namesOf(/./)).toHaveLength(single.length + errors.length);
});

test("neither loads code nor makes any", () => {
  expect(readFileSync(file, "utf8")).not.toMatch(
    /\brequire\b\s*\(|\bimport\b|\beval\b|\bFunction\b|\bprocess\b|globalThis/,
  );
});

test("works alone in an empty folder where code from strings is forbidden", () => {
  const copy = join(folder, "validators.mjs");
  writeFileSync(copy, readFileSync(file));
  const program = `
    import * as all from ${JSON.stringify(copy)};
    const functions = Object.values(all).flatMap((one) => (typeof one === "function" ? one : Object.values(one)));
    const verdicts = functions.map((validate) => validate({}));
    let forbidden = false;
    try { new Function("return 1")(); } catch { forbidden = true; }
    console.log(JSON.stringify({ forbidden, validators: verdicts.length, accepted: verdicts.filter(Boolean).length }));`;
  const output = execFileSync(
    process.execPath,
    ["--disallow-code-generation-from-strings", "--input-type=module", "--eval", program],
    { cwd: folder, encoding: "utf8" },
  );
  // of all of them only the request of a query has nothing mandatory
  expect(JSON.parse(output)).toEqual({ forbidden: true, validators: 104, accepted: 1 });
});
