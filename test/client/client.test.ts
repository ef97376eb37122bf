// The client over real HTTP: what arrives, byte for byte, and what comes back.

import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import createClient, { type Middleware } from "openapi-fetch";
import { afterEach, describe, expect, test } from "vitest";
import {
  createSnapClient,
  createTokenProvider,
  loadPrivateKey,
  outcomeOf,
  SnapCallError,
  type SnapCallOptions,
  type SnapClient,
  type SnapClientOptions,
  type SnapHeaders,
  type SnapPaths,
  verify,
} from "../../src/index.ts";
import { type SnapHandler, type SnapHandlerOptions, snapError, toNodeListener } from "../../src/server.ts";
import { operations } from "../support/contract.ts";
import * as receiver from "../support/receiver.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const TOKEN = "the-access-token";
const SECRET = "the-client-secret";
const NOW = new Date("2020-12-23T00:50:11.999Z");
const JAKARTA = "2020-12-23T07:50:11+07:00";
const SUCCESS = { responseCode: "2006100", responseMessage: "Successful", latestTransactionStatus: "00" };

/** A request as it came over the wire. */
interface Received {
  method: string;
  /** With the query string. */
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}
type Answer = (response: ServerResponse, received: Received) => void;

const running = new Set<() => void>();
afterEach(() => {
  for (const stop of running) stop();
  running.clear();
});

const json = (status: number, body: unknown): Answer => text(status, JSON.stringify(body), "application/json");
function text(status: number, body: string, type: string, length = true): Answer {
  return (response) => {
    response.writeHead(status, {
      "content-type": type,
      ...(length && { "content-length": Buffer.byteLength(body) }),
    });
    response.end(body);
  };
}

