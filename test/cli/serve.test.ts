// `snap-bi mock` and `snap-bi sandbox`: what they print when they start, what they refuse, and how they stop.
import { execFile, spawn } from "node:child_process";
import { createServer } from "node:net";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import { readArgs } from "../../src/cli/args.ts";
import { checksOf, readServeOptions, SERVE_OPTIONS } from "../../src/cli/serve.ts";
import type { Terminal } from "../../src/cli/terminal.ts";
import type { HostOptions, LogEntry } from "../../src/sandbox.ts";
import { built, snapBi } from "../support/cli.ts";
import { listen } from "../support/http.ts";
import * as keys from "../support/keys.ts";
import { root } from "../support/repository.ts";
import { file, serving, toldBy } from "./support.ts";

const run = promisify(execFile);
/** The call that is printed to be tried. */
const curlIn = (printed: string) => /^curl [\s\S]*?http:\S+$/m.exec(printed)?.[0] ?? "";

describe("what is served", () => {
  test("mock prints its URL, the docs' URL and a curl that works when pasted, and stops on Ctrl-C", async () => {
    const { url, printed, stopped } = await serving(["mock"]);
    expect(printed()).toContain(`SNAP mock       ${url}\nrequests        ${url}/\ndocumentation   ${url}/docs\n`);
    expect((await fetch(`${url}/docs`)).status).toBe(200);

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

    expect(await stopped("SIGINT")).toBe(0);
  });

  test("sandbox prints its URLs, its seed and the key that it signs notifications with", async () => {
    const { url, printed, stopped } = await serving(["sandbox", "--seed", "s", "--notify-url", "http://127.0.0.1:9"]);
    const key = /-----BEGIN PUBLIC KEY-----\n[^-]+-----END PUBLIC KEY-----\n/.exec(printed())?.[0] ?? "no key";
    expect(printed()).toBe(`SNAP sandbox    ${url}
console         ${url}/
documentation   ${url}/docs
what it knows   ${url}/sandbox
control key     not needed; --control-key asks for one
access token    any is accepted; --token and --token-lifetime check it
signature       any is accepted; --client-secret and --public-key check it
X-TIMESTAMP     any is accepted; --timestamp-tolerance checks it
books           in memory; --state FILE keeps them
seed            s
notifications   http://127.0.0.1:9

Notifications are signed with a key made for this run. Its public half:
${key}
Try it:
${curlIn(printed())}

Ctrl-C stops it.

`);
    expect((await fetch(`${url}/sandbox`)).status).toBe(200);
    expect(await stopped("SIGTERM")).toBe(0);
  });

  test.each([
    [[], "2006000"],
    [["--timestamp-tolerance", "300"], "2006000"],
    [["--profile", "bca"], "2006000"],
    [["--profile", "doku"], "2005500"],
  ])("sandbox %j prints a curl that succeeds each time it is pasted", async (args, code) => {
    const { printed } = await serving(["sandbox", ...args]);
    const curl = curlIn(printed());
    expect(curl).toMatch(/^curl -i \\\n {2}-H 'Content-Type: application\/json'/);
    for (const at of [1, 2]) {
      const { stdout } = await run("bash", ["-c", `${curl} -s`]);
      expect([at, /"responseCode":"(\d+)"/.exec(stdout)?.[1]]).toEqual([at, code]);
      // ids are seconds
      if (at === 1) await new Promise((resolve) => setTimeout(resolve, 1050));
    }
  });

  test("sandbox prints the keys of the developer site, which are made for the run", async () => {
    const { url, printed, stopped } = await serving(["sandbox", "--developer-site"]);
    expect(printed()).toContain(`
developer site   ${url}/api/v1.0/utilities/signature-auth and signature-service; made for this run:
X-CLIENT-KEY     `);
    expect(printed()).toMatch(
      /\nX-CLIENT-SECRET {2}[\da-f-]{36}\nPrivate_Key {6}[\w+/]{1500,}={0,2}\n\nSign calls with the client, or with snap-bi sign --help\n\nCtrl-C stops it\.\n/,
    );
    expect(printed()).toContain("signature       symmetric and asymmetric ones are checked (401 00)");
    const privateKey = /Private_Key +(\S+)/.exec(printed())?.[1] ?? "";
    const headers = { "X-TIMESTAMP": "2026-11-26T10:00:00+07:00", "X-CLIENT-KEY": "me", Private_Key: privateKey };
    const signed = await fetch(`${url}/api/v1.0/utilities/signature-auth`, { method: "POST", headers });
    expect(signed.status).toBe(200);
    expect(printed()).toContain("POST /api/v1.0/utilities/signature-auth [--] 200 signed (utility)");
    expect(await stopped("SIGTERM")).toBe(0);
  });

  test.each([[], ["--json"]])("sandbox prints no secret that it was given: %j", async (...more) => {
    const given = ["--client-secret", "env:SECRET", "--control-key", "env:KEY", "--token", "env:TOKEN"];
    const secrets = { SECRET: "secret-that-was-given", KEY: "key-that-was-given", TOKEN: "token-that-was-given" };
    const args = ["sandbox", "--developer-site", ...given, ...more];
    const { printed } = await serving(args, more.length ? "\n" : undefined, secrets);
    expect(printed()).not.toContain("that-was-given");
    if (!more.length) expect(printed()).toContain("\nX-CLIENT-SECRET  --client-secret's\n");
  });

  test("with --json the first line is a document with the URLs", async () => {
    const [mock, sandbox] = await Promise.all([
      serving(["mock", "--json"], "\n"),
      serving(["sandbox", "--json", "--seed", "s"], "\n"),
    ]);
    expect(mock.printed()).toBe(`${JSON.stringify({ url: mock.url, docs: `${mock.url}/docs` })}\n`);
    const { url } = sandbox;
    expect(sandbox.printed()).toBe(`${JSON.stringify({ url, docs: `${url}/docs`, seed: "s" })}\n`);
  });

  test.skipIf(process.platform === "win32")(
    "ends with the npx that started it, whatever that does with signals",
    async () => {
      const program = `exec 3>&1; "${process.execPath}" ${built[0]} sandbox --port 0 >&3 & wait`;
      const npx = spawn("sh", ["-c", program], {
        env: { ...process.env, npm_command: "exec" },
        stdio: ["ignore", "pipe", "ignore"],
      });
      const printed = await toldBy(npx.stdout, "Ctrl-C stops it.");
      const url = /SNAP sandbox\s+(\S+)/.exec(printed())?.[1] ?? "";
      expect((await fetch(url, { headers: { accept: "text/html" } })).status).toBe(200);
      npx.kill("SIGKILL");
      await expect
        .poll(
          () =>
            fetch(url).then(
              () => "serves",
              () => "gone",
            ),
          { timeout: 5000 },
        )
        .toBe("gone");
    },
  );

  test("npm start serves the mock, goes on when nobody reads its log, and refuses a bad option in one line", async () => {
    const npm = spawn("npm", ["start", "--", "--port", "0"], {
      cwd: root,
      detached: true,
      stdio: ["ignore", "pipe", "ignore"],
    });
    const exit = new Promise((resolve) => npm.once("exit", resolve));
    const stop = () => process.kill(-(npm.pid ?? 0), "SIGINT");
    const printed = await toldBy(npm.stdout, "Ctrl-C stops it.");
    const url = /SNAP mock\s+(\S+)/.exec(printed())?.[1] ?? "";
    npm.stdout.destroy();
    for (let call = 0; call < 3; call += 1) expect((await fetch(`${url}/docs`)).status).toBe(200);
    for (let call = 0; call < 3; call += 1) expect((await fetch(`${url}/nowhere`)).status).toBe(404);
    stop();
    await exit;
    await expect(fetch(url)).rejects.toThrow("fetch failed");

    const refused = await run("npm", ["start", "--", "--prot"], { cwd: root }).catch(
      (error) => error as { code: number; stderr: string },
    );
    expect(refused).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("snap-bi: Unknown option '--prot'; did you mean --port?\n"),
    });
  });
});

