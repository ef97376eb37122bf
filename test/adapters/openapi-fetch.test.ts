// openapi-fetch over the client's signing fetch: createSnapApi, and openapi-fetch's own createClient with the client's fetch.

import createClient, { type ClientOptions, type Middleware } from "openapi-fetch";
import { describe, expect, test } from "vitest";
import {
  createSnapClient,
  createTokenProvider,
  type QrCpmPaymentRequest,
  type SnapCallErrorCode,
  type SnapClientOptions,
  type SnapPaths,
} from "../../src/index.ts";
import { toNodeListener } from "../../src/node.ts";
import { createSnapApi } from "../../src/openapi-fetch.ts";
import { type SnapHandlerOptions, snapError } from "../../src/server.ts";
import {
  abortable,
  bearer,
  failure,
  halfway,
  isSigned,
  notSent,
  SUCCESS,
  snapHeaders,
  stalls,
  startPjp,
  symmetric,
  TOKEN,
  unknownOutcome,
} from "../support/client.ts";
import { operations } from "../support/contract.ts";
import { typeError } from "../support/errors.ts";
import { type Answer, header, json, listen, type Received, text } from "../support/http.ts";
import * as receiver from "../support/receiver.ts";

const QUERY = "/v1.0/qr/qr-cpm-query";
const PAYMENT = "/v1.0/qr/qr-cpm-payment";
const query = receiver.exampleOf.qrCpmQuery.request;
const example = receiver.exampleOf.qrCpmPayment;
const body = example.request as unknown as QrCpmPaymentRequest;

/** Our own receiver, which checks what it gets. Its answers and its errors are kept. */
async function host(options: Partial<SnapHandlerOptions> = {}) {
  const { handler, answers, errors } = receiver.createWatched(options);
  const { url } = await listen(toNodeListener(handler));
  const codes = () => answers.map(({ operation, responseCode }) => `${operation} ${responseCode}`);
  return { url, codes, errors };
}
/** A client's options for that receiver. */
const optionsOf = (baseUrl: string) => ({
  baseUrl,
  partnerId: receiver.PARTNER,
  channelId: "95221",
  clock: () => receiver.NOW,
  accessToken: receiver.ACCESS_TOKEN,
  signature: { type: "symmetric", clientSecret: receiver.CLIENT_SECRET } as const,
});

describe("calls of our receiver", () => {
  test("both kinds of signature are accepted, and 200 arrives as data", async () => {
    const { url, codes, errors } = await host();
    const key = { type: "asymmetric", privateKey: receiver.privateKey } as const;
    const both = [optionsOf(url), { ...optionsOf(url), partnerId: receiver.RSA_PARTNER, signature: key }];
    for (const options of both) {
      const { data, error, response } = await createSnapApi(options).POST(PAYMENT, { body });
      if (data?.responseCode !== "2006000") expect.unreachable("no success");
      expect(data.referenceNo).toBe(example.success.referenceNo);
      expect([data, error, response.status]).toEqual([example.success, undefined, 200]);
    }
    expect([codes(), errors]).toEqual([["qrCpmPayment 2006000", "qrCpmPayment 2006000"], []]);
  });

  test("the client's fetch does the same for openapi-fetch's own createClient", async () => {
    const { url, codes, errors } = await host();
    const { fetch } = createSnapClient(optionsOf(url));
    const api = createClient<SnapPaths>({ baseUrl: url, fetch });
    const { data, error, response } = await api.POST(PAYMENT, { body });
    expect([data, error, response.status]).toEqual([example.success, undefined, 200]);
    expect([codes(), errors]).toEqual([["qrCpmPayment 2006000"], []]);
  });

  test("every operation can be called", async () => {
    const { url } = await host();
    const api = createSnapApi(optionsOf(url));
    for (const { operationId, path, service } of operations) {
      if (service === "73") continue;
      const { request, success } = receiver.exampleOf[operationId as keyof typeof receiver.exampleOf];
      expect(await api.POST(path as typeof QUERY, { body: request })).toMatchObject({ data: success });
    }
  });

  test("a refusal arrives as error, told apart by its code", async () => {
    const { url, codes } = await host({ operations: { qrCpmPayment: () => snapError("4036014") } });
    const { data, error, response } = await createSnapApi(optionsOf(url)).POST(PAYMENT, { body });
    if (error?.responseCode !== "4036014") expect.unreachable("another code");
    expect([data, error.responseMessage, response.status]).toEqual([undefined, "Insufficient Funds", 403]);
    const other = createSnapApi({ ...optionsOf(url), signature: { type: "symmetric", clientSecret: "another" } });
    expect((await other.POST(PAYMENT, { body })).error).toEqual({
      responseCode: "4016000",
      responseMessage: "Unauthorized. [Signature]",
    });
    expect(codes()).toEqual(["qrCpmPayment 4036014", "qrCpmPayment 4016000"]);
  });

  test("parseAs returns the answer as text, bytes, blob and stream", async () => {
    const { url } = await host();
    const api = createSnapApi(optionsOf(url));
    const expected = JSON.stringify(example.success);
    expect((await api.POST(PAYMENT, { body, parseAs: "text" })).data).toBe(expected);
    const { data: bytes } = await api.POST(PAYMENT, { body, parseAs: "arrayBuffer" });
    expect(Buffer.from(bytes as ArrayBuffer).toString()).toBe(expected);
    expect(await (await api.POST(PAYMENT, { body, parseAs: "blob" })).data?.text()).toBe(expected);
    const { data: stream, response } = await api.POST(PAYMENT, { body, parseAs: "stream" });
    expect([await new Response(stream).text(), response.status]).toEqual([expected, 200]);
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
    const api = createSnapApi({ ...optionsOf(url), accessToken });
    expect(await api.POST(PAYMENT, { body })).toMatchObject({ data: example.success });
    const twice = ["qrCpmPayment 4016001", "accessTokenB2b 2007300", "qrCpmPayment 2006000"];
    expect([codes(), errors]).toEqual([["accessTokenB2b 2007300", ...twice], []]);
  });
});