/** A server that records what it is sent. */
async function listen(answer: Answer = json(200, SUCCESS)): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = "", url: path = "", headers } = request;
    const one = { method, path, headers, body: Buffer.concat(chunks) };
    received.push(one);
    answer(response, one);
  }).listen({ port: 0, host: "127.0.0.1", backlog: 4096 });
  await once(server, "listening");
  running.add(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

const symmetric = (baseUrl: string) => ({
  baseUrl,
  partnerId: "the-partner",
  channelId: "95221",
  accessToken: TOKEN,
  signature: { type: "symmetric", clientSecret: SECRET } as const,
});
const asymmetric = (baseUrl: string) => ({
  baseUrl,
  partnerId: "the-partner",
  channelId: "95221",
  signature: { type: "asymmetric", privateKey } as const,
});

const header = ({ headers }: Received, name: string) => String(headers[name.toLowerCase()] ?? "");
const bearer = (received: Received) => header(received, "Authorization").replace("Bearer ", "");

/** Whether X-SIGNATURE is the one over the bytes and headers received. */
function isSigned(received: Received | undefined, type: "symmetric" | "asymmetric" = "symmetric"): boolean {
  if (!received) return false;
  const input = {
    method: received.method,
    path: received.path,
    body: received.body,
    timestamp: header(received, "X-TIMESTAMP"),
    signature: header(received, "X-SIGNATURE"),
  };
  return type === "symmetric"
    ? verify({ type, ...input, accessToken: bearer(received), clientSecret: SECRET })
    : verify({ type, ...input, publicKey });
}

/** The SNAP headers among those received, by the names of the standard. */
const snapHeaders = [
  "Authorization",
  "Authorization-Customer",
  "X-TIMESTAMP",
  "X-SIGNATURE",
  "X-PARTNER-ID",
  "X-EXTERNAL-ID",
  "X-IP-ADDRESS",
  "X-DEVICE-ID",
  "X-LATITUDE",
  "X-LONGITUDE",
  "CHANNEL-ID",
  "ORIGIN",
] as const satisfies (keyof SnapHeaders)[];
const sentHeaders = (received: Received | undefined) =>
  Object.fromEntries(
    snapHeaders.flatMap((name) => {
      const value = received?.headers[name.toLowerCase()];
      return value === undefined ? [] : [[name, value]];
    }),
  );

const payment = {
  partnerReferenceNo: "2020102900000000000001",
  qrContent: "00020101021226",
  amount: { value: "1.00", currency: "IDR" },
  merchantId: "00007100010926",
  expiryTime: "2020-12-23T07:59:11+07:00",
};

/** The error that a call rejects with. Wherever one is looked at, it must not give anything away. */
async function failure(call: Promise<unknown>): Promise<SnapCallError> {
  const error = await call.then(
    () => expect.unreachable("the call resolved"),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(SnapCallError);
  const { message, cause } = error as SnapCallError;
  for (const secret of [TOKEN, SECRET, "Bearer", "X-SIGNATURE"]) {
    expect(message).not.toContain(secret);
    expect(inspect(cause)).not.toContain(secret);
  }
  return error as SnapCallError;
}

describe("what is sent", () => {
  const bodies = {
    "plain text": payment,
    Unicode: { ...payment, title: "Kopi “tubruk” – é 😀 日本 \u2028 \u0000 \ud800" },
    "numbers in strings": {
      ...payment,
      additionalInfo: { a: "1.0", b: "1e3", c: 1.0, d: 1e21, e: -0, f: "0010", g: 0.1 + 0.2 },
    },
    "slashes and percent signs": {
      ...payment,
      additionalInfo: { "a/b": "c\\/d", "%2F": "100 %25", url: "https://x.example/?a=%20&b=+#c" },
    },
    "quotes and blanks": { ...payment, title: 'say "goods A" \\ \\" \n\t', additionalInfo: { " a  b ": "  " } },
    "nothing but what is mandatory": { ...payment, additionalInfo: {}, items: {} },
    "100 kB": { ...payment, additionalInfo: { text: "é".repeat(50_000) } },
  };
  const bases = ["", "/", "/snap", "/snap/", "/a/b%20c//", "/é/d", "//x"];

  test.each(Object.entries(bodies))("the bytes received verify, symmetric and asymmetric: %s", async (_, body) => {
    const { url, received } = await listen();
    for (const base of bases) {
      await createSnapClient(symmetric(url + base)).qrCpmPayment(body);
      expect(isSigned(received.at(-1)), base).toBe(true);
      await createSnapClient(asymmetric(url + base)).qrCpmPayment(body);
      expect(isSigned(received.at(-1), "asymmetric"), base).toBe(true);
      expect(JSON.parse(received.at(-1)?.body.toString() ?? "")).toEqual(JSON.parse(JSON.stringify(body)));
    }
  });

  test("the bytes received verify, whatever additionalInfo holds", async () => {
    const { url, received } = await listen();
    const snap = createSnapClient(symmetric(url));
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue()), async (additionalInfo) => {
        await snap.qrCpmQuery({ additionalInfo });
        return isSigned(received.at(-1)) && received.at(-1)?.body.toString() === JSON.stringify({ additionalInfo });
      }),
      { numRuns: 500, seed: 59 },
    );
  });

  test("a base path stands before the path of the operation, with or without a slash at its end", async () => {
    const { url, received } = await listen();
    const paths: string[] = [];
    for (const base of bases) {
      await createSnapClient(symmetric(url + base)).qrCpmQuery({});
      paths.push(received.at(-1)?.path ?? "");
    }
    expect(paths).toEqual(
      ["", "", "/snap", "/snap", "/a/b%20c", "/%C3%A9/d", "//x"].map((base) => `${base}/v1.0/qr/qr-cpm-query`),
    );
  });

  test("each method sends to its own path, and POST with that path sends the same", async () => {
    const { url, received } = await listen();
    const snap = createSnapClient({ ...symmetric(url), clock: () => NOW, externalId: () => "1" });
    const transactions = operations.filter(({ service }) => service !== "73");
    expect(transactions).toHaveLength(7);
    for (const { operationId, path, requestBody } of transactions) {
      const body = requestBody.content["application/json"].examples.Published.value;
      const results = [
        await (snap[operationId as keyof SnapClient] as (body: unknown) => Promise<unknown>)(body),
        await snap.POST(path as "/v1.0/qr/qr-cpm-query", { body }),
      ];
      expect(results[0]).toEqual({ ...(results[1] as object), response: expect.any(Response) });
      const [byMethod, byPath] = received.splice(0);
      expect(byMethod).toMatchObject({ method: "POST", path, headers: { "content-type": "application/json" } });
      expect(JSON.parse(byMethod?.body.toString() ?? "")).toEqual(body);
      expect(sentHeaders(byPath)).toEqual(sentHeaders(byMethod));
      expect(byPath?.body).toEqual(byMethod?.body);
      expect(isSigned(byMethod)).toBe(true);
    }
  });

  test("POST takes the options of a call, and refuses a path that the client does not call", async () => {
    const { url, received } = await listen();
    const snap = createSnapClient(symmetric(url));
    await snap.POST("/v1.0/qr/qr-cpm-query", { body: {}, headers: { "X-EXTERNAL-ID": "mine" } });
    expect(sentHeaders(received[0])).toMatchObject({ "X-EXTERNAL-ID": "mine" });
    for (const path of ["/v1.0/access-token/b2b", "/nowhere", "__proto__"]) {
      await expect(snap.POST(path as "/v1.0/qr/qr-cpm-query", { body: {} })).rejects.toThrow(
        new TypeError(`${path} is no operation that this client calls.`),
      );
    }
    expect(received).toHaveLength(1);
  });

  test("no header is sent that is neither mandatory nor configured", async () => {
    const { url, received } = await listen();
    await createSnapClient({ ...symmetric(url), clock: () => NOW, externalId: () => "0815" }).qrCpmQuery({});
    expect(sentHeaders(received[0])).toEqual({
      Authorization: `Bearer ${TOKEN}`,
      "X-TIMESTAMP": JAKARTA,
      "X-SIGNATURE": expect.stringMatching(/^[A-Za-z0-9+/]{86}==$/),
      "X-PARTNER-ID": "the-partner",
      "X-EXTERNAL-ID": "0815",
      "CHANNEL-ID": "95221",
    });
    await createSnapClient(asymmetric(url)).qrCpmQuery({});
    expect(Object.keys(sentHeaders(received[1]))).toEqual(
      ["X-TIMESTAMP", "X-SIGNATURE", "X-PARTNER-ID", "X-EXTERNAL-ID", "CHANNEL-ID"], // no Authorization
    );
  });

  test("every option arrives as its header", async () => {
    const { url, received } = await listen();
    const snap = createSnapClient({
      ...symmetric(url),
      clock: () => NOW,
      externalId: () => "0815",
      customerToken: "customer-token",
      origin: "www.merchant.example",
      deviceId: "device é 09864ADCASA",
      ipAddress: "172.31.255.255",
      latitude: "-6.108841",
      longitude: "106.7782137",
    });
    await snap.qrCpmQuery({});
    expect(sentHeaders(received[0])).toEqual({
      Authorization: `Bearer ${TOKEN}`,
      "Authorization-Customer": "Bearer customer-token",
      "X-TIMESTAMP": JAKARTA,
      "X-SIGNATURE": expect.any(String),
      "X-PARTNER-ID": "the-partner",
      "X-EXTERNAL-ID": "0815",
      "X-IP-ADDRESS": "172.31.255.255",
      "X-DEVICE-ID": "device é 09864ADCASA",
      "X-LATITUDE": "-6.108841",
      "X-LONGITUDE": "106.7782137",
      "CHANNEL-ID": "95221",
      ORIGIN: "www.merchant.example",
    });
    expect(isSigned(received[0])).toBe(true);
  });

  test("the time is read once, for header and signature", async () => {
    const { url, received } = await listen();
    let read = 0;
    const clock = () => new Date(NOW.getTime() + 1000 * read++);
    await createSnapClient({ ...symmetric(url), clock }).qrCpmQuery({});
    expect([read, header(received[0] as Received, "X-TIMESTAMP"), isSigned(received[0])]).toEqual([1, JAKARTA, true]);
  });

  test("X-EXTERNAL-ID is unique and at most 32 characters long, over 10,000 calls", async () => {
    const ids = new Set<string>();
    const snap = createSnapClient({
      ...symmetric("https://snap.bank.example"),
      fetch: async (_, { headers }) => {
        ids.add((headers as Record<string, string>)["X-EXTERNAL-ID"] ?? "");
        return Response.json(SUCCESS);
      },
    });
    for (let call = 0; call < 10_000; call += 1) await snap.qrCpmQuery({});
    expect(ids.size).toBe(10_000);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
  });

  test("requests leave through the fetch that was given, with the URL and a plain record of headers", async () => {
    const calls: [string, RequestInit][] = [];
    const snap = createSnapClient({
      ...symmetric("https://snap.bank.example/snap/"),
      fetch: async (...call) => {
        calls.push(call);
        return Response.json(SUCCESS);
      },
    });
    expect(await snap.qrCpmQuery({})).toMatchObject({ data: SUCCESS });
    expect(calls).toEqual([
      [
        "https://snap.bank.example/snap/v1.0/qr/qr-cpm-query",
        {
          method: "POST",
          headers: expect.objectContaining({ "Content-Type": "application/json", "X-PARTNER-ID": "the-partner" }),
          body: "{}",
          redirect: "error",
          signal: expect.any(AbortSignal),
        },
      ],
    ]);
  });

  test("1,000 parallel calls do not mix their headers", async () => {
    const { url, received } = await listen((response, { body }) => {
      const { originalReferenceNo } = JSON.parse(body.toString());
      json(200, { ...SUCCESS, originalReferenceNo })(response, received[0] as Received);
    });
    let calls = 0;
    const snap = createSnapClient({
      ...symmetric(url),
      accessToken: async () => {
        const token = `token-${calls++}`;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
        return token;
      },
    });
    const { signal } = abortable();
    const warnings: Error[] = [];
    const warned = (warning: Error) => warnings.push(warning);
    process.on("warning", warned);
    const results = await Promise.all(
      Array.from({ length: 1_000 }, (_, n) =>
        snap.qrCpmQuery({ originalReferenceNo: `${n}` }, { signal, headers: { "X-DEVICE-ID": `device-${n}` } }),
      ),
    );
    process.off("warning", warned);
    expect(warnings).toEqual([]);
    expect(results.map(({ data }) => data?.originalReferenceNo)).toEqual(results.map((_, n) => `${n}`));
    for (const one of received) {
      const n = JSON.parse(one.body.toString()).originalReferenceNo;
      expect([header(one, "X-DEVICE-ID"), bearer(one), isSigned(one)]).toEqual([`device-${n}`, `token-${n}`, true]);
    }
    expect(new Set(received.map((one) => header(one, "X-EXTERNAL-ID"))).size).toBe(1_000);
  });
});

