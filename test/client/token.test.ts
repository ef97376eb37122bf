// The provider of access tokens over real HTTP: how it asks for a token, how long it keeps it, and its errors.
import { describe, expect, test } from "vitest";
import { validateHeaders, validateRequest } from "../../src/contract/validation.ts";
import {
  createTokenProvider,
  type SnapCallError,
  type SnapCallErrorCode,
  type SnapErrorCode,
  verify,
} from "../../src/index.ts";
import { failure, privateKey, publicKey, stalls } from "../support/client.ts";
import { thrown, typeError } from "../support/errors.ts";
import { header, json, type Received, record } from "../support/http.ts";
import { others } from "../support/keys.ts";
import { grant, granted, provide } from "./support.ts";

const START = Date.parse("2020-12-23T00:50:11Z");

/** A clock that stands still until it is moved. */
function stopped() {
  let now = START;
  return {
    clock: () => new Date(now),
    pass: (seconds: number) => {
      now += seconds * 1000;
    },
  };
}

const isSigned = (received: Received, key = publicKey) =>
  verify({
    type: "token",
    clientKey: header(received, "X-CLIENT-KEY"),
    timestamp: header(received, "X-TIMESTAMP"),
    signature: header(received, "X-SIGNATURE"),
    publicKey: key,
  });

/** What the error of a provider says. */
const noToken = (code: SnapCallErrorCode, why: string) => ({
  name: "SnapCallError",
  code,
  operation: "accessTokenB2b",
  externalId: "",
  outcome: "rejected",
  message: `accessTokenB2b: no token, ${why}.`,
});

/** The error that a provider rejects with. It must not show a token or the key. */
async function refusal(token: Promise<string>): Promise<SnapCallError> {
  const error = await failure(token);
  for (const secret of ["token-", "PRIVATE KEY"]) {
    expect(error.message).not.toContain(secret);
    expect(String(error.cause)).not.toContain(secret);
  }
  return error;
}

describe("a request for a token", () => {
  test.each(["", "/", "/snap", "/snap/"])("keeps the contract and is signed, with the base path %j", async (base) => {
    const { url, received } = await record(grant);
    expect(await provide(url + base, { clock: stopped().clock })()).toBe("token-1");
    const [request] = received as [Received];
    expect(request).toMatchObject({ method: "POST", path: `${base.replace(/\/$/, "")}/v1.0/access-token/b2b` });
    expect(validateHeaders("accessTokenB2b", request.headers)).toEqual({ valid: true });
    expect(validateRequest("accessTokenB2b", JSON.parse(request.body.toString()))).toEqual({ valid: true });
    expect(JSON.parse(request.body.toString())).toEqual({ grantType: "client_credentials", additionalInfo: {} });
    expect(header(request, "Content-Type")).toBe("application/json");
    expect(header(request, "X-TIMESTAMP")).toBe("2020-12-23T07:50:11+07:00");
    expect(header(request, "X-CLIENT-KEY")).toBe("the-client");
    expect(isSigned(request)).toBe(true);
    expect(isSigned(request, others.publicKey)).toBe(false);
    for (const name of ["Authorization", "X-PARTNER-ID", "X-EXTERNAL-ID", "CHANNEL-ID"]) {
      expect(header(request, name)).toBe("");
    }
  });

  test("is sent by the fetch option, which must not follow redirects", async () => {
    const calls: [string, RequestInit][] = [];
    const token = provide("https://snap.bank.example", {
      privateKey: privateKey.export({ type: "pkcs8", format: "pem" }) as string,
      fetch: async (...call) => {
        calls.push(call);
        return Response.json(granted("token-1"));
      },
    });
    expect(await token()).toBe("token-1");
    expect(calls).toMatchObject([
      ["https://snap.bank.example/v1.0/access-token/b2b", { method: "POST", redirect: "manual" }],
    ]);
  });
});