describe("middleware", () => {
  /** Changes each request, and notes answers and errors. */
  function noting(seen: unknown[]): Middleware {
    return {
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
    };
  }
  const makers = {
    createSnapApi: (options: SnapClientOptions) => createSnapApi(options),
    "createClient and the client's fetch": (options: SnapClientOptions) =>
      createClient<SnapPaths>({ baseUrl: options.baseUrl, fetch: createSnapClient(options).fetch }),
  };

  test.each(Object.entries(makers))(
    "sees request, answer and error; the request that it returns is what is signed: %s",
    async (_, make) => {
      const { url, received, close } = await startPjp();
      const api = make(symmetric(url));
      const seen: unknown[] = [];
      api.use(noting(seen));
      expect(await api.POST(QUERY, { body: query })).toMatchObject({ data: SUCCESS });
      const [one] = received as [Received];
      expect([one.path, one.body.toString(), isSigned(one)]).toEqual([`${QUERY}?a=1`, '{ "by" : "middleware" }', true]);
      expect(header(one, "X-DEVICE-ID")).toBe("set by middleware");
      expect(header(one, "traceparent")).toMatch(/^00-0af/);
      await close();
      const error = await failure(api.POST(QUERY, { body: query }));
      expect(seen).toEqual([false, "?a=1", SUCCESS, error]);
    },
  );

  test("does not see the token or the signature, which are added after it", async () => {
    const { url, received } = await startPjp();
    const api = createSnapApi(symmetric(url));
    let seen: string[] = [];
    api.use({
      onRequest({ request }) {
        seen = [...request.headers.keys()];
      },
    });
    await api.POST(QUERY, { body: query });
    expect([seen, isSigned(received[0])]).toEqual([["content-type"], true]);
  });

  test("may answer in place of the PJP: nothing is sent, and no token is asked for", async () => {
    const api = createSnapApi({
      ...symmetric("https://snap.bank.example"),
      accessToken: () => expect.unreachable("asked for a token"),
      fetch: () => expect.unreachable("sent"),
    });
    api.use({ onRequest: () => Response.json(SUCCESS) });
    expect(await api.POST(QUERY, { body: query })).toMatchObject({ data: SUCCESS });
  });

  test("may turn a SnapCallError into an answer, and is called no more after eject", async () => {
    const fetch = () => Promise.reject(new TypeError("fetch failed"));
    const api = createSnapApi({ ...symmetric("https://snap.bank.example"), fetch, externalId: () => "0815" });
    const codes: SnapCallErrorCode[] = [];
    const middleware: Middleware = {
      onError({ error }) {
        codes.push((error as { code: SnapCallErrorCode }).code);
        return Response.json({ responseCode: "5006100", responseMessage: "General Error" }, { status: 500 });
      },
    };
    api.use(middleware);
    expect(await api.POST(QUERY, { body: query })).toMatchObject({ error: { responseCode: "5006100" } });
    api.eject(middleware);
    const error = await failure(api.POST(QUERY, { body: query }));
    expect(error).toMatchObject(unknownOutcome("ERR_SNAP_NETWORK", "the network failed (fetch failed)"));
    expect(codes).toEqual(["ERR_SNAP_NETWORK"]);
  });

  test("of one call works too", async () => {
    const { url, received } = await startPjp();
    const api = createSnapApi(symmetric(url));
    const middleware: Middleware[] = [
      {
        onRequest: ({ request }) => new Request(request, { body: '{"by":"one call"}', duplex: "half" } as RequestInit),
      },
    ];
    await api.POST(QUERY, { body: query, middleware });
    await api.POST(QUERY, { body: query });
    expect(received.map((one) => one.body.toString())).toEqual(['{"by":"one call"}', JSON.stringify(query)]);
    expect(received.map((one) => isSigned(one))).toEqual([true, true]);
  });
});

