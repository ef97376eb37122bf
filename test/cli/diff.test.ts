// `snap-bi diff`: the table for people, within the terminal's width, and JSON for programs.
import { join } from "node:path";
import { expect, test } from "vitest";
import { differences } from "../../src/generate/differences.ts";
import { snapBi } from "../support/cli.ts";
import { documentOf } from "../support/profiles.ts";
import { root } from "../support/repository.ts";
import { file, folder } from "./support.ts";

const diff = (...args: string[]) => snapBi(["diff", ...args]);

test("of one profile it says what differs from the published contract", async () => {
  const { code, stdout, stderr } = await diff("--profile", "dana");
  expect([code, stderr]).toEqual([0, ""]);
  const lines = stdout.split("\n");
  expect(lines[0]).toMatch(/^service {2,}where {2,}field {2,}published {2,}dana$/);
  expect(lines.find((line) => line.startsWith("62"))).toMatch(/^62 +path +\/v1\.0\/qr\/qr-cpm-cancel +not offered$/);
  expect(lines.at(-2)).toMatch(/^\d+ differences between published and dana$/);
  expect(await diff("--profile", "published", "--profile", "dana")).toEqual({ code, stdout, stderr });
});

test.each([40, 60, 80, 100, 200])(
  "its table is not wider than a terminal of %i columns, if that has room for it at all",
  async (columns) => {
    const { stdout } = await snapBi(["diff", "--profile", "bca"], { columns });
    const widest = Math.max(...stdout.split("\n").map((line) => line.length));
    // three columns of twelve, the services and the places
    expect(widest).toBeLessThanOrEqual(Math.max(columns, 64));
    expect(stdout.replace(/\s+/g, "")).toContain(columns === 200 ? "/openapi/oneklik/v1.0/debit/status" : "/openapi");
  },
);

test("--json has a document a line, with what the table says and the outcomes of codes", async () => {
  const { code, stdout } = await diff("--profile", "aspi-2025", "--profile", "bca", "--json");
  const found = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(code).toBe(0);
  expect(found).toContainEqual({
    services: ["62"],
    where: "code",
    field: "404 18",
    a: "Inconsistent Request: unknown",
    b: "Inconsistent Request: rejected",
  });
  const fromDocuments = differences({ document: documentOf("aspi-2025") }, { document: documentOf("bca") });
  const isOfCodes = ({ where }: { where?: unknown }) => where === "code";
  expect(found.filter((each) => !isOfCodes(each))).toEqual(fromDocuments.filter((each) => !isOfCodes(each)));
});

test("a document may be named itself; between the same there is no difference", async () => {
  const path = join(root, "generated/profiles/bca/openapi.json");
  expect(await diff("--profile", path, "--profile", path)).toEqual({
    code: 0,
    stdout: `0 differences between ${path} and ${path}\n`,
    stderr: "",
  });
  expect((await diff("--profile", "bca", "--profile", path)).stdout).toMatch(/^0 differences /);
});

test.each([
  [[], "diff takes one --profile, to compare it with the published contract, or two, not none"],
  [["bca"], 'diff does not take "bca"; try --help'],
  [
    ["--profile", "bca", "--profile", "dana", "--profile", "doku"],
    "diff takes one --profile, to compare it with the published contract, or two, not 3",
  ],
  [["--profile", join(folder, "none.json")], `cannot read ${join(folder, "none.json")}: the file does not exist`],
  [
    ["--profile", file("petstore.json", '{ "openapi": "3.1.0", "paths": { "/pets": { "post": {} } } }')],
    `${join(folder, "petstore.json")} must be the OpenAPI document of a contract, such as the openapi.json that snap-bi generate writes`,
  ],
])("%j is refused", async (args, message) => {
  expect(await diff(...args)).toEqual({ code: 2, stdout: "", stderr: `snap-bi: ${message}\n` });
});
