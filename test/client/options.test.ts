// Options of the client: the wrong ones are refused when it is made, with a code and an exact message.
import { generateKeyPairSync } from "node:crypto";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import {
  createSnapClient,
  createTokenProvider,
  loadPrivateKey,
  type SnapCallOptions,
  type SnapClientOptions,
} from "../../src/index.ts";
import { createSnapApi } from "../../src/openapi-fetch.ts";
import {
  asymmetric,
  isSigned,
  privateKey,
  publicKey,
  SECRET,
  sentHeaders,
  startPjp,
  symmetric,
  TOKEN,
} from "../support/client.ts";
import { thrown, typeError } from "../support/errors.ts";

describe("a wrong option is refused at once", () => {
  const url = "https://snap.bank.example";
  const noUrl = 'baseUrl must be an absolute http or https URL, such as "https://snap.bank.example".';
  const tooMuch = "baseUrl must not have a query, a fragment or credentials; give scheme, host and base path only.";
  const insecure =
    "baseUrl must be https: over http, tokens and payments can be read and changed on the way. Use https, or set allowHttp: true in a network that you trust.";
  const versioned = "baseUrl must not end in /v1.0, which the client puts before each path itself; leave it out.";
  const noBytes = "maxAnswerBytes must be a whole number of bytes from 1 on.";
  const noType = 'signature.type must be "symmetric" or "asymmetric".';
  const noNumber = "timeout must be a number of milliseconds from 0 (no limit) to 2147483647.";
  const notBare = (name: string) => `${name} must be the bare token: not empty, no spaces, without "Bearer ".`;
  const noHeader = (name: string) => `${name} must be a header value: Latin-1 text without line breaks.`;
  const noKey = (found: string) =>
    `privateKey must be an RSA private key in PEM form (PKCS#1 or PKCS#8), but ${found}.`;
  const ec = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  const key = (privateKey: unknown) => ({ signature: { type: "asymmetric", privateKey } });

  /** Makes a client and checks how it refuses the option, without quoting a secret. */
  function refused(wrong: object, code: "ERR_SNAP_INVALID_OPTION" | "ERR_SNAP_INVALID_KEY", message: string): void {
    const error = thrown(() => createSnapClient({ ...symmetric(url), ...wrong } as SnapClientOptions));
    expect(error).toStrictEqual(typeError(code, message));
    for (const secret of [SECRET, TOKEN]) expect(inspect(error)).not.toContain(secret);
  }

  test.each<[string, object, string]>([
    ["baseUrl: a path", { baseUrl: "/snap" }, noUrl],
    ["baseUrl: no scheme", { baseUrl: "snap.bank.example" }, noUrl],
    ["baseUrl: ftp", { baseUrl: "ftp://snap.bank.example" }, noUrl],
    ["baseUrl: empty", { baseUrl: "" }, noUrl],
    ["baseUrl: missing", { baseUrl: undefined }, noUrl],
    ["baseUrl: with a query", { baseUrl: `${url}/?a=1` }, tooMuch],
    ["baseUrl: with a fragment", { baseUrl: `${url}/#a` }, tooMuch],
    ["baseUrl: with credentials", { baseUrl: `https://user:${SECRET}@snap.bank.example` }, tooMuch],
    ["baseUrl: http to another machine", { baseUrl: "http://snap.bank.example" }, insecure],
    ["baseUrl: http to an address", { baseUrl: "http://10.0.0.1:8080/snap" }, insecure],
    ["baseUrl: http to a name that begins like this machine's", { baseUrl: "http://localhost.evil.example" }, insecure],
    ["baseUrl: http to a name that begins like its address", { baseUrl: "http://127.0.0.1.evil.example" }, insecure],
    ["baseUrl: ends in the version", { baseUrl: `${url}/v1.0` }, versioned],
    ["baseUrl: ends in the version and a slash", { baseUrl: `${url}/snap/v1.0//` }, versioned],
    ["maxAnswerBytes: 0", { maxAnswerBytes: 0 }, noBytes],
    ["maxAnswerBytes: a fraction", { maxAnswerBytes: 1.5 }, noBytes],
    ["maxAnswerBytes: infinite", { maxAnswerBytes: Number.POSITIVE_INFINITY }, noBytes],
    ["partnerId: empty", { partnerId: "" }, "partnerId must not be empty; it is sent as X-PARTNER-ID."],
    ["partnerId: missing", { partnerId: undefined }, "partnerId must not be empty; it is sent as X-PARTNER-ID."],
    ["partnerId: with a line break", { partnerId: "a\nb" }, noHeader("partnerId")],
    ["channelId: empty", { channelId: "" }, "channelId must not be empty; it is sent as CHANNEL-ID."],
    ["channelId: with a line break", { channelId: "a\nb" }, noHeader("channelId")],
    ["origin: with a line break", { origin: "a\nb" }, noHeader("origin")],
    ["deviceId: beyond Latin-1", { deviceId: "Budi’s phone" }, noHeader("deviceId")],
    ["ipAddress: a number", { ipAddress: 5 }, noHeader("ipAddress")],
    ["latitude: with a NUL", { latitude: "\0" }, noHeader("latitude")],
    ["longitude: with a line break", { longitude: "a\r\nb" }, noHeader("longitude")],
    ["customerToken: with Bearer", { customerToken: "Bearer x" }, notBare("customerToken")],
    [
      "accessToken: missing",
      { accessToken: undefined },
      "accessToken must be given: only the asymmetric signature does without one.",
    ],
    ["accessToken: empty", { accessToken: "" }, notBare("accessToken")],
    ["accessToken: with Bearer", { accessToken: `Bearer ${TOKEN}` }, notBare("accessToken")],
    ["accessToken: empty beside a key", { ...asymmetric(url), accessToken: "" }, notBare("accessToken")],
    ["timeout: negative", { timeout: -1 }, noNumber],
    ["timeout: not a number", { timeout: Number.NaN }, noNumber],
    ["timeout: too long", { timeout: 2 ** 31 }, noNumber],
    ["signature: missing", { signature: undefined }, noType],
    ["signature: unknown", { signature: { type: "hmac" } }, noType],
    [
      "clientSecret: empty",
      { signature: { type: "symmetric", clientSecret: "" } },
      "signature.clientSecret must not be empty.",
    ],
    ["clientSecret: missing", { signature: { type: "symmetric" } }, "signature.clientSecret must not be empty."],
  ])("%s", (_, wrong, message) => refused(wrong, "ERR_SNAP_INVALID_OPTION", message));

  test.each<[string, unknown, string]>([
    ["missing", undefined, noKey("is neither text nor a KeyObject")],
    ["not PEM", SECRET, noKey("has no BEGIN and END lines; pass the text of the file, not its name")],
    ["a public KeyObject", publicKey, noKey("is a public key")],
    [
      "a KeyObject of 1024 bits",
      generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey,
      noKey("has 1024 bits, and fewer than 2048 can be broken; use a longer key, or set allowWeakKeys: true"),
    ],
    ["an EC KeyObject", ec, noKey("is a key of the kind ec")],
    ["an EC PEM", ec.export({ type: "pkcs8", format: "pem" }), noKey("is a key of the kind ec")],
    [
      "a public PEM",
      publicKey.export({ type: "spki", format: "pem" }),
      noKey("is a public key; pass the private key of the pair"),
    ],
  ])("privateKey: %s", (_, wrong, message) => refused(key(wrong), "ERR_SNAP_INVALID_KEY", message));
});

