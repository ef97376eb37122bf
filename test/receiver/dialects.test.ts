// What partners do otherwise than the standard has it: keys while one replaces another, paths, URLs, forms of the body.
import { createHash, createHmac, generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { SnapAnswered, SnapHandlerOptions } from "../../src/server.ts";
import { sign } from "../../src/snap/signature.ts";
import { certificate, privateKey as ownKey, pem } from "../snap/support.ts";
import { thrown, typeError } from "../support/errors.ts";
import {
  ACCESS_TOKEN,
  answerTo,
  CLIENT_SECRET,
  createReceiver,
  exampleOf,
  GENERAL_ERROR,
  PARTNER,
  publicKey,
  SUCCESS,
  summary,
  TIMESTAMP,
  wireOf,
} from "../support/receiver.ts";

const WRONG = "4016000 Unauthorized. [Signature]";
const { path } = exampleOf.qrCpmPayment;
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
/** A signature as one makes it by hand. */
const signed = (target: string, hashed: string) =>
  createHmac("sha512", CLIENT_SECRET).update(`POST:${target}:${ACCESS_TOKEN}:${hashed}:${TIMESTAMP}`).digest("base64");

/** How a receiver answers a body at a path, signed over a target and a form of the body. */
async function answer(
  options: Partial<SnapHandlerOptions>,
  sent: { at?: string; target?: string; body?: string; form?: string } = {},
) {
  const { at = path, body = JSON.stringify(exampleOf.qrCpmPayment.request) } = sent;
  const { target = at, form = body } = sent;
  const { headers } = wireOf();
  const request = new Request(`http://receiver.example${at}`, {
    method: "POST",
    headers: { ...headers, "X-SIGNATURE": signed(target, sha256(form)) },
    body,
  });
  return summary(await createReceiver(options)(request));
}

describe("keys", () => {
  const good = { type: "symmetric", clientSecret: CLIENT_SECRET } as const;
  const broken = {
    type: "asymmetric",
    publicKey: "-----BEGIN PUBLIC KEY-----\nbroken\n-----END PUBLIC KEY-----",
  } as const;
  const other = { type: "symmetric", clientSecret: "another" } as const;

  test.each([
    ["first", [broken, good], SUCCESS, 1, 1],
    ["last", [good, broken], SUCCESS, 0, 0],
    ["between", [other, broken, good], SUCCESS, 1, 2],
    ["beside one that did not sign", [other, broken], WRONG, 1, undefined],
    ["alone", [broken], GENERAL_ERROR, 1, undefined],
  ] as const)(
    "one that cannot be read is reported, and the next one tried: %s",
    async (_, keys, expected, reports, key) => {
      const errors: unknown[] = [];
      const answers: SnapAnswered[] = [];
      const handler = createReceiver({
        key: () => keys,
        onError: (error) => errors.push(error),
        onAnswer: (answered) => answers.push(answered),
      });
      expect(await answerTo(handler)).toBe(expected);
      expect(errors).toHaveLength(reports);
      for (const error of errors) expect(error).toMatchObject({ code: "ERR_SNAP_INVALID_KEY" });
      expect(answers[0]?.verified).toEqual(
        key === undefined ? undefined : { key, type: "symmetric", bodyForm: "minified" },
      );
    },
  );

  test("onAnswer is told which one verified a request for a token", async () => {
    const answers: SnapAnswered[] = [];
    const handler = createReceiver({
      key: () => [other, { type: "asymmetric", publicKey }],
      onAnswer: (answered) => answers.push(answered),
    });
    await answerTo(handler, { operation: "accessTokenB2b" });
    expect(answers[0]?.verified).toEqual({ key: 1, type: "asymmetric", bodyForm: undefined });
  });
});

describe("the form of the body that was hashed", () => {
  const escaped =
    '{"partnerReferenceNo":"a\\/b","qrContent":"\\u00e9","merchantId":"1","expiryTime":"2020-12-23T07:59:11+07:00"}';
  const unescaped = escaped.replace("\\/", "/").replace("\\u00e9", "é");

  test("is the minified one by default; rewritten ones, as PHP's clients hash, pass if bodyForms says so", async () => {
    expect(await answer({}, { body: escaped })).toBe(SUCCESS);
    expect(await answer({}, { body: escaped, form: unescaped })).toBe(WRONG);
    const bodyForms = ["minified", "rewritten"] as const;
    const answers: SnapAnswered[] = [];
    const onAnswer = (answered: SnapAnswered) => answers.push(answered);
    expect(await answer({ bodyForms, onAnswer }, { body: escaped, form: unescaped })).toBe(SUCCESS);
    expect(await answer({ bodyForms, onAnswer }, { body: escaped })).toBe(SUCCESS);
    expect(answers.map(({ verified }) => verified?.bodyForm)).toEqual(["rewritten", "minified"]);
    expect(await answer({ bodyForms: ["rewritten"] }, { body: escaped })).toBe(WRONG);
    expect(await answer({ bodyForms }, { body: escaped, form: "{}" })).toBe(WRONG);
    // what is not JSON has no such form
    expect(await answer({ bodyForms }, { body: "{", form: "{}" })).toBe(WRONG);
  });
});

describe("the path", () => {
  const basePath = "/webhook";

  test("is signed as sent by default, with the base path", async () => {
    expect(await answer({ basePath }, { at: `/webhook${path}` })).toBe(SUCCESS);
    expect(await answer({ basePath }, { at: `/webhook${path}`, target: path })).toBe(WRONG);
  });

  test("is signed without the base path if signedPath says so", async () => {
    const options = { basePath, signedPath: "without-base-path" } as const;
    expect(await answer(options, { at: `/webhook${path}`, target: path })).toBe(SUCCESS);
    expect(await answer(options, { at: `/webhook${path}?a=1`, target: `${path}?a=1` })).toBe(SUCCESS);
    expect(await answer(options, { at: `/webhook${path}` })).toBe(WRONG);
  });

  test("is the whole URL if signedPath says so", async () => {
    const options = { publicUrl: "https://pay.example/snap/", signedPath: "url" } as const;
    expect(await answer(options, { target: `https://pay.example/snap${path}` })).toBe(SUCCESS);
    expect(await answer(options, { target: `http://pay.example/snap${path}` })).toBe(WRONG);
    expect(await answer(options, { target: path })).toBe(WRONG);
  });

  test("is that of publicUrl, where a proxy takes off a prefix", async () => {
    expect(await answer({ publicUrl: "https://pay.example/snap" }, { target: `/snap${path}` })).toBe(SUCCESS);
    expect(await answer({ publicUrl: "https://pay.example" })).toBe(SUCCESS);
    const both = { publicUrl: "https://pay.example/snap", basePath: "/internal" };
    expect(await answer(both, { at: `/internal${path}`, target: `/snap${path}` })).toBe(SUCCESS);
  });

  test("may be one of an operation's own", async () => {
    const paths = { qrCpmPayment: "/v2/dana/callback-qris" };
    expect(await answer({ paths }, { at: "/v2/dana/callback-qris" })).toBe(SUCCESS);
    expect(await answer({ paths })).toBe("4040002 Invalid Routing");
  });

  test.each<[Partial<SnapHandlerOptions>, string]>([
    [
      { paths: { qrCpmNotify: "callback" } },
      'paths.qrCpmNotify must start with a slash and be written as it is sent, such as "/callbacks/qris"; it is "callback".',
    ],
    [
      { publicUrl: "pay.example/snap" },
      'publicUrl must be an absolute URL without a query, such as "https://pay.example/snap"; it is "pay.example/snap".',
    ],
    [
      { signedPath: "url" },
      'signedPath "url" needs publicUrl, for a request does not say under which URL it was sent.',
    ],
    [{ signedPath: "full" as "url" }, 'signedPath must be "as-sent" or "without-base-path" or "url"; it is "full".'],
    [{ bodyForms: ["php" as "minified"] }, 'bodyForms must be "minified" or "rewritten"; it is "php".'],
    [{ replayPolicy: "retry" as "conflict" }, 'replayPolicy must be "conflict" or "idempotent"; it is "retry".'],
    [{ operationTimeout: 0 }, "operationTimeout must be a number of milliseconds from 1; leave it out for 25,000."],
    [
      { replayStore: { claim: () => true } as never },
      'replayStore must have claim, settle and lease, as createMemoryReplayStore makes it, or be "off".',
    ],
  ])("refuses %j", (options, message) => {
    expect(thrown(() => createReceiver(options))).toStrictEqual(typeError("ERR_SNAP_INVALID_OPTION", message));
  });
});

describe("keys that are not to be trusted", () => {
  const send = async (publicKey: string, privateKey: string, options: Partial<SnapHandlerOptions> = {}) => {
    const errors: unknown[] = [];
    const handler = createReceiver({
      key: () => ({ type: "asymmetric", publicKey }),
      onError: (error) => errors.push(error),
      ...options,
    });
    const wire = wireOf();
    const signature = sign({
      type: "asymmetric",
      method: "POST",
      path,
      body: wire.body,
      timestamp: TIMESTAMP,
      privateKey,
      allowWeakKeys: true,
    });
    const headers = { ...wire.headers, "X-SIGNATURE": signature };
    const request = new Request(`http://receiver.example${path}`, { method: "POST", headers, body: wire.body });
    const { responseCode, responseMessage } = (await (await handler(request)).json()) as Record<string, string>;
    return { answer: `${responseCode} ${responseMessage}`, errors: errors.map(String) };
  };

  test("because they have fewer than 2048 bits are refused unless allowWeakKeys says otherwise", async () => {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 1024,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    });
    const refused = await send(publicKey, privateKey);
    expect(refused.answer).toBe(GENERAL_ERROR);
    expect(refused.errors).toEqual([expect.stringContaining("has 1024 bits, and fewer than 2048 can be broken")]);
    expect(await send(publicKey, privateKey, { allowWeakKeys: true })).toEqual({ answer: SUCCESS, errors: [] });
  });

  test("because their certificate expired are reported and pass, unless refuseExpiredCertificates says otherwise", async () => {
    const clock = () => new Date("2026-11-26T00:00:00Z");
    const options = { clock, timestampTolerance: "off" } as const;
    const problem = `TypeError: The key of ${PARTNER} is out of its time: the certificate expired on 2021-01-01T00:00:00.000Z.`;
    const key = pem(ownKey, "pkcs8");
    expect(await send(certificate(), key, options)).toEqual({ answer: SUCCESS, errors: [problem] });
    expect(await send(certificate(), key, { ...options, refuseExpiredCertificates: true })).toEqual({
      answer: WRONG,
      errors: [problem],
    });
  });
});
