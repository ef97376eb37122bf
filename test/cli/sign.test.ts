// `snap-bi sign`: every step of a signature, and what a wrong one was made from. Wrong ones are made here with node:crypto alone.
import { constants, createHash, createHmac, generateKeyPairSync, privateEncrypt, sign as signRsa } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { type Mistake, MUTATIONS } from "../../src/cli/sign/mistakes.ts";
import { TEXT_MISTAKES } from "../../src/cli/sign/text-mistakes.ts";
import { snapBi as runSnapBi, type Surroundings, snapBiProcess } from "../support/cli.ts";

interface Vector {
  id: string;
  type: "symmetric" | "asymmetric" | "token";
  result: "valid" | "invalid";
  flags?: string[];
  error?: string;
  method?: string;
  path?: string;
  accessToken?: string;
  clientKey?: string;
  timestamp: string;
  clientSecret?: string;
  publicKey?: string;
  body?: string;
  minified?: string;
  bodyHash?: string;
  stringToSign?: string;
  signature?: string;
  standardStringToSign?: string;
  standardSignature?: string;
}
const { vectors } = JSON.parse(readFileSync(new URL("../published/signatures.json", import.meta.url), "utf8")) as {
  vectors: Vector[];
};

const folder = mkdtempSync(join(tmpdir(), "snap-sign-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a file and returns its path. */
function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const SECRET = "9Qk-secret-Zt7+mN0/x4Y=";
const TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiI0NyJ9.token-signature";
const pair = () =>
  generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
const { privateKey, publicKey } = pair();
const strangers = pair();

// ---- no secret leaves: whatever any test here makes the command line print is searched

const printed: { text: string; args: string[] }[] = [];
const secrets = new Set([SECRET, TOKEN]);
for (const { clientSecret, accessToken } of vectors)
  for (const secret of [clientSecret, accessToken]) if (secret) secrets.add(secret.replace(/^bearer /i, ""));
for (const pem of [privateKey, strangers.privateKey])
  for (const line of pem.split("\n").filter((line) => line && !line.startsWith("-"))) secrets.add(line);
for (const secret of [SECRET, TOKEN])
  for (const encoding of ["base64", "base64url", "hex"] as const) secrets.add(Buffer.from(secret).toString(encoding));

function keep(args: string[], ran: { stdout: string; stderr: string }): void {
  printed.push({ text: ran.stdout + ran.stderr, args });
}

afterEach(() => {
  for (const { text, args } of printed.splice(0)) {
    const shown = args.includes("--show-token");
    for (const secret of secrets) {
      if (shown && vectors.some(({ accessToken }) => accessToken === secret)) continue;
      if (shown && secret === TOKEN) continue;
      expect(text.includes(secret), `printed by ${args.join(" ")}`).toBe(false);
    }
  }
});

async function snapBi(args: string[], surroundings: Surroundings = {}) {
  const ran = await runSnapBi(["sign", ...args], surroundings);
  keep(args, ran);
  return ran;
}

const now = new Date("2020-12-23T00:50:11.999Z");
const ENV = { SNAP_CLIENT_SECRET: SECRET, SNAP_ACCESS_TOKEN: TOKEN };

// ---- published vectors

/** The options that say what a vector is about; secrets go through the environment. */
function argsOf(vector: Vector): { args: string[]; env: Record<string, string> } {
  const { type, method, path, body, timestamp, clientKey, clientSecret, accessToken, publicKey: pem } = vector;
  const args = ["--timestamp", timestamp];
  if (type === "token") args.push("--client-key", clientKey ?? "");
  else args.push("--method", method ?? "", "--path", path ?? "", "--body", file(`${vector.id}.body`, body ?? ""));
  if (pem) args.push("--public-key", "env:PUBLIC");
  const env = { S: clientSecret, SNAP_ACCESS_TOKEN: accessToken, PUBLIC: pem };
  if (clientSecret) args.push("--client-secret", "env:S");
  return {
    args,
    env: Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => !!entry[1])),
  };
}

const computed = vectors.filter(({ error }) => error === undefined);
const symmetric = computed.filter(({ type }) => type === "symmetric");

test.each(symmetric)("$id: every step is the published one", async (vector) => {
  const { args, env } = argsOf(vector);
  const { code, stdout } = await snapBi([...args, "--json", "--show-token"], { env });
  expect(code).toBe(0);
  const signature = vector.standardSignature ?? vector.signature;
  expect(JSON.parse(stdout)).toEqual({
    type: "symmetric",
    minifiedBody: vector.minified ?? "",
    bodyHash: vector.bodyHash ?? createHash("sha256").update("").digest("hex"),
    stringToSign: vector.standardStringToSign ?? vector.stringToSign,
    headers: { "X-TIMESTAMP": vector.timestamp, "X-SIGNATURE": signature },
    signature,
    encoding: "base64",
  });
  const quiet = await snapBi([...args, "--quiet"], { env });
  expect([quiet.code, quiet.stdout]).toEqual([0, `${signature}\n`]);
  const hex = await snapBi([...args, "--quiet", "--encoding", "hex"], { env });
  expect(hex.stdout.trim()).toBe(Buffer.from(signature ?? "", "base64").toString("hex"));
});

test.each(vectors.filter(({ error }) => error !== undefined))("$id is refused as the library does", async (vector) => {
  const { args, env } = argsOf(vector);
  const { code, stdout, stderr } = await snapBi([...args, "--check", "AAAA"], { env });
  expect([code, stdout, stderr]).toEqual([2, "", `snap-bi: ${vector.error}\n`]);
});

test.each(computed.filter(({ result }) => result === "valid"))("$id: --check says right", async (vector) => {
  const { args, env } = argsOf(vector);
  const { code, stdout } = await snapBi([...args, "--check", vector.signature ?? ""], { env });
  expect([code, stdout]).toEqual([0, "right: it is the signature over this request, in Base64\n"]);
});

