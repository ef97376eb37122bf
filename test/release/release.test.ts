// The gate for breaking changes of the contract, and the notes of a release.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { allowsBreaking, compareContracts, judge } from "../../scripts/release/contract-diff.ts";
import { notesOf } from "../../scripts/release/notes.ts";
import { root } from "../support/repository.ts";

const bundle = readFileSync(join(root, "generated/openapi.yaml"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "snap-release-test-"));
afterAll(() => rmSync(folder, { recursive: true }));
/** A bundle with edits, as a file. */
function fileWith(...edits: [RegExp, string][]): string {
  let text = bundle;
  for (const [from, to] of edits) {
    expect(text).toMatch(from);
    text = text.replace(from, to);
  }
  const file = join(folder, `${Math.random()}.yaml`);
  writeFileSync(file, text);
  return file;
}
const base = fileWith();
const PAYMENT = "#/paths/~1v1.0~1qr~1qr-cpm-payment/post/requestBody/content/application~1json/schema";
/** The request of service 60 up to a field's length. */
const LENGTH = /(\n {4}QrCpmPaymentRequest:[\s\S]*?qrContent:[\s\S]*?maxLength: )512/;
const shorter = {
  path: `${PAYMENT}/properties/qrContent`,
  rule: "schema-constraint-changed",
  message: "`maxLength` of `qrContent` changed from '512' to '256'.",
};

test("a length that shrinks, a field that becomes mandatory and an operation that is gone are found", () => {
  const revision = fileWith(
    [LENGTH, "$1256"],
    [/(\n {4}QrCpmPaymentRequest:[\s\S]*?required:\n)/, "$1        - title\n"],
    [/\n {2}\/v1\.0\/debit\/status:\n[\s\S]*?(?=\n {2}\/v1\.0\/access-token)/, ""],
  );
  const { breaking, ...versions } = compareContracts(base, revision);
  expect(versions).toEqual({ base: "0.1.0", revision: "0.1.0" });
  expect(breaking).toContainEqual(shorter);
  expect(new Set(breaking.map(({ rule }) => rule))).toEqual(
    new Set([shorter.rule, "required-properties-added", "path-removed"]),
  );
});

test("words, examples and wider bounds break nobody", () => {
  const revision = fileWith([/(qrContent:[\s\S]*?description: ).*/, "$1Another text."], [LENGTH, "$11024"]);
  expect(compareContracts(base, revision).breaking).toEqual([]);
});

describe("a change that callers break on", () => {
  const { message: _, ...place } = shorter;
  const difference = { base: "0.1.0", revision: "0.1.0", breaking: [shorter] };

  test("is forbidden", () => {
    expect(judge(difference, [])).toEqual({ forbidden: [shorter], idle: [] });
  });

  test("is allowed under a version that says so", () => {
    expect(judge({ ...difference, revision: "0.2.0" }, [])).toEqual({ forbidden: [], idle: [] });
  });

  test("is allowed where it is listed with a reason", () => {
    expect(judge(difference, [{ ...place, reason: "E999" }])).toEqual({ forbidden: [], idle: [] });
    expect(judge(difference, [{ ...place, reason: " " }])).toEqual({ forbidden: [shorter], idle: [] });
    for (const other of [{ rule: "path-removed" }, { path: PAYMENT }])
      expect(judge(difference, [{ ...place, reason: "E999", ...other }]).forbidden).toEqual([shorter]);
  });

  test("that is listed, but did not happen, is named", () => {
    const listed = { ...place, reason: "E999" };
    expect(judge({ ...difference, breaking: [] }, [listed])).toEqual({ forbidden: [], idle: [listed] });
  });
});

test("the command passes without a release, and fails on a breaking change with the place and what to do", () => {
  const run = (...args: string[]) => {
    try {
      const stdout = execFileSync(process.execPath, ["--import", "tsx", "scripts/release/check-contract.ts", ...args], {
        cwd: root,
        encoding: "utf8",
        stdio: "pipe",
      });
      return { status: 0, stdout, stderr: "" };
    } catch (error) {
      return error as { status: number; stdout: string; stderr: string };
    }
  };
  const wider = fileWith([LENGTH, "$11024"]);
  const failed = run("--base", wider);
  expect(failed.status).toBe(1);
  expect(failed.stderr).toBe(
    `breaking: ${shorter.path}\n  ${shorter.message.replace("'512' to '256'", "'1024' to '512'")} (${shorter.rule})\n`,
  );
  expect(failed.stdout).toContain("1 not allowed: raise info.version and package.json");
  expect(run("--base", base)).toMatchObject({ status: 0, stdout: expect.stringContaining("0 breaking changes") });
  if (execFileSync("git", ["tag", "--list", "v*"], { cwd: root, encoding: "utf8" }) === "")
    expect(run()).toEqual({
      ...{ status: 0, stderr: "" },
      stdout: "no release yet (no tag v*): nothing to compare the contract with\n",
    });
});

test.each([
  ["0.1.0", "0.2.0", true],
  ["0.1.0", "0.1.9", false],
  ["1.4.0", "1.5.0", false],
  ["1.4.0", "2.0.0", true],
  ["0.9.0", "1.0.0", true],
])("from %s to %s a change may break: %s", (from, to, may) => {
  expect(allowsBreaking(from, to)).toBe(may);
});

describe("the notes of a release", () => {
  const CHANGELOG = "# Changelog\n\n## 0.2.0, unreleased\n\n- new\n\n## 0.1.0, 2026-12-01\n\n- first\n- second\n";

  test("are the section of its version", () => {
    expect(notesOf(CHANGELOG, "0.1.0")).toBe("- first\n- second");
  });

  test.each([
    ["0.2.0", "CHANGELOG.md still calls 0.2.0 unreleased: give it its date"],
    ["0.3.0", 'CHANGELOG.md must have a section "## 0.3.0"'],
    ["0.1", 'CHANGELOG.md must have a section "## 0.1"'],
  ])("of %s are refused", (version, message) => {
    expect(() => notesOf(CHANGELOG, version)).toThrow(message);
  });
});
