// The loop of daily work: lint, types and the quick tests at the same time. Prints a line for each, and what a failed one said.
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { root } from "../redocly/run.ts";

const { values } = parseArgs({ options: { help: { type: "boolean", short: "h" } } });
if (values.help) {
  console.log(`npm run check

Runs lint, types, and the tests that start no process and fuzz nothing for long. npm test runs all tests, .ci/run every gate.
Exit codes: 0 all passed, 1 one failed.`);
  process.exit(0);
}

const GATES: Readonly<Record<string, readonly string[]>> = {
  lint: ["run", "--silent", "lint"],
  types: ["run", "--silent", "types"],
  "quick tests": ["run", "--silent", "test", "--", "--mode", "check", "--reporter", "dot"],
};

async function pass([gate, args]: readonly [string, readonly string[]]): Promise<boolean> {
  const start = performance.now();
  const child = spawn("npm", args, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
  });
  const exited = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [code, out, err] = await Promise.all([exited, text(child.stdout), text(child.stderr)]);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(code === 0 ? `passed  ${gate} (${seconds} s)` : `failed  ${gate} (${seconds} s)\n${out}${err}`);
  return code === 0;
}

console.log(`... ${Object.keys(GATES).join(", ")}`);
const passed = await Promise.all(Object.entries(GATES).map(pass));
process.exitCode = passed.every(Boolean) ? 0 : 1;