/** What --check finds in the vectors that were made wrong; a text is a remark, for what cannot be told. */
const FLAGS: Record<string, string | RegExp> = {
  EmptyBodyHashDropped: "hash-dropped",
  BearerLeftIn: "bearer",
  AbsoluteUrl: "absolute-url",
  QueryStringDropped: "query-dropped",
  MethodCase: "method-case",
  BodyHashCase: "hash-case",
  NotMinified: "body-not-minified",
  WhitespaceStrippedInStrings: "body-stripped",
  Reserialised: "body-reserialised",
  EncodedTwice: "signature-encoded-twice",
  WrongAlgorithm: "hmac-algorithm",
  WrongSecret: "secret-blanks",
  CutOff: "signature-cut-off",
  NonCanonicalBase64: "signature-last-character",
  BodyChanged: /^It was made with the right private key, over another string to sign\.$/,
  WrongClientKey: /^It was made with the right private key, over another string to sign\.$/,
  WrongKey: /^It was not made with the private key that belongs to this public key, or was changed on its way\.$/,
};
const TIMESTAMPS: Record<string, string> = {
  "wrong-timestamp-symmetric": "timestamp-milliseconds",
  "wrong-timestamp-asymmetric": "timestamp-zone",
  "wrong-timestamp-token": "timestamp-seconds",
};

test.each(computed.filter(({ result }) => result === "invalid"))("$id: --check says what is wrong", async (vector) => {
  const { args, env } = argsOf(vector);
  const wanted = TIMESTAMPS[vector.id] ?? FLAGS[vector.flags?.[0] ?? ""];
  const { right, names, remarks } = await checked(
    [...args, "--base-url", "https://example.com"],
    vector.signature ?? "",
    env,
  );
  expect(right).toBe(false);
  if (typeof wanted === "string") expect([names, remarks]).toEqual([[[wanted]], []]);
  else expect([names, remarks]).toEqual([[], [expect.stringMatching(wanted ?? /never/)]]);
});

interface Verdict {
  right: boolean;
  encoding?: string;
  diagnosis?: { explanations: Mistake[][]; remarks: string[]; tried: number };
}

/** Runs --check in JSON and in words, sees that both say the same, and returns what was told. */
async function checked(args: string[], signature: string, env: Record<string, string>) {
  const all = [...args, `--check=${signature}`];
  const json = await snapBi([...all, "--json"], { env });
  const words = await snapBi(all, { env });
  const { right, diagnosis } = JSON.parse(json.stdout) as Verdict;
  const { explanations = [], remarks = [], tried = 0 } = diagnosis ?? {};
  expect([json.code, words.code]).toEqual(right ? [0, 0] : [1, 1]);
  for (const { found, mend } of explanations.flat())
    expect(words.stdout).toContain(`- ${found}\n  Instead: ${mend}.\n`);
  if (!right)
    expect(words.stdout).toMatch(
      explanations.length ? /^wrong\. Exactly this signature comes out when:\n/ : /^wrong\. I cannot tell/,
    );
  for (const remark of remarks) expect(words.stdout).toContain(`\n${remark}\n`);
  return { right, names: explanations.map((its) => its.map(({ name }) => name)), remarks, tried, words: words.stdout };
}

// ---- the mistakes, each made here by hand

const PATH = "/snap/v1.0/qr/qr-cpm-query";
const TIME = "2020-12-23T07:50:11+07:00";
const BODY = '{\r\n  "b": "goods A",\r\n  "amount": 1.0,\r\n  "a": "x/y <é> \\u0041"\r\n}';
const MINIFIED = '{"b":"goods A","amount":1.0,"a":"x/y <é> \\u0041"}';
const sha = (text: string | Buffer, algorithm = "sha256") => createHash(algorithm).update(text).digest("hex");
const hmac = (text: string, secret: string | Buffer = SECRET, algorithm = "sha512") =>
  createHmac(algorithm, secret).update(text).digest("base64");

/** The string to sign with some parts as a careless signer has them. */
function textOf(parts: Partial<Record<"method" | "path" | "token" | "hash" | "time", string>> = {}): string {
  const { method = "POST", path = PATH, token = TOKEN, hash = sha(MINIFIED), time = TIME } = parts;
  return `${method}:${path}:${token}:${hash}:${time}`;
}
const overBody = (body: string | Buffer) => hmac(textOf({ hash: sha(body) }));
const RIGHT = hmac(textOf());

interface Request {
  path?: string;
  method?: string;
  body?: string;
  time?: string;
  secret?: string;
  more?: string[];
}
function symmetricCheck(signature: string, request: Request = {}) {
  const { path = PATH, method = "POST", body = BODY, time = TIME, secret = SECRET, more = [] } = request;
  if (secret !== SECRET) secrets.add(secret);
  const args = ["--method", method, "--path", path, "--timestamp", time, "--client-secret", "env:SECRET"];
  const bodyArgs = body ? ["--body", file("check.body", body)] : [];
  return checked([...args, ...bodyArgs, ...more], signature, { SECRET: secret, SNAP_ACCESS_TOKEN: TOKEN });
}

const QUERY = `${PATH}?b=2&a=1%20x`;
const BASE = ["--base-url", "https://api.bank.example"];