/** Starts npm in a shell's own process group, as a terminal does, and tells where the mock listens. */
async function npmStart(command: string, args: string[]) {
  const child = spawn(command, args, { cwd: root, detached: true, stdio: ["ignore", "pipe", "ignore"] });
  const group = -(child.pid ?? 0);
  onTestFinished(() => {
    // the group may be gone
    try {
      process.kill(group, "SIGKILL");
    } catch {}
  });
  const exit = new Promise((resolve) => child.once("exit", resolve));
  const printed = await toldBy(child.stdout, "Ctrl-C stops it.");
  return { child, exit, port: Number(/127\.0\.0\.1:(\d+)/.exec(printed())?.[1]) };
}

/** Waits until a port can be listened on. */
async function isFree(port: number): Promise<boolean> {
  for (let tries = 0; tries < 100; tries += 1) {
    const server = createServer();
    const free = await new Promise((resolve) => {
      server.once("error", () => resolve(false)).listen(port, "127.0.0.1", () => resolve(true));
    });
    await new Promise((resolve) => server.close(resolve));
    if (free) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

describe("npm start ends with its port free", () => {
  const START = "npm start -- --port 0";
  test.each<[string, string, string[], NodeJS.Signals]>([
    ["SIGTERM to npm", "npm", ["start", "--", "--port", "0"], "SIGTERM"],
    ["SIGINT to npm", "npm", ["start", "--", "--port", "0"], "SIGINT"],
    ["SIGTERM to a shell that runs it", "bash", ["-c", START], "SIGTERM"],
    ["SIGINT to a shell that runs it", "bash", ["-c", START], "SIGINT"],
    ["npm start & kill $!", "sh", ["-c", `${START} & child=$!; trap 'kill $child; wait' USR1; wait`], "SIGUSR1"],
    [
      "npm start & kill -INT $!",
      "sh",
      ["-c", `${START} & child=$!; trap 'kill -INT $child; wait' USR1; wait`],
      "SIGUSR1",
    ],
  ])("on %s", async (_, command, args, signal) => {
    const { child, exit, port } = await npmStart(command, args);
    expect((await fetch(`http://127.0.0.1:${port}/docs`)).status).toBe(200);
    child.kill(signal);
    await exit;
    expect(await isFree(port)).toBe(true);
  });
});

const privateKey = keys.privateKey.export({ type: "pkcs8", format: "pem" }) as string;
const NO_FILE = "the file does not exist";

test.each([
  [["mock", "--prot", "1"], "Unknown option '--prot'; did you mean --port?"],
  [["mock", "--port", "x"], '--port must be a number from 0 to 65535, not "x"'],
  [["mock", "--port", "65536"], '--port must be a number from 0 to 65535, not "65536"'],
  [["mock", "--port", "-1"], '--port must be a number from 0 to 65535, not "-1"'],
  [["mock", "--port", "--host"], "--port lacks its value; write --port=VALUE if that starts with a dash"],
  [["mock", "--host="], "--host must be an address, such as 127.0.0.1"],
  [
    ["mock", "--host", "203.0.113.1", "--port", "0"],
    "--host must be an address of this machine, and 203.0.113.1 is not",
  ],
  [["mock", "now"], 'mock does not take "now"; try --help'],
  [["sandbox", "--time", "5"], '--time must be a time such as 2020-12-23T07:50:11+07:00, not "5"'],
  [
    ["sandbox", "--time", "2020-12-23T07:50:11"],
    '--time must be a time such as 2020-12-23T07:50:11+07:00, not "2020-12-23T07:50:11"',
  ],
  [
    ["sandbox", "--time", "2021-02-29T07:50:11+07:00"],
    '--time must be a time such as 2020-12-23T07:50:11+07:00, not "2021-02-29T07:50:11+07:00"',
  ],
  [["sandbox", "--qr-lifetime", "-5"], '--qr-lifetime must be a whole number from 1 to 999999999, not "-5"'],
  [["sandbox", "--qr-lifetime=-5"], '--qr-lifetime must be a whole number from 1 to 999999999, not "-5"'],
  [["sandbox", "--qr-lifetime", "0"], '--qr-lifetime must be a whole number from 1 to 999999999, not "0"'],
  [["sandbox", "--settle-after", "1.5"], '--settle-after must be a whole number from 0 to 999999999, not "1.5"'],
  [["sandbox", "--limit", "-5"], '--limit must be an amount such as 10000000.00, not "-5"'],
  [["sandbox", "--json", "-5"], "Unknown option '-5'; try --help"],
  [["sandbox", "--", "--limit", "-5"], 'sandbox does not take "--limit -5"; try --help'],
  [["mock", "--token-lifetime", "0"], '--token-lifetime must be a whole number from 1 to 999999999, not "0"'],
  [["mock", "--token="], "--token must not be empty; leave it out to accept any"],
  [["mock", "--client-secret="], "--client-secret must not be empty; leave it out to accept any"],
  [["mock", "--without-token"], "--without-token needs --public-key, for then the signature alone says who calls"],
  [
    ["mock", "--cors", "https://app.example/"],
    '--cors must have origins such as "https://app.example", "null" or "*", not "https://app.example/": write "https://app.example".',
  ],
  [["sandbox", "--cors", "*", "--no-cors"], "--no-cors and --cors exclude each other; leave one of them out"],
  [["mock", "--public-key", "nope.pem"], `cannot read the file that --public-key names: ${NO_FILE}`],
  [["mock", "--public-key", "@nope.pem"], `cannot read the file that --public-key names: ${NO_FILE}`],
  [
    ["mock", "--public-key", "env:NOPE"],
    "the environment variable that --public-key names is not set; write its name, as in env:NAME, not its value, and export it",
  ],
  [
    ["mock", "--public-key", file("private.pem", privateKey)],
    "--public-key: publicKey must be an RSA public key in PEM form (SPKI, PKCS#1 or X.509 certificate), but is a private key; pass the public key of the pair.",
  ],
  [["sandbox", "--notify-key", "nope.pem"], "--notify-key needs --notify-url, or there is nothing to sign"],
  [
    ["sandbox", "--notify-url", "example.com/notify"],
    '--notify-url must be an absolute URL, such as http://127.0.0.1:8080, not "example.com/notify"',
  ],
  [
    ["sandbox", "--notify-url", "http://127.0.0.1:9", "--notify-key", "nope.pem"],
    `cannot read the file that --notify-key names: ${NO_FILE}`,
  ],
  [["mock", "--token", "@nope"], `cannot read the file that --token names: ${NO_FILE}; write @ and its name`],
])("%j is refused in a line that says what is expected", async (args, line) => {
  expect(await snapBi(args)).toEqual({ code: 2, stdout: "", stderr: `snap-bi: ${line}\n` });
});

test.each([
  [200, "\u001b[32m2006100\u001b[39m"],
  [404, "\u001b[33m2006100\u001b[39m"],
  [500, "\u001b[31m2006100\u001b[39m"],
])("where colours are wanted, the code of a request with status %d has one", async (status, code) => {
  const lines: string[] = [];
  const { values } = readArgs([], SERVE_OPTIONS);
  const terminal = { colours: true, out: (line: string) => void lines.push(line) } as Terminal;
  const entry: LogEntry = {
    time: "2026-11-26T07:50:11+07:00",
    method: "POST",
    path: "/a",
    service: "61",
    status,
    operation: "qrCpmQuery",
    responseCode: "2006100",
    responseMessage: "Successful",
    step: "operation",
  };
  (await readServeOptions(values, terminal)).log?.(entry);
  (await readServeOptions(values, { ...terminal, colours: false })).log?.(entry);
  expect(lines).toEqual([`07:50:11 POST /a [61] ${code} Successful`, "07:50:11 POST /a [61] 2006100 Successful"]);
});

test("mock says in one line that the port is taken", async () => {
  const { port } = await listen(() => {});
  const line = `port ${port} on 127.0.0.1 is taken; choose another with --port, such as --port ${port + 1}`;
  expect(await snapBi(["mock", "--port", `${port}`])).toEqual({ code: 2, stdout: "", stderr: `snap-bi: ${line}\n` });
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
  expect(checksOf(options)[0]).toEqual(["access token", tokens]);
});

test.each<[string[], HostOptions["cors"]]>([
  [[], undefined],
  [["--cors", "https://app.example"], ["https://app.example"]],
  [
    ["--cors", "https://app.example", "--cors", "null", "--cors=*"],
    ["https://app.example", "null", "*"],
  ],
  [["--no-cors"], false],
])("%j lets these pages call: %j", async (args, cors) => {
  const { values } = readArgs(args, SERVE_OPTIONS);
  expect((await readServeOptions(values, {} as Terminal)).cors).toEqual(cors);
});

test("--token-lifetime is left to the server unless it is given", async () => {
  const terminal = {} as Terminal;
  const values = { port: "0", host: "x", "without-token": false, "no-cors": false, json: false };
  expect(await readServeOptions(values, terminal)).not.toHaveProperty("tokenLifetime");
  expect(await readServeOptions({ ...values, "token-lifetime": "60" }, terminal)).toMatchObject({ tokenLifetime: 60 });
});
