// generated/validators.js: what it exports, and that it works alone.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as validators from "../../generated/validators.js";
import { operations } from "../support/contract.ts";

const file = new URL("../../generated/validators.js", import.meta.url);
const expected = operations
  .flatMap(({ operationId, responses }) => [
    `${operationId}Request`,
    `${operationId}Headers`,
    ...Object.keys(responses).map((status) => `${operationId}Response${status}`),
  ])
  .sort();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "validators-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("exports a function for each request, headers and response, and nothing else", () => {
  expect(expected).toHaveLength(8 * 13);
  expect(Object.keys(validators).sort()).toEqual(expected);
  expect(Object.values(validators).every((validate) => typeof validate === "function")).toBe(true);
});

test("declares exactly what it exports", () => {
  const declared = readFileSync(new URL("../../generated/validators.d.ts", import.meta.url), "utf8");
  expect([...declared.matchAll(/^export const (\w+): Validator;$/gm)].map(([, name]) => name).sort()).toEqual(expected);
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
    const verdicts = Object.values(all).map((validate) => validate({}));
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
