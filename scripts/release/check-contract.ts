// The gate for breaking changes: the bundle of the last release against this one.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import { root } from "../redocly/run.ts";
import { compareContracts, type Difference, judge, type ListedChange } from "./contract-diff.ts";

const BUNDLE = "generated/openapi.yaml";
const LIST = "openapi/breaking-changes.yaml";

const { values } = parseArgs({ options: { help: { type: "boolean", short: "h" }, base: { type: "string" } } });
if (values.help)
  console.log(`npm run check:contract [-- --base FILE]

Compares the contract with that of the last release (the latest tag v*), or with FILE. A change that callers or receivers break on
needs a version that says so (info.version: another major, below 1.0 another minor) or a reason in ${LIST}.
Exit codes: 0 nothing breaks that must not, 1 something does.`);
else process.exitCode = values.base === undefined ? checkLastRelease() : check(values.base, values.base);

function checkLastRelease(): number {
  const tag = spawnSync("git", ["describe", "--tags", "--abbrev=0", "--match", "v*"], { cwd: root, encoding: "utf8" });
  if (tag.status !== 0) {
    console.log("no release yet (no tag v*): nothing to compare the contract with");
    return 0;
  }
  const name = tag.stdout.trim();
  const folder = mkdtempSync(join(tmpdir(), "snap-release-"));
  try {
    const base = join(folder, "openapi.yaml");
    writeFileSync(base, execFileSync("git", ["show", `${name}:${BUNDLE}`], { cwd: root, maxBuffer: 1e9 }));
    return check(base, name);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function check(base: string, name: string): number {
  const { changes } = parse(readFileSync(join(root, LIST), "utf8")) as { changes: ListedChange[] };
  const found = compareContracts(base, join(root, BUNDLE));
  const { forbidden, idle } = judge(found, changes);
  for (const { path, rule, message } of forbidden) console.error(`breaking: ${path}\n  ${message} (${rule})`);
  for (const { path, rule } of idle) console.error(`listed in ${LIST}, but did not happen: ${path} (${rule})`);
  console.log(summary(found, forbidden.length, name));
  return forbidden.length + idle.length > 0 ? 1 : 0;
}

function summary({ base, revision, breaking }: Difference, forbidden: number, name: string): string {
  const counts = `${breaking.length} breaking changes since ${name} (${base} -> ${revision}), ${forbidden} not allowed`;
  return forbidden === 0
    ? counts
    : `${counts}: raise info.version and package.json to a version that says so, or list each with its reason in ${LIST}`;
}
