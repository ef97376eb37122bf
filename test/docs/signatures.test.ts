// The worked signatures of the page, made again from what is printed there, with nothing of ours.
import { createHash, createHmac, createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { blocksIn, elementOf, plain, readPage } from "./page.ts";

let page = "";
beforeAll(() => {
  page = readPage();
});

/** What is printed beside each label. */
function printed(kind: string): Record<string, string> {
  const steps = elementOf(page, `signature-${kind}`).split("<dt>").slice(1);
  return Object.fromEntries(
    steps.map((step) => [plain(step.slice(0, step.search(/<span>|<\/dt>/))), blocksIn(step)[0] ?? ""]),
  );
}
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
/** Strings stay as they are; between them white space goes. */
const minified = (body: string) => body.replace(/("(?:[^"\\]|\\.)*")|\s+/g, "$1");

test("symmetric: HMAC-SHA512 over method, path, token, hash and time", () => {
  const {
    "client secret": secret = "",
    "access token": token,
    "X-TIMESTAMP": time,
    "method and path": target = "",
    body = "",
    "1. minified": minimal,
    "2. hash": hash,
    "3. string to sign": text = "",
    "4. X-SIGNATURE": signature,
    ...rest
  } = printed("symmetric");
  expect(rest).toEqual({});
  // it has what a parser would lose: blanks within a string, an escape, a number's zero
  expect(minimal).toContain(String.raw`{"note":"two  blanks stay, and so does \/","rate":1.0}`);
  expect(minified(body)).toBe(minimal);
  expect(sha256(minified(body))).toBe(hash);
  const [method, path] = target.split(" ");
  expect(`${method}:${path}:${token}:${hash}:${time}`).toBe(text);
  expect(createHmac("sha512", secret).update(text).digest("base64")).toBe(signature);
});

test("asymmetric: SHA256withRSA over method, path, hash and time", () => {
  const {
    "private key (RSA, 2048 bits)": privateKey = "",
    "public key, which the receiver checks with": publicKey = "",
    "X-TIMESTAMP": time,
    "method and path": target = "",
    body = "",
    "1. minified": minimal,
    "2. hash": hash,
    "3. string to sign": text = "",
    "4. X-SIGNATURE": signature = "",
    ...rest
  } = printed("asymmetric");
  expect(rest).toEqual({});
  expect(minified(body)).toBe(minimal);
  expect(sha256(minified(body))).toBe(hash);
  const [method, path] = target.split(" ");
  expect(`${method}:${path}:${hash}:${time}`).toBe(text);
  expect(sign("sha256", Buffer.from(text), createPrivateKey(privateKey)).toString("base64")).toBe(signature);
  expect(verify("sha256", Buffer.from(text), createPublicKey(publicKey), Buffer.from(signature, "base64"))).toBe(true);
});

test("access token: SHA256withRSA over client key and time", () => {
  const {
    "client key (X-CLIENT-KEY)": client,
    "private key": key,
    "X-TIMESTAMP": time,
    "1. string to sign": text = "",
    "2. X-SIGNATURE": signature,
    ...rest
  } = printed("token");
  expect(rest).toEqual({});
  expect(key).toBe("the same as above");
  const { "private key (RSA, 2048 bits)": privateKey = "" } = printed("asymmetric");
  expect(`${client}|${time}`).toBe(text);
  expect(sign("sha256", Buffer.from(text), createPrivateKey(privateKey)).toString("base64")).toBe(signature);
});
