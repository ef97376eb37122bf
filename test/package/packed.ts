// The package as npm packs it, installed alone in an empty folder.
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const root = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);

/** What a program came to. */
interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end and returns its exit code and what it printed. */
export async function outcome(
  file: string,
  args: string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
): Promise<Outcome> {
  try {
    return { code: 0, ...(await run(file, args, { cwd, env: { ...process.env, ...env } })) };
  } catch (error) {
    return error as Outcome;
  }
}

/** Runs npm in a folder. It is named twice, for npm tells its children where the project is that it runs for. */
export async function npm(folder: string, ...args: string[]): Promise<string> {
  const options = ["--prefix", folder, "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"];
  return (await run("npm", [...args, ...options], { cwd: folder })).stdout;
}

/** Where the package was installed, the tarball, and the files in it. */
export interface Packed {
  folder: string;
  consumer: string;
  tarball: string;
  packed: string[];
}

/** Packs the package, and installs it in a folder that the tests may use until they are over. */
export async function installPacked(): Promise<Packed> {
  const folder = mkdtempSync(join(tmpdir(), "snap-package-"));
  // dist/ was built before the tests, and some of them run it meanwhile
  const pack = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const [report] = JSON.parse((await run("npm", pack, { cwd: root })).stdout) as {
    filename: string;
    files: { path: string }[];
  }[];
  if (!report) throw new Error("npm pack reported nothing");
  const tarball = join(folder, report.filename);
  const consumer = join(folder, "consumer");
  mkdirSync(consumer);
  writeFileSync(join(consumer, "package.json"), '{ "private": true, "type": "module" }\n');
  await npm(consumer, "install", tarball);
  return { folder, consumer, tarball, packed: report.files.map(({ path }) => path).sort() };
}