const SYMMETRIC: [mistake: string, signature: string, request?: Request][] = [
  ["method-case", hmac(textOf({ method: "post" }))],
  ["method-case", hmac(textOf({ method: "Post" }))],
  ["other-method", hmac(textOf({ method: "GET" }))],
  ["other-method", hmac(textOf({ method: "POST" })), { method: "PUT" }],
  ["absolute-url", hmac(textOf({ path: `https://api.bank.example${PATH}` })), { more: BASE }],
  ["absolute-url", hmac(textOf({ path: `http://api.bank.example${PATH}` })), { more: BASE }],
  ["absolute-url", hmac(textOf({ path: `api.bank.example${PATH}` })), { more: BASE }],
  ["absolute-url", hmac(textOf({ path: `https://api.bank.example:443${PATH}` })), { more: BASE }],
  [
    "absolute-url",
    hmac(textOf({ path: `https://host.example:8443${PATH}` })),
    { more: ["--base-url", "host.example:8443"] },
  ],
  [
    "absolute-url",
    hmac(textOf({ path: `https://host.example/base${PATH}` })),
    { more: ["--base-url", "https://host.example/base/"] },
  ],
  [
    "absolute-url",
    hmac(textOf({ path: `https://host.example${PATH}` })),
    { more: ["--base-url", "https://host.example/snap"] },
  ],
  ["absolute-url", hmac(textOf({ path: `http://127.0.0.1:4010${PATH}` }))],
  ["absolute-url", hmac(textOf({ path: `http://localhost:4010${PATH}` }))],
  ["absolute-url", hmac(textOf({ path: `http://127.0.0.1:4011${PATH}` }))],
  ["absolute-url", hmac(textOf({ path: `http://localhost:4011${PATH}` }))],
  ["query-dropped", RIGHT, { path: QUERY }],
  ["query-changed", hmac(textOf({ path: `${PATH}?a=1%20x&b=2` })), { path: QUERY }],
  ["query-changed", hmac(textOf({ path: `${PATH}?b=2&a=1+x` })), { path: QUERY }],
  ["query-changed", hmac(textOf({ path: `${PATH}?a=1+x&b=2` })), { path: QUERY }],
  ["base-path", hmac(textOf({ path: "/v1.0/qr/qr-cpm-query" }))],
  ["base-path", hmac(textOf({ path: "/qr/qr-cpm-query" }))],
  ["base-path", hmac(textOf({ path: `/gateway${PATH}` })), { more: ["--base-url", "https://host.example/gateway"] }],
  ["base-path", hmac(textOf({ path: "/v1.0/qr/x" })), { path: "/qr/x" }],
  ["trailing-slash", hmac(textOf({ path: `${PATH}/` }))],
  ["trailing-slash", RIGHT, { path: `${PATH}/` }],
  ["trailing-slash", hmac(textOf({ path: `${PATH}/?b=2` })), { path: `${PATH}?b=2` }],
  ["leading-slash", hmac(textOf({ path: PATH.slice(1) }))],
  ["leading-slash", hmac(textOf({ path: `/${PATH}` }))],
  ["path-escapes", hmac(textOf({ path: "/v1.0/a b" })), { path: "/v1.0/a%20b" }],
  ["path-escapes", hmac(textOf({ path: encodeURIComponent(PATH) }))],
  ["path-escapes", hmac(textOf({ path: "/v1.0/%C3%A9" })), { path: "/v1.0/é" }],
  ["path-escapes", hmac(textOf({ path: "/v1.0/status" })), { path: "/v1.0/Status" }],
  ["bearer", hmac(textOf({ token: `Bearer ${TOKEN}` }))],
  ["bearer", hmac(textOf({ token: `bearer ${TOKEN}` }))],
  ["token-missing", hmac(`POST:${PATH}:${sha(MINIFIED)}:${TIME}`)],
  ["token-empty", hmac(textOf({ token: "" }))],
  ["token-empty", hmac(textOf({ token: "undefined" }))],
  ["token-empty", hmac(textOf({ token: "Bearer" }))],
  ["token-blanks", hmac(textOf({ token: `${TOKEN}\n` }))],
  ["token-blanks", hmac(textOf({ token: `"${TOKEN}"` }))],
  ["body-not-minified", overBody(BODY)],
  ["body-stripped", overBody(MINIFIED.replaceAll(" ", ""))],
  ["body-reserialised", overBody('{"b":"goods A","amount":1,"a":"x/y <é> A"}')],
  ["body-reserialised", overBody('{"a":"x/y <é> A","amount":1,"b":"goods A"}')],
  ["body-reserialised", overBody(JSON.stringify(JSON.parse(BODY), null, 4))],
  ["body-reserialised", overBody('{"value":1000}'), { body: '{"value":1e3}' }],
  ["body-sent-otherwise", overBody('{"b": "goods A", "amount": 1.0, "a": "x/y <é> \\u0041"}')],
  ["body-sent-otherwise", overBody('{"b": "goods A", "amount": 1.0, "a": "x/y <\\u00e9> \\u0041"}')],
  ["body-sent-otherwise", overBody('{"b":"goods A","amount":1.0,"a":"x\\/y <\\u00e9> \\u0041"}')],
  ["body-sent-otherwise", overBody('{"b":"goods A","amount":1.0,"a":"x/y \\u003cé\\u003e \\u0041"}')],
  ["body-sent-otherwise", overBody('{"a":"x/y \\u003cé\\u003e A","amount":1,"b":"goods A"}')],
  // json.dumps(sort_keys=True) of Python, without and with separators=(",", ":"), which keeps 1.0; then with indent=2
  ["body-sent-otherwise", overBody('{"a": "x/y <\\u00e9> A", "amount": 1.0, "b": "goods A"}')],
  ["body-sent-otherwise", overBody('{"a":"x/y <\\u00e9> A","amount":1.0,"b":"goods A"}')],
  ["body-reserialised", overBody('{\n  "a": "x/y <\\u00e9> A",\n  "amount": 1,\n  "b": "goods A"\n}')],
  // Go sorts the names of a map by their characters
  [
    "body-sent-otherwise",
    overBody('{"10":{"a":[{"b":1,"c":2}],"a b":3},"9":12345678901234567890}'),
    { body: '{"9":12345678901234567890, "10":{"a b":3,"a":[{"c":2,"b":1}]}}' },
  ],
  ["body-line-break", overBody(`${MINIFIED}\n`)],
  ["body-line-break", overBody(`${BODY}\n`)],
  ["body-line-break", overBody(BODY.replaceAll("\r\n", "\n"))],
  ["body-line-break", overBody(BODY), { body: `${BODY}\n` }],
  ["body-encoding", overBody(MINIFIED.toLowerCase())],
  ["body-encoding", overBody(Buffer.from(MINIFIED, "latin1"))],
  ["body-encoding", overBody(`\ufeff${MINIFIED}`)],
  ["body-encoding", overBody(MINIFIED), { body: `\ufeff${BODY}` }],
  ["body-left-out", overBody("")],
  ["empty-body-as-json", overBody("{}"), { body: "" }],
  ["empty-body-as-json", overBody("null"), { body: "" }],
  ["empty-body-as-json", overBody("[object Object]")],
  ["hash-dropped", hmac(`POST:${PATH}:${TOKEN}:${TIME}`), { body: "" }],
  ["hash-dropped", hmac(textOf({ hash: "" }))],
  ["hash-case", hmac(textOf({ hash: sha(MINIFIED).toUpperCase() }))],
  ["hash-encoding", hmac(textOf({ hash: createHash("sha256").update(MINIFIED).digest("base64") }))],
  ["hash-encoding", hmac(textOf({ hash: Buffer.from(sha(MINIFIED)).toString("base64") }))],
  ["hash-encoding", hmac(textOf({ hash: sha(sha(MINIFIED)) }))],
  ["hash-algorithm", hmac(textOf({ hash: sha(MINIFIED, "sha512") }))],
  ["hash-algorithm", hmac(textOf({ hash: sha(MINIFIED, "md5") }))],
  ["body-not-hashed", hmac(textOf({ hash: MINIFIED }))],
  ["timestamp-zone", hmac(textOf({ time: "2020-12-23T00:50:11Z" }))],
  ["timestamp-zone", hmac(textOf({ time: "2020-12-23T08:50:11+08:00" }))],
  ["timestamp-zone", hmac(textOf()), { time: "2020-12-22T19:20:11-05:30" }],
  ["timestamp-fraction", hmac(textOf({ time: "2020-12-23T07:50:11.000+07:00" }))],
  ["timestamp-fraction", hmac(textOf({ time: "2020-12-23T00:50:11.000Z" }))],
  ["timestamp-fraction", hmac(textOf()), { time: "2020-12-23T07:50:11.123+07:00" }],
  ["timestamp-milliseconds", hmac(textOf({ time: "2020-12-23T07:50:11.047+07:00" }))],
  ["timestamp-milliseconds", hmac(textOf({ time: "2020-12-23T00:50:11.999Z" }))],
  ["timestamp-seconds", hmac(textOf({ time: "2020-12-23T07:50:12+07:00" }))],
  ["timestamp-seconds", hmac(textOf({ time: "2020-12-23T07:48:11+07:00" }))],
  ["timestamp-seconds", hmac(textOf({ time: "2020-12-23T00:52:11Z" }))],
  ["timestamp-clock", hmac(textOf({ time: "2020-12-23T07:50:11Z" }))],
  ["timestamp-clock", hmac(textOf({ time: "2020-12-23T00:50:11+07:00" }))],
  ["timestamp-form", hmac(textOf({ time: "2020-12-23T07:50:11+0700" }))],
  ["timestamp-form", hmac(textOf({ time: "2020-12-23T07:50:11" }))],
  ["timestamp-form", hmac(textOf({ time: "2020-12-23 07:50:11" }))],
  ["timestamp-form", hmac(textOf({ time: "20201223075011" }))],
  ["timestamp-form", hmac(textOf({ time: "1608684611" }))],
  ["timestamp-form", hmac(textOf({ time: "2020-12-23T07%3A50%3A11%2B07%3A00" }))],
  ["token-recipe", hmac(`my-client|${TIME}`), { more: ["--client-key", "my-client"] }],
  ["separator", hmac(textOf({ time: "" }).slice(0, -1).split(":").concat(TIME).join("|"))],
  ["order", hmac(`POST:${PATH}:${sha(MINIFIED)}:${TOKEN}:${TIME}`)],
  ["order", hmac(`${PATH}:POST:${TOKEN}:${sha(MINIFIED)}:${TIME}`)],
  ["string-line-break", hmac(`${textOf()}\n`)],
  ["string-changed", hmac(sha(textOf()))],
  ["string-changed", hmac(textOf().toLowerCase())],
  ["secret-blanks", hmac(textOf(), `${SECRET}\n`)],
  ["secret-blanks", hmac(textOf(), `"${SECRET}"`)],
  ["secret-blanks", hmac(textOf(), "a-secret-with-a-blank"), { secret: "a-secret-with-a-blank " }],
  ["secret-decoded", hmac(textOf(), Buffer.from("c2VjcmV0LW9mLXNuYXA=", "base64")), { secret: "c2VjcmV0LW9mLXNuYXA=" }],
  ["secret-decoded", hmac(textOf(), Buffer.from("00ff10aa00ff10aa", "hex")), { secret: "00ff10aa00ff10aa" }],
  ["other-secret", hmac(textOf(), TOKEN)],
  ["other-secret", hmac(textOf(), "")],
  ["other-secret", hmac(textOf(), "my-client"), { more: ["--client-key", "my-client"] }],
  ["hmac-algorithm", hmac(textOf(), SECRET, "sha256")],
  ["hmac-algorithm", hmac(textOf(), SECRET, "sha1")],
  ["no-hmac", createHash("sha512").update(textOf()).digest("base64")],
  [
    "no-hmac",
    createHash("sha512")
      .update(SECRET + textOf())
      .digest("base64"),
  ],
  ["no-hmac", hmac(SECRET, textOf())],
  ["signature-white-space", RIGHT.replace(/.{64}/, "$&\n")],
  ["signature-white-space", ` ${RIGHT}`],
  ["signature-plus", hmac(textOf({ method: "POST" }), "key-9").replaceAll("+", " "), { secret: "key-9" }],
  ["signature-url-encoded", encodeURIComponent(RIGHT)],
  ["signature-label", `SHA2-512(stdin)= ${Buffer.from(RIGHT, "base64").toString("hex")}`],
  ["signature-label", `X-SIGNATURE: ${RIGHT}`],
  ["signature-label", `"${RIGHT}"`],
  ["signature-label", `0x${Buffer.from(RIGHT, "base64").toString("hex")}`],
  [
    "signature-label",
    Buffer.from(RIGHT, "base64")
      .toString("hex")
      .replace(/..(?!$)/g, "$&:"),
  ],
  ["signature-padding", RIGHT.replace(/=+$/, "")],
  ["signature-padding", `${Buffer.from(RIGHT, "base64").toString("base64url")}=`],
  ["signature-encoded-twice", Buffer.from(Buffer.from(RIGHT, "base64").toString("hex")).toString("base64")],
  ["signature-encoded-twice", Buffer.from(RIGHT).toString("base64")],
  ["signature-encoded-twice", Buffer.from(RIGHT).toString("hex")],
  [
    "signature-last-character",
    RIGHT.replace(/.==$/, (end) => `${end === "A==" ? "B" : String.fromCharCode(end.charCodeAt(0) + 1)}==`),
  ],
  ["signature-cut-off", RIGHT.slice(0, 84)],
  ["signature-too-long", Buffer.concat([Buffer.from(RIGHT, "base64"), Buffer.from("xy")]).toString("base64")],
];

