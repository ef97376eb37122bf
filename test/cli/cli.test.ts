import { execFile, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { expect, onTestFinished, test } from "vitest";
import { printable, type Terminal } from "../../src/cli/args.ts";
import { checksOf, readServeOptions } from "../../src/cli/serve.ts";
import { cli, snapBi, snapBiProcess } from "../support/cli.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);

/** Waits until a mock has told where it listens; what it prints goes on being collected. */
async function started(stdout: Readable): Promise<{ url: string; printed(): string }> {
  let printed = "";
  await new Promise<void>((resolve) => {
    stdout.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes("Ctrl-C stops it.")) resolve();
    });
  });
  return { url: /SNAP mock\s+(\S+)/.exec(printed)?.[1] ?? "", printed: () => printed };
}

test("mock prints its URL, the docs' URL and a curl that works when pasted, and stops on Ctrl-C", async () => {
  const child = spawn(process.execPath, [...cli, "mock", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const { url, printed } = await started(child.stdout);
  expect(printed()).toContain(`${url}/docs`);

  const curl = /^curl [\s\S]*?qr-cpm-payment$/m.exec(printed())?.[0] ?? "";
  expect([...curl.matchAll(/-H '([\w-]+):/g)].map(([, name]) => name)).toEqual([
    "Content-Type",
    "Authorization",
    "X-TIMESTAMP",
    "X-SIGNATURE",
    "X-PARTNER-ID",
    "X-EXTERNAL-ID",
    "CHANNEL-ID",
  ]);
  const pasted = await run("bash", ["-c", `${curl} -s`]);
  expect(pasted.stdout).toContain("HTTP/1.1 200 OK");
  expect(pasted.stdout).toContain('"responseCode":"2006000"');
  const preferred = await run("bash", ["-c", `${curl} -s -H 'Prefer: code=403, example=InsufficientFunds'`]);
  expect(preferred.stdout).toContain('{"responseCode":"4036014","responseMessage":"Insufficient Funds"}');
  expect(printed()).toContain("POST /v1.0/qr/qr-cpm-payment [60] 2006000");

  const exit = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGINT");
  expect(await exit).toBe(0);
});

test("npm start serves the mock, goes on when nobody reads its log, and refuses a bad option in one line", async () => {
  const npm = spawn("npm", ["start", "--", "--port", "0"], {
    cwd: root,
    detached: true,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const { url } = await started(npm.stdout);
  npm.stdout.destroy();
  for (let call = 0; call < 3; call += 1) expect((await fetch(`${url}/docs`)).status).toBe(200);
  for (let call = 0; call < 3; call += 1) expect((await fetch(`${url}/nowhere`)).status).toBe(404);
  const exit = new Promise((resolve) => npm.once("exit", resolve));
  process.kill(-(npm.pid ?? 0), "SIGINT");
  await exit;
  await expect(fetch(url)).rejects.toThrow("fetch failed");

  const refused = await run("npm", ["start", "--", "--prot"], { cwd: root }).catch(
    (error) => error as { code: number; stderr: string },
  );
  expect(refused).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("snap-bi: Unknown option '--prot'; try --help\n"),
  });
});

test("mock says in one line that the port is taken, and exits with 2", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => taken.once("listening", resolve));
  const { port } = taken.address() as AddressInfo;
  const { code, stderr } = await snapBiProcess(["mock", "--port", String(port)]);
  taken.close();
  expect([code, stderr]).toEqual([
    2,
    `snap-bi: port ${port} on 127.0.0.1 is taken; choose another with --port, such as --port ${port + 1}\n`,
  ]);
});

test.each([
  [["mock", "--prot", "1"], "snap-bi: Unknown option '--prot'; try --help\n"],
  [["mock", "--port", "x"], 'snap-bi: --port takes a number from 0 to 65535, not "x"\n'],
  [["mock", "--port", "65536"], 'snap-bi: --port takes a number from 0 to 65535, not "65536"\n'],
  [
    ["mock", "--host", "203.0.113.1", "--port", "0"],
    "snap-bi: 203.0.113.1 is no address of this machine; choose another with --host\n",
  ],
  [["mock", "--port", "-1"], 'snap-bi: --port takes a number from 0 to 65535, not "-1"\n'],
  [["mock", "--port", "--host"], "snap-bi: --port lacks its value; write --port=VALUE if that starts with a dash\n"],
  [["mock", "--host="], "snap-bi: --host takes an address, such as 127.0.0.1\n"],
  [["mock", "now"], 'snap-bi: mock takes no "now"; try --help\n'],
  [["serve"], 'snap-bi: unknown command "serve"; try --help\n'],
])("%s is refused in one line with exit code 2", async (args, line) => {
  const { code, stderr } = await snapBiProcess(args);
  expect([code, stderr]).toEqual([2, line]);
});

test.each([
  [["sandbox", "--time", "5"], '--time takes a time such as 2020-12-23T07:50:11+07:00, not "5"'],
  [
    ["sandbox", "--time", "2020-12-23T07:50:11"],
    '--time takes a time such as 2020-12-23T07:50:11+07:00, not "2020-12-23T07:50:11"',
  ],
  [["sandbox", "--qr-lifetime", "-5"], '--qr-lifetime takes a whole number from 1 up, not "-5"'],
  [["sandbox", "--qr-lifetime=-5"], '--qr-lifetime takes a whole number from 1 up, not "-5"'],
  [["sandbox", "--limit", "-5"], '--limit takes an amount with two decimals, such as 10000000.00, not "-5"'],
  [["sandbox", "--json", "-5"], "Unknown option '-5'; try --help"],
  [["sandbox", "--", "--limit", "-5"], 'sandbox takes no "--limit -5"; try --help'],
  [["mock", "--token-lifetime", "0"], '--token-lifetime takes a whole number from 1 up, not "0"'],
  [["mock", "--public-key", "nope.pem"], "cannot read the file that --public-key names: there is no such file"],
  [["mock", "--public-key", "@nope.pem"], "cannot read the file that --public-key names: there is no such file"],
  [
    ["mock", "--public-key", "env:NOPE"],
    "the environment variable that --public-key names is not set; write its name, as in env:NAME, not its value, and export it",
  ],
  [
    ["sandbox", "--notify-url", "http://127.0.0.1:9", "--notify-key", "nope.pem"],
    "cannot read the file that --notify-key names: there is no such file",
  ],
  [
    ["mock", "--token", "@nope"],
    "cannot read the file that --token names: there is no such file; write @ and its name",
  ],
])("%j is refused in a line that says what is expected", async (args, line) => {
  expect(await snapBi(args)).toEqual({ code: 2, stdout: "", stderr: `snap-bi: ${line}\n` });
});

test.each([
  [{}, "any is accepted; --token and --token-lifetime check it"],
  [{ accessToken: "x" }, "--token's, and those that service 73 gives out (any other: 401 01)"],
  [{ tokenLifetime: 60 }, "those that service 73 gives out, good for 60 s (any other: 401 01)"],
  [
    { accessToken: "x", tokenLifetime: 60 },
    "--token's, and those that service 73 gives out, good for 60 s (any other: 401 01)",
  ],
])("started with %j it says which access tokens are accepted", (options, tokens) => {
  expect(checksOf(options).split("\n")[0]).toBe(`access token    ${tokens}`);
});

test("--token-lifetime is left to the server unless it is given", async () => {
  const terminal = {} as Terminal;
  const values = { port: "0", host: "x", "without-token": false, json: false };
  expect(await readServeOptions(values, terminal)).not.toHaveProperty("tokenLifetime");
  expect(await readServeOptions({ ...values, "token-lifetime": "60" }, terminal)).toMatchObject({ tokenLifetime: 60 });
});

const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
const COMMANDS = ["mock", "sandbox", "validate", "sign", "codes"];

test("--help lists every command in a line of its own, and the exit codes", async () => {
  for (const option of ["--help", "-h"]) {
    const { code, stdout, stderr } = await snapBi([option]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout.match(/^ {2}[a-z]+(?= )/gm)?.map((name) => name.trim())).toEqual(COMMANDS);
    expect(stdout).toContain("Exit codes: 0 fine, 1 found something, 2 used wrongly.");
  }
});

test.each(COMMANDS)("%s --help gives its options, an example and the exit codes", async (command) => {
  const { code, stdout, stderr } = await snapBi([command, "--help"]);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(new RegExp(`^snap-bi ${command} `));
  expect(stdout).toMatch(new RegExp(`^(  |Example: )snap-bi ${command} \\S`, "m"));
  expect(stdout).toMatch(/^ {2}--help/m);
  expect(stdout).toMatch(/^Exit codes: 0/m);
  for (const line of stdout.split("\n")) expect(line.length, line).toBeLessThanOrEqual(140);
});

test.each(["--version", "-v"])("%s is the package's", async (option) => {
  expect(await snapBi([option])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
});

test("help is the same as --help, and help COMMAND as its --help", async () => {
  expect(await snapBi(["help"])).toEqual(await snapBi(["--help"]));
  for (const command of COMMANDS) expect(await snapBi(["help", command])).toEqual(await snapBi([command, "--help"]));
});

test("mock and sandbox recommend a token from the environment, and say why a literal will do", async () => {
  for (const command of ["mock", "sandbox"]) {
    const { stdout } = await snapBi([command, "--help"]);
    expect(stdout).toMatch(/^Example: .* --token env:SNAP_ACCESS_TOKEN /m);
    expect(stdout).toContain("They may be given as such, which snap-bi sign refuses, for this is a server for tests");
  }
});

test("without a command, the help goes to stderr, and the exit code is 2", async () => {
  const { code, stdout, stderr } = await snapBi([]);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toBe((await snapBi(["--help"])).stdout);
});

test.each([
  [["--prot"], "snap-bi: Unknown option '--prot'; try --help\n"],
  [["--help", "--version=1"], "snap-bi: Option '-v, --version' does not take an argument; try --help\n"],
  [["--", "codes"], "snap-bi: the command comes first: snap-bi COMMAND [OPTIONS]; try --help\n"],
  [["toString"], 'snap-bi: unknown command "toString"; try --help\n'],
  [["help", "serve"], 'snap-bi: unknown command "serve"; try --help\n'],
  [["help", "mock", "codes"], "snap-bi: help takes one command; try --help\n"],
  [["a\u001b[2Jb"], 'snap-bi: unknown command "a\\u001b[2Jb"; try --help\n'],
])("%j is refused in one line", async (args, stderr) => {
  expect(await snapBi(args)).toEqual({ code: 2, stdout: "", stderr });
});

test("what steers a terminal is written as an escape, and nothing else", () => {
  expect(printable("a\n\r\t\u0000\u007f\u009b\u2028\u202eb")).toBe(
    "a\\u000a\\u000d\\u0009\\u0000\\u007f\\u009b\\u2028\\u202eb",
  );
  expect(printable('é "quoted" \\ 日本 🙂')).toBe('é "quoted" \\ 日本 🙂');
});

test("whoever reads may leave: the command ends with its own exit code and says nothing", async () => {
  // `true` is gone long before anything is written
  const script = 'set -o pipefail; "$@" codes | true; echo $?; echo "{" | "$@" validate --service 60 | true; echo $?';
  const { stdout, stderr } = await run("bash", ["-c", script, "bash", process.execPath, ...cli]);
  expect([stdout, stderr]).toEqual(["0\n1\n", ""]);
});

test("a full disk is no success", async () => {
  const { stdout, stderr } = await run("bash", [
    "-c",
    '"$@" codes >/dev/full; echo "$?"',
    "bash",
    process.execPath,
    ...cli,
  ]);
  expect(stdout).toBe("2\n");
  expect(stderr).toMatch(/^snap-bi: cannot write: ENOSPC.*\n$/);
});

test("a slow reader of a pipe gets everything", async () => {
  const body = JSON.stringify({ note: "x".repeat(1_000_000) });
  const args = ["sign", "--path", "/v1.0/x", "--body", "-", "--client-secret", "env:S", "--access-token", "env:T"];
  const script = 'node -e \'console.log(JSON.stringify({ note: "x".repeat(1e6) }))\' | "$@" | { sleep 1; cat; }';
  const { stdout } = await run("bash", ["-c", script, "bash", process.execPath, ...cli, ...args], {
    env: { ...process.env, S: "s", T: "t" },
    maxBuffer: 1e8,
  });
  expect(stdout.includes(body)).toBe(true);
  expect(stdout).toMatch(/X-SIGNATURE +\S+\n$/);
});

test("bundled into a folder one level below the package's, every command finds its files", async () => {
  const folder = mkdtempSync(join(tmpdir(), "snap-cli-"));
  try {
    const dist = join(folder, "dist");
    mkdirSync(dist);
    cpSync(join(root, "package.json"), join(folder, "package.json"));
    await build({
      ...{ entryPoints: [join(root, "src/cli.ts")], outdir: dist, bundle: true, splitting: true },
      ...{ format: "esm", platform: "node", logLevel: "error", external: ["yaml", "@stoplight/*"] },
    });
    const bundled = (...args: string[]) => run(process.execPath, [join(dist, "cli.js"), ...args], { cwd: tmpdir() });
    expect((await bundled("--version")).stdout).toBe(`${version}\n`);
    expect((await bundled("codes", "4036014")).stdout).toContain("Insufficient Funds");
    for (const command of ["mock", "sandbox", "validate", "sign"])
      expect((await bundled(command, "--help")).stdout).toContain(`snap-bi ${command}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