describe("right options", () => {
  test.each([
    "http://localhost:4010",
    "http://snap.localhost",
    "http://127.0.0.1",
    "http://127.255.0.9/snap",
    "http://[::1]:80",
    "https://snap.bank.example",
  ])("%s needs no leave", (baseUrl) => {
    expect(() => createSnapClient(symmetric(baseUrl))).not.toThrow();
  });

  test("http to another machine is allowed by allowHttp, in client, openapi-fetch and token provider", () => {
    const options = { ...symmetric("http://snap.bank.example"), allowHttp: true };
    const provider = { baseUrl: options.baseUrl, clientKey: "c", privateKey };
    expect(() => createSnapClient(options)).not.toThrow();
    expect(() => createSnapApi(options)).not.toThrow();
    expect(() => createTokenProvider({ ...provider, allowHttp: true })).not.toThrow();
    for (const make of [
      () => createSnapApi(symmetric("http://snap.bank.example")),
      () => createTokenProvider(provider),
    ])
      expect(thrown(make)).toMatchObject({
        code: "ERR_SNAP_INVALID_OPTION",
        message: expect.stringMatching(/^baseUrl must be https: /),
      });
  });

  test("a weak key signs where allowWeakKeys says so, in client and token provider", async () => {
    const weak = generateKeyPairSync("rsa", { modulusLength: 1024 });
    const { url, received } = await startPjp();
    const signature = { type: "asymmetric", privateKey: weak.privateKey } as const;
    await createSnapClient({ ...asymmetric(url), signature, allowWeakKeys: true }).qrCpmQuery({});
    expect(received).toHaveLength(1);
    const provider = { baseUrl: url, clientKey: "c", privateKey: weak.privateKey };
    expect(() => createTokenProvider({ ...provider, allowWeakKeys: true })).not.toThrow();
    expect(thrown(() => createTokenProvider(provider))).toMatchObject({ code: "ERR_SNAP_INVALID_KEY" });
  });

  test("a key may be a KeyObject, or PEM as environment variables have it", async () => {
    const { url, received } = await startPjp();
    const text = privateKey.export({ type: "pkcs1", format: "pem" }) as string;
    for (const one of [privateKey, text, text.replaceAll("\n", "\\n"), loadPrivateKey(text)]) {
      await createSnapClient({ ...asymmetric(url), signature: { type: "asymmetric", privateKey: one } }).qrCpmQuery({});
      expect(isSigned(received.at(-1), "asymmetric")).toBe(true);
    }
  });

  test("optional options may be empty, and are not sent then", async () => {
    const { url, received } = await startPjp();
    const empty = { customerToken: "", origin: "", deviceId: "", ipAddress: "", latitude: "", longitude: "" };
    await createSnapClient({ ...symmetric(url), ...empty }).qrCpmQuery({}, {} satisfies SnapCallOptions);
    expect(Object.keys(sentHeaders(received[0]))).toHaveLength(6);
  });
});