test.each(SYMMETRIC)("a symmetric signature with %s gets that hint", async (mistake, signature, request) => {
  const { right, names } = await symmetricCheck(signature, request);
  expect(right).toBe(false);
  expect(names).toEqual([[mistake]]);
});

test.each([
  [
    "bearer,absolute-url",
    hmac(textOf({ token: `Bearer ${TOKEN}`, path: `https://api.bank.example${PATH}` })),
    { more: BASE },
  ],
  ["bearer,body-not-minified", hmac(textOf({ token: `Bearer ${TOKEN}`, hash: sha(BODY) }))],
  ["method-case,hash-case", hmac(textOf({ method: "post", hash: sha(MINIFIED).toUpperCase() }))],
  ["hash-case,body-not-minified", hmac(textOf({ hash: sha(BODY).toUpperCase() }))],
  [
    "query-dropped,absolute-url",
    hmac(textOf({ path: `https://api.bank.example${PATH}` })),
    { path: QUERY, more: BASE },
  ],
  ["timestamp-zone,bearer", hmac(textOf({ token: `Bearer ${TOKEN}`, time: "2020-12-23T00:50:11Z" }))],
  ["hmac-algorithm,string-line-break", hmac(`${textOf()}\n`, SECRET, "sha256")],
  ["secret-blanks,body-reserialised", hmac(textOf({ hash: sha(JSON.stringify(JSON.parse(BODY))) }), `${SECRET}\n`)],
  ["bearer,signature-url-encoded", encodeURIComponent(hmac(textOf({ token: `Bearer ${TOKEN}` })))],
] as [string, string, Request?][])("two mistakes at once are told: %s", async (mistakes, signature, request) => {
  const { names } = await symmetricCheck(signature, request);
  expect(names.map((its) => its.sort())).toContainEqual(mistakes.split(",").sort());
});

