import { execFile, spawn } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const cli = ["--import", "tsx", fileURLToPath(new URL("../src/cli.ts", import.meta.url))];
const run = promisify(execFile);

/** Runs the command line to its end and returns its exit code and what it printed. */
async function snapBi(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    return { code: 0, ...(await run(process.execPath, [...cli, ...args])) };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string };
  }
}

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
  expect(printed()).toContain("POST /v1.0/qr/qr-cpm-payment 200 2006000");

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
  const { code, stderr } = await snapBi("mock", "--port", String(port));
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
  [["mock", "--port", "-1"], "snap-bi: Option '--port' argument is ambiguous; try --help\n"],
  [["mock", "--port", "--host"], "snap-bi: Option '--port' argument is ambiguous; try --help\n"],
  [["mock", "--host="], "snap-bi: --host takes an address, such as 127.0.0.1\n"],
  [["mock", "now"], 'snap-bi: unknown command "now"; try --help\n'],
  [["serve"], 'snap-bi: unknown command "serve"; try --help\n'],
])("%s is refused in one line with exit code 2", async (args, line) => {
  const { code, stderr } = await snapBi(...args);
  expect([code, stderr]).toEqual([2, line]);
});

test("--help says what there is, and exits with 0", async () => {
  const { code, stdout } = await snapBi("mock", "--help");
  expect(code).toBe(0);
  expect(stdout).toContain("--port PORT");
});
