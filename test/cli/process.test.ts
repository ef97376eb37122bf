// The command line as a process: from the source and as it is built, its exit codes, and pipes that are slow, full or closed.
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { built, fromSource, snapBi, snapBiProcess } from "../support/cli.ts";
import { listen } from "../support/http.ts";
import { root } from "../support/repository.ts";

const run = promisify(execFile);
/** Runs a script in which "$@" is the command line. */
const inBash = (script: string, args: string[] = [], env: Record<string, string> = {}) =>
  run("bash", ["-c", script, "bash", process.execPath, ...built, ...args], {
    env: { ...process.env, ...env },
    maxBuffer: 1e8,
  });

test("from the source, as the README runs it, it does what it does when it is built", async () => {
  for (const args of [["codes", "4036014"], ["validate", "--service", "60"], ["serve"]]) {
    const ran = await snapBiProcess(args, { stdin: "{}" }, fromSource);
    expect(ran).toEqual(await snapBi(args, { stdin: "{}" }));
    expect(await snapBiProcess(args, { stdin: "{}" })).toEqual(ran);
  }
});

test.each([
  [["mock", "--prot", "1"], "snap-bi: Unknown option '--prot'; did you mean --port?\n"],
  [["serve"], 'snap-bi: unknown command "serve"; try --help\n'],
])("%j is refused in one line with exit code 2", async (args, stderr) => {
  expect(await snapBiProcess(args)).toEqual({ code: 2, stdout: "", stderr });
});

test("a server whose port is taken says so in one line, and exits with 2", async () => {
  const { port } = await listen(() => {});
  expect(await snapBiProcess(["sandbox", "--port", String(port)])).toEqual({
    code: 2,
    stdout: "",
    stderr: `snap-bi: port ${port} on 127.0.0.1 is taken; choose another with --port, such as --port ${port + 1}\n`,
  });
});

test("a reader that leaves early: the command ends with its own exit code and says nothing", async () => {
  // `true` is gone long before anything is written
  const script = 'set -o pipefail; "$@" codes | true; echo $?; echo "{" | "$@" validate --service 60 | true; echo $?';
  const { stdout, stderr } = await inBash(script);
  expect([stdout, stderr]).toEqual(["0\n1\n", ""]);
});

test("a full disk: the exit code is 2", async () => {
  const { stdout, stderr } = await inBash('"$@" codes >/dev/full; echo "$?"');
  expect(stdout).toBe("2\n");
  expect(stderr).toMatch(/^snap-bi: cannot write: ENOSPC.*\n$/);
});

test("a slow reader of a pipe gets everything", async () => {
  const body = JSON.stringify({ note: "x".repeat(1_000_000) });
  const args = ["sign", "--path", "/v1.0/x", "--body", "-", "--client-secret", "env:S", "--access-token", "env:T"];
  const script = 'node -e \'console.log(JSON.stringify({ note: "x".repeat(1e6) }))\' | "$@" | { sleep 1; cat; }';
  const { stdout } = await inBash(script, args, { S: "s", T: "t" });
  expect(stdout.includes(body)).toBe(true);
  expect(stdout).toMatch(/X-SIGNATURE +\S+\n$/);
});

test("in another folder, with its package.json and without dependencies, every command finds its files", async () => {
  const folder = mkdtempSync(join(tmpdir(), "snap-cli-"));
  try {
    cpSync(join(root, "package.json"), join(folder, "package.json"));
    cpSync(join(root, "dist"), join(folder, "dist"), { recursive: true, filter: (path) => basename(path) !== "docs" });
    const moved = (...args: string[]) =>
      run(process.execPath, [join(folder, "dist/cli.js"), ...args], { cwd: tmpdir() });
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    expect((await moved("--version")).stdout).toBe(`${version}\n`);
    expect((await moved("codes", "4036014")).stdout).toContain("Insufficient Funds");
    for (const command of ["mock", "sandbox", "validate", "sign", "generate", "diff"])
      expect((await moved(command, "--help")).stdout).toBe((await snapBi([command, "--help"])).stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