// ---- asymmetric

const rsa = (text: string, algorithm = "sha256", key = privateKey) =>
  signRsa(algorithm, Buffer.from(text), key).toString("base64");
const asymmetricText = (hash = sha(MINIFIED), path = PATH) => `POST:${path}:${hash}:${TIME}`;
const pss = (text: string) =>
  signRsa("sha256", Buffer.from(text), {
    key: privateKey,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  }).toString("base64");
const bare = (content: string | Buffer) => privateEncrypt(privateKey, Buffer.from(content)).toString("base64");

function asymmetricCheck(signature: string, more: string[] = []) {
  const args = ["--path", PATH, "--timestamp", TIME, "--body", file("check.body", BODY), "--public-key", "env:PUBLIC"];
  return checked([...args, ...more], signature, { PUBLIC: publicKey, SNAP_ACCESS_TOKEN: TOKEN, SECRET });
}
function tokenCheck(signature: string, more: string[] = []) {
  const args = ["--client-key", "my-client", "--timestamp", TIME, "--public-key", "env:PUBLIC"];
  return checked([...args, ...more], signature, { PUBLIC: publicKey, SECRET });
}

const ASYMMETRIC: [mistakes: string, signature: string, more?: string[]][] = [
  ["token-added", rsa(textOf())],
  ["method-case", rsa(asymmetricText().replace("POST", "post"))],
  ["body-not-minified", rsa(asymmetricText(sha(BODY)))],
  ["hash-case", rsa(asymmetricText(sha(MINIFIED).toUpperCase()))],
  ["base-path", rsa(asymmetricText(undefined, "/v1.0/qr/qr-cpm-query"))],
  ["token-recipe", rsa(`my-client|${TIME}`), ["--client-key", "my-client"]],
  ["string-line-break", rsa(`${asymmetricText()}\n`)],
  ["string-changed", rsa(sha(asymmetricText()))],
  ["timestamp-seconds", rsa(asymmetricText().replace("07:50:11", "07:50:09"))],
  ["rsa-algorithm", rsa(asymmetricText(), "sha512")],
  ["rsa-algorithm", rsa(asymmetricText(), "sha1")],
  ["rsa-algorithm", pss(asymmetricText())],
  ["rsa-algorithm,body-not-minified", pss(asymmetricText(sha(BODY)))],
  ["body-not-minified,rsa-algorithm", rsa(asymmetricText(sha(BODY)), "sha512")],
  ["rsa-algorithm", bare(createHash("sha256").update(asymmetricText()).digest())],
  ["rsa-algorithm", bare(sha(asymmetricText()))],
  ["rsa-algorithm", bare(asymmetricText())],
  ["signature-url-encoded", encodeURIComponent(rsa(asymmetricText()))],
  ["hmac-for-rsa", hmac(asymmetricText()), ["--client-secret", "env:SECRET"]],
  ["token-added,hmac-for-rsa", hmac(textOf()), ["--client-secret", "env:SECRET"]],
];
test.each(ASYMMETRIC)("an asymmetric signature with %s gets that hint", async (mistakes, signature, more) => {
  const { right, names } = await asymmetricCheck(signature, more);
  expect([right, names]).toEqual([false, [mistakes.split(",")]]);
});

const TOKENS: typeof ASYMMETRIC = [
  ["separator", rsa(`my-client:${TIME}`)],
  ["order", rsa(`${TIME}|my-client`)],
  ["part-alone", rsa("my-client")],
  ["part-alone", rsa(TIME)],
  ["timestamp-zone", rsa("my-client|2020-12-23T00:50:11Z")],
  ["string-line-break", rsa(`my-client|${TIME}\n`)],
  ["hmac-for-rsa", hmac(`my-client|${TIME}`), ["--client-secret", "env:SECRET"]],
];
test.each(TOKENS)("the signature of a token request with %s gets that hint", async (mistakes, signature, more) => {
  const { right, names } = await tokenCheck(signature, more);
  expect([right, names]).toEqual([false, [mistakes.split(",")]]);
});

test("every hint that there is has been given above", () => {
  const given = new Set([...SYMMETRIC, ...ASYMMETRIC, ...TOKENS].flatMap(([mistakes]) => mistakes.split(",")));
  const there = [...MUTATIONS, ...TEXT_MISTAKES].map(({ name }) => name);
  expect(new Set(there).size).toBe(there.length);
  expect(there.filter((name) => !given.has(name))).toEqual([]);
  expect([...given].filter((name) => !there.includes(name)).sort()).toEqual([
    "hmac-for-rsa",
    "rsa-algorithm",
    "signature-cut-off",
    "signature-too-long",
  ]);
});

// ---- what cannot be told, and what is right