describe("headers of one call", () => {
  const full = {
    customerToken: "customer-token",
    origin: "www.merchant.example",
    deviceId: "device",
    ipAddress: "172.31.255.255",
    latitude: "-6.108841",
    longitude: "106.7782137",
  };

  test.each(snapHeaders)("%s wins over the client's own, in any case, and for that call only", async (name) => {
    const { url, received } = await listen();
    const snap = createSnapClient({ ...symmetric(url), ...full });
    const value = name.startsWith("Authorization") ? "Bearer mine" : "mine";
    await snap.qrCpmQuery({}, { headers: { [name]: value } });
    await snap.qrCpmQuery({}, { headers: { [name.toLowerCase()]: value } });
    await snap.qrCpmQuery({});
    expect(received.map((one) => header(one, name) === value)).toEqual([true, true, false]);
    for (const one of received) {
      expect(Object.keys(sentHeaders(one))).toEqual(snapHeaders);
      expect(isSigned(one)).toBe(name !== "X-SIGNATURE" || one === received[2]);
    }
  });

  test("Authorization is not asked of the client's source of tokens when a call brings it", async () => {
    const { url, received } = await listen();
    const accessToken = () => expect.unreachable("asked for a token");
    const snap = createSnapClient({ ...symmetric(url), accessToken });
    await snap.qrCpmQuery({}, { headers: { Authorization: "bearer  mine" } });
    expect(header(received[0] as Received, "Authorization")).toBe("bearer  mine");
    const [one] = received as [Received];
    expect(isSigned({ ...one, headers: { ...one.headers, authorization: "Bearer mine" } })).toBe(true);
  });

  test("blanks around a value do not get into the signature, for they are not sent", async () => {
    const { url, received } = await listen();
    await createSnapClient(symmetric(url)).qrCpmQuery({}, { headers: { "X-TIMESTAMP": ` ${JAKARTA}\t` } });
    expect([header(received[0] as Received, "X-TIMESTAMP"), isSigned(received[0])]).toEqual([JAKARTA, true]);
  });

  test("an undefined one leaves the client's own", async () => {
    const { url, received } = await listen();
    const headers = { "X-PARTNER-ID": undefined, "X-TIMESTAMP": undefined } as unknown as Partial<SnapHeaders>;
    await createSnapClient({ ...symmetric(url), clock: () => NOW }).qrCpmQuery({}, { headers });
    expect(sentHeaders(received[0])).toMatchObject({ "X-PARTNER-ID": "the-partner", "X-TIMESTAMP": JAKARTA });
  });

  test.each([
    ["a line break", "a\r\nX-EVIL: 1"],
    ["a NUL", "a\0"],
    ["a character beyond Latin-1", "Budi’s phone"],
    ["no text", 5 as unknown as string],
  ])("%s in a value is refused before anything is sent, and is not quoted", async (_, value) => {
    const { url, received } = await listen();
    const snap = createSnapClient(symmetric(url));
    for (const name of snapHeaders) {
      await expect(snap.qrCpmQuery({}, { headers: { [name]: value } })).rejects.toThrow(
        new TypeError(`${name} is no header value: it is no text, or has a character beyond Latin-1 or a line break.`),
      );
    }
    const bad = createSnapClient({ ...symmetric(url), externalId: () => value });
    await expect(bad.qrCpmQuery({})).rejects.toThrow(/^X-EXTERNAL-ID is no header value/);
    expect(received).toHaveLength(0);
  });
});

describe("access token", () => {
  test.each([
    ["a string", TOKEN],
    ["a function", () => TOKEN],
    ["an async function", async () => TOKEN],
  ])("as %s is sent and signed", async (_, accessToken) => {
    const { url, received } = await listen();
    await createSnapClient({ ...symmetric(url), accessToken }).qrCpmQuery({});
    await createSnapClient({ ...asymmetric(url), accessToken }).qrCpmQuery({});
    expect(received.map(bearer)).toEqual([TOKEN, TOKEN]);
    expect([isSigned(received[0]), isSigned(received[1], "asymmetric")]).toEqual([true, true]);
  });

  test("a function is asked on each call", async () => {
    const { url, received } = await listen();
    let asked = 0;
    const snap = createSnapClient({ ...symmetric(url), accessToken: () => `token-${++asked}` });
    for (let call = 0; call < 3; call += 1) await snap.qrCpmQuery({});
    expect(received.map(bearer)).toEqual(["token-1", "token-2", "token-3"]);
  });

  const down = new Error("the vault is sealed");
  test.each<[string, () => string | Promise<string>, string]>([
    ["rejects", () => Promise.reject(down), "the vault is sealed"],
    [
      "throws",
      () => {
        throw down;
      },
      "the vault is sealed",
    ],
    ["rejects with no error at all", () => Promise.reject(undefined), "undefined"],
    ["gives an empty token", () => "", "the access token is no bare token"],
    ["gives undefined", () => undefined as unknown as string, "the access token is no bare token"],
    ["leaves Bearer in", () => `Bearer ${TOKEN}`, "the access token is no bare token"],
    ["gives a token with a line break", () => `${TOKEN}\n`, "the access token is no bare token"],
  ])("a function that %s: nothing is sent, and the error says so", async (_, accessToken, why) => {
    const { url, received } = await listen();
    const snap = createSnapClient({ ...symmetric(url), accessToken, externalId: () => "0815" });
    const error = await snap.qrCpmQuery({}).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SnapCallError);
    expect(error).toMatchObject({
      operation: "qrCpmQuery",
      externalId: "0815",
      outcome: "rejected",
      status: undefined,
    });
    const { message } = error as SnapCallError;
    expect(message).toContain(`qrCpmQuery 0815: not sent, for there is no access token: ${why}`);
    expect(message).not.toContain(TOKEN);
    if (why === down.message) expect((error as SnapCallError).cause).toBe(down);
    expect(received).toHaveLength(0);
  });

  test("a function that takes too long is waited for no longer than the call may take", async () => {
    const { url, received } = await listen();
    const snap = createSnapClient({ ...symmetric(url), accessToken: () => new Promise(() => {}) });
    const byTime = await failure(snap.qrCpmQuery({}, { timeout: 50 }));
    expect(byTime).toMatchObject({
      outcome: "rejected",
      message: expect.stringMatching(/not sent, no answer within 50 ms$/),
    });
    const { signal, abort } = abortable();
    const call = failure(snap.qrCpmQuery({}, { signal }));
    abort();
    expect(await call).toMatchObject({
      outcome: "rejected",
      message: expect.stringMatching(/not sent, given up by the caller$/),
    });
    expect(received).toHaveLength(0);
  });

  test("a call that is given up before it is sent was not sent", async () => {
    const { signal, abort } = abortable();
    const fetch = () => expect.unreachable("sent");
    const clock = () => {
      abort();
      return new Date();
    };
    const snap = createSnapClient({ ...symmetric("http://127.0.0.1:9"), fetch, clock, externalId: () => "0815" });
    expect(await failure(snap.qrCpmQuery({}, { signal }))).toMatchObject({
      outcome: "rejected",
      message: "qrCpmQuery 0815: not sent, given up by the caller",
    });
  });

  test("an error of another realm, as a test runner's fetch throws it, says why all the same", async () => {
    const fetch = () =>
      Promise.reject(runInNewContext('new TypeError("fetch failed", { cause: new Error("no route") })'));
    const snap = createSnapClient({ ...symmetric("http://127.0.0.1:9"), fetch });
    expect((await failure(snap.qrCpmQuery({}))).message).toContain("the network failed (no route)");
  });

  test("a function that gives up the call and throws is one failure, not two", async () => {
    const { signal, abort } = abortable();
    const accessToken = () => {
      abort();
      throw new Error("no token today");
    };
    const snap = createSnapClient({ ...symmetric("http://127.0.0.1:9"), accessToken });
    // a second one, that nobody waits for, would end the process
    expect(await failure(snap.qrCpmQuery({}, { signal }))).toMatchObject({ outcome: "rejected" });
  });

  test.each([
    ["an object that has no text", Object.create(null), "it is no Error"],
    ["a text", "no luck", "no luck"],
    ["nothing", undefined, "undefined"],
  ])("what is thrown for want of a token is said: %s", async (_, thrown, said) => {
    const accessToken = () => Promise.reject(thrown);
    const snap = createSnapClient({ ...symmetric("http://127.0.0.1:9"), accessToken, externalId: () => "0815" });
    const { message } = await failure(snap.qrCpmQuery({}));
    expect(message).toBe(`qrCpmQuery 0815: not sent, for there is no access token: ${said}`);
  });
});

