// The runtimes, installed, and how each is made to run the checks.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import type { Settings } from "./checks.js";

const here = fileURLToPath(new URL(".", import.meta.url));
const run = promisify(execFile);

/** Installs the runtimes, unless those of the lock file are there. */
export async function installRuntimes(): Promise<void> {
  const lock = readFileSync(join(here, "package-lock.json"), "utf8");
  const last = join(here, "node_modules/.installed-lock.json");
  if (existsSync(last) && readFileSync(last, "utf8") === lock) return;
  console.log("installing Node 22 and 24, Deno, Bun and workerd ...");
  // with scripts, which put the program of this machine in its place
  const options = ["--prefix", here, "--prefer-offline", "--no-audit", "--no-fund"];
  await run("npm", ["ci", ...options], { cwd: here });
  writeFileSync(last, lock);
}

/** A runtime: its program, and what it runs. */
interface Runtime {
  /** What it calls itself, as browsers do. */
  agent: string;
  program: string;
  args: string[];
}

const { devDependencies: versions } = JSON.parse(readFileSync(join(here, "package.json"), "utf8")) as {
  devDependencies: Record<"bun" | "deno", string>;
};
const installed = (path: string) => join(here, "node_modules", path);

/** Those that run main.js, by name. */
export const runtimes: Readonly<Record<string, Runtime>> = {
  [`Node ${process.versions.node}, which runs this`]: {
    agent: `Node.js/${process.versions.node.split(".")[0]}`,
    program: process.execPath,
    args: ["main.js"],
  },
  "Node 22": { agent: "Node.js/22", program: installed("node-22/bin/node"), args: ["main.js"] },
  "Node 24": { agent: "Node.js/24", program: installed("node-24/bin/node"), args: ["main.js"] },
  // what npm installed is all there is
  Deno: {
    agent: `Deno/${versions.deno}`,
    program: installed(".bin/deno"),
    args: ["run", "--allow-all", "--no-lock", "--cached-only", "--node-modules-dir=manual", "main.js"],
  },
  Bun: {
    agent: `Bun/${versions.bun}`,
    program: installed(".bin/bun"),
    args: ["run", "--no-install", "main.js"],
  },
};

/** What came of a check. */
export interface Outcome {
  check: string;
  error?: string;
}

/** Puts the checks beside the installed package. */
export function copyChecks(consumer: string): void {
  for (const file of ["checks.js", "sandbox-check.js", "main.js", "worker.js", "worker.capnp"]) {
    copyFileSync(join(here, file), join(consumer, file));
  }
}

/** Has a runtime run the checks; it ends by itself, or after a minute. */
export async function outcomesIn({ program, args }: Runtime, consumer: string, settings: Settings): Promise<Outcome[]> {
  const env = { ...process.env, SNAP_SETTINGS: JSON.stringify(settings), DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" };
  const { stdout } = await run(program, args, { cwd: consumer, env, timeout: 60_000 });
  return linesIn(stdout);
}

/** Has workerd run the checks in a worker, bundled as Cloudflare's own tool does it. */
export async function outcomesInWorkerd(consumer: string, settings: Settings): Promise<Outcome[]> {
  writeFileSync(join(consumer, "settings.json"), JSON.stringify(settings));
  await build({
    entryPoints: [join(consumer, "worker.js")],
    outfile: join(consumer, "worker.bundle.js"),
    bundle: true,
    format: "esm",
    target: "es2022",
    conditions: ["workerd", "worker", "browser"],
    external: ["node:*"],
    logLevel: "error",
  });
  const args = ["serve", join(consumer, "worker.capnp"), "--control-fd=3"];
  const workerd = spawn(installed(".bin/workerd"), args, { stdio: ["ignore", "inherit", "inherit", "pipe"] });
  try {
    const answer = await fetch(`http://127.0.0.1:${await portOf(workerd)}/checks`, {
      signal: AbortSignal.timeout(50_000),
    });
    return linesIn(await answer.text());
  } finally {
    workerd.kill();
    await once(workerd, "exit");
  }
}

/** The port that workerd listens on, which it tells on its control descriptor. */
async function portOf(workerd: ChildProcess): Promise<number> {
  for await (const line of createInterface({ input: workerd.stdio[3] as Readable })) {
    const { event, port } = JSON.parse(line) as { event: string; port?: number };
    if (event === "listen" && port !== undefined) return port;
  }
  throw new Error("workerd ended before it listened");
}

const linesIn = (text: string) =>
  text
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Outcome);