describe("--check", () => {
  test.each([
    ["Base64", RIGHT, ""],
    ["hex", Buffer.from(RIGHT, "base64").toString("hex"), "; a receiver may take Base64 only"],
    ["hex", Buffer.from(RIGHT, "base64").toString("hex").toUpperCase(), "; a receiver may take Base64 only"],
    [
      "Base64 with the URL's alphabet",
      Buffer.from(RIGHT, "base64").toString("base64url"),
      "; a receiver may take Base64 only",
    ],
  ])("says that a right one is in %s", async (encoding, signature, note) => {
    const { right, words } = await symmetricCheck(signature);
    expect([right, words]).toEqual([true, `right: it is the signature over this request, in ${encoding}${note}\n`]);
  });

  test("with --encoding, the right bytes in the other one are wrong", async () => {
    const hex = Buffer.from(RIGHT, "base64").toString("hex");
    expect((await symmetricCheck(hex, { more: ["--encoding", "hex"] })).right).toBe(true);
    expect((await symmetricCheck(RIGHT, { more: ["--encoding", "base64"] })).right).toBe(true);
    for (const [signature, encoding] of [
      [hex, "base64"],
      [RIGHT, "hex"],
      [Buffer.from(RIGHT, "base64").toString("base64url"), "base64"],
    ] as const) {
      const { right, names } = await symmetricCheck(signature, { more: ["--encoding", encoding] });
      expect([right, names]).toEqual([false, [["signature-encoding"]]]);
    }
  });

  test("takes a private key for an asymmetric signature, and for a token request", async () => {
    const env = { SNAP_PRIVATE_KEY: privateKey };
    const args = ["--path", PATH, "--timestamp", TIME, "--body", file("b", BODY)];
    expect((await checked(args, rsa(asymmetricText()), env)).right).toBe(true);
    expect((await checked(args, rsa(asymmetricText(sha(BODY))), env)).names).toEqual([["body-not-minified"]]);
    expect((await checked(["--client-key", "me", "--timestamp", TIME], rsa(`me|${TIME}`), env)).right).toBe(true);
  });

  test.each([
    ["other", hmac("something else"), "It has the length of an HMAC-SHA512, as it ought to."],
    [
      "sha256",
      hmac("something else", SECRET, "sha256"),
      "The symmetric signature has 64 bytes; this one has 32, as HMAC-SHA256 has.",
    ],
    [
      "rsa",
      rsa("something else"),
      "The symmetric signature has 64 bytes; this one has 256, as an RSA signature has: check it with --public-key.",
    ],
    ["short", "AAAz", "The symmetric signature has 64 bytes; this one has 3: it was changed or cut off on its way."],
    ["no encoding", "§§§", "It is neither Base64 nor hex, so it was changed or cut off on its way."],
  ])("says honestly that it cannot tell: %s", async (_, signature, remark) => {
    const { right, names, remarks, words, tried } = await symmetricCheck(signature);
    expect([right, names, remarks]).toEqual([false, [], [remark]]);
    expect(tried).toBeGreaterThan(3000);
    expect(words).toContain(`none of ${tried} ways to make it gives this signature.`);
    expect(words).toContain(
      `Compare with the other side: method, path with its query, body (${Buffer.byteLength(BODY)} bytes, white space included), access token (${TOKEN.length} characters), timestamp, client secret; then the string to sign below`,
    );
    expect(words).toContain("Give --base-url, to try signed URLs of other receivers than the mock; and --client-key");
  });

  test.each([
    [rsa("something else"), "It was made with the right private key, over another string to sign."],
    [
      rsa(asymmetricText(), "sha256", strangers.privateKey),
      "It was not made with the private key that belongs to this public key, or was changed on its way.",
    ],
    [
      hmac("something else"),
      "The asymmetric signature has 256 bytes with this key; this one has 64, as HMAC-SHA512 has.",
    ],
    [
      rsa(asymmetricText()).slice(0, 128),
      "The asymmetric signature has 256 bytes with this key; this one has 96: it was changed or cut off on its way.",
    ],
  ])("of RSA it tells key and text apart", async (signature, remark) => {
    const { right, names, remarks } = await asymmetricCheck(signature);
    expect([right, names, remarks]).toEqual([false, [], [remark]]);
  });

  test("with --quiet only the exit code tells", async () => {
    const args = ["--path", PATH, "--timestamp", TIME, "--body", file("b", BODY), "--quiet"];
    expect(await snapBi([...args, "--check", RIGHT], { env: ENV })).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(await snapBi([...args, "--check", "AAAA"], { env: ENV })).toEqual({ code: 1, stdout: "", stderr: "" });
  });

  test("the user name of a base URL is not repeated", async () => {
    const signature = hmac(textOf({ path: `https://host.example${PATH}` }));
    const { names, words } = await symmetricCheck(signature, {
      more: ["--base-url", "https://me:pw12345@host.example"],
    });
    expect(names).toEqual([["absolute-url"]]);
    expect(words).not.toContain("pw12345");
  });

  test("a large body is no matter of minutes", async () => {
    const body = JSON.stringify({ note: "é/ <x> ".repeat(100_000) }, null, 2);
    const start = performance.now();
    const { names } = await symmetricCheck(hmac("something else"), { body });
    expect(names).toEqual([]);
    expect(performance.now() - start).toBeLessThan(60_000);
  });
});

// ---- what is printed when signing