describe("openapi-fetch's own options", () => {
  test("headers are sent and signed; they win over the client's own, and those of a call win over them", async () => {
    const { url, received } = await startPjp();
    const options = { ...symmetric(url), deviceId: "of the client", origin: "of the client" };
    const api = createSnapApi(options, {
      headers: { "x-device-id": "of the api", "X-TIMESTAMP": "2021-01-01T00:00:00+07:00", traceparent: "00-0af" },
    });
    await api.POST(QUERY, { body: query });
    await api.POST(QUERY, { body: query, headers: { "X-DEVICE-ID": "of the call" } });
    await api.POST(QUERY, { body: query, headers: { "X-DEVICE-ID": null } });
    const names = ["X-DEVICE-ID", "ORIGIN", "X-TIMESTAMP", "traceparent"];
    const others = ["of the client", "2021-01-01T00:00:00+07:00", "00-0af"];
    expect(received.map((one) => names.map((name) => header(one, name)))).toEqual([
      ["of the api", ...others],
      ["of the call", ...others],
      ["of the client", ...others],
    ]);
    expect(received.map((one) => isSigned(one))).toEqual([true, true, true]);
  });

  test("a bodySerializer makes the bytes that are sent and signed, that of a call before that of the api", async () => {
    const { url, received } = await startPjp();
    const api = createSnapApi(symmetric(url), { bodySerializer: (given) => JSON.stringify(given, null, 2) });
    await api.POST(QUERY, { body: query });
    await api.POST(QUERY, { body: query, bodySerializer: (given) => `${JSON.stringify(given)}\n` });
    expect(received.map((one) => one.body.toString())).toEqual([
      JSON.stringify(query, null, 2),
      `${JSON.stringify(query)}\n`,
    ]);
    expect(received.map((one) => isSigned(one))).toEqual([true, true]);
  });

  test("a querySerializer makes the query that is sent and signed, that of a call before that of the api", async () => {
    const { url, received } = await startPjp();
    const api = createSnapApi(symmetric(url), { querySerializer: () => "a=%20b&c" });
    await api.POST(QUERY, { body: query });
    await api.POST(QUERY, { body: query, querySerializer: () => "?d=1" });
    expect(received.map(({ path }) => path)).toEqual([`${QUERY}?a=%20b&c`, `${QUERY}?d=1`]);
    expect(received.map((one) => isSigned(one))).toEqual([true, true]);
  });

  test("a Request class makes the requests", async () => {
    const { url, received } = await startPjp();
    const made: string[] = [];
    class Noted extends Request {
      constructor(...init: ConstructorParameters<typeof Request>) {
        super(...init);
        made.push(this.url);
      }
    }
    await createSnapApi(symmetric(url), { Request: Noted }).POST(QUERY, { body: query });
    expect([made, isSigned(received[0])]).toEqual([[url + QUERY], true]);
  });

  test("a signal aborts every call", async () => {
    const { url } = await startPjp(() => {});
    const { signal, abort } = abortable();
    const api = createSnapApi({ ...symmetric(url), externalId: () => "0815" }, { signal });
    const calls = [failure(api.POST(QUERY, { body: query })), failure(api.POST(QUERY, { body: query }))];
    setTimeout(abort, 60);
    for (const error of await Promise.all(calls)) {
      expect(error).toMatchObject(unknownOutcome("ERR_SNAP_ABORTED", "given up by the caller"));
    }
  });

  test("baseUrl and fetch stay those of the client, whatever JavaScript passes", async () => {
    const { url, received } = await startPjp();
    const apiOptions: ClientOptions = {
      baseUrl: "http://other.example",
      fetch: () => expect.unreachable("another fetch"),
    };
    expect(await createSnapApi(symmetric(url), apiOptions).POST(QUERY, { body: query })).toMatchObject({
      data: SUCCESS,
    });
    expect(isSigned(received[0])).toBe(true);
  });

  test("a call with another baseUrl is refused, and nothing is sent", async () => {
    const api = createSnapApi({
      ...symmetric("https://snap.bank.example"),
      accessToken: () => expect.unreachable("asked for a token"),
      fetch: () => expect.unreachable("sent"),
    });
    await expect(api.POST(QUERY, { body: query, baseUrl: "https://other.example" })).rejects.toThrow(
      typeError(
        "ERR_SNAP_INVALID_ARGUMENT",
        `the request must be a POST to an operation of this client, but is POST https://other.example${QUERY}.`,
      ),
    );
  });

  test("two apis share nothing", async () => {
    const { url, received } = await startPjp();
    const first = createSnapApi(symmetric(url), { headers: { "X-DEVICE-ID": "first" } });
    first.use({ onResponse: () => expect.unreachable("the other's middleware") });
    await createSnapApi({ ...symmetric(url), accessToken: "second" }).POST(QUERY, { body: query });
    const [one] = received as [Received];
    expect([header(one, "X-DEVICE-ID"), bearer(one), isSigned(one)]).toEqual(["", "second", true]);
  });
});