function abortable() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: (reason?: unknown) => controller.abort(reason) };
}

describe("answers", () => {
  test.each([200, 202])("status %i arrives as data", async (status) => {
    const body = { responseCode: `${status}6100`, responseMessage: "x", additionalInfo: { a: 1 }, unheardOf: [null] };
    const { url } = await listen(json(status, body));
    const result = await createSnapClient(symmetric(url)).qrCpmQuery({});
    expect(result).toEqual({ data: body, response: expect.any(Response), externalId: expect.any(String) });
    expect(result.response.status).toBe(status);
  });

  test.each([201, 203, 206, 300, 400, 401, 403, 404, 405, 409, 418, 429, 500, 502, 503, 504, 599])(
    "status %i arrives as error",
    async (status) => {
      const body = { responseCode: `${status}6100`, responseMessage: "x" };
      const { url } = await listen(json(status, body));
      const result = await createSnapClient(symmetric(url)).qrCpmQuery({});
      expect(result).toEqual({ error: body, response: expect.any(Response), externalId: expect.any(String) });
      expect(result.response.status).toBe(status);
    },
  );

  test.each([
    [200, "4036114", "error"],
    [202, "5006100", "error"],
    [200, "nonsense", "error"],
    [200, "20061000", "data"],
    [201, "2006100", "data"],
    [202, "2006100", "data"],
  ])("where status %i and the code %s differ, the code counts", async (status, responseCode, key) => {
    const body = { responseCode, responseMessage: "x" };
    const { url } = await listen(json(status, body));
    const result = await createSnapClient(symmetric(url)).qrCpmQuery({});
    expect(result).toEqual({ [key]: body, response: expect.any(Response), externalId: expect.any(String) });
  });

  test.each([
    [400, "2006100"],
    [404, "2026100"],
    [500, "2006100"],
  ])("a success under status %i is none: it may have happened", async (status, responseCode) => {
    const body = { responseCode, responseMessage: "x" };
    const { url } = await listen(json(status, body));
    const snap = createSnapClient({ ...symmetric(url), externalId: () => "0815" });
    expect(await failure(snap.qrCpmQuery({}))).toMatchObject({
      message: `qrCpmQuery 0815: the answer's status ${status} contradicts its responseCode. It may have happened: query before you try again.`,
      outcome: "unknown",
      status,
      cause: body,
    });
  });

  test.each([
    ["the client's own", undefined],
    ["the call's", { "X-EXTERNAL-ID": "mine" }],
  ])("with the X-EXTERNAL-ID that they answer: %s", async (_, headers) => {
    for (const answer of [json(200, SUCCESS), json(403, { responseCode: "4036114", responseMessage: "x" })]) {
      const { url, received } = await listen(answer);
      const { externalId } = await createSnapClient(symmetric(url)).qrCpmQuery({}, headers ? { headers } : {});
      expect(externalId).toBe(header(received[0] as Received, "X-EXTERNAL-ID"));
      expect(externalId).toMatch(headers ? /^mine$/ : /^[0-9a-f]{32}$/);
    }
  });

  test("every published example of every operation arrives as it was sent", async () => {
    const { url } = await listen((response, { headers }) => {
      const [id, status, name] = String(headers["x-device-id"]).split(" ") as [string, string, string];
      const operation = operations.find(({ operationId }) => operationId === id);
      const example = operation?.responses[status]?.content["application/json"].examples[name];
      json(Number(status), example?.value)(response, { method: "", path: "", headers, body: Buffer.of() });
    });
    const snap = createSnapClient(symmetric(url));
    let arrived = 0;
    for (const { operationId, path, service, responses } of operations) {
      if (service === "73") continue;
      for (const [status, { content }] of Object.entries(responses)) {
        for (const [name, { value }] of Object.entries(content["application/json"].examples)) {
          const { data, error, response } = await snap.POST(path as "/v1.0/qr/qr-cpm-query", {
            body: {},
            headers: { "X-DEVICE-ID": `${operationId} ${status} ${name}` },
          });
          expect([data ?? error, response.status, data === undefined]).toEqual([
            value,
            Number(status),
            status >= "400",
          ]);
          arrived += 1;
        }
      }
    }
    expect(arrived).toBe(7 * 63);
  });

  test("the response code tells the errors apart", async () => {
    const { url } = await listen(json(403, { responseCode: "4036014", responseMessage: "Insufficient Funds" }));
    const { error, response } = await createSnapClient(symmetric(url)).qrCpmPayment(payment);
    if (error?.responseCode !== "4036014") expect.unreachable("another code");
    expect([error.responseMessage, outcomeOf(error.responseCode)]).toEqual(["Insufficient Funds", "declined"]);
    expect(response.status).toBe(403);
  });

  test.each([
    [403, "4036099"],
    [418, "4186000"],
    [500, "nonsense"],
    [200, "2006099"],
  ])(
    "status %i with the unknown response code %s arrives, and its outcome is unknown",
    async (status, responseCode) => {
      const { url } = await listen(json(status, { responseCode, responseMessage: "?" }));
      const { data, error } = await createSnapClient(symmetric(url)).qrCpmPayment(payment);
      const answer = data ?? error;
      expect([answer?.responseCode, outcomeOf(answer?.responseCode ?? "")]).toEqual([responseCode, "unknown"]);
    },
  );

  test("without a length, in pieces, and with a byte order mark an answer is read all the same", async () => {
    const body = JSON.stringify(SUCCESS);
    const { url, received } = await listen((response) => {
      response.writeHead(200, { "content-type": "text/plain" });
      if (received.length === 1) for (const character of body) response.write(character);
      else response.write(`\ufeff${body}`);
      response.end();
    });
    const snap = createSnapClient(symmetric(url));
    expect(await snap.qrCpmQuery({})).toMatchObject({ data: SUCCESS });
    expect(await snap.qrCpmQuery({})).toMatchObject({ data: SUCCESS });
  });
});