describe("a token is kept", () => {
  test.each([
    ["900", 840],
    ["7200", 7140],
    ["600", 540],
    ["300", 270],
    ["10", 9],
    ["1", 0.9],
    [900, 840],
  ])("with a lifetime of %j seconds, until %d seconds after the request", async (expiresIn, kept) => {
    const { url, received } = await record((response, _, number) =>
      json(200, granted(`token-${number}`, expiresIn))(response),
    );
    const { clock, pass } = stopped();
    const token = provide(url, { clock });
    expect(await token()).toBe("token-1");
    pass(kept - 0.001);
    expect(await token()).toBe("token-1");
    expect(received).toHaveLength(1);
    pass(0.001);
    expect([await token(), await token()]).toEqual(["token-2", "token-2"]);
    pass(kept);
    expect(await token()).toBe("token-3");
    expect(received).toHaveLength(3);
    expect(received.map((one) => isSigned(one))).toEqual([true, true, true]);
  });

  test("counted from the request, however long the answer takes", async () => {
    const { clock, pass } = stopped();
    const { url } = await record((response, received, number) => {
      pass(30);
      grant(response, received, number);
    });
    const token = provide(url, { clock });
    await token();
    pass(809.9);
    expect(await token()).toBe("token-1");
    pass(0.1);
    expect(await token()).toBe("token-2");
  });

  test.each([
    ["garbage", "soon"],
    ["empty", ""],
    ["missing", undefined],
    ["null", null],
    ["zero", "0"],
    ["negative", "-900"],
    ["infinite", "Infinity"],
    ["an object", {}],
  ])("not at all if its lifetime is %s: it is used once", async (_, expiresIn) => {
    const { url, received } = await record((response, _, number) =>
      json(200, { ...granted(`token-${number}`), expiresIn })(response),
    );
    const token = provide(url);
    expect([await token(), await token()]).toEqual(["token-1", "token-2"]);
    expect(received).toHaveLength(2);
  });

  test("100 parallel calls make one request, before the first token and when it is renewed", async () => {
    const { url, received } = await record((...request) => setTimeout(() => grant(...request), 20));
    const { clock, pass } = stopped();
    const token = provide(url, { clock });
    const many = () => Promise.all(Array.from({ length: 100 }, () => token()));
    expect(new Set(await many())).toEqual(new Set(["token-1"]));
    pass(900);
    expect(new Set(await many())).toEqual(new Set(["token-2"]));
    expect(received).toHaveLength(2);
  });

  test("until it is invalidated; an older token is not invalidated", async () => {
    const { url, received } = await record(grant);
    const token = provide(url);
    token.invalidate("token-1");
    expect(await token()).toBe("token-1");
    token.invalidate("token-0");
    token.invalidate("");
    expect(await token()).toBe("token-1");
    token.invalidate("token-1");
    expect(await token()).toBe("token-2");
    token.invalidate("token-1");
    expect(await token()).toBe("token-2");
    expect(received).toHaveLength(2);
  });

  test("and no timer is left behind that would keep a process alive", async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const token = provide("https://snap.bank.example", { fetch: async () => Response.json(granted("token-1")) });
    const before = timers();
    await token();
    expect(timers()).toBe(before);
  });

  test("providers do not share tokens", async () => {
    const { url } = await record(grant);
    expect([await provide(url)(), await provide(url)()]).toEqual(["token-1", "token-2"]);
  });
});

