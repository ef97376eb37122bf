// `npm run test:tools`: proves the contract in other people's tools. Each check generates, compiles, calls the mock, and compares.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { startMock } from "../../src/sandbox.ts";
import { checks } from "./checks/index.ts";
import { callsOf } from "./support/calls.ts";
import { Context, type Contract, home, root } from "./support/context.ts";
import { tableOf } from "./tools.ts";

const HELP = `npm run test:tools -- [--only NAME]... [--contract FOLDER] [--jobs N] [--table LANGUAGE]

Proves the contract in other people's tools: each generates from it, and what it makes compiles, sends the published samples to the
mock, and reads a 200, a 202 and a 403 back. A program that is missing is a failure that names its Debian package.

  --only NAME        this check alone; may be given more than once
  --contract FOLDER  where openapi.json, openapi.yaml and openapi-3.0.json are; generated/ by default
  --jobs N           how many checks run at a time; 2 by default
  --table LANGUAGE   prints the README's table, in en or id, and runs nothing

Checks: ${Object.keys(checks).join(", ")}
Exit codes: 0 all passed, 1 one failed, 2 usage error.`;

function usageError(message: string): never {
  console.error(`${message}\nnpm run test:tools -- --help`);
  process.exit(2);
}

function parsed() {
  try {
    const { values } = parseArgs({
      options: {
        help: { type: "boolean", short: "h" },
        only: { type: "string", multiple: true },
        contract: { type: "string", default: join(root, "generated") },
        jobs: { type: "string", default: "2" },
        table: { type: "string" },
      },
    });
    return values;
  } catch (error) {
    return usageError((error as Error).message);
  }
}

/** Installs the tools when they are missing or the lock has changed. */
function install(): void {
  const lock = readFileSync(join(home, "package-lock.json"), "utf8");
  const mark = join(home, "node_modules/.installed-lock.json");
  if (existsSync(mark) && readFileSync(mark, "utf8") === lock) return;
  console.log("installing the tools (npm ci in test/tools) ...");
  const { status } = spawnSync("npm", ["ci", "--loglevel", "error"], { cwd: home, stdio: "inherit" });
  if (status !== 0) throw new Error(`npm ci in ${home} exited with ${status}`);
  writeFileSync(mark, lock);
}

/** The first lines: some assertions print all that they were given. */
function shortened(message: string): string {
  const lines = message.split("\n");
  return lines.length > 70 ? [...lines.slice(0, 70), "..."].join("\n") : message;
}

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** Runs the named checks, some at a time, and returns those that failed. */
async function run(names: readonly string[], folder: string, jobs: number): Promise<string[]> {
  const contract: Contract = {
    json: join(folder, "openapi.json"),
    yaml: join(folder, "openapi.yaml"),
    openapi30: join(folder, "openapi-3.0.json"),
  };
  const calls = callsOf(contract.json);
  const mock = await startMock({ openapi: contract.json });
  const waiting = Object.entries(checks).filter(([name]) => names.includes(name));
  const failed: string[] = [];
  async function work(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [name, check] = next;
      const start = performance.now();
      try {
        await Context.run(name, contract, calls, mock.url, check);
        console.log(`passed  ${name} (${seconds(start)})`);
      } catch (error) {
        failed.push(name);
        console.log(`failed  ${name} (${seconds(start)})\n${shortened((error as Error).message)}\n`);
      }
    }
  }
  await Promise.all(Array.from({ length: jobs }, work));
  await mock.close();
  return failed;
}

const { help, only, contract, jobs, table } = parsed();
if (help) {
  console.log(HELP);
} else if (table !== undefined) {
  if (table !== "en" && table !== "id") usageError(`--table must be en or id; found ${table}`);
  console.log(tableOf(table));
} else {
  const names = only ?? Object.keys(checks);
  const unknown = names.filter((name) => !(name in checks));
  if (unknown.length > 0) usageError(`--only must name a check; found ${unknown.join(", ")}`);
  if (!/^[1-9]\d*$/.test(jobs)) usageError(`--jobs must be a number from 1; found ${jobs}`);
  install();
  const start = performance.now();
  const failed = await run(names, resolve(contract), Number(jobs));
  const passed = `${names.length - failed.length} of ${names.length} checks passed in ${seconds(start)}`;
  console.log(failed.length > 0 ? `${passed}; failed: ${failed.join(", ")}` : passed);
  process.exitCode = failed.length > 0 ? 1 : 0;
}