describe("signing", () => {
  test("prints every step, the time of Jakarta by default, and the token masked", async () => {
    const { code, stdout, stderr } = await snapBi(["--path", "/v1.0/qr/qr-cpm-query", "--body", "-"], {
      env: ENV,
      stdin: '{ "a": 1.0 }',
      now,
    });
    const hash = sha('{"a":1.0}');
    const text = (token: string) => `POST:/v1.0/qr/qr-cpm-query:${token}:${hash}:2020-12-23T07:50:11+07:00`;
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toBe(`type            symmetric: HMAC-SHA512 with the client secret
minified body   {"a":1.0}
its SHA-256     ${hash}
string to sign  ${text("eyJh***")}
X-TIMESTAMP     2020-12-23T07:50:11+07:00
X-SIGNATURE     ${hmac(text(TOKEN))}
`);
  });

  test("a short token is masked whole, and --show-token shows it", async () => {
    const args = ["--path", "/x", "--client-secret", "env:SNAP_CLIENT_SECRET", "--access-token", "env:SHORT"];
    const env = { ...ENV, SHORT: "elevenchars" };
    expect((await snapBi(args, { env })).stdout).toContain("string to sign  POST:/x:***:");
    expect((await snapBi([...args, "--show-token"], { env })).stdout).toContain("POST:/x:elevenchars:");
  });

  test("tokens in the body are masked as well", async () => {
    const stdin = JSON.stringify({ userAccessToken: TOKEN, list: [{ Token: 'x\\"y', token: "" }], "a token": 1 });
    const args = ["--path", "/x", "--body", "-"];
    const { stdout } = await snapBi(args, { env: ENV, stdin });
    expect(stdout).toContain('{"userAccessToken":"eyJh***","list":[{"Token":"***","token":""}],"a token":1}');
    expect(stdout).toContain(sha(stdin));
    const cut = await snapBi(args, { env: ENV, stdin: `{"token":"${TOKEN}` });
    expect(cut.stdout).toContain('{"token":"eyJh***\n');
    expect((await snapBi([...args, "--show-token"], { env: ENV, stdin })).stdout).toContain(TOKEN);
  });

  test("without --body the body is empty", async () => {
    const { stdout, stderr } = await snapBi(["--path", "/x", "--method", "get"], { env: ENV, now });
    expect(stderr).toBe("");
    expect(stdout).toContain(`minified body   (empty)\nits SHA-256     ${sha("")}\n`);
    expect(stdout).toContain("string to sign  GET:/x:");
  });

  test.each([
    ["", "the body is empty"],
    ["nothing", "the body is no JSON; it is signed all the same"],
    ['{"a":1,}', "the body is no JSON; it is signed all the same"],
    [Buffer.of(0x22, 0xff, 0x22), "the body is no JSON; it is signed all the same"],
  ])("it says when a body is hardly what was meant: %j", async (stdin, warning) => {
    const args = ["--path", PATH, "--timestamp", TIME, "--body", "-", "--quiet"];
    const stdout = `${overBody(stdin)}\n`;
    expect(await snapBi(args, { env: ENV, stdin })).toEqual({ code: 0, stdout, stderr: `snap-bi: ${warning}\n` });
    const checked = await snapBi([...args, "--check", overBody(stdin)], { env: ENV, stdin });
    expect(checked).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test.each(["[]", "5", "\ufeff{}"])("it takes %j for JSON", async (stdin) => {
    expect(await snapBi(["--path", "/x", "--body", "-"], { env: ENV, stdin })).toMatchObject({ code: 0, stderr: "" });
  });

  test("a body is read as bytes", async () => {
    const stdin = Buffer.concat([Buffer.from('{"a": "'), Buffer.of(0xff, 0xfe), Buffer.from('"}')]);
    const { stdout } = await snapBi(["--path", "/x", "--body", "-"], { env: ENV, stdin });
    expect(stdout).toContain(sha(Buffer.concat([Buffer.from('{"a":"'), Buffer.of(0xff, 0xfe), Buffer.from('"}')])));
  });

  test("with a private key it makes the asymmetric signature, without a token", async () => {
    const pem = file("private.pem", privateKey);
    for (const [args, env] of [
      [["--private-key", `@${pem}`], ENV],
      [[], { SNAP_PRIVATE_KEY: privateKey.replaceAll("\n", "\\n"), SNAP_ACCESS_TOKEN: TOKEN }],
    ] as const) {
      const { code, stdout } = await snapBi(["--path", PATH, "--timestamp", TIME, "--json", ...args], { env });
      const text = asymmetricText(sha(""));
      expect([code, JSON.parse(stdout)]).toEqual([
        0,
        {
          ...{ type: "asymmetric", minifiedBody: "", bodyHash: sha(""), stringToSign: text, encoding: "base64" },
          ...{ headers: { "X-TIMESTAMP": TIME, "X-SIGNATURE": rsa(text) }, signature: rsa(text) },
        },
      ]);
    }
  });

  test("with --client-key it signs a request for a token", async () => {
    const { code, stdout } = await snapBi(["--client-key", "my-client", "--timestamp", TIME], {
      env: { ...ENV, SNAP_PRIVATE_KEY: privateKey },
    });
    expect([code, stdout]).toEqual([
      0,
      `type            request for a token: SHA256withRSA with the private key
string to sign  my-client|${TIME}
X-TIMESTAMP     ${TIME}
X-SIGNATURE     ${rsa(`my-client|${TIME}`)}
`,
    ]);
  });

  test("secrets come from variables and files; a line break at a file's end does not count", async () => {
    const args = ["--path", PATH, "--timestamp", TIME, "--body", file("b", BODY), "--quiet"];
    const ways = [
      [[], ENV],
      [["--client-secret", "env:A", "--access-token", "env:B"], { A: SECRET, B: TOKEN }],
      [["--client-secret", `@${file("s1", SECRET)}`], { SNAP_ACCESS_TOKEN: TOKEN }],
      [["--client-secret", `@${file("s2", `${SECRET}\n`)}`, "--access-token", `@${file("t", `${TOKEN}\r\n`)}`], {}],
    ] as const;
    for (const [more, env] of ways)
      expect(await snapBi([...args, ...more], { env })).toEqual({ code: 0, stdout: `${RIGHT}\n`, stderr: "" });
    const two = await snapBi([...args, "--client-secret", `@${file("s3", `${SECRET}\n\n`)}`], { env: ENV });
    expect(two.stdout).toBe(`${hmac(textOf(), `${SECRET}\n`)}\n`);
  });

  test("it says when the contract refuses the timestamp", async () => {
    const args = ["--path", "/x", "--timestamp", "2020-12-23T07:50:11.123Z"];
    expect(await snapBi(args, { env: ENV })).toMatchObject({
      code: 0,
      stderr: "snap-bi: the contract refuses this X-TIMESTAMP; it wants the form 2020-12-23T07:50:11+07:00\n",
    });
  });

  test("what steers the terminal is shown as an escape", async () => {
    const { stdout } = await snapBi(["--path", "/x", "--body", "-"], { env: ENV, stdin: '{"a":"\u001b[2J"}' });
    expect(stdout).toContain('{"a":"\\u001b[2J"}');
  });
});

// ---- refusals

const LITERAL = (option: string) =>
  `--${option} takes env:NAME or @FILE and no value as such: a command line stays in the shell's history and shows in the list of processes; export it as an environment variable, or write it to a file that only you can read`;
const UNSET = (option: string, found = "is not set") =>
  `the environment variable that --${option} names ${found}; write its name, as in env:NAME, not its value, and export it`;

test.each([
  [["--path", "/x", "--client-secret", SECRET], ENV, LITERAL("client-secret")],
  [["--path", "/x", "--access-token", TOKEN], ENV, LITERAL("access-token")],
  [["--path", "/x", "--access-token", `Bearer ${TOKEN}`], ENV, LITERAL("access-token")],
  [["--path", "/x", "--private-key", privateKey.replace(/^-+/, "")], {}, LITERAL("private-key")],
  [["--path", "/x", "--client-secret", `env:${SECRET}`], ENV, UNSET("client-secret")],
  [["--path", "/x", "--client-secret", "env:EMPTY"], { ...ENV, EMPTY: "" }, UNSET("client-secret", "is empty")],
  [["--path", "/x", "--client-secret", "env:toString"], ENV, UNSET("client-secret")],
  [
    ["--path", "/x", "--client-secret", `@${SECRET}`],
    ENV,
    "cannot read the file that --client-secret names: there is no such file; write @ and its name",
  ],
  [["--path", "/x", "--client-secret", "@EMPTY"], ENV, "the file that --client-secret names is empty"],
  [
    ["--path", "/x", "--access-token", "env:A", TOKEN],
    ENV,
    "sign takes options only; quote values that hold blanks; try --help",
  ],
  [["--path", "/x", `--secret=${SECRET}`], ENV, "Unknown option '--secret'; try --help"],
  [[], ENV, "--path is missing, such as --path /v1.0/qr/qr-cpm-query; try --help"],
  [
    ["--path", "x"],
    ENV,
    'path does not start at the slash: pass what follows the host, such as "/v1.0/qr/qr-cpm-payment", with its query',
  ],
  [["--path", "/x", "--method", ""], ENV, 'method is empty: pass the HTTP method, such as "POST"'],
  [["--path", "/x", "--timestamp", ""], ENV, "timestamp is empty: pass the value of the X-TIMESTAMP header"],
  [["--path", "/x", "--body", "nowhere.json"], ENV, "cannot read nowhere.json: there is no such file"],
  [["--path", "/x", "--encoding", "hexx"], ENV, '--encoding takes base64 or hex, not "hexx"'],
  [["--path", "/x", "--quiet"], ENV, "--quiet prints no X-TIMESTAMP, so say which one is signed with --timestamp"],
  [["--path", "/x", "--quiet", "--json", "--timestamp", TIME], ENV, "--quiet and --json exclude each other"],
  [
    ["--path", "/x", "--check", "AAAA"],
    ENV,
    "--check needs --timestamp, the X-TIMESTAMP that was sent with the signature",
  ],
  [
    ["--path", "/x", "--timestamp", TIME, "--check="],
    ENV,
    "--check takes the signature, in Base64 or hex; this one is empty",
  ],
  [["--path", "/x", "--check", " "], ENV, "--check takes the signature, in Base64 or hex; this one is empty"],
  [["--path", "/x", "--public-key", "@k"], ENV, "--public-key is for --check; signing does not need it"],
  [["--path", "/x", "--base-url", "https://a"], ENV, "--base-url is for --check; signing does not need it"],
  [
    ["--path", "/x", "--client-secret", "env:A", "--private-key", "env:B"],
    ENV,
    "--client-secret makes a symmetric signature and --private-key an asymmetric one; give one of them",
  ],
  [
    ["--path", "/x"],
    { ...ENV, SNAP_PRIVATE_KEY: privateKey },
    "SNAP_CLIENT_SECRET and SNAP_PRIVATE_KEY are both set; choose with --client-secret env:SNAP_CLIENT_SECRET or --private-key env:SNAP_PRIVATE_KEY",
  ],
  [
    ["--path", "/x"],
    {},
    "there is nothing to sign with: give --client-secret or --private-key, as env:NAME or @FILE, or set SNAP_CLIENT_SECRET or SNAP_PRIVATE_KEY",
  ],
  [
    ["--path", "/x"],
    { SNAP_CLIENT_SECRET: SECRET },
    "the symmetric signature covers the access token: give it with --access-token env:NAME or @FILE, or set SNAP_ACCESS_TOKEN",
  ],
  [
    ["--path", "/x", "--private-key", "env:K", "--access-token", "env:SNAP_ACCESS_TOKEN"],
    { ...ENV, K: privateKey },
    "the asymmetric signature covers no access token; leave --access-token out, or use --client-secret",
  ],
  [
    ["--path", "/x", "--private-key", "env:SNAP_CLIENT_SECRET"],
    ENV,
    "privateKey is no RSA private key in PEM form (PKCS#1 or PKCS#8): it has no BEGIN and END lines; pass the text of the file, not its name",
  ],
  [
    ["--path", "/x", "--check", "AAAA", "--timestamp", TIME, "--public-key", "env:K"],
    { ...ENV, K: privateKey },
    "publicKey is no RSA public key in PEM form (SPKI, PKCS#1 or X.509 certificate): it is a private key; pass the public key of the pair",
  ],
  [
    ["--client-key", "me"],
    ENV,
    "a request for a token is signed with the private key: give it with --private-key @FILE or env:NAME, or set SNAP_PRIVATE_KEY",
  ],
  [
    ["--client-key", "me", "--client-secret", "env:SNAP_CLIENT_SECRET"],
    ENV,
    "a request for a token is signed with --private-key, not with --client-secret",
  ],
  [
    ["--client-key", "me", "--path", "/x"],
    ENV,
    "--client-key signs a request for a token, which covers no --path; leave one of them out",
  ],
  [
    ["--client-key", "me", "--body", "-", "--check", "AAAA", "--timestamp", TIME],
    ENV,
    "--client-key signs a request for a token, which covers no --body; leave one of them out",
  ],
  [
    ["--client-key", ""],
    { SNAP_PRIVATE_KEY: privateKey },
    "clientKey is empty: pass the value of the X-CLIENT-KEY header",
  ],
  [
    ["--path", "/x"],
    { SNAP_CLIENT_SECRET: SECRET, SNAP_ACCESS_TOKEN: `Bearer ${TOKEN}` },
    'accessToken starts with "Bearer ": pass the bare token, the signature covers nothing else',
  ],
] as [string[], Record<string, string>, string][])("refuses in one line, case %#", async (args, env, message) => {
  const given = args.map((arg) => arg.replace("@EMPTY", `@${file("empty", "\n")}`));
  expect(await snapBi(given, { env })).toEqual({ code: 2, stdout: "", stderr: `snap-bi: ${message}\n` });
});

test("as a process it signs and checks, from variables, files and stdin", async () => {
  const args = ["sign", "--path", PATH, "--timestamp", TIME, "--body", "-"];
  const ran = [
    await snapBiProcess([...args, "--quiet"], { env: ENV, stdin: BODY }),
    await snapBiProcess([...args, "--check", RIGHT], { env: ENV, stdin: BODY }),
    await snapBiProcess([...args, "--check", overBody(BODY)], { env: ENV, stdin: BODY }),
    await snapBiProcess([...args, "--client-secret", SECRET], { env: ENV, stdin: BODY }),
  ];
  for (const each of ran) keep(args, each);
  expect(ran.map(({ code }) => code)).toEqual([0, 0, 1, 2]);
  expect(ran[0]).toMatchObject({ stdout: `${RIGHT}\n`, stderr: "" });
  expect(ran[2]?.stdout).toContain("- the body was hashed as it is, with its white space\n");
});