describe("no SNAP answer", () => {
  const options = { externalId: () => "0815" };
  const lost = (why: string) => `qrCpmQuery 0815: ${why}. It may have happened: query before you try again.`;
  const about = { name: "SnapCallError", operation: "qrCpmQuery", externalId: "0815", outcome: "unknown" };
  const html = "<html><body>502 Bad Gateway</body></html>";

  for (const length of [true, false]) {
    describe(length ? "with a content length" : "in chunks", () => {
      test.each([
        ["a JSON array", "[1]"],
        ["a JSON string", '"ok"'],
        ["a JSON number", "1"],
        ["null", "null"],
        ["no body", ""],
        ["an object without a responseCode", '{"message":"no route and no API found"}'],
        ["an object whose responseCode is no text", '{"responseCode":2006100}'],
      ])("%s, status 200 and 502", async (_, body) => {
        for (const status of [200, 502]) {
          const { url } = await listen(text(status, body, "application/json", length));
          const error = await failure(createSnapClient({ ...symmetric(url), ...options }).qrCpmQuery({}));
          expect(error).toMatchObject({ ...about, status });
          expect(error.message).toBe(lost(`the answer, status ${status}, is no JSON object with a responseCode`));
        }
      });

      test.each([
        ["a page of a gateway", html],
        ["truncated JSON", JSON.stringify(SUCCESS).slice(0, -1)],
        ["JSON with something behind it", `${JSON.stringify(SUCCESS)}}`],
      ])("%s, status 200 and 502", async (_, body) => {
        const good = await listen(text(200, body, "application/json", length));
        const error = await failure(createSnapClient({ ...symmetric(good.url), ...options }).qrCpmQuery({}));
        expect(error).toMatchObject({ ...about, status: 200, cause: expect.any(SyntaxError) });
        expect(error.message).toBe(lost("the answer, status 200, is no JSON"));

        const bad = await listen(text(502, body, "text/html", length));
        const other = await failure(createSnapClient({ ...symmetric(bad.url), ...options }).qrCpmQuery({}));
        expect(other).toMatchObject({ ...about, status: 502, cause: body });
        expect(other.message).toBe(lost("the answer, status 502, is no JSON object with a responseCode"));
      });
    });
  }

  test("the error has the X-EXTERNAL-ID that the call was sent with", async () => {
    const { url, received } = await listen(text(502, html, "text/html"));
    const snap = createSnapClient(symmetric(url));
    const mine = await failure(snap.qrCpmQuery({}, { headers: { "X-EXTERNAL-ID": "mine" } }));
    const own = await failure(snap.qrCpmQuery({}));
    expect([mine.externalId, own.externalId]).toEqual(received.map((one) => header(one, "X-EXTERNAL-ID")));
    expect([mine.externalId, own.externalId]).toEqual(["mine", expect.stringMatching(/^[0-9a-f]{32}$/)]);
  });

  test("204", async () => {
    const { url } = await listen((response) => response.writeHead(204).end());
    const error = await failure(createSnapClient({ ...symmetric(url), ...options }).qrCpmQuery({}));
    expect(error).toMatchObject({ ...about, status: 204 });
    expect("cause" in error).toBe(false);
  });

  test("connection refused", async () => {
    const { url } = await listen();
    for (const stop of running) stop();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const error = await failure(createSnapClient({ ...symmetric(url), ...options }).qrCpmQuery({}));
    expect(error).toMatchObject({ ...about, status: undefined, cause: expect.any(TypeError) });
    expect(error.message).toBe(lost(`the network failed (connect ECONNREFUSED ${url.slice("http://".length)})`));
  });

  test("connection refused at each of several addresses", async () => {
    const cause = Object.assign(new AggregateError([]), { code: "ECONNREFUSED" });
    const refused = new TypeError("fetch failed", { cause });
    const snap = createSnapClient({
      ...symmetric("http://localhost"),
      ...options,
      fetch: () => Promise.reject(refused),
    });
    const error = await failure(snap.qrCpmQuery({}));
    expect([error.message, error.cause]).toEqual([lost("the network failed (ECONNREFUSED)"), refused]);
  });

  test("a fetch that throws what is no error", async () => {
    const snap = createSnapClient({
      ...symmetric("http://localhost"),
      ...options,
      fetch: () => Promise.reject("down"),
    });
    expect(await failure(snap.qrCpmQuery({}))).toMatchObject({
      ...about,
      message: lost("the network failed (down)"),
      cause: "down",
    });
  });

  test("connection reset before the answer", async () => {
    const { url } = await listen((response) => response.destroy());
    const error = await failure(createSnapClient({ ...symmetric(url), ...options }).qrCpmQuery({}));
    expect(error).toMatchObject({ ...about, status: undefined, cause: expect.any(TypeError) });
    expect(error.message).toBe(lost("the network failed (other side closed)"));
  });

  test.each([200, 500])("connection reset in the middle of an answer of status %i", async (status) => {
    const { url } = await listen((response) => {
      response.writeHead(status, { "content-length": 1000 });
      response.write('{"responseCode":');
      setTimeout(() => response.destroy(), 20);
    });
    const error = await failure(createSnapClient({ ...symmetric(url), ...options }).qrCpmQuery({}));
    expect(error).toMatchObject({ ...about, status, cause: expect.any(TypeError) });
    expect(error.message).toBe(lost("the network failed (other side closed)"));
  });

  const silent: Answer = () => {};
  const halfway: Answer = (response) => {
    response.writeHead(200, { "content-length": 1000 });
    response.write('{"responseCode":');
  };

  test.each([
    ["before the headers", silent, undefined],
    ["in the middle of the body", halfway, 200],
  ])("time runs out %s", async (_, answer, status) => {
    const { url } = await listen(answer);
    const expected = { ...about, status, message: lost("no answer within 60 ms"), cause: { name: "TimeoutError" } };
    const started = performance.now();
    expect(
      await failure(createSnapClient({ ...symmetric(url), ...options, timeout: 60 }).qrCpmQuery({})),
    ).toMatchObject(expected);
    expect(
      await failure(createSnapClient({ ...symmetric(url), ...options }).qrCpmQuery({}, { timeout: 60 })),
    ).toMatchObject(expected);
    expect(performance.now() - started).toBeGreaterThan(100);
  });

  test.each([
    ["before the headers", silent, undefined],
    ["in the middle of the body", halfway, 200],
  ])("the caller gives up %s, with a reason or without", async (_, answer, status) => {
    const { url } = await listen(answer);
    const snap = createSnapClient({ ...symmetric(url), ...options });
    for (const reason of [undefined, new Error("closing time"), "closing time"]) {
      const { signal, abort } = abortable();
      const call = failure(snap.qrCpmQuery({}, { signal }));
      setTimeout(() => abort(reason), 60);
      expect(await call).toMatchObject({
        ...about,
        status,
        message: lost("given up by the caller"),
        cause: signal.reason,
      });
    }
  });

  test("the caller had given up before: nothing is sent, and no token is asked for", async () => {
    const { url, received } = await listen();
    const accessToken = () => expect.unreachable("asked for a token");
    const snap = createSnapClient({ ...symmetric(url), ...options, accessToken });
    const error = await failure(snap.qrCpmQuery({}, { signal: AbortSignal.abort() }));
    expect(error).toMatchObject({ ...about, outcome: "rejected", cause: { name: "AbortError" } });
    expect(error.message).toBe("qrCpmQuery 0815: not sent, given up by the caller");
    expect(received).toHaveLength(0);
  });

  test("holds for a fetch that looks at no signal, and for an answer that never ends", async () => {
    const never = () => new Promise<never>(() => {});
    const endless = async () => new Response(new ReadableStream(), { status: 200 });
    for (const fetch of [never, endless]) {
      const snap = createSnapClient({ ...symmetric("http://127.0.0.1:9"), fetch, timeout: 60 });
      expect((await failure(snap.qrCpmQuery({}))).message).toContain("no answer within 60 ms");
      const { signal, abort } = abortable();
      const call = failure(snap.qrCpmQuery({}, { signal, timeout: 0 }));
      setTimeout(abort, 20);
      expect((await call).message).toContain("given up by the caller");
    }
  });

  test("a signal of another make will do, such as jsdom's", async () => {
    const { signal, abort } = abortable();
    const foreign = {
      aborted: false,
      addEventListener: (name: string, listener: () => void) => signal.addEventListener(name, listener),
      removeEventListener: () => {},
    } as unknown as AbortSignal;
    const snap = createSnapClient({ ...symmetric("http://127.0.0.1:9"), fetch: () => new Promise(() => {}) });
    const call = failure(snap.qrCpmQuery({}, { signal: foreign }));
    setTimeout(abort, 20);
    expect((await call).message).toContain("given up by the caller");
  });

  test("a timeout of 0 is none, and no timer or listener outlives a call", async () => {
    const { url } = await listen((response, received) => setTimeout(() => json(200, SUCCESS)(response, received), 50));
    expect(await createSnapClient({ ...symmetric(url), timeout: 0 }).qrCpmQuery({})).toMatchObject({ data: SUCCESS });

    const { signal } = abortable();
    const listeners = { added: 0, removed: 0 };
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (...given: Parameters<typeof addEventListener>) => {
      listeners.added += 1;
      addEventListener.apply(signal, given);
    };
    signal.removeEventListener = (...given: Parameters<typeof removeEventListener>) => {
      listeners.removed += 1;
      removeEventListener.apply(signal, given);
    };
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const snap = createSnapClient({
      ...symmetric(url),
      timeout: 1_000_000,
      fetch: async () => Response.json(SUCCESS),
    });
    const before = timers();
    await snap.qrCpmQuery({}, { signal });
    await snap.qrCpmQuery({}, { signal });
    expect([listeners, timers()]).toEqual([{ added: 2, removed: 2 }, before]);
  });

  test.each([301, 302, 303, 307, 308])("a redirect, status %i, is not followed", async (status) => {
    const elsewhere = await listen();
    const { url, received } = await listen((response) => response.writeHead(status, { location: elsewhere.url }).end());
    const error = await failure(createSnapClient({ ...symmetric(url), ...options }).qrCpmQuery({}));
    expect(error).toMatchObject(about);
    expect(error.message).toBe(lost("the network failed (unexpected redirect)"));
    expect([received.length, elsewhere.received.length]).toEqual([1, 0]);
  });

  test("what cannot be written down rejects with the plain error, for nothing was sent", async () => {
    const { url, received } = await listen();
    const snap = createSnapClient(symmetric(url));
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    await expect(snap.qrCpmQuery({ additionalInfo: circular })).rejects.toThrow(TypeError);
    await expect(snap.qrCpmQuery({ additionalInfo: { a: 1n } })).rejects.toThrow(TypeError);
    await expect(snap.qrCpmQuery({}, { headers: { Authorization: "" } })).rejects.toThrow(/^accessToken is empty/);
    await expect(snap.qrCpmQuery(undefined as unknown as object)).rejects.toThrow(/^body is neither text nor bytes/);
    await expect(
      createSnapClient({ ...symmetric(url), clock: () => new Date(Number.NaN) }).qrCpmQuery({}),
    ).rejects.toThrow(RangeError);
    expect(received).toHaveLength(0);
  });

  test("a call whose time limit is no number of milliseconds rejects with a TypeError", async () => {
    const { url, received } = await listen();
    for (const timeout of [-1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31]) {
      await expect(createSnapClient(symmetric(url)).qrCpmQuery({}, { timeout })).rejects.toThrow(
        new TypeError("timeout is no number of milliseconds from 0 (no limit) to 2147483647."),
      );
    }
    expect(received).toHaveLength(0);
  });
});

