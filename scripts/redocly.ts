// Runs this project's Redocly CLI without its look-up of newer versions, so that nothing here connects to the outside.
// As a script: tsx scripts/redocly.ts lint snap
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const root = fileURLToPath(new URL("..", import.meta.url));

const redoclyBin = join(dirname(createRequire(import.meta.url).resolve("@redocly/cli/package.json")), "bin/cli.js");

/**
 * Runs `redocly` with the given arguments and returns what it printed.
 * @throws Error with Redocly's own output when it exits with another code than 0
 */
export function redocly(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [redoclyBin, ...args], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
  });
  if (status !== 0) throw new Error(`redocly ${args[0]} failed\n${stdout}${stderr}`);
  return stdout + stderr;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(redocly(...process.argv.slice(2)).trim());
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