describe("the client's options", () => {
  test.each<[string, Partial<SnapClientOptions>, Error]>([
    [
      "baseUrl",
      { baseUrl: "/snap" },
      typeError(
        "ERR_SNAP_INVALID_OPTION",
        'baseUrl must be an absolute http or https URL, such as "https://snap.bank.example".',
      ),
    ],
    [
      "partnerId",
      { partnerId: "" },
      typeError("ERR_SNAP_INVALID_OPTION", "partnerId must not be empty; it is sent as X-PARTNER-ID."),
    ],
    [
      "privateKey",
      { signature: { type: "asymmetric", privateKey: "x" } },
      typeError(
        "ERR_SNAP_INVALID_KEY",
        "privateKey must be an RSA private key in PEM form (PKCS#1 or PKCS#8), but has no BEGIN and END lines; " +
          "pass the text of the file, not its name.",
      ),
    ],
  ])("a wrong %s is refused at once", (_, wrong, error) => {
    const options = { ...symmetric("https://snap.bank.example"), ...wrong } as SnapClientOptions;
    expect(() => createSnapApi(options)).toThrow(error);
  });

  test.each([
    ["", ""],
    ["/", ""],
    ["/snap", "/snap"],
    ["/snap/", "/snap"],
    ["/a/b%20c//", "/a/b%20c"],
    ["/é/d", "/%C3%A9/d"],
    ["//x", "//x"],
    ["/x/../y/", "/y"],
    ["/snap ", "/snap"],
    ["/snap?", "/snap"],
  ])("a baseUrl that ends with %j works as with the client", async (end, base) => {
    const { url, received } = await startPjp();
    await createSnapClient(symmetric(url + end)).qrCpmQuery({});
    await createSnapApi(symmetric(url + end)).POST(QUERY, { body: query });
    expect(received.map(({ path }) => path)).toEqual([base + QUERY, base + QUERY]);
    expect(received.map((one) => isSigned(one))).toEqual([true, true]);
  });

  test("the fetch option sends the requests", async () => {
    const calls: [string, RequestInit][] = [];
    const api = createSnapApi({
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
          redirect: "manual",
          signal: expect.any(AbortSignal),
        },
      ],
    ]);
  });

  test.each(snapHeaders)("%s of the request wins over the client's own", async (name) => {
    const { url, received } = await startPjp();
    const api = createSnapApi({ ...symmetric(url), deviceId: "device", origin: "www.merchant.example" });
    const value = name.startsWith("Authorization") ? "Bearer mine" : "mine";
    await api.POST(QUERY, { body: query, params: { header: { [name]: value } } });
    await api.POST(QUERY, { body: query, headers: { [name.toLowerCase()]: value } });
    for (const one of received) {
      expect([header(one, name), isSigned(one)]).toEqual([value, name !== "X-SIGNATURE"]);
    }
    expect(received).toHaveLength(2);
  });

  test.each(["X-EXTERNAL-ID", "X-TIMESTAMP", "X-SIGNATURE"] as const)(
    "a request that sets %s is not sent again; its refusal can still be read",
    async (name) => {
      const invalid = { responseCode: "4016101", responseMessage: "Invalid Token (B2B)" };
      const { url, received } = await startPjp(json(401, invalid));
      const refused: string[] = [];
      const accessToken = Object.assign(async () => TOKEN, { invalidate: (token: string) => refused.push(token) });
      const api = createSnapApi({ ...symmetric(url), accessToken });
      const { error } = await api.POST(QUERY, { body: query, params: { header: { [name]: "mine" } } });
      expect([error, received.length, refused]).toEqual([invalid, 1, [TOKEN]]);
      // and without it twice, when the second token is refused too
      expect((await api.POST(QUERY, { body: query })).error).toEqual(invalid);
      expect([received.length, refused]).toEqual([3, [TOKEN, TOKEN]]);
      expect(new Set(received.map((one) => header(one, "X-EXTERNAL-ID"))).size).toBe(3);
    },
  );
});

