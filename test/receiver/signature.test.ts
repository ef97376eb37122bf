// Signatures: symmetric, asymmetric, what they cover, and the keys that they are checked with.
import { describe, expect, test, vi } from "vitest";
import type { SnapErrorCode } from "../../src/index.ts";
import type { SnapKey } from "../../src/server.ts";
import { typeError } from "../support/errors.ts";
import {
  answerTo,
  CLIENT_SECRET,
  createReceiver,
  createWatched,
  exampleOf,
  GENERAL_ERROR,
  PARTNER,
  privateKey,
  publicKey,
  RSA_PARTNER,
  requestOf,
  type Sent,
  SUCCESS,
} from "../support/receiver.ts";
import { createRecorder, payment } from "./support.ts";

type SnapPublicKey = Extract<SnapKey, { type: "asymmetric" }>["publicKey"];

const receiver = createReceiver();
const WRONG = "4016000 Unauthorized. [Signature]";
const NO_TOKEN = "4016003 Token Not Found (B2B)";

describe("signature", () => {
  test.each(["base64", "hex"] as const)("in %s passes, symmetric and asymmetric", async (encoding) => {
    expect(await answerTo(receiver, { encoding })).toBe(SUCCESS);
    expect(await answerTo(receiver, { encoding, headers: { "X-PARTNER-ID": RSA_PARTNER } })).toBe(SUCCESS);
  });

  test("a caller without a key is refused as unknown", async () => {
    const answer = await answerTo(receiver, { headers: { "X-PARTNER-ID": "nobody" } });
    expect(answer).toBe("4016000 Unauthorized. [Unknown client]");
  });

  test.each(["x", "AAAA", "0".repeat(128)])("the signature %s is refused", async (signature) => {
    expect(await answerTo(receiver, { headers: { "X-SIGNATURE": signature } })).toBe(WRONG);
  });

  test("with another secret is refused", async () => {
    expect(await answerTo(receiver, { clientSecret: "another" })).toBe(WRONG);
  });

  test("covers path, query, token, body and time", async () => {
    const sign = (sent: Sent) => requestOf(sent).headers.get("x-signature") ?? "";
    const { path } = exampleOf.qrCpmPayment;
    const handler = createReceiver({ verifyToken: "unchecked" });
    const covered: Sent[] = [
      { path: exampleOf.qrCpmQuery.path },
      { path: `${path}?page=1` },
      { token: "another" },
      { body: { ...payment, title: "another" } },
      { headers: { "X-TIMESTAMP": "2020-12-23T07:50:12+07:00" } },
    ];
    for (const sent of covered) {
      expect(await answerTo(handler, { headers: { "X-SIGNATURE": sign(sent) } })).toBe(WRONG);
    }
    expect(await answerTo(handler, { path: `${path}?page=1&x=%20` })).toBe(SUCCESS);
    expect(await answerTo(handler, { headers: { "X-SIGNATURE": sign({}) } })).toBe(SUCCESS);
  });

  test("does not cover a fragment, which no client sends", async () => {
    const { path } = exampleOf.qrCpmPayment;
    for (const target of [path, `${path}?page=1`]) {
      const signature = requestOf({ path: target }).headers.get("x-signature") ?? "";
      expect(await answerTo(receiver, { path: `${target}#x`, headers: { "X-SIGNATURE": signature } })).toBe(SUCCESS);
    }
  });

  test("does not depend on whitespace between the body's tokens", async () => {
    const signature = requestOf().headers.get("x-signature") ?? "";
    const body = JSON.stringify(payment, undefined, 2);
    expect(await answerTo(receiver, { body, headers: { "X-SIGNATURE": signature } })).toBe(SUCCESS);
  });

  test("the key is looked up by partner and operation", async () => {
    const key = vi.fn((): SnapKey => ({ type: "symmetric", clientSecret: CLIENT_SECRET }));
    await answerTo(createReceiver({ key }), { operation: "qrCpmRefund" });
    expect(key.mock.calls).toEqual([[{ operation: "qrCpmRefund", partnerId: PARTNER }]]);
  });

  test("any signature passes if key is unchecked", async () => {
    const handler = createReceiver({ key: "unchecked" });
    expect(await answerTo(handler, { headers: { "X-SIGNATURE": "x" } })).toBe(SUCCESS);
  });

  test("public keys may be PEM text", async () => {
    const pem = publicKey.export({ type: "spki", format: "pem" }) as string;
    const handler = createReceiver({ key: () => Promise.resolve({ type: "asymmetric", publicKey: pem }) });
    expect(await answerTo(handler, { headers: { "X-PARTNER-ID": RSA_PARTNER } })).toBe(SUCCESS);
  });

  test("a public key as PEM text is read once: it costs what a KeyObject does", async () => {
    const calls = async (publicKey: SnapPublicKey) => {
      const handler = createReceiver({ replayStore: "off", key: () => ({ type: "asymmetric", publicKey }) });
      const requests = Array.from({ length: 200 }, () => requestOf({ headers: { "X-PARTNER-ID": RSA_PARTNER } }));
      const started = process.cpuUsage();
      for (const request of requests) await handler(request);
      return process.cpuUsage(started).user;
    };
    const pem = publicKey.export({ type: "spki", format: "pem" }) as string;
    const spent: [pem: number, loaded: number][] = [];
    for (let round = 0; round < 6; round += 1) spent.push([await calls(pem), await calls(publicKey)]);
    const [text, loaded] = [0, 1].map((at) => Math.min(...spent.map((one) => one[at] ?? 0))) as [number, number];
    // read at each call it took 2.5 times as long
    expect(text).toBeLessThan(loaded * 1.6);
  });
});

