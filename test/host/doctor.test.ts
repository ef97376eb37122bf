// What mock and sandbox log of a signature that they refused: what it was probably made from, over real HTTP, and at what cost.
import { createHash, createHmac, sign as signRsa } from "node:crypto";
import { describe, expect, onTestFinished, test } from "vitest";
import { lineOf } from "../../src/cli/log-line.ts";
import { type HostOptions, type LogEntry, type RunningServer, startMock, startSandbox } from "../../src/sandbox.ts";
import { requestOf } from "../mock/support.ts";
import { privateKey, publicKey } from "../support/keys.ts";

const SECRET = "9Qk-secret-Zt7+mN0/x4Y=";
const TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiI0NyJ9.token-signature";
const QUERY = requestOf("61");
const TIME = QUERY.headers["X-TIMESTAMP"] ?? "";
/** As it is sent: indented. */
const BODY = JSON.stringify(QUERY.body, null, 2);
const MINIFIED = JSON.stringify(QUERY.body);

const servers = { mock: startMock, sandbox: startSandbox } as Record<
  "mock" | "sandbox",
  (options: HostOptions) => Promise<RunningServer>
>;
const names = Object.keys(servers) as (keyof typeof servers)[];

/** Starts a server for one test, with its log. */
async function start(name: keyof typeof servers, options: HostOptions = {}) {
  const entries: LogEntry[] = [];
  const log = (entry: LogEntry) => void entries.push(entry);
  const server = await servers[name]({ clientSecret: SECRET, log, ...options });
  onTestFinished(() => server.close());
  const doctor = () => entries.filter(({ step }) => step === "doctor");
  const said = (count = 1) =>
    expect.poll(() => doctor().length, { timeout: 60_000, interval: 5 }).toBeGreaterThanOrEqual(count);
  return { server, entries, doctor, said };
}

const sha = (text: string) => createHash("sha256").update(text).digest("hex");
const textOf = ({ path = QUERY.path, token = `${TOKEN}:`, body = MINIFIED, time = TIME } = {}) =>
  `POST:${path}:${token}${sha(body)}:${time}`;
const hmac = (text: string, secret = SECRET) => createHmac("sha512", secret).update(text).digest("base64");
const rsa = (text: string) => signRsa("sha256", Buffer.from(text), privateKey).toString("base64");

let counted = 0;
/** Calls a server under a signature. */
async function call(url: string, signature: string, body = BODY, more: Record<string, string> = {}) {
  counted += 1;
  const own = { authorization: `Bearer ${TOKEN}`, "X-SIGNATURE": signature, "X-EXTERNAL-ID": String(counted) };
  return fetch(url + QUERY.path, { method: "POST", headers: { ...QUERY.headers, ...own, ...more }, body });
}

