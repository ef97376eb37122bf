// Runs this project's Redocly CLI without its look-up of newer versions, so that nothing here connects to the outside.
// As a script: tsx scripts/redocly/run.ts lint snap
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Redocly's own program, to be run by Node. */
export const redoclyBin = join(
  dirname(createRequire(import.meta.url).resolve("@redocly/cli/package.json")),
  "bin/cli.js",
);

/** The environment that keeps Redocly off the network. */
export const redoclyEnv = { ...process.env, REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };

/**
 * Runs `redocly` with the given arguments and returns what it printed.
 * @throws Error with Redocly's own output when it exits with another code than 0
 */
export function redocly(...args: string[]): string {
  const { status, stdout, stderr } = run(args, "pipe");
  if (status !== 0) throw new Error(`redocly ${args[0]} failed\n${stdout}${stderr}`);
  return stdout + stderr;
}

function run(args: string[], stdio: "pipe" | "inherit") {
  return spawnSync(process.execPath, [redoclyBin, ...args], { cwd: root, encoding: "utf8", env: redoclyEnv, stdio });
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.exitCode = run(process.argv.slice(2), "inherit").status ?? 1;
