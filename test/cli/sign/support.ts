// What the tests of `snap-bi sign` share: a request, its right signatures and wrong ones, made with node:crypto alone, and a look for
// secrets in everything that is printed.
import { createHash, createHmac, generateKeyPairSync, sign as signRsa } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterEach, expect } from "vitest";
import type { Mistake } from "../../../src/doctor/doctor.ts";
import { snapBi as runSnapBi, type Surroundings } from "../../support/cli.ts";
import { file } from "../support.ts";

/** A published signature, right or wrong. */
export interface Vector {
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
export const { vectors } = JSON.parse(
  readFileSync(new URL("../../published/signatures.json", import.meta.url), "utf8"),
) as {
  vectors: Vector[];
};

export const SECRET = "9Qk-secret-Zt7+mN0/x4Y=";
export const TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiI0NyJ9.token-signature";
export const ENV = { SNAP_CLIENT_SECRET: SECRET, SNAP_ACCESS_TOKEN: TOKEN };

// ---- no secret leaves: whatever a test makes the command line print is searched

const printed: { text: string; args: string[] }[] = [];
/** What must not be printed. */
export const secrets = new Set([SECRET, TOKEN]);
for (const { clientSecret, accessToken } of vectors)
  for (const secret of [clientSecret, accessToken]) if (secret) secrets.add(secret.replace(/^bearer /i, ""));
for (const secret of [SECRET, TOKEN])
  for (const encoding of ["base64", "base64url", "hex"] as const) secrets.add(Buffer.from(secret).toString(encoding));

/** A key pair, whose private half must not be printed. */
export function pair(): { privateKey: string; publicKey: string } {
  const made = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  for (const line of made.privateKey.split("\n").filter((line) => line && !line.startsWith("-"))) secrets.add(line);
  return made;
}
export const { privateKey, publicKey } = pair();

/** Has what was printed searched when the test ends. */
export function keep(args: string[], ran: { stdout: string; stderr: string }): void {
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

/** Runs `snap-bi sign`. */
export async function snapBi(args: string[], surroundings: Surroundings = {}) {
  const ran = await runSnapBi(["sign", ...args], surroundings);
  keep(args, ran);
  return ran;
}

// ---- the request, and how it is signed

export const PATH = "/snap/v1.0/qr/qr-cpm-query";
export const TIME = "2020-12-23T07:50:11+07:00";
export const BODY = '{\r\n  "b": "goods A",\r\n  "amount": 1.0,\r\n  "a": "x/y <é> \\u0041"\r\n}';
export const MINIFIED = '{"b":"goods A","amount":1.0,"a":"x/y <é> \\u0041"}';

export const sha = (text: string | Buffer, algorithm = "sha256") => createHash(algorithm).update(text).digest("hex");
export const hmac = (text: string, secret: string | Buffer = SECRET, algorithm = "sha512") =>
  createHmac(algorithm, secret).update(text).digest("base64");

/** The string to sign with some parts as a careless signer has them. */
export function textOf(parts: Partial<Record<"method" | "path" | "token" | "hash" | "time", string>> = {}): string {
  const { method = "POST", path = PATH, token = TOKEN, hash = sha(MINIFIED), time = TIME } = parts;
  return `${method}:${path}:${token}:${hash}:${time}`;
}
export const overBody = (body: string | Buffer) => hmac(textOf({ hash: sha(body) }));
export const RIGHT = hmac(textOf());

export const rsa = (text: string, algorithm = "sha256", key = privateKey) =>
  signRsa(algorithm, Buffer.from(text), key).toString("base64");
export const asymmetricText = (hash = sha(MINIFIED), path = PATH) => `POST:${path}:${hash}:${TIME}`;

// ---- `--check`

/** What `--check --json` prints, as far as tests look at it. */
interface Verdict {
  right: boolean;
  encoding?: string;
  diagnosis?: { explanations: Mistake[][]; remarks: string[]; tried: number };
}

/** Runs --check in JSON and in words, sees that both say the same, and returns what was told. */
export async function checked(args: string[], signature: string, env: Record<string, string>) {
  const all = [...args, `--check=${signature}`];
  const json = await snapBi([...all, "--json"], { env });
  const words = await snapBi(all, { env });
  const { right, diagnosis } = JSON.parse(json.stdout) as Verdict;
  const { explanations = [], remarks = [], tried = 0 } = diagnosis ?? {};
  expect([json.code, words.code]).toEqual(right ? [0, 0] : [1, 1]);
  for (const { found, fix, askedBy } of explanations.flat())
    expect(words.stdout).toContain(`- ${found}\n  Fix: ${fix}.\n${askedBy === undefined ? "" : `  But ${askedBy}.\n`}`);
  if (!right)
    expect(words.stdout).toMatch(
      explanations.length
        ? /^wrong\. Exactly this signature comes out when:\n/
        : /^wrong: no known mistake explains it \(\d+ combinations tried(, not all that there are)?\)\.\n/,
    );
  for (const remark of remarks) expect(words.stdout).toContain(`\n${remark}\n`);
  return { right, names: explanations.map((its) => its.map(({ name }) => name)), remarks, tried, words: words.stdout };
}

/** What differs from the request above. */
export interface Request {
  path?: string;
  method?: string;
  body?: string;
  time?: string;
  secret?: string;
  more?: string[];
}
/** Checks a symmetric signature. */
export function symmetricCheck(signature: string, request: Request = {}) {
  const { path = PATH, method = "POST", body = BODY, time = TIME, secret = SECRET, more = [] } = request;
  if (secret !== SECRET) secrets.add(secret);
  const args = ["--method", method, "--path", path, "--timestamp", time, "--client-secret", "env:SECRET"];
  const bodyArgs = body ? ["--body", file("check.body", body)] : [];
  return checked([...args, ...bodyArgs, ...more], signature, { SECRET: secret, SNAP_ACCESS_TOKEN: TOKEN });
}

/** Checks an asymmetric signature over the request above. */
export function asymmetricCheck(signature: string, more: string[] = []) {
  const args = ["--path", PATH, "--timestamp", TIME, "--body", file("check.body", BODY), "--public-key", "env:PUBLIC"];
  return checked([...args, ...more], signature, { PUBLIC: publicKey, SNAP_ACCESS_TOKEN: TOKEN, SECRET });
}

/** Checks the signature of a request for a token. */
export function tokenCheck(signature: string, more: string[] = []) {
  const args = ["--client-key", "my-client", "--timestamp", TIME, "--public-key", "env:PUBLIC"];
  return checked([...args, ...more], signature, { PUBLIC: publicKey, SECRET });
}