describe("an asymmetric signature", () => {
  const handler = createReceiver({ withoutToken: ["qrCpmNotify"] });
  const headers = { "X-PARTNER-ID": RSA_PARTNER };
  const NOTIFIED = "2007900 Request has been processed successfully";

  test("needs no token for an operation of withoutToken", async () => {
    const { handler: recording, calls } = createRecorder({ withoutToken: ["qrCpmPayment"] });
    expect(await answerTo(recording, { token: null, headers })).toBe("2006000 Successful");
    expect(calls).toMatchObject([{ accessToken: undefined, partnerId: RSA_PARTNER }]);
    expect(await answerTo(handler, { operation: "qrCpmNotify", token: null, headers })).toBe(NOTIFIED);
  });

  test("needs a token for any other operation", async () => {
    expect(await answerTo(handler, { token: null, headers })).toBe(NO_TOKEN);
    expect(await answerTo(handler, { headers })).toBe(SUCCESS);
  });

  test("has its token verified if there is one, though none is needed", async () => {
    expect(await answerTo(handler, { operation: "qrCpmNotify", headers })).toBe(NOTIFIED);
    const wrong = await answerTo(handler, { operation: "qrCpmNotify", token: "expired", headers });
    expect(wrong).toBe("4017901 Invalid Token (B2B)");
  });

  test("must be there: a symmetric signature without a token is refused", async () => {
    const answer = await answerTo(handler, { operation: "qrCpmNotify", token: null });
    expect(answer).toBe("4017900 Unauthorized. [Signature]");
  });

  test("is refused if it is an HMAC with the public key for a secret", async () => {
    const pem = publicKey.export({ type: "spki", format: "pem" }) as string;
    const forged = requestOf({ clientSecret: pem }).headers.get("x-signature") ?? "";
    const answer = await answerTo(handler, { headers: { ...headers, "X-SIGNATURE": forged } });
    expect(answer).toBe(WRONG);
  });
});

describe("what key returns", () => {
  const KEY_RETURNS =
    'key must return { type: "symmetric", clientSecret } or { type: "asymmetric", publicKey }, a list of them, or undefined.';
  const symmetric = (clientSecret: string) => ({ type: "symmetric", clientSecret }) as const;

  test.each([
    ["a list that has the right key", [symmetric("old"), symmetric(CLIENT_SECRET)], SUCCESS],
    ["a list that does not have it", [symmetric("old")], WRONG],
    ["an empty list", [], "4016000 Unauthorized. [Unknown client]"],
    ["unchecked", "unchecked" as const, SUCCESS],
  ])("if it is %s, that counts", async (_, keys, expected) => {
    expect(await answerTo(createReceiver({ key: () => keys }))).toBe(expected);
  });

  test.each<[string, unknown, string, string]>([
    ["the text of a key", "-----BEGIN PUBLIC KEY-----", "ERR_SNAP_INVALID_ARGUMENT", KEY_RETURNS],
    ["a list with a text in it", ["-----BEGIN PUBLIC KEY-----"], "ERR_SNAP_INVALID_ARGUMENT", KEY_RETURNS],
    ["a key without its type", { publicKey }, "ERR_SNAP_INVALID_ARGUMENT", KEY_RETURNS],
    ["null, as a database says it", null, "ERR_SNAP_INVALID_ARGUMENT", KEY_RETURNS],
    ["a list with undefined in it", [undefined], "ERR_SNAP_INVALID_ARGUMENT", KEY_RETURNS],
    [
      "an empty secret",
      symmetric(""),
      "ERR_SNAP_INVALID_ARGUMENT",
      "clientSecret must not be empty; pass the secret that the PJP issued.",
    ],
    [
      "a text that is not a key",
      { type: "asymmetric", publicKey: "partner.pem" },
      "ERR_SNAP_INVALID_KEY",
      "publicKey must be an RSA public key in PEM form (SPKI, PKCS#1 or X.509 certificate), but has no BEGIN and END lines; pass the text of the file, not its name.",
    ],
    [
      "a private key",
      { type: "asymmetric", publicKey: privateKey.export({ type: "pkcs8", format: "pem" }) },
      "ERR_SNAP_INVALID_KEY",
      "publicKey must be an RSA public key in PEM form (SPKI, PKCS#1 or X.509 certificate), but is a private key; pass the public key of the pair.",
    ],
  ])("if it is %s, the answer is a general error, and onError is told why", async (_, found, code, message) => {
    const { handler, errors, answers } = createWatched({ key: () => found as SnapKey });
    expect(await answerTo(handler)).toBe(GENERAL_ERROR);
    expect(errors).toStrictEqual([typeError(code as SnapErrorCode, message)]);
    expect(answers).toMatchObject([{ step: "signature", status: 500, error: errors[0] }]);
  });
});
