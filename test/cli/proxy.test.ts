// `snap-bi proxy`: what it prints, what it refuses, and that no secret is seen.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { linesOf } from "../../src/cli/log-line.ts";
import { startSandbox } from "../../src/sandbox.ts";
import { snapBi } from "../support/cli.ts";
import { listen, text } from "../support/http.ts";
import * as keys from "../support/keys.ts";
import { file, serving } from "./support.ts";

const run = promisify(execFile);

const SECRET = "the-client-secret";
const TOKEN = "the-access-token";
const pem = keys.privateKey.export({ type: "pkcs8", format: "pem" }) as string;
const PEM = file("proxy.pem", pem);
const QUERY = "/v1.0/qr/qr-cpm-query";
const WHO = ["--partner", "the-partner", "--channel", "95221"];
const proxyArgs = (target: string, ...more: string[]) => ["proxy", "--target", target, ...WHO, ...more];

test("the proxy prints what it does and a curl that works when pasted, logs what breaks, and stops on Ctrl-C", async () => {
  const sandbox = await startSandbox({ clientSecret: SECRET, publicKey: keys.publicKey, tokenLifetime: 900 });
  const args = proxyArgs(`${sandbox.url}/`, "--client-key", "the-client", "--private-key", `@${PEM}`);
  const { url, printed, stopped } = await serving(args, "Ctrl-C stops it.\n", { SNAP_CLIENT_SECRET: SECRET });
  try {
    expect(printed()).toBe(`SNAP proxy      ${url}
target          ${sandbox.url}
access token    from /v1.0/access-token/b2b (service 73), renewed before it expires
signature       symmetric
headers         the caller's are kept; --replace NAME fills one in all the same

Try it:
curl -i -H 'Content-Type: application/json' -d @query.json ${url}${QUERY}

Ctrl-C stops it.

`);
    const curl = /^curl .*/m.exec(printed())?.[0] ?? "";
    const query = file("query.json", '{\n  "originalPartnerReferenceNo": "nobody-knows",\n  "merchantId": "1"\n}\n');
    const { stdout } = await run("bash", ["-c", curl.replace("@query.json", `@${query} -s`)]);
    expect(stdout).toContain("HTTP/1.1 404 Not Found");
    expect(stdout).toContain('{"responseCode":"4046101","responseMessage":"Transaction Not Found"}');
    expect(printed()).toMatch(
      /^\d\d:\d\d:\d\d POST \/v1.0\/qr\/qr-cpm-query \[61\] 4046101 Transaction Not Found \(target, \d+ ms\)$/m,
    );
    expect(await stopped("SIGINT")).toBe(0);
    for (const secret of [SECRET, "PRIVATE KEY", "Bearer"]) expect(printed()).not.toContain(secret);
  } finally {
    await sandbox.close();
  }
});

test("a page in place of an answer passes, is logged, and repeats no secret, in text and as JSON", async () => {
  const target = await listen((request, response) => {
    const { authorization = "", "x-signature": signature = "" } = request.headers;
    text(200, `<h1>${authorization.length > 0 ? "\u001b[31m" : ""}${signature}</h1>`, "text/html")(response);
  });
  const env = { SNAP_CLIENT_SECRET: SECRET, SNAP_ACCESS_TOKEN: TOKEN };
  for (const json of [[], ["--json"]]) {
    const end = json.length ? "\n" : "Ctrl-C stops it.\n";
    const { url, printed, stopped } = await serving(proxyArgs(target.url, ...json), end, env);
    const headers = { "content-type": "application/json", "x-signature": "signature-of-mine" };
    const page = await fetch(url + QUERY, { method: "POST", headers, body: "{}" });
    expect(await page.text()).toBe("<h1>\u001b[31msignature-of-mine</h1>");
    await expect.poll(printed).toContain("the body must be a JSON object");
    await stopped("SIGTERM");
    for (const secret of [SECRET, TOKEN, "signature-of-mine", "Bearer", "\u001b"])
      expect(printed()).not.toContain(secret);
    if (json.length === 0) {
      expect(printed()).toContain(
        "access token    the one given; requests for a token are not signed, --client-key does that\n",
      );
      expect(printed()).toContain(
        "         breaks the contract: the body must be a JSON object, but it is text/html: (left out",
      );
    } else {
      const [started, entry, ...more] = printed()
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
      expect([started, more]).toEqual([{ url, target: target.url }, []]);
      expect(entry).toMatchObject({ status: 200, by: "target", operation: "qrCpmQuery", service: "61", tries: 1 });
    }
  }
});