describe("no answer: the SnapCallError of the client", () => {
  const id = { externalId: () => "0815" };
  const failed = (why: string) => unknownOutcome("ERR_SNAP_NETWORK", `the network failed (${why})`);

  test.each<[string, Answer, number | undefined, string]>([
    ["the connection is reset before the answer", (response) => response.destroy(), undefined, "other side closed"],
    [
      "the connection is reset in the middle of the answer",
      (response, ...more) => {
        halfway(response, ...more);
        setTimeout(() => response.destroy(), 20);
      },
      200,
      "other side closed",
    ],
  ])("%s", async (_, answer, status, why) => {
    const { url } = await startPjp(answer);
    const options = { ...symmetric(url), ...id };
    const error = await failure(createSnapApi(options).POST(QUERY, { body: query }));
    expect(error).toMatchObject({ ...failed(why), status });
    const { message, code } = await failure(createSnapClient(options).qrCpmQuery(query));
    expect([message, code]).toEqual([error.message, error.code]);
  });

  test.each(stalls)("the time limit is reached, or the caller aborts, %s", async (_, answer, status, timeout) => {
    const { url } = await startPjp(answer);
    const options = { ...symmetric(url), ...id };
    const late = await failure(createSnapApi({ ...options, timeout }).POST(QUERY, { body: query }));
    expect(late).toMatchObject({ ...unknownOutcome("ERR_SNAP_TIMEOUT", `no answer within ${timeout} ms`), status });
    const { signal, abort } = abortable();
    const call = failure(createSnapApi(options).POST(QUERY, { body: query, signal }));
    setTimeout(abort, timeout);
    expect(await call).toMatchObject({ ...unknownOutcome("ERR_SNAP_ABORTED", "given up by the caller"), status });
  });

  test("not sent: aborted before, or without a token", async () => {
    const { url, received } = await startPjp();
    const options = { ...symmetric(url), ...id };
    const gone = createSnapApi(options).POST(QUERY, { body: query, signal: AbortSignal.abort() });
    expect(await failure(gone)).toMatchObject(notSent("ERR_SNAP_ABORTED", "given up by the caller"));
    const api = createSnapApi({ ...options, accessToken: () => Promise.reject(new Error("the vault is sealed")) });
    expect(await failure(api.POST(QUERY, { body: query }))).toMatchObject(
      notSent("ERR_SNAP_NO_TOKEN", "without an access token: the vault is sealed"),
    );
    expect(received).toHaveLength(0);
  });

  test("what is not a SNAP answer is left to openapi-fetch", async () => {
    const html = "<html><body>502 Bad Gateway</body></html>";
    const call = async (answer: Answer) =>
      createSnapApi(symmetric((await startPjp(answer)).url)).POST(QUERY, { body: query });
    expect(await call(text(502, html, "text/html"))).toMatchObject({ error: html, response: { status: 502 } });
    expect(await call(json(500, SUCCESS))).toMatchObject({ error: SUCCESS, response: { status: 500 } });
    expect(await call(json(200, { responseCode: "4036114" }))).toMatchObject({ data: { responseCode: "4036114" } });
    expect((await call((response) => response.writeHead(204).end())).data).toBeUndefined();
    await expect(call(text(200, html, "text/html"))).rejects.toThrow(SyntaxError);
  });
});
