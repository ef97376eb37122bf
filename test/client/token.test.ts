// Access tokens over real HTTP: how they are asked for, kept and renewed, and what the client does when one is refused.
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { afterEach, describe, expect, test } from "vitest";
import { validateHeaders, validateRequest } from "../../src/contract/validation.ts";
import {
  createSnapClient,
  createTokenProvider,
  SnapCallError,
  type SnapCallOptions,
  type TokenProviderOptions,
  verify,
} from "../../src/index.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const SECRET = "the-client-secret";
const START = Date.parse("2020-12-23T00:50:11Z");

interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}
type Answer = (response: ServerResponse, received: Received, number: number) => void;

const running = new Set<() => void>();
afterEach(() => {
  for (const stop of running) stop();
  running.clear();
});

/** A server that records what it is sent. `number` counts the requests from 1. */
async function listen(answer: Answer): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = "", url: path = "", headers } = request;
    const one = { method, path, headers, body: Buffer.concat(chunks) };
    received.push(one);
    answer(response, one, received.length);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  running.add(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
const granted = (accessToken: string, expiresIn: unknown = "900") => ({
  responseCode: "2007300",
  responseMessage: "Successful",
  accessToken,
  tokenType: "Bearer",
  expiresIn,
});
/** Gives out token-1, token-2 and so on. */
const grant: Answer = (response, _, number) => json(response, 200, granted(`token-${number}`));

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
const provide = (baseUrl: string, more: Partial<TokenProviderOptions> = {}) =>
  createTokenProvider({ baseUrl, clientKey: "the-client", privateKey, ...more });

const header = ({ headers }: Received, name: string) => String(headers[name.toLowerCase()] ?? "");
const isSigned = (received: Received, key = publicKey) =>
  verify({
    type: "token",
    clientKey: header(received, "X-CLIENT-KEY"),
    timestamp: header(received, "X-TIMESTAMP"),
    signature: header(received, "X-SIGNATURE"),
    publicKey: key,
  });

/** The error that a provider rejects with. It must not give anything away. */
async function failure(token: Promise<string>): Promise<SnapCallError> {
  const error = await token.then(
    () => expect.unreachable("there was a token"),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(SnapCallError);
  expect(error).toMatchObject({ operation: "accessTokenB2b", externalId: "", outcome: "rejected" });
  const { message, cause } = error as SnapCallError;
  for (const secret of ["token-", "PRIVATE KEY", "X-SIGNATURE"]) {
    expect(message).not.toContain(secret);
    expect(String(cause)).not.toContain(secret);
  }
  return error as SnapCallError;
}

describe("a request for a token", () => {
  test.each(["", "/", "/snap", "/snap/"])("keeps the contract and is signed, below the base path %j", async (base) => {
    const { url, received } = await listen(grant);
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
    expect(isSigned(request, generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey)).toBe(false);
    for (const name of ["Authorization", "X-PARTNER-ID", "X-EXTERNAL-ID", "CHANNEL-ID"]) {
      expect(header(request, name)).toBe("");
    }
  });

  test("leaves through the fetch that was given, without following redirects", async () => {
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
      ["https://snap.bank.example/v1.0/access-token/b2b", { method: "POST", redirect: "error" }],
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
  ])("for a life of %j seconds, until %d seconds after it was asked for", async (expiresIn, kept) => {
    const { url, received } = await listen((response, _, number) =>
      json(response, 200, granted(`token-${number}`, expiresIn)),
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

  test("counted from the moment of asking, however long the answer takes", async () => {
    const { clock, pass } = stopped();
    const { url } = await listen((response, received, number) => {
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
    ["endless", "Infinity"],
    ["an object", {}],
  ])("not at all when its life is %s: it is used once", async (_, expiresIn) => {
    const { url, received } = await listen((response, _, number) =>
      json(response, 200, { ...granted(`token-${number}`), expiresIn }),
    );
    const token = provide(url);
    expect([await token(), await token()]).toEqual(["token-1", "token-2"]);
    expect(received).toHaveLength(2);
  });

  test("100 parallel calls make one request, before the first token and when it is renewed", async () => {
    const { url, received } = await listen((...request) => setTimeout(() => grant(...request), 20));
    const { clock, pass } = stopped();
    const token = provide(url, { clock });
    const many = () => Promise.all(Array.from({ length: 100 }, () => token()));
    expect(new Set(await many())).toEqual(new Set(["token-1"]));
    pass(900);
    expect(new Set(await many())).toEqual(new Set(["token-2"]));
    expect(received).toHaveLength(2);
  });

  test("until it is invalidated; a token that is no longer the current one is not", async () => {
    const { url, received } = await listen(grant);
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

  test("and no timer outlives the request, which would keep a process from ending", async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const token = provide("https://snap.bank.example", { fetch: async () => Response.json(granted("token-1")) });
    const before = timers();
    await token();
    expect(timers()).toBe(before);
  });

  test("providers do not share tokens", async () => {
    const { url } = await listen(grant);
    expect([await provide(url)(), await provide(url)()]).toEqual(["token-1", "token-2"]);
  });
});

describe("no token", () => {
  test("a failure is not kept: the next call asks anew, and parallel calls share it", async () => {
    const { url, received } = await listen((response, received, number) =>
      number === 1 ? json(response, 500, {}) : grant(response, received, number),
    );
    const token = provide(url);
    const parallel = await Promise.allSettled([token(), token(), token()]);
    expect(parallel.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(received).toHaveLength(1);
    expect(await token()).toBe("token-2");
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
    ["refused with a code that is no text", 500, { responseCode: 5007300, responseMessage: {} }, "status 500"],
    ["refused with an array", 500, [1], "status 500"],
    ["refused with null", 500, null, "status 500"],
    ["no accessToken", 200, { responseCode: "2007300" }, "the answer, status 200, has no usable accessToken"],
    ["an empty accessToken", 200, granted(""), "the answer, status 200, has no usable accessToken"],
    ["an accessToken that is no text", 200, granted(5 as never), "the answer, status 200, has no usable accessToken"],
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
    const { url } = await listen((response) => json(response, status, body));
    const error = await failure(provide(url)());
    expect([error.message, error.status]).toEqual([`accessTokenB2b: no token, ${why}.`, status]);
  });

  test.each([
    ["a page of a gateway", 502, "<html>502</html>"],
    ["truncated JSON", 200, JSON.stringify(granted("x")).slice(0, -1)],
    ["nothing", 200, ""],
  ])("%s is no JSON", async (_, status, body) => {
    const { url } = await listen((response) => response.writeHead(status).end(body));
    const error = await failure(provide(url)());
    // a SyntaxError would quote the answer, which may hold a token
    expect([error.status, error.cause]).toEqual([status, undefined]);
    expect(error.message).toBe(`accessTokenB2b: no token, the answer, status ${status}, is no JSON.`);
  });

  test.each<[string, Answer, number | undefined]>([
    ["before the headers", () => {}, undefined],
    [
      "in the middle of the body",
      (response) => response.writeHead(200, { "content-length": 100 }).write('{"accessToken":'),
      200,
    ],
  ])("time runs out %s", async (_, answer, status) => {
    const { url } = await listen(answer);
    const error = await failure(provide(url, { timeout: 60 })());
    expect(error).toMatchObject({ status, cause: { name: "TimeoutError" } });
    expect(error.message).toBe("accessTokenB2b: no token, no answer within 60 ms.");
  });

  test("a fetch that looks at no signal holds up nobody who asks anew", async () => {
    let asked = 0;
    const fetch = () =>
      ++asked === 1 ? new Promise<never>(() => {}) : Promise.resolve(Response.json(granted("token-2")));
    const token = provide("http://127.0.0.1:9", { fetch, timeout: 60 });
    expect((await failure(token())).message).toBe("accessTokenB2b: no token, no answer within 60 ms.");
    expect(await token()).toBe("token-2");
  });

  test("the connection is reset, in the middle of the answer too", async () => {
    const { url } = await listen((response, _, number) => {
      if (number === 2) response.writeHead(200, { "content-length": 100 }).write("{");
      setTimeout(() => response.destroy(), 20);
    });
    const token = provide(url);
    for (const status of [undefined, 200]) {
      const error = await failure(token());
      expect(error).toMatchObject({ status, cause: expect.any(TypeError) });
      expect(error.message).toBe("accessTokenB2b: no token, the network failed (other side closed).");
    }
  });

  test.each([302, 307, 308])("a redirect, status %i, is not followed", async (status) => {
    const elsewhere = await listen(grant);
    const { url } = await listen((response) => response.writeHead(status, { location: elsewhere.url }).end());
    expect(await failure(provide(url)())).toMatchObject({
      message: "accessTokenB2b: no token, the network failed (unexpected redirect).",
    });
    expect(elsewhere.received).toHaveLength(0);
  });
});

test.each<[string, object, RegExp]>([
  ["baseUrl", { baseUrl: "/snap" }, /^baseUrl is no absolute http or https URL/],
  ["clientKey", { clientKey: "" }, /^clientKey is empty; it goes into X-CLIENT-KEY\.$/],
  ["clientKey", { clientKey: "a\nb" }, /^clientKey is no header value/],
  ["privateKey", { privateKey: "x" }, /^privateKey is no RSA private key/],
  ["privateKey", { privateKey: publicKey }, /^privateKey is no RSA private key.*it is a public key$/],
  ["timeout", { timeout: -1 }, /^timeout is no number of milliseconds/],
])("a %s that cannot be right is refused at once", (_, wrong, message) => {
  const make = () => provide("https://snap.bank.example", wrong);
  expect(make).toThrow(TypeError);
  expect(make).toThrow(message);
});

describe("through the client", () => {
  const SUCCESS = { responseCode: "2006100", responseMessage: "Successful" };
  const invalidToken = { responseCode: "4016101", responseMessage: "Invalid Token (B2B)" };
  const TOKENS = "/v1.0/access-token/b2b";

  /** A PJP that gives out tokens and answers queries, and a client of it whose clock ticks a second at each look. */
  async function setUp(query: (token: string, queries: number) => [number, object]) {
    let tokens = 0;
    const { url, received } = await listen((response, { path, headers }) => {
      if (path === TOKENS) json(response, 200, granted(`token-${++tokens}`));
      else json(response, ...query(String(headers.authorization).replace("Bearer ", ""), queries().length));
    });
    const queries = () => received.filter(({ path }) => path !== TOKENS);
    let now = START;
    const clock = () => {
      now += 1000;
      return new Date(now);
    };
    const snap = createSnapClient({
      baseUrl: url,
      partnerId: "the-partner",
      channelId: "95221",
      clock,
      accessToken: provide(url),
      signature: { type: "symmetric", clientSecret: SECRET },
    });
    return { url, snap, queries, asked: () => received.length - queries().length };
  }
  const bearer = (received: Received) => header(received, "Authorization").replace("Bearer ", "");
  const isSignedQuery = (received: Received) =>
    verify({
      type: "symmetric",
      method: received.method,
      path: received.path,
      body: received.body,
      accessToken: bearer(received),
      timestamp: header(received, "X-TIMESTAMP"),
      signature: header(received, "X-SIGNATURE"),
      clientSecret: SECRET,
    });

  test("many calls share a token", async () => {
    const { snap, queries, asked } = await setUp(() => [200, SUCCESS]);
    await Promise.all(Array.from({ length: 20 }, () => snap.qrCpmQuery({})));
    expect([asked(), queries().map(bearer)]).toEqual([1, Array(20).fill("token-1")]);
    expect(queries().every(isSignedQuery)).toBe(true);
  });

  test("a refused token is renewed once, and the call sent once more under a new id and at a new time", async () => {
    const { snap, queries, asked } = await setUp((token) =>
      token === "token-1" ? [401, invalidToken] : [200, SUCCESS],
    );
    const options: SnapCallOptions = { headers: { "X-DEVICE-ID": "mine" } };
    const result = await snap.qrCpmQuery({ originalReferenceNo: "1" }, options);
    const [first, second, ...more] = queries() as [Received, Received];
    const externalId = header(second, "X-EXTERNAL-ID");
    expect(result).toEqual({ data: SUCCESS, response: expect.any(Response), externalId });
    expect([asked(), more]).toEqual([2, []]);
    expect([bearer(first), bearer(second)]).toEqual(["token-1", "token-2"]);
    expect([isSignedQuery(first), isSignedQuery(second)]).toEqual([true, true]);
    expect(second.body).toEqual(first.body);
    for (const name of ["X-EXTERNAL-ID", "X-TIMESTAMP"]) expect(header(second, name)).not.toBe(header(first, name));
    expect([header(first, "X-DEVICE-ID"), header(second, "X-DEVICE-ID")]).toEqual(["mine", "mine"]);
    await snap.qrCpmQuery({});
    expect([asked(), bearer(queries()[2] as Received)]).toEqual([2, "token-2"]);
  });

  test("a refused token is renewed where a PJP answers everything with status 200", async () => {
    const { snap, queries, asked } = await setUp((token) => [200, token === "token-1" ? invalidToken : SUCCESS]);
    expect(await snap.qrCpmQuery({})).toMatchObject({ data: SUCCESS });
    expect([asked(), queries().length]).toEqual([2, 2]);
  });

  test("why there is no token is said, and nothing of the answer", async () => {
    const { url } = await listen((response) => response.writeHead(502).end("a-token-as-plain-text"));
    const call = (baseUrl: string) =>
      createSnapClient({
        baseUrl,
        partnerId: "the-partner",
        channelId: "95221",
        accessToken: provide(baseUrl),
        signature: { type: "symmetric", clientSecret: SECRET },
        externalId: () => "0815",
      }).qrCpmQuery({});
    const refusalOf = (baseUrl: string) => call(baseUrl).catch((error: unknown) => error as Error);
    const garbled = (await refusalOf(url)) as Error;
    const why = "qrCpmQuery 0815: not sent, for there is no access token: accessTokenB2b: no token,";
    expect(garbled.message).toBe(`${why} the answer, status 502, is no JSON.`);
    expect(inspect(garbled, { depth: 9, showHidden: true })).not.toContain("a-token");
    const { message } = (await refusalOf("http://127.0.0.1:9")) as Error;
    expect(message).toBe(`${why} the network failed (bad port).`);
  });

  test("the second refusal in a row is returned", async () => {
    const { snap, queries, asked } = await setUp(() => [401, invalidToken]);
    const { error, response } = await snap.qrCpmQuery({});
    expect([error, response.status]).toEqual([invalidToken, 401]);
    expect([asked(), queries().length]).toEqual([2, 2]);
  });

  test("50 parallel refusals renew the token once", async () => {
    const { snap, queries, asked } = await setUp((token) =>
      token === "token-1" ? [401, invalidToken] : [200, SUCCESS],
    );
    const results = await Promise.all(Array.from({ length: 50 }, () => snap.qrCpmQuery({})));
    expect(results.every(({ data }) => data !== undefined)).toBe(true);
    expect([asked(), queries().length]).toEqual([2, 100]);
    expect(new Set(queries().map((one) => header(one, "X-EXTERNAL-ID"))).size).toBe(100);
  });

  test.each([
    [401, "4016100"],
    [401, "4016102"],
    [401, "4016103"],
    [401, "40161010"],
    [400, "4016101"],
    [403, "4036101"],
    [500, "4016101"],
    [500, "5006101"],
  ])("status %i with %s is returned as it is", async (status, responseCode) => {
    const { snap, queries, asked } = await setUp(() => [status, { responseCode, responseMessage: "x" }]);
    const { data, error } = await snap.qrCpmQuery({});
    expect([(data ?? error)?.responseCode, asked(), queries().length]).toEqual([responseCode, 1, 1]);
  });

  test.each([
    ["a string", "token-0"],
    ["a function", () => "token-0"],
  ])("a token from %s is not renewed", async (_, accessToken) => {
    const { url, queries, asked } = await setUp(() => [401, invalidToken]);
    const snap = createSnapClient({
      baseUrl: url,
      partnerId: "the-partner",
      channelId: "95221",
      accessToken,
      signature: { type: "symmetric", clientSecret: SECRET },
    });
    expect((await snap.qrCpmQuery({})).error).toEqual(invalidToken);
    expect([asked(), queries().map(bearer)]).toEqual([0, ["token-0"]]);
  });

  test("a call that brings its own Authorization is neither retried nor costs the provider its token", async () => {
    const { snap, queries, asked } = await setUp((token) => (token === "mine" ? [401, invalidToken] : [200, SUCCESS]));
    await snap.qrCpmQuery({});
    expect((await snap.qrCpmQuery({}, { headers: { Authorization: "Bearer mine" } })).error).toEqual(invalidToken);
    await snap.qrCpmQuery({});
    expect([asked(), queries().map(bearer)]).toEqual([1, ["token-1", "mine", "token-1"]]);
  });

  test.each([["X-EXTERNAL-ID"], ["X-TIMESTAMP"], ["X-SIGNATURE"]])(
    "a call that sets %s is not sent again under another; the next call has a new token",
    async (name) => {
      const { snap, queries, asked } = await setUp((token) =>
        token === "token-1" ? [401, invalidToken] : [200, SUCCESS],
      );
      expect((await snap.qrCpmQuery({}, { headers: { [name]: "mine" } })).error).toEqual(invalidToken);
      expect([asked(), queries().length]).toEqual([1, 1]);
      expect((await snap.qrCpmQuery({})).data).toEqual(SUCCESS);
      expect(queries().map(bearer)).toEqual(["token-1", "token-2"]);
    },
  );

  test("the time limit holds for both attempts together", async () => {
    const { url } = await listen((response, { path }, number) => {
      if (path === TOKENS) json(response, 200, granted(`token-${number}`));
      else setTimeout(() => json(response, 401, invalidToken), 80);
    });
    const snap = createSnapClient({
      baseUrl: url,
      partnerId: "the-partner",
      channelId: "95221",
      accessToken: provide(url),
      signature: { type: "symmetric", clientSecret: SECRET },
    });
    await snap.qrCpmQuery({});
    await expect(snap.qrCpmQuery({}, { timeout: 120 })).rejects.toMatchObject({
      message: expect.stringContaining("no answer within 120 ms"),
    });
  });

  test("when there is no token the call is not sent, and says why", async () => {
    const refusal = { responseCode: "4017300", responseMessage: "Unauthorized. [Signature]" };
    const { url, received } = await listen((response) => json(response, 401, refusal));
    const snap = createSnapClient({
      baseUrl: url,
      partnerId: "the-partner",
      channelId: "95221",
      externalId: () => "0815",
      accessToken: provide(url),
      signature: { type: "symmetric", clientSecret: SECRET },
    });
    const error = await snap.qrCpmQuery({}).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SnapCallError);
    expect(error).toMatchObject({
      operation: "qrCpmQuery",
      externalId: "0815",
      outcome: "rejected",
      cause: expect.any(SnapCallError),
      message:
        "qrCpmQuery 0815: not sent, for there is no access token: " +
        "accessTokenB2b: no token, status 401, 4017300 Unauthorized. [Signature].",
    });
    expect(received.map(({ path }) => path)).toEqual([TOKENS]);
  });
});
