// Finds what breaks between two bundles of the contract, and says whether it may: it needs a version that says so, or a listed
// reason (openapi/breaking-changes.yaml).
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { redoclyBin, redoclyEnv } from "../redocly/run.ts";

/** A change that a caller or a receiver can break on. */
export interface BreakingChange {
  /** Where in the bundle, as a JSON pointer. */
  path: string;
  /** Redocly's rule. */
  rule: string;
  message: string;
}

/** A breaking change that is meant, as openapi/breaking-changes.yaml lists it. */
export interface ListedChange {
  path: string;
  rule: string;
  reason: string;
}

/** What Redocly says of two bundles. */
interface Report {
  infoVersions: { base: string; revision: string };
  changes: { path: string; verdicts: { ruleId: string; impact: string; message: string }[] }[];
}

/** What is different between two bundles. */
export interface Difference {
  /** The version of the one. */
  base: string;
  /** The version of the other. */
  revision: string;
  breaking: BreakingChange[];
}

/** What a difference comes to. */
export interface Verdict {
  /** The breaking changes that neither the version nor a listed reason allows. */
  forbidden: BreakingChange[];
  /** Listed changes that did not happen. */
  idle: ListedChange[];
}

/**
 * Compares two bundles.
 * @param base the file of the last release
 * @param revision the file of this one
 */
export function compareContracts(base: string, revision: string): Difference {
  const { infoVersions, changes } = diff(base, revision);
  const breaking = changes.flatMap(({ path, verdicts }) =>
    verdicts.filter(({ impact }) => impact === "major").map(({ ruleId, message }) => ({ path, rule: ruleId, message })),
  );
  return { ...infoVersions, breaking };
}

/** Says which breaking changes may not be. */
export function judge({ base, revision, breaking }: Difference, listed: readonly ListedChange[]): Verdict {
  const isListed = ({ path, rule }: BreakingChange) =>
    listed.some((other) => other.path === path && other.rule === rule && other.reason.trim() !== "");
  return {
    forbidden: allowsBreaking(base, revision) ? [] : breaking.filter((change) => !isListed(change)),
    idle: listed.filter(({ path, rule }) => !breaking.some((change) => change.path === path && change.rule === rule)),
  };
}

/** Whether a version may break what the one before it promised: another major, or below 1.0 another minor. */
export function allowsBreaking(base: string, revision: string): boolean {
  const [major = 0, minor = 0] = base.split(".").map(Number);
  const [nextMajor = 0, nextMinor = 0] = revision.split(".").map(Number);
  return nextMajor > major || (major === 0 && nextMajor === 0 && nextMinor > minor);
}

function diff(base: string, revision: string): Report {
  const folder = mkdtempSync(join(tmpdir(), "snap-diff-"));
  try {
    const config = join(folder, "redocly.yaml");
    // without it Redocly lets everything pass
    writeFileSync(config, "telemetry: off\nextends:\n  - diff-recommended\n");
    const args = ["diff", base, revision, "--config", config, "--format", "json", "--fail-on", "none"];
    const { status, stdout, stderr } = spawnSync(process.execPath, [redoclyBin, ...args], {
      encoding: "utf8",
      env: redoclyEnv,
      maxBuffer: 1e9,
    });
    if (status !== 0) throw new Error(`redocly diff failed\n${stdout}${stderr}`);
    return JSON.parse(stdout.slice(stdout.indexOf("{"))) as Report;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
