// Before the tests: builds what they look at and nobody commits, the package when one of its sources is newer, then the documentation
// page when the contract is newer; and gives them a folder for temporary files, which is gone when they are done.
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { root } from "./repository.ts";

const run = promisify(execFile);

const dist = join(root, "dist");

export async function setup(): Promise<() => void> {
  const temporary = mkdtempSync(join(tmpdir(), "snap-test-"));
  process.env.TMPDIR = temporary;
  await Promise.all([isStale() && build(), buildPage()]);
  return () => rmSync(temporary, { recursive: true, force: true });
}

/** Whether a source was changed after the build. A folder counts as well: its time tells that a file in it is gone. */
function isStale(): boolean {
  const sources = ["src", "generated"].flatMap((folder) => [folder, ...namesIn(join(root, folder), `${folder}/`)]);
  const newest = Math.max(...[...sources, "tsdown.config.ts", "package.json"].map((file) => changed(join(root, file))));
  return changed(join(dist, "index.js")) <= newest;
}

async function buildPage(): Promise<void> {
  const { stdout } = await run(process.execPath, ["--import", "tsx", "scripts/docs/build.ts", "--if-stale"], {
    cwd: root,
  });
  if (stdout) console.log(stdout.trimEnd());
}

/** Builds in a folder of its own and moves the files: other tests may run at the same time, and never find one missing. */
async function build(): Promise<void> {
  console.log("building dist/ ...");
  const start = new Date();
  mkdirSync(join(dist, "chunks"), { recursive: true });
  const folder = mkdtempSync(join(dist, ".build-"));
  try {
    const args = ["run", "--silent", "build", "--", "--logLevel", "error", "--no-clean", "--out-dir", folder];
    // not inherited: what it prints is in the error, if it fails
    await run("npm", args, { cwd: root });
    const made = namesIn(folder).filter((name) => statSync(join(folder, name)).isFile());
    // what is changed during the build is newer than it
    utimesSync(join(folder, "index.js"), start, start);
    for (const name of made) {
      mkdirSync(dirname(join(dist, name)), { recursive: true });
      renameSync(join(folder, name), join(dist, name));
    }
    const left = [...readdirSync(dist), ...namesIn(join(dist, "chunks"), "chunks/")];
    for (const name of left)
      if (/\.(js|d\.ts)$/.test(name) && !made.includes(name)) rmSync(join(dist, name), { force: true });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The files and folders in a folder, and in those. */
function namesIn(folder: string, prefix = ""): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => prefix + name);
}

/** When a file was changed last; the beginning of time if it does not exist. */
function changed(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