describe("openapi-fetch, with the client's fetch", () => {
  const QUERY = "/v1.0/qr/qr-cpm-query";
  const PAYMENT = "/v1.0/qr/qr-cpm-payment";
  const query = receiver.exampleOf.qrCpmQuery.request;
  const example = receiver.exampleOf.qrCpmPayment;
  const body = example.request as typeof payment;

  /** Our own receiver, which verifies what it gets and has errors of ours fail the test. */
  async function host(options: Partial<SnapHandlerOptions> = {}) {
    const { handler, answers, errors } = receiver.createWatched(options);
    const { url } = await serve(handler);
    const codes = () => answers.map(({ operation, responseCode }) => `${operation} ${responseCode}`);
    return { url, codes, errors };
  }
  async function serve(handler: SnapHandler) {
    const server = createServer(toNodeListener(handler)).listen(0, "127.0.0.1");
    await once(server, "listening");
    running.add(() => {
      server.close();
      server.closeAllConnections();
    });
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  }
  const optionsOf = (baseUrl: string) => ({
    baseUrl,
    partnerId: receiver.PARTNER,
    channelId: "95221",
    clock: () => receiver.NOW,
    accessToken: receiver.ACCESS_TOKEN,
    signature: { type: "symmetric", clientSecret: receiver.CLIENT_SECRET } as const,
  });
  const apiOf = ({ baseUrl, ...more }: SnapClientOptions) =>
    createClient<SnapPaths>({ baseUrl, fetch: createSnapClient({ baseUrl, ...more }).fetch });

  test("our receiver takes its calls, whichever way they are signed, and 200 arrives as data", async () => {
    const { url, codes, errors } = await host();
    const key = { type: "asymmetric", privateKey: receiver.privateKey } as const;
    const apis = [apiOf(optionsOf(url)), apiOf({ ...optionsOf(url), partnerId: receiver.RSA_PARTNER, signature: key })];
    for (const api of apis) {
      const { data, error, response } = await api.POST(PAYMENT, { body });
      if (data?.responseCode !== "2006000") expect.unreachable("no success");
      expect(data.referenceNo).toBe(example.success.referenceNo);
      expect([data, error, response.status]).toEqual([example.success, undefined, 200]);
    }
    expect([codes(), errors]).toEqual([["qrCpmPayment 2006000", "qrCpmPayment 2006000"], []]);
  });

  test("every operation can be called", async () => {
    const { url } = await host();
    const api = apiOf(optionsOf(url));
    for (const { operationId, path, service } of operations) {
      if (service === "73") continue;
      const { request, success } = receiver.exampleOf[operationId as keyof typeof receiver.exampleOf];
      expect(await api.POST(path as typeof QUERY, { body: request })).toMatchObject({ data: success });
    }
  });

  test("a refusal arrives as error, told apart by its code", async () => {
    const { url, codes } = await host({ operations: { qrCpmPayment: () => snapError("4036014") } });
    const { data, error, response } = await apiOf(optionsOf(url)).POST(PAYMENT, { body });
    if (error?.responseCode !== "4036014") expect.unreachable("another code");
    expect([data, error.responseMessage, response.status]).toEqual([undefined, "Insufficient Funds", 403]);
    const other = apiOf({ ...optionsOf(url), signature: { type: "symmetric", clientSecret: "another" } });
    expect((await other.POST(PAYMENT, { body })).error).toEqual({
      responseCode: "4016000",
      responseMessage: "Unauthorized. [Signature]",
    });
    expect(codes()).toEqual(["qrCpmPayment 4036014", "qrCpmPayment 4016000"]);
  });

  test("parseAs has the answer as text, bytes, blob and stream", async () => {
    const { url } = await host();
    const api = apiOf(optionsOf(url));
    const expected = JSON.stringify(example.success);
    expect((await api.POST(PAYMENT, { body, parseAs: "text" })).data).toBe(expected);
    const { data: bytes } = await api.POST(PAYMENT, { body, parseAs: "arrayBuffer" });
    expect(Buffer.from(bytes as ArrayBuffer).toString()).toBe(expected);
    expect(await (await api.POST(PAYMENT, { body, parseAs: "blob" })).data?.text()).toBe(expected);
    const { data: stream, response } = await api.POST(PAYMENT, { body, parseAs: "stream" });
    expect([await new Response(stream).text(), response.status]).toEqual([expected, 200]);
  });

  test("middleware sees request, answer and error, and what it makes of the request is what is signed", async () => {
    const { url, received } = await listen();
    const snap = createSnapClient(symmetric(url));
    const api = createClient<SnapPaths>({ baseUrl: url, fetch: snap.fetch });
    const seen: unknown[] = [];
    api.use({
      onRequest({ request }) {
        const headers = new Headers(request.headers);
        headers.set("X-DEVICE-ID", "set by middleware");
        headers.set("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        return new Request(`${request.url}?a=1`, { method: "POST", headers, body: '{ "by" : "middleware" }' });
      },
      async onResponse({ response }) {
        seen.push(response.bodyUsed, new URL(response.url).search, await response.clone().json());
      },
      onError({ error }) {
        seen.push(error);
      },
    } satisfies Middleware);
    expect(await api.POST(QUERY, { body: query })).toMatchObject({ data: SUCCESS });
    const [one] = received as [Received];
    expect([one.path, one.body.toString(), isSigned(one)]).toEqual([`${QUERY}?a=1`, '{ "by" : "middleware" }', true]);
    expect(header(one, "X-DEVICE-ID")).toBe("set by middleware");
    expect(header(one, "traceparent")).toMatch(/^00-0af/);
    for (const stop of running) stop();
    const error = await failure(api.POST(QUERY, { body: query }));
    expect(seen).toEqual([false, "?a=1", SUCCESS, error]);
  });

  test("a refused token is renewed once, and the request sent again under a new id, with the same bytes", async () => {
    let tokens = 0;
    const { url, codes, errors } = await host({
      verifyToken: (token) => token === "token-2",
      operations: {
        ...receiver.allServed,
        accessTokenB2b: () => ({
          ...(receiver.exampleOf.accessTokenB2b.success as { responseCode: "2007300"; expiresIn: string }),
          responseMessage: "Successful",
          tokenType: "Bearer",
          accessToken: `token-${++tokens}`,
        }),
      },
    });
    const clock = () => receiver.NOW;
    const { privateKey } = receiver;
    const accessToken = createTokenProvider({ baseUrl: url, clientKey: receiver.RSA_PARTNER, privateKey, clock });
    const api = apiOf({ ...optionsOf(url), accessToken });
    expect(await api.POST(PAYMENT, { body })).toMatchObject({ data: example.success });
    const twice = ["qrCpmPayment 4016001", "accessTokenB2b 2007300", "qrCpmPayment 2006000"];
    expect([codes(), errors]).toEqual([["accessTokenB2b 2007300", ...twice], []]);
  });

  test.each(["X-EXTERNAL-ID", "X-TIMESTAMP", "X-SIGNATURE"] as const)(
    "a request that sets %s is not sent again; its refusal can still be read",
    async (name) => {
      const invalid = { responseCode: "4016101", responseMessage: "Invalid Token (B2B)" };
      const { url, received } = await listen(json(401, invalid));
      const refused: string[] = [];
      const accessToken = Object.assign(async () => TOKEN, { invalidate: (token: string) => refused.push(token) });
      const api = apiOf({ ...symmetric(url), accessToken });
      const { error } = await api.POST(QUERY, { body: query, params: { header: { [name]: "mine" } } });
      expect([error, received.length, refused]).toEqual([invalid, 1, [TOKEN]]);
      // and without it twice, when the second token is refused too
      expect((await api.POST(QUERY, { body: query })).error).toEqual(invalid);
      expect([received.length, refused]).toEqual([3, [TOKEN, TOKEN]]);
      expect(new Set(received.map((one) => header(one, "X-EXTERNAL-ID"))).size).toBe(3);
    },
  );

  test.each(snapHeaders)("%s of the request wins over the client's own", async (name) => {
    const { url, received } = await listen();
    const api = apiOf({ ...symmetric(url), deviceId: "device", origin: "www.merchant.example" });
    const value = name.startsWith("Authorization") ? "Bearer mine" : "mine";
    await api.POST(QUERY, { body: query, params: { header: { [name]: value } } });
    await api.POST(QUERY, { body: query, headers: { [name.toLowerCase()]: value } });
    for (const one of received) {
      expect([header(one, name), isSigned(one)]).toEqual([value, name !== "X-SIGNATURE"]);
    }
    expect(received).toHaveLength(2);
  });

  test("the exact bytes, path and query are sent and signed, below any base path", async () => {
    const { url, received } = await listen();
    const bodies = ['{ "a" : 1.0,\n "b": "\\u00e9 é" }', Buffer.from([0x22, 0xff, 0x00, 0x22]), ""];
    for (const base of ["", "/snap", "/a/b%20c", "/é/d", "//x"]) {
      const { fetch } = createSnapClient(symmetric(`${url}${base}/`));
      for (const search of ["", "?", "?a=1", "?a=%20b&é=ü c#fragment", "#fragment"]) {
        for (const bytes of bodies) {
          const response = await fetch(new Request(url + base + QUERY + search, { method: "POST", body: bytes }));
          expect(await response.json()).toEqual(SUCCESS);
          const one = received.at(-1) as Received;
          expect([one.body, isSigned(one)]).toEqual([Buffer.from(bytes), true]);
          const expected = new URL(url + base + QUERY + search);
          expect(one.path).toBe(expected.pathname + expected.search);
        }
      }
    }
  });

  test.each([
    ["another origin", "http://other.example/snap", QUERY, "POST"],
    ["an origin that ours begins", "http://snap.bank.example.evil.example/snap", QUERY, "POST"],
    ["another port", "http://snap.bank.example:8080/snap", QUERY, "POST"],
    ["another scheme", "https://snap.bank.example/snap", QUERY, "POST"],
    ["another base path", "http://snap.bank.example/snapper", QUERY, "POST"],
    ["no base path", "http://snap.bank.example", QUERY, "POST"],
    ["no operation", "http://snap.bank.example/snap", "/v1.0/qr/qr-mpm-query", "POST"],
    ["more than an operation", "http://snap.bank.example/snap", `${QUERY}/`, "POST"],
    ["the operation for tokens", "http://snap.bank.example/snap", "/v1.0/access-token/b2b", "POST"],
    ["another method", "http://snap.bank.example/snap", QUERY, "PUT"],
  ])("a request to %s is refused, and no token is asked for", async (_, base, path, method) => {
    const accessToken = () => expect.unreachable("asked for a token");
    const { fetch } = createSnapClient({
      ...symmetric("http://snap.bank.example/snap"),
      accessToken,
      fetch: () => expect.unreachable("sent"),
    });
    await expect(fetch(new Request(`${base}${path}?secret=1`, { method, body: "{}" }))).rejects.toThrow(
      new TypeError(`${method} ${base}${path} is no operation that this client calls.`),
    );
  });

  test("a request whose body is used up is refused", async () => {
    const { url, received } = await listen();
    const request = new Request(url + QUERY, { method: "POST", body: "{}" });
    await request.text();
    await expect(createSnapClient(symmetric(url)).fetch(request)).rejects.toThrow(TypeError);
    expect(received).toHaveLength(0);
  });

  test("what is no SNAP answer is for the caller to judge", async () => {
    const html = "<html><body>502 Bad Gateway</body></html>";
    const answers: [Answer, number, string][] = [
      [text(502, html, "text/html"), 502, html],
      [text(200, html, "text/html"), 200, html],
      [text(200, "", "application/json", false), 200, ""],
      [(response) => response.writeHead(204, { "x-answer": "none" }).end(), 204, ""],
      [text(401, "[1]", "application/json"), 401, "[1]"],
    ];
    for (const [answer, status, expected] of answers) {
      const { url } = await listen(answer);
      const accessToken = Object.assign(async () => TOKEN, { invalidate: () => expect.unreachable("renewed") });
      const { fetch } = createSnapClient({ ...symmetric(url), accessToken });
      const response = await fetch(new Request(url + QUERY, { method: "POST", body: "{}" }));
      expect([response.status, response.bodyUsed, response.url]).toEqual([status, false, url + QUERY]);
      expect(response.headers.get("x-answer")).toBe(status === 204 ? "none" : null);
      expect(await response.text()).toBe(expected);
    }
  });

  const lost = (why: string) => `qrCpmQuery 0815: ${why}. It may have happened: query before you try again.`;
  const about = { operation: "qrCpmQuery", externalId: "0815", outcome: "unknown" };
  const halfway: Answer = (response) => {
    response.writeHead(200, { "content-length": 1000 });
    response.write('{"responseCode":');
  };
  test.each<[string, Answer, number | undefined, string]>([
    ["the connection is reset before the answer", (response) => response.destroy(), undefined, "other side closed"],
    [
      "the connection is reset in the middle of the answer",
      (response, received) => {
        halfway(response, received);
        setTimeout(() => response.destroy(), 20);
      },
      200,
      "other side closed",
    ],
    [
      "there is a redirect",
      (response) => response.writeHead(307, { location: "http://127.0.0.1:9/" }).end(),
      undefined,
      "unexpected redirect",
    ],
  ])("%s: a SnapCallError", async (_, answer, status, why) => {
    const { url } = await listen(answer);
    const api = apiOf({ ...symmetric(url), externalId: () => "0815" });
    const error = await failure(api.POST(QUERY, { body: query }));
    expect(error).toMatchObject({ ...about, status, message: lost(`the network failed (${why})`) });
  });

  test.each<[string, Answer, number | undefined]>([
    ["before the headers", () => {}, undefined],
    ["in the middle of the body", halfway, 200],
  ])("time runs out, or the caller gives up, %s: a SnapCallError", async (_, answer, status) => {
    const { url } = await listen(answer);
    const options = { ...symmetric(url), externalId: () => "0815" };
    const late = await failure(apiOf({ ...options, timeout: 60 }).POST(QUERY, { body: query }));
    expect(late).toMatchObject({ ...about, status, message: lost("no answer within 60 ms") });
    const { signal, abort } = abortable();
    const call = failure(apiOf(options).POST(QUERY, { body: query, signal }));
    setTimeout(abort, 60);
    expect(await call).toMatchObject({ ...about, status, message: lost("given up by the caller") });
  });

  test("a request given up before is not sent, nor is one without a token", async () => {
    const { url, received } = await listen();
    const options = { ...symmetric(url), externalId: () => "0815" };
    const request = { method: "POST", body: "{}" };
    const { fetch } = createSnapClient(options);
    const gone = await failure(fetch(new Request(url + QUERY, { ...request, signal: AbortSignal.abort() })));
    expect(gone).toMatchObject({
      outcome: "rejected",
      message: "qrCpmQuery 0815: not sent, given up by the caller",
    });
    const poor = createSnapClient({ ...options, accessToken: () => Promise.reject(new Error("the vault is sealed")) });
    expect(await failure(poor.fetch(new Request(url + QUERY, request)))).toMatchObject({
      outcome: "rejected",
      message: "qrCpmQuery 0815: not sent, for there is no access token: the vault is sealed",
    });
    expect(received).toHaveLength(0);
  });

  test("requests leave through the fetch that the client was given", async () => {
    const calls: [string, RequestInit][] = [];
    const api = apiOf({
      ...symmetric("https://snap.bank.example/snap"),
      fetch: async (...call) => {
        calls.push(call);
        return Response.json(SUCCESS);
      },
    });
    expect(await api.POST(QUERY, { body: query })).toMatchObject({ data: SUCCESS });
    expect(calls).toEqual([
      [
        `https://snap.bank.example/snap${QUERY}`,
        {
          method: "POST",
          headers: expect.objectContaining({ "Content-Type": "application/json", "X-PARTNER-ID": "the-partner" }),
          body: new Uint8Array(Buffer.from(JSON.stringify(query))),
          redirect: "error",
          signal: expect.any(AbortSignal),
        },
      ],
    ]);
  });
});

describe("options that cannot be right are refused at once", () => {
  const url = "https://snap.bank.example";
  const noUrl = 'baseUrl is no absolute http or https URL; give one such as "https://snap.bank.example".';
  const tooMuch = "baseUrl has a query, a fragment or credentials; give scheme, host and base path only.";
  const notBare = (name: string) =>
    `${name} is no bare token: it is empty or has blanks or other bad characters; leave "Bearer " out.`;
  const noHeader = (name: string) =>
    `${name} is no header value: it is no text, or has a character beyond Latin-1 or a line break.`;
  const pem = (type: "rsa" | "ec") =>
    (type === "rsa"
      ? generateKeyPairSync("rsa", { modulusLength: 2048 })
      : generateKeyPairSync("ec", { namedCurve: "P-256" })
    ).privateKey;
  const key = (privateKey: unknown) => ({ signature: { type: "asymmetric", privateKey } });

  test.each<[string, object, string | RegExp]>([
    ["baseUrl: a path", { baseUrl: "/snap" }, noUrl],
    ["baseUrl: no scheme", { baseUrl: "snap.bank.example" }, noUrl],
    ["baseUrl: ftp", { baseUrl: "ftp://snap.bank.example" }, noUrl],
    ["baseUrl: empty", { baseUrl: "" }, noUrl],
    ["baseUrl: missing", { baseUrl: undefined }, noUrl],
    ["baseUrl: with a query", { baseUrl: `${url}/?a=1` }, tooMuch],
    ["baseUrl: with a fragment", { baseUrl: `${url}/#a` }, tooMuch],
    ["baseUrl: with credentials", { baseUrl: `https://user:${SECRET}@snap.bank.example` }, tooMuch],
    ["partnerId: empty", { partnerId: "" }, "partnerId is empty; it goes into X-PARTNER-ID."],
    ["partnerId: with a line break", { partnerId: "a\nb" }, noHeader("X-PARTNER-ID")],
    ["channelId: empty", { channelId: "" }, "channelId is empty; it goes into CHANNEL-ID."],
    ["deviceId: beyond Latin-1", { deviceId: "Budi’s phone" }, noHeader("X-DEVICE-ID")],
    ["customerToken: with Bearer", { customerToken: "Bearer x" }, notBare("customerToken")],
    [
      "accessToken: missing",
      { accessToken: undefined },
      "accessToken is missing; only the asymmetric signature does without one.",
    ],
    ["accessToken: empty", { accessToken: "" }, notBare("accessToken")],
    ["accessToken: with Bearer", { accessToken: `Bearer ${TOKEN}` }, notBare("accessToken")],
    ["accessToken: empty beside a key", { ...asymmetric(url), accessToken: "" }, notBare("accessToken")],
    ["timeout: negative", { timeout: -1 }, /^timeout is no number of milliseconds/],
    ["signature: missing", { signature: undefined }, 'signature.type is neither "symmetric" nor "asymmetric".'],
    ["signature: unknown", { signature: { type: "hmac" } }, 'signature.type is neither "symmetric" nor "asymmetric".'],
    ["clientSecret: empty", { signature: { type: "symmetric", clientSecret: "" } }, "signature.clientSecret is empty."],
    ["privateKey: missing", key(undefined), /^privateKey is no RSA private key.*neither text nor a KeyObject$/],
    ["privateKey: no PEM", key(SECRET), /^privateKey is no RSA private key.*no BEGIN and END lines/],
    ["privateKey: a public KeyObject", key(publicKey), /^privateKey is no RSA private key.*it is a public key$/],
    ["privateKey: an EC KeyObject", key(pem("ec")), /^privateKey is no RSA private key.*it is of the kind ec$/],
    [
      "privateKey: a public PEM",
      key(publicKey.export({ type: "spki", format: "pem" })),
      /^privateKey is no RSA private key.*it is a public key/,
    ],
  ])("%s", (_, wrong, message) => {
    let error: unknown;
    try {
      createSnapClient({ ...symmetric(url), ...wrong } as SnapClientOptions);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(TypeError);
    if (typeof message === "string") expect((error as Error).message).toBe(message);
    else expect((error as Error).message).toMatch(message);
    for (const secret of [SECRET, TOKEN]) expect((error as Error).message).not.toContain(secret);
  });

  test("a key may be a KeyObject, or PEM as it comes out of environment variables", async () => {
    const { url, received } = await listen();
    const text = privateKey.export({ type: "pkcs1", format: "pem" }) as string;
    for (const one of [privateKey, text, text.replaceAll("\n", "\\n"), loadPrivateKey(text)]) {
      await createSnapClient({ ...asymmetric(url), signature: { type: "asymmetric", privateKey: one } }).qrCpmQuery({});
      expect(isSigned(received.at(-1), "asymmetric")).toBe(true);
    }
  });

  test("what may be left out may be empty", async () => {
    const { url, received } = await listen();
    const empty = { customerToken: "", origin: "", deviceId: "", ipAddress: "", latitude: "", longitude: "" };
    await createSnapClient({ ...symmetric(url), ...empty }).qrCpmQuery({}, {} satisfies SnapCallOptions);
    expect(Object.keys(sentHeaders(received[0]))).toHaveLength(6);
  });
});