describe("no token", () => {
  test("a failure is not kept: parallel calls share it, and the next call asks again", async () => {
    const { url, received } = await record((response, received, number) =>
      number === 1 ? json(500, {})(response) : grant(response, received, number),
    );
    const token = provide(url);
    const parallel = await Promise.allSettled([token(), token(), token()]);
    expect(parallel.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(received).toHaveLength(1);
    expect(await token()).toBe("token-2");
  });

  test("a token is taken whose answer has no code, or a success that is a number", async () => {
    for (const responseCode of [undefined, 2007300, "2007300"]) {
      const { url } = await record(json(200, { ...granted("token-1"), responseCode }));
      expect(await provide(url)()).toBe("token-1");
    }
  });

  test.each<[string, number, unknown, string]>([
    [
      "refused",
      401,
      { responseCode: "4017300", responseMessage: "Unauthorized. [Signature]" },
      "status 401, 4017300 Unauthorized. [Signature]",
    ],
    ["refused, though a token is there", 401, granted("token-1"), "status 401, 2007300 Successful"],
    ["refused without a message", 400, { responseCode: "4007301" }, "status 400, 4007301"],
    ["refused without a code", 500, { error: "x" }, "status 500"],
    [
      "refused with a code that is a number",
      500,
      { responseCode: 5007300, responseMessage: {} },
      "status 500, 5007300",
    ],
    ["refused with an array", 500, [1], "status 500"],
    [
      "refused under status 200",
      200,
      { responseCode: "4017300", responseMessage: "Unauthorized. [Signature]" },
      "status 200, 4017300 Unauthorized. [Signature]",
    ],
    [
      "failed under status 200, though a token is there",
      200,
      { ...granted("token-1"), responseCode: "5007300", responseMessage: "General Error" },
      "status 200, 5007300 General Error",
    ],
    [
      "refused with a number under status 200",
      200,
      { responseCode: 4017300, responseMessage: "Unauthorized. [Signature]" },
      "status 200, 4017300 Unauthorized. [Signature]",
    ],
    [
      "a message that forges a log and never ends",
      401,
      { responseCode: "4017300", responseMessage: `\r\n\u001b[31mgranted\u202e${"x".repeat(3_000_000)}` },
      "the answer, status 401, is longer than 1048576 bytes (maxAnswerBytes)",
    ],
    [
      "a message that forges a log",
      401,
      { responseCode: "4017300", responseMessage: `\r\n\u001b[31mgranted\u202e${"x".repeat(3000)}` },
      `status 401, ${`4017300 \\u000d\\u000a\\u001b[31mgranted\\u202e${"x".repeat(200)}`.slice(0, 200)}`,
    ],
    [
      "a message that repeats the token",
      401,
      { responseCode: "4017300", responseMessage: "bad abcdefgh-12345678", accessToken: "abcdefgh-12345678" },
      "status 401, (left out, for it repeats a secret)",
    ],
    ["refused with null", 500, null, "status 500"],
    ["no accessToken", 200, { responseCode: "2007300" }, "the answer, status 200, has no usable accessToken"],
    ["an empty accessToken", 200, granted(""), "the answer, status 200, has no usable accessToken"],
    ["an accessToken that is a number", 200, granted(5 as never), "the answer, status 200, has no usable accessToken"],
    ["an accessToken with Bearer", 200, granted("Bearer token-1"), "the answer, status 200, has no usable accessToken"],
    [
      "an accessToken with a line break",
      200,
      granted("token-1\n"),
      "the answer, status 200, has no usable accessToken",
    ],
    ["null", 200, null, "the answer, status 200, has no usable accessToken"],
    ["a text", 200, "token-1", "the answer, status 200, has no usable accessToken"],
  ])("%s", async (_, status, body, why) => {
    const { url } = await record(json(status, body));
    const code = why.includes("maxAnswerBytes") ? "ERR_SNAP_TOO_LARGE" : "ERR_SNAP_NO_TOKEN";
    expect(await refusal(provide(url)())).toMatchObject({ ...noToken(code, why), status });
  });

  test.each([
    ["a page of a gateway", 502, "<html>502</html>"],
    ["truncated JSON", 200, JSON.stringify(granted("x")).slice(0, -1)],
    ["nothing", 200, ""],
  ])("%s is not JSON", async (_, status, body) => {
    const { url } = await record((response) => response.writeHead(status).end(body));
    const error = await refusal(provide(url)());
    expect(error).toMatchObject({
      ...noToken("ERR_SNAP_NOT_SNAP", `the answer, status ${status}, is not JSON`),
      status,
    });
    // a SyntaxError would quote the answer, which may hold a token
    expect(error.cause).toBeUndefined();
  });

  test.each(stalls)("the time limit is reached %s", async (_, answer, status, timeout) => {
    const { url } = await record(answer);
    expect(await refusal(provide(url, { timeout })())).toMatchObject({
      ...noToken("ERR_SNAP_TIMEOUT", `no answer within ${timeout} ms`),
      status,
      cause: { name: "TimeoutError" },
    });
  });

  test("a fetch that ignores the signal does not delay the next call", async () => {
    let asked = 0;
    const fetch = () =>
      ++asked === 1 ? new Promise<never>(() => {}) : Promise.resolve(Response.json(granted("token-2")));
    const token = provide("http://127.0.0.1:9", { fetch, timeout: 60 });
    expect(await refusal(token())).toMatchObject(noToken("ERR_SNAP_TIMEOUT", "no answer within 60 ms"));
    expect(await token()).toBe("token-2");
  });

  test("the connection is reset, before the answer and in the middle of it", async () => {
    const { url } = await record((response, _, number) => {
      if (number === 2) response.writeHead(200, { "content-length": 100 }).write("{");
      setTimeout(() => response.destroy(), 20);
    });
    const token = provide(url);
    for (const status of [undefined, 200]) {
      expect(await refusal(token())).toMatchObject({
        ...noToken("ERR_SNAP_NETWORK", "the network failed (other side closed)"),
        status,
        cause: { name: "TypeError" },
      });
    }
  });
});

describe("a wrong option is refused at once", () => {
  const noNumber = "timeout must be a number of milliseconds from 0 (no limit) to 2147483647.";
  const noUrl = 'baseUrl must be an absolute http or https URL, such as "https://snap.bank.example".';
  const empty = "clientKey must not be empty; it is sent as X-CLIENT-KEY.";
  const noKey = (found: string) =>
    `privateKey must be an RSA private key in PEM form (PKCS#1 or PKCS#8), but ${found}.`;
  const refused = (wrong: object, code: SnapErrorCode, message: string) =>
    expect(thrown(() => provide("https://snap.bank.example", wrong))).toStrictEqual(typeError(code, message));

  test.each<[string, object, string]>([
    ["baseUrl: a path", { baseUrl: "/snap" }, noUrl],
    ["clientKey: empty", { clientKey: "" }, empty],
    ["clientKey: missing", { clientKey: undefined }, empty],
    [
      "clientKey: with a line break",
      { clientKey: "a\nb" },
      "clientKey must be a header value: Latin-1 text without line breaks.",
    ],
    ["timeout: negative", { timeout: -1 }, noNumber],
    ["timeout: not a number", { timeout: Number.NaN }, noNumber],
  ])("%s", (_, wrong, message) => refused(wrong, "ERR_SNAP_INVALID_OPTION", message));

  test.each<[string, unknown, string]>([
    ["not PEM", "x", noKey("has no BEGIN and END lines; pass the text of the file, not its name")],
    ["missing", undefined, noKey("is neither text nor a KeyObject")],
    ["a public key", publicKey, noKey("is a public key")],
  ])("privateKey: %s", (_, privateKey, message) => refused({ privateKey }, "ERR_SNAP_INVALID_KEY", message));
});

test("a PJP that gives tokens out elsewhere is asked there", async () => {
  const server = await record(
    json(200, { responseCode: "2007300", accessToken: "t", tokenType: "Bearer", expiresIn: "900" }),
  );
  const path = "/authorization/v1/access-token/b2b";
  expect(await createTokenProvider({ baseUrl: server.url, clientKey: "k", privateKey, path })()).toBe("t");
  expect(server.received[0]?.path).toBe(path);
  expect(
    thrown(() => createTokenProvider({ baseUrl: server.url, clientKey: "k", privateKey, path: "token" })),
  ).toStrictEqual(
    typeError("ERR_SNAP_INVALID_OPTION", 'path must start with a slash, such as "/v1.0/access-token/b2b".'),
  );
});