test("options go into requests, and limits hold", async () => {
  const received: unknown[] = [];
  const target = await listen((request, response) => {
    received.push(request.headers);
    if (request.headers.prefer !== "wait") text(200, "{}", "application/json")(response);
  });
  const more = ["--customer-token", "env:CUSTOMER", "--origin", "merchant.example", "--device-id", "d"];
  const limits = ["--replace", "X-SIGNATURE", "--replace", "X-DEVICE-ID", "--timeout", "300", "--max-bytes", "1000"];
  const args = proxyArgs(target.url, "--private-key", `@${PEM}`, ...more, ...limits);
  const { url, printed } = await serving(args, "Ctrl-C stops it.\n", { CUSTOMER: "the-customer" });
  expect(printed()).toContain("access token    none is sent; requests for a token are not signed");
  expect(printed()).toContain("signature       asymmetric\n");
  expect(printed()).toContain("headers         the caller's are kept, but for X-SIGNATURE, X-DEVICE-ID\n");
  const post = (own: Record<string, string>, body = "{}") =>
    fetch(url + QUERY, { method: "POST", headers: { "content-type": "application/json", ...own }, body });
  await post({ "x-signature": "of-the-caller", "x-device-id": "of-the-caller", origin: "own.example" });
  expect(received).toMatchObject([
    {
      "authorization-customer": "Bearer the-customer",
      "x-device-id": "d",
      origin: "own.example",
      "channel-id": "95221",
    },
  ]);
  expect(JSON.stringify(received)).not.toContain("of-the-caller");
  expect((await post({ prefer: "wait" })).status).toBe(504);
  expect((await post({}, " ".repeat(1001))).status).toBe(413);
  expect(printed()).not.toContain("the-customer");
});

const MISSING = (option: string, example: string) =>
  `--${option} is missing, such as --${option} ${example}; try --help`;
const URL_ = "https://snap.bank.example";
const ENV = { SNAP_CLIENT_SECRET: SECRET, SNAP_ACCESS_TOKEN: TOKEN };

test.each<[string[], Record<string, string>, string]>([
  [["proxy"], ENV, MISSING("target", URL_)],
  [["proxy", "now"], ENV, 'proxy does not take "now"; try --help'],
  [["proxy", "--target", URL_, "--channel", "1"], ENV, MISSING("partner", "82150823919040624621")],
  [["proxy", "--target", URL_, "--partner", "1"], ENV, MISSING("channel", "95221")],
  [
    proxyArgs(URL_),
    {},
    "a secret or a key is missing: give --client-secret or --private-key, as env:NAME or @FILE, or set SNAP_CLIENT_SECRET or SNAP_PRIVATE_KEY",
  ],
  [
    proxyArgs(URL_, "--client-secret", SECRET),
    {},
    "--client-secret must be env:NAME or @FILE, not the value itself: a command line stays in the shell's history and shows in the list of processes; export it as an environment variable, or write it to a file that only you can read",
  ],
  [
    proxyArgs(URL_, "--access-token", TOKEN),
    ENV,
    "--access-token must be env:NAME or @FILE, not the value itself: a command line stays in the shell's history and shows in the list of processes; export it as an environment variable, or write it to a file that only you can read",
  ],
  [
    proxyArgs(URL_),
    { SNAP_CLIENT_SECRET: SECRET },
    "the symmetric signature covers the access token: give --client-key and --private-key, for the proxy to get one, or --access-token",
  ],
  [
    proxyArgs(URL_, "--client-key", "x"),
    ENV,
    "--client-key needs --private-key, which signs requests for a token: give it as @FILE or env:NAME, or set SNAP_PRIVATE_KEY",
  ],
  [proxyArgs(URL_, "--client-key", ""), ENV, "--client-key must not be empty; it is sent as X-CLIENT-KEY"],
  [proxyArgs(URL_, "--token-path", "/x"), ENV, "--token-path needs --client-key, or no token is asked for"],
  [
    proxyArgs("http://snap.bank.example"),
    ENV,
    "--target must be https: over http, tokens and payments can be read and changed on the way. Use https, or give --allow-http in a network that you trust.",
  ],
  [
    proxyArgs("https://user:password@snap.bank.example"),
    ENV,
    "--target must not have a query, a fragment or credentials; give scheme, host and base path only.",
  ],
  [proxyArgs(URL_, "--timeout", "-1"), ENV, '--timeout must be a whole number from 0 to 999999999, not "-1"'],
  [proxyArgs(URL_, "--max-bytes", "0"), ENV, '--max-bytes must be a whole number from 1 to 999999999, not "0"'],
  [proxyArgs(URL_, "--port", "x"), ENV, '--port must be a number from 0 to 65535, not "x"'],
  [proxyArgs(URL_, "--cors", "*", "--no-cors"), ENV, "--no-cors and --cors exclude each other; leave one of them out"],
])("%j is refused in a line that says what is expected", async (args, env, line) => {
  expect(await snapBi(args, { env })).toEqual({ code: 2, stdout: "", stderr: `snap-bi: ${line}\n` });
});

test("a key that cannot be read is refused without a word of it", async () => {
  const env = { SNAP_PRIVATE_KEY: "not-a-key-but-secret" };
  const { code, stderr } = await snapBi(proxyArgs(URL_), { env });
  expect(code).toBe(2);
  expect(stderr).toMatch(/^snap-bi: --private-key: privateKey must be/);
  expect(stderr).not.toContain("secret");
});

test("a log entry is a line, and one for each thing that breaks the contract, whatever stands in it", () => {
  const entry = {
    time: "2020-12-23T07:50:11+07:00",
    method: "POST",
    path: "/v1.0/\u001b[2J",
    operation: undefined,
    service: undefined,
    status: 0,
    responseCode: undefined,
    responseMessage: "the caller hung up",
    by: "proxy" as const,
    externalId: undefined,
    tries: 2,
    duration: 12,
    findings: ["a\nb"],
    hint: "c",
  };
  expect(linesOf(entry)).toEqual([
    "07:50:11 POST /v1.0/\\u001b[2J [--] - the caller hung up (proxy, 12 ms, sent again with a new token)",
    "         breaks the contract: a\\u000ab",
    "         c",
  ]);
});