describe.each(names)("the %s", (name) => {
  test.each([
    ["the body was hashed as it is, with its white space", hmac(textOf({ body: BODY }))],
    ['"Bearer " was left in front of the access token', hmac(textOf({ token: `Bearer ${TOKEN}:` }))],
    ["it was made with HMAC-SHA256", createHmac("sha256", SECRET).update(textOf()).digest("base64")],
    ["which is another operation's", hmac(textOf({ path: requestOf("60").path }))],
    ["the client secret was used with a line break after it", hmac(textOf(), `${SECRET}\n`)],
    ["the signature is URL-encoded", encodeURIComponent(hmac(textOf()))],
    ['the parts were joined with "|"', hmac(["POST", QUERY.path, TOKEN, sha(MINIFIED), TIME].join("|"))],
  ])("logs what a refused signature was made from, and how to see more: %s", async (cause, signature) => {
    const { server, entries, doctor, said } = await start(name);
    expect((await call(server.url, signature)).status).toBe(401);
    await said();
    const [refused] = entries;
    expect(refused).toMatchObject({ step: "signature", responseCode: "4016100" });
    const { hint, duration, ...rest } = doctor()[0] ?? {};
    expect(hint).toMatch(
      /^the signature was probably wrong because .*\. Fix: .*\. More: snap-bi sign --check shows every step$/,
    );
    expect(hint).toContain(cause);
    expect(rest).toMatchObject({
      ...{ step: "doctor", method: "POST", path: QUERY.path, operation: "qrCpmQuery", service: "61", status: 401 },
      ...{ responseCode: "4016100", responseMessage: "Unauthorized. [Signature]", externalId: String(counted) },
    });
    const line = lineOf(doctor()[0] as LogEntry);
    expect(line).not.toContain("\n");
    expect(line).toContain(
      `POST ${QUERY.path} [61] 4016100 Unauthorized. [Signature] (doctor: the signature was probably`,
    );
  });

  test("finds the host that the request came to in a signed URL", async () => {
    const { server, doctor, said } = await start(name);
    await call(server.url, hmac(textOf({ path: server.url + QUERY.path })));
    await said();
    expect(doctor()[0]?.hint).toContain(`the URL was signed, with ${server.url} before the path`);
  });

  test("looks at asymmetric signatures too, and tells what the length shows where nothing explains one", async () => {
    const { server, doctor, said } = await start(name, { publicKey: publicKey as never });
    await call(server.url, rsa(textOf({ token: "", body: BODY })));
    await said();
    expect(doctor()[0]?.hint).toContain("the body was hashed as it is, with its white space");
    await call(server.url, rsa("something else"));
    await said(2);
    expect(doctor()[1]?.hint).toBe(
      "no known mistake explains the signature. It was made with the right private key, over another string to sign. More: snap-bi sign --check shows every step",
    );
  });

  test("looks at requests for a token", async () => {
    const { server, doctor, said } = await start(name, { publicKey: publicKey as never });
    const { headers, path, body } = requestOf("73");
    const signature = rsa(`${headers["X-CLIENT-KEY"]}:${headers["X-TIMESTAMP"]}`);
    const answer = await fetch(server.url + path, {
      method: "POST",
      headers: { ...headers, "X-SIGNATURE": signature },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(401);
    await said();
    expect(doctor()[0]).toMatchObject({ operation: "accessTokenB2b", responseCode: "4017300" });
    expect(doctor()[0]?.hint).toContain('the parts were joined with ":"');
  });

  test("logs no secret and no token, wherever a caller puts them", async () => {
    const { server, entries, doctor, said } = await start(name);
    const path = `${QUERY.path}?t=${TOKEN}&s=${encodeURIComponent(SECRET)}&b=1`;
    const headers = { ...QUERY.headers, authorization: `Bearer ${TOKEN}`, "X-EXTERNAL-ID": "1" };
    for (const signed of [path.slice(1), path.toUpperCase(), `${QUERY.path}?b=1&s=${SECRET}&t=${TOKEN}`]) {
      const signature = hmac(`POST:${signed}:${TOKEN}:${sha(MINIFIED)}:${TIME}`);
      await fetch(server.url + path, { method: "POST", headers: { ...headers, "X-SIGNATURE": signature }, body: BODY });
    }
    await said(2);
    const printed = JSON.stringify(entries).toLowerCase();
    for (const secret of [SECRET, TOKEN, encodeURIComponent(SECRET), Buffer.from(SECRET).toString("base64")])
      expect(printed).not.toContain(secret.toLowerCase());
    for (const { hint = "" } of doctor()) expect(hint.length).toBeLessThanOrEqual(500);
  });
});

test("says nothing of signatures that are right, nor where none is checked, nor without a log", async () => {
  const { server, entries } = await start("sandbox");
  await call(server.url, hmac(textOf()));
  const open = await startSandbox({ log: (entry) => entries.push(entry) });
  onTestFinished(() => open.close());
  await call(open.url, "AAAA");
  const silent = await startSandbox({ clientSecret: SECRET });
  onTestFinished(() => silent.close());
  expect((await call(silent.url, "AAAA")).status).toBe(401);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(entries.map(({ step }) => step)).toEqual(["operation", "operation"]);
});

test("stopped meanwhile, it says nothing more and keeps nobody waiting", async () => {
  const { server, doctor } = await start("sandbox");
  for (let count = 0; count < 5; count += 1) await call(server.url, hmac("something else"));
  const begun = performance.now();
  await server.close();
  expect(performance.now() - begun).toBeLessThan(1000);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(doctor().length).toBeLessThan(5);
});

const DEEP = `${"[".repeat(99)}${"]".repeat(99)}`;
/** Bodies that make some work slow, each just below the limit of 64 KiB. */
const HOSTILE: [string, string][] = [
  ["many names in one object", `{${Array.from({ length: 4500 }, (_, at) => `"k${at}":${at}`).join()}}`],
  [
    "many objects of seven names",
    `{"l":[${Array.from({ length: 800 }, (_, at) => `{"a${at}":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7}`).join()}]}`,
  ],
  ["many levels", `{"l":[${Array.from({ length: 300 }, () => DEEP).join()}]}`],
  ["white space alone", `{"a":1}${" ".repeat(65_000)}`],
  ["quotes that are escaped", `{"a":"${'\\"'.repeat(32_000)}"}`],
  ["a string that never ends", `{"a":"${'\\"'.repeat(32_000)}`],
  ["slashes and escapes", `{"a":"${"\\/\\u00e9<".repeat(6000)}"}`],
  ["digits", `{"a":${"9".repeat(65_000)}}`],
];

test.each(HOSTILE)("a hostile body does not make the sandbox slow: %s", async (_, body) => {
  const { server, doctor, said } = await start("sandbox");
  await call(server.url, hmac("to load the doctor"));
  await said();
  // far more than it looks at, and honest calls beside them
  const flood = Promise.all(Array.from({ length: 40 }, () => call(server.url, hmac("something else"), body)));
  const cpu = process.cpuUsage();
  await flood;
  await said(3);
  const { user, system } = process.cpuUsage(cpu);
  // in this process: 250 ms for each of the two that were looked at, and the 40 calls with both their ends
  expect((user + system) / 1000).toBeLessThan(2000);
  // what waited when the flood came, and no more: the one at work, and four
  await expect.poll(() => doctor().length, { timeout: 60_000 }).toBeGreaterThanOrEqual(5);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(doctor().length).toBeLessThanOrEqual(1 + 6);
});
