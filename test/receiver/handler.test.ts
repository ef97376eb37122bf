import { afterEach, describe, expect, expectTypeOf, test, vi } from "vitest";
import {
  createMemoryReplayStore,
  createSnapHandler,
  type OperationId,
  type ReplayStore,
  type SnapCall,
  type SnapHandlerOptions,
  type SnapKey,
  type SnapOperations,
  type SnapReply,
  SnapReplyError,
  snapError,
} from "../../src/server.ts";
import type { Body } from "../support/random.ts";
import {
  ACCESS_TOKEN,
  allServed,
  answerTo,
  CLIENT_SECRET,
  CUSTOMER_TOKEN,
  createReceiver,
  createWatched,
  exampleOf,
  NOW,
  newExternalId,
  operationIds,
  PARTNER,
  privateKey,
  publicKey,
  RSA_PARTNER,
  read,
  requestOf,
  type Sent,
  summary,
  TIMESTAMP,
} from "../support/receiver.ts";

const receiver = createReceiver();
const transactionIds = operationIds.filter((id) => id !== "accessTokenB2b");
const payment = exampleOf.qrCpmPayment.request;
const SUCCESS = "2006000 Request has been processed successfully";
const BAD_REQUEST = "4006000 Bad Request";
const GENERAL_ERROR = "5006000 General Error";
const bytes = (text: string) => new TextEncoder().encode(text);

/** What payments a receiver was handed. */
function createRecorder(options: Partial<SnapHandlerOptions> = {}) {
  const calls: SnapCall<"qrCpmPayment">[] = [];
  const handler = createReceiver({
    operations: {
      qrCpmPayment: (call) => {
        calls.push(call);
        return { responseCode: "2006000", responseMessage: "Successful", referenceNo: "1" };
      },
    },
    ...options,
  });
  return { handler, calls };
}

/** A payment's operation that returns what its type would not let it. */
const returning = (reply: unknown): Partial<SnapHandlerOptions> => ({
  operations: { qrCpmPayment: () => reply as SnapReply<"qrCpmPayment"> },
});
const throwing = (error: unknown): Partial<SnapHandlerOptions> => ({
  operations: {
    qrCpmPayment: () => {
      throw error;
    },
  },
});

describe.each(operationIds)("%s", (operation) => {
  const { path, service } = exampleOf[operation];

  test("is answered with the 200 body that the operation returns", async () => {
    const answer = await read(await receiver(requestOf({ operation })), operation);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(exampleOf[operation].success);
  });

  test("is answered with the 202 body that the operation returns", async () => {
    const operations = { [operation]: () => exampleOf[operation].inProgress } as SnapOperations;
    const answer = await read(await createReceiver({ operations })(requestOf({ operation })), operation);
    expect(answer.status).toBe(202);
    expect(answer.body).toEqual(exampleOf[operation].inProgress);
  });

  test.each(["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"])("refuses the method %s", async (method) => {
    expect(await answerTo(receiver, { operation, method })).toBe(`405${service}00 Requested Function Is Not Supported`);
  });

  test("is refused where it is not served", async () => {
    const other = operation === "qrCpmQuery" ? "qrCpmPayment" : "qrCpmQuery";
    const handler = createReceiver({ operations: { [other]: allServed[other] } });
    expect(await answerTo(handler, { operation })).toBe(`405${service}00 Requested Function Is Not Supported`);
  });

  test("is a general error when the operation throws", async () => {
    const operations = { [operation]: () => Promise.reject(new Error("no")) };
    expect(await answerTo(createReceiver({ operations }), { operation })).toBe(`500${service}00 General Error`);
  });

  test("has one path: a slash at its end, other letters or an escape make it another", async () => {
    const wrong = [`${path}/`, path.toUpperCase(), path.replace("v1.0", "v1%2E0"), path.replace("/v1.0", "/v2.0")];
    for (const other of [...wrong, `/snap${path}`, `/${path}`]) {
      expect(await summary(await receiver(requestOf({ path: other }))), other).toBe("4040002 Invalid Routing");
    }
  });
});

describe("route", () => {
  test.each(["/", "/v1.0", "/v1.0/qr/qr-mpm-generate", "/v1.0/%zz", "//", "/__proto__"])(
    "answers %s, which is no operation, with a code of no service",
    async (path) => {
      const { handler, answers } = createWatched();
      const answer = await read(await handler(requestOf({ path })));
      expect(answer).toEqual({
        status: 404,
        responseCode: "4040002",
        responseMessage: "Invalid Routing",
        body: { responseCode: "4040002", responseMessage: "Invalid Routing" },
      });
      expect(answers).toMatchObject([{ step: "route", operation: undefined, status: 404 }]);
    },
  );
});

describe("basePath", () => {
  const handler = createReceiver({ basePath: "/snap/api" });

  test("stands before the path, and the signature covers it", async () => {
    const { path } = exampleOf.qrCpmPayment;
    expect(await answerTo(handler, { path: `/snap/api${path}` })).toBe(SUCCESS);
    expect(await answerTo(handler, { path })).toBe("4040002 Invalid Routing");
    const { headers } = requestOf({ path });
    const request = new Request(`http://receiver.example/snap/api${path}`, {
      method: "POST",
      headers,
      body: JSON.stringify(payment),
    });
    expect(await summary(await handler(request))).toBe("4016000 Unauthorized. [Signature]");
  });

  test.each(["snap", "/snap/", "/", "/snäp", "/a b", "/a/../b", "/a?b", "/a#b"])("is refused as %s", (basePath) => {
    expect(() => createReceiver({ basePath })).toThrow(
      new TypeError(
        `basePath is "${basePath}": start it with a slash, do not end it with one, and write it as it is sent, such as "/snap".`,
      ),
    );
  });
});

describe("options", () => {
  test("a maxBodyBytes that is no number is refused, for it would let any body in", () => {
    expect(() => createReceiver({ maxBodyBytes: Number.NaN })).toThrow(/^maxBodyBytes is no number of bytes/);
  });

  test.each([-1, Number.NaN])(
    "a timestampTolerance of %d is refused, for it would let nobody in",
    (timestampTolerance) => {
      expect(() => createReceiver({ timestampTolerance })).toThrow(
        /^timestampTolerance is no number of seconds from 0 up/,
      );
    },
  );

  test.each([
    ["no key", { key: undefined }, /^key is neither a function/],
    ["no operations", { operations: null }, /^operations is no object/],
    ["no verifyToken", { verifyToken: undefined }, /^verifyToken is neither a function/],
    [
      "an operation misspelt",
      { operations: { qrCpmNotfy: () => {} } },
      /^There is no operation qrCpmNotfy; there are qr/,
    ],
    ["another one misspelt", { withoutToken: ["toString"] }, /^There is no operation toString; there are qr/],
  ])("%s is refused, where no compiler has", (_, wrong, message) => {
    const make = () => createReceiver(wrong as Partial<SnapHandlerOptions>);
    expect(make).toThrow(TypeError);
    expect(make).toThrow(message);
  });

  test("a customer's token that nothing verifies cannot be asked for", () => {
    const { key, verifyToken, operations } = { key: "unchecked", verifyToken: "unchecked", operations: {} } as const;
    expect(() => createSnapHandler({ key, verifyToken, operations, withCustomerToken: ["qrCpmPayment"] })).toThrow(
      /^withCustomerToken asks for a customer's token and nothing verifies it/,
    );
  });
});

describe("body size", () => {
  const pad = (length: number) => `${JSON.stringify(payment)}${" ".repeat(length - JSON.stringify(payment).length)}`;
  const chunked = (chunks: (Uint8Array | Error)[], cancel?: () => void) => {
    const { headers } = requestOf({ body: pad(65_536) });
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const next = chunks.shift();
        if (next instanceof Error) controller.error(next);
        else if (next) controller.enqueue(next);
        else controller.close();
      },
      ...(cancel && { cancel }),
    });
    return new Request(`http://receiver.example${exampleOf.qrCpmPayment.path}`, {
      method: "POST",
      headers,
      body,
      duplex: "half",
    });
  };

  test("64 KiB pass, and one byte more does not", async () => {
    expect(await answerTo(receiver, { body: pad(65_536) })).toBe(SUCCESS);
    expect(await answerTo(receiver, { body: pad(65_537) })).toBe(BAD_REQUEST);
  });

  test("the limit can be set", async () => {
    const handler = createReceiver({ maxBodyBytes: 1000 });
    expect(handler.maxBodyBytes).toBe(1000);
    expect(await answerTo(handler, { body: pad(1000) })).toBe(SUCCESS);
    expect(await answerTo(handler, { body: pad(1001) })).toBe(BAD_REQUEST);
  });

  test("a content-length over the limit is refused without a look at the body", async () => {
    const request = requestOf({ headers: { "content-length": "65537" } });
    expect(await summary(await receiver(request))).toBe(BAD_REQUEST);
    expect(request.bodyUsed).toBe(false);
  });

  test("a body in chunks without a content-length is put together", async () => {
    const whole = bytes(pad(65_536));
    const chunks = [whole.subarray(0, 10), whole.subarray(10, 11), whole.subarray(11)];
    expect(await summary(await receiver(chunked(chunks)))).toBe(SUCCESS);
  });

  test("a body in chunks without a content-length is cut off where it passes the limit", async () => {
    let sent = 0;
    let cancelled = false;
    const endless: Uint8Array[] = [];
    endless.shift = () => {
      sent += 1;
      return new Uint8Array(1000);
    };
    const request = chunked(endless, () => {
      cancelled = true;
    });
    expect(await summary(await receiver(request))).toBe(BAD_REQUEST);
    expect(sent).toBeLessThan(70);
    expect(cancelled).toBe(true);
  });

  test.each([
    ["fails", () => Promise.reject(new Error("cannot stop"))],
    ["takes for ever", () => new Promise<never>(() => {})],
  ])("a sender whose stop %s changes nothing", async (_, cancel) => {
    const chunks = [new Uint8Array(70_000), new Uint8Array(1)];
    expect(await summary(await receiver(chunked(chunks, cancel)))).toBe(BAD_REQUEST);
  });

  test("a body that breaks off is a general error, and reported", async () => {
    const { handler, errors } = createWatched();
    const lost = new Error("connection lost");
    expect(await summary(await handler(chunked([new Uint8Array(10), lost])))).toBe(GENERAL_ERROR);
    expect(errors).toEqual([lost]);
  });

  test("a body that somebody else has read is a general error, and reported", async () => {
    const { handler, errors } = createWatched();
    const request = requestOf();
    await request.text();
    expect(await summary(await handler(request))).toBe(GENERAL_ERROR);
    expect(errors).toHaveLength(1);
  });
});

describe("content type", () => {
  test.each([
    "application/json",
    "Application/JSON",
    "application/json; charset=utf-8",
    'application/json;charset="UTF-8"',
    "application/json;",
  ])("%s passes", async (type) => {
    expect(await answerTo(receiver, { headers: { "Content-Type": type } })).toBe(SUCCESS);
  });

  test.each([
    "text/plain",
    "application/json; charset=iso-8859-1",
    "application/jsonp",
    "application/problem+json",
    "text/plain, application/json",
  ])("%j is a bad request", async (type) => {
    expect(await answerTo(receiver, { headers: { "Content-Type": type } })).toBe(BAD_REQUEST);
  });

  test.each([undefined, ""])("it is mandatory: %j", async (type) => {
    expect(await answerTo(receiver, { body: bytes("{}"), headers: { "Content-Type": type } })).toBe(
      "4006002 Invalid Mandatory Field Content-Type",
    );
  });
});

describe("headers", () => {
  const mandatory = ["X-TIMESTAMP", "X-SIGNATURE", "X-PARTNER-ID", "X-EXTERNAL-ID", "CHANNEL-ID"];

  test.each(mandatory)("%s is named when it is missing, and when it is empty", async (name) => {
    for (const value of [undefined, "", "  "]) {
      expect(await answerTo(receiver, { headers: { [name]: value } })).toBe(`4006002 Invalid Mandatory Field ${name}`);
    }
  });

  test.each([
    ["X-TIMESTAMP", "2020-12-23T07:50:11.000+07:00"],
    ["X-TIMESTAMP", "2020-12-23 07:50:11"],
    ["X-PARTNER-ID", "x".repeat(37)],
    ["X-EXTERNAL-ID", "x".repeat(37)],
    ["CHANNEL-ID", "123456"],
    ["X-DEVICE-ID", "x".repeat(401)],
  ])("%s is named when its format is broken: %s", async (name, value) => {
    expect(await answerTo(receiver, { headers: { [name]: value } })).toBe(`4006001 Invalid Field Format ${name}`);
  });

  test("a missing one is named before a broken one, and the first of several", async () => {
    const broken = { "X-TIMESTAMP": "now", "CHANNEL-ID": "123456" };
    expect(await answerTo(receiver, { headers: broken })).toBe("4006001 Invalid Field Format X-TIMESTAMP");
    const all = { ...broken, "X-EXTERNAL-ID": undefined, "CHANNEL-ID": undefined };
    expect(await answerTo(receiver, { headers: all })).toBe("4006002 Invalid Mandatory Field X-EXTERNAL-ID");
  });

  test("letters beyond ASCII pass where a header may hold them", async () => {
    expect(await answerTo(receiver, { headers: { "X-DEVICE-ID": "caf\xe9\xff" } })).toBe(SUCCESS);
  });
});

describe("token", () => {
  const NO_TOKEN = "4016003 Token Not Found (B2B)";

  test("a missing one is not found", async () => {
    expect(await answerTo(receiver, { token: null })).toBe(NO_TOKEN);
  });

  test.each(["", "Bearer", "Bearer ", `Basic ${ACCESS_TOKEN}`, ACCESS_TOKEN, "Bearer two words"])(
    "Authorization %j carries none",
    async (authorization) => {
      expect(await answerTo(receiver, { headers: { Authorization: authorization } })).toBe(NO_TOKEN);
    },
  );

  test("one that verifyToken does not accept is invalid", async () => {
    expect(await answerTo(receiver, { token: "expired" })).toBe("4016001 Invalid Token (B2B)");
    const later = createReceiver({ verifyToken: () => Promise.resolve(false) });
    expect(await answerTo(later)).toBe("4016001 Invalid Token (B2B)");
  });

  test("bearer may be written in any case", async () => {
    expect(await answerTo(receiver, { headers: { Authorization: `bearer  ${ACCESS_TOKEN}` } })).toBe(SUCCESS);
  });

  test("verifyToken is told who calls what", async () => {
    const verifyToken = vi.fn(() => true);
    await answerTo(createReceiver({ verifyToken }), { operation: "qrCpmQuery" });
    expect(verifyToken.mock.calls).toEqual([[ACCESS_TOKEN, { operation: "qrCpmQuery", partnerId: PARTNER }]]);
  });

  test("unchecked accepts any, but not none", async () => {
    const handler = createReceiver({ verifyToken: "unchecked" });
    expect(await answerTo(handler, { token: "any" })).toBe(SUCCESS);
    expect(await answerTo(handler, { token: null })).toBe(NO_TOKEN);
  });
});

describe("an asymmetric signature", () => {
  const handler = createReceiver({ withoutToken: ["qrCpmNotify"] });
  const headers = { "X-PARTNER-ID": RSA_PARTNER };
  const NOTIFIED = "2007900 Request has been processed successfully";

  test("needs no token where the operation goes without one", async () => {
    const { handler: recording, calls } = createRecorder({ withoutToken: ["qrCpmPayment"] });
    expect(await answerTo(recording, { token: null, headers })).toBe("2006000 Successful");
    expect(calls).toMatchObject([{ accessToken: undefined, partnerId: RSA_PARTNER }]);
    expect(await answerTo(handler, { operation: "qrCpmNotify", token: null, headers })).toBe(NOTIFIED);
  });

  test("needs a token where the operation does not", async () => {
    expect(await answerTo(handler, { token: null, headers })).toBe("4016003 Token Not Found (B2B)");
    expect(await answerTo(handler, { headers })).toBe(SUCCESS);
  });

  test("has its token verified where it brings one all the same", async () => {
    expect(await answerTo(handler, { operation: "qrCpmNotify", headers })).toBe(NOTIFIED);
    const wrong = await answerTo(handler, { operation: "qrCpmNotify", token: "expired", headers });
    expect(wrong).toBe("4017901 Invalid Token (B2B)");
  });

  test("is the only one that goes without a token", async () => {
    const answer = await answerTo(handler, { operation: "qrCpmNotify", token: null });
    expect(answer).toBe("4017900 Unauthorized. [Signature]");
  });

  test("is of one key: another's, and an HMAC with the public key for a secret, are refused", async () => {
    const pem = publicKey.export({ type: "spki", format: "pem" }) as string;
    const forged = requestOf({ clientSecret: pem }).headers.get("x-signature") ?? "";
    const answer = await answerTo(handler, { headers: { ...headers, "X-SIGNATURE": forged } });
    expect(answer).toBe("4016000 Unauthorized. [Signature]");
  });
});

describe("customer token", () => {
  const handler = createReceiver({ withCustomerToken: ["qrCpmPayment"] });
  const withToken = (value: string | undefined) => ({ headers: { "Authorization-Customer": value } });

  test("is not found where the operation asks for it and there is none", async () => {
    expect(await answerTo(handler, withToken(undefined))).toBe("4016004 Customer Token Not Found");
    expect(await answerTo(handler, withToken(""))).toBe("4016004 Customer Token Not Found");
  });

  test("is verified wherever there is one", async () => {
    for (const value of ["Bearer expired", CUSTOMER_TOKEN, "Bearer"]) {
      expect(await answerTo(handler, withToken(value)), value).toBe("4016002 Invalid Customer Token");
      expect(await answerTo(receiver, withToken(value)), value).toBe("4016002 Invalid Customer Token");
    }
    expect(await answerTo(handler, withToken(`Bearer ${CUSTOMER_TOKEN}`))).toBe(SUCCESS);
  });

  test("is none where Bearer is not before it, whatever verifyCustomerToken would say", async () => {
    const trusting = createReceiver({ verifyCustomerToken: () => true });
    expect(await answerTo(trusting, withToken(CUSTOMER_TOKEN))).toBe("4016002 Invalid Customer Token");
  });

  test("may be missing where the operation does not ask for it", async () => {
    expect(await answerTo(handler, { operation: "debitStatus" })).toBe("2005500 Successful");
  });

  test("is handed over", async () => {
    const { handler: recording, calls } = createRecorder();
    await answerTo(recording, withToken(`Bearer ${CUSTOMER_TOKEN}`));
    await answerTo(recording, withToken(undefined));
    expect(calls.map(({ customerToken }) => customerToken)).toEqual([CUSTOMER_TOKEN, undefined]);
  });
});

describe("signature", () => {
  const WRONG = "4016000 Unauthorized. [Signature]";

  test.each(["base64", "hex"] as const)("in %s passes, symmetric and asymmetric", async (encoding) => {
    expect(await answerTo(receiver, { encoding })).toBe(SUCCESS);
    expect(await answerTo(receiver, { encoding, headers: { "X-PARTNER-ID": RSA_PARTNER } })).toBe(SUCCESS);
  });

  test("a caller without a key is unknown", async () => {
    const answer = await answerTo(receiver, { headers: { "X-PARTNER-ID": "nobody" } });
    expect(answer).toBe("4016000 Unauthorized. [Unknown client]");
  });

  test.each(["x", "AAAA", "0".repeat(128)])("%s is wrong", async (signature) => {
    expect(await answerTo(receiver, { headers: { "X-SIGNATURE": signature } })).toBe(WRONG);
  });

  test("with another secret is wrong", async () => {
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

  test("unchecked lets any signature pass", async () => {
    const handler = createReceiver({ key: "unchecked" });
    expect(await answerTo(handler, { headers: { "X-SIGNATURE": "x" } })).toBe(SUCCESS);
  });

  test("public keys may be PEM text", async () => {
    const pem = publicKey.export({ type: "spki", format: "pem" }) as string;
    const handler = createReceiver({ key: () => Promise.resolve({ type: "asymmetric", publicKey: pem }) });
    expect(await answerTo(handler, { headers: { "X-PARTNER-ID": RSA_PARTNER } })).toBe(SUCCESS);
  });
});

describe("a request for a token (service 73)", () => {
  const sent = { operation: "accessTokenB2b" } as const;
  const WRONG = "4017300 Unauthorized. [Signature]";

  test("is signed with the client's key, and brings no token", async () => {
    const calls: SnapCall<"accessTokenB2b">[] = [];
    const handler = createReceiver({
      operations: {
        accessTokenB2b: (call) => {
          calls.push(call);
          return {
            responseCode: "2007300",
            responseMessage: "Successful",
            accessToken: ACCESS_TOKEN,
            tokenType: "Bearer",
            expiresIn: "900",
          };
        },
      },
    });
    const answer = await read(await handler(requestOf(sent)), "accessTokenB2b");
    expect(answer.body.accessToken).toBe(ACCESS_TOKEN);
    expect(calls).toMatchObject([
      { operation: "accessTokenB2b", partnerId: RSA_PARTNER, externalId: "", accessToken: undefined },
    ]);
  });

  test("is refused with a wrong signature, another's time or a secret", async () => {
    expect(await answerTo(receiver, { ...sent, headers: { "X-SIGNATURE": "AAAA" } })).toBe(WRONG);
    const signature = requestOf(sent).headers.get("x-signature") ?? "";
    const later = { "X-TIMESTAMP": "2020-12-23T07:50:12+07:00", "X-SIGNATURE": signature };
    expect(await answerTo(receiver, { ...sent, headers: later })).toBe(WRONG);
    expect(await answerTo(receiver, { ...sent, headers: { "X-CLIENT-KEY": PARTNER } })).toBe(WRONG);
  });

  test("is refused to an unknown client", async () => {
    const answer = await answerTo(receiver, { ...sent, headers: { "X-CLIENT-KEY": "nobody" } });
    expect(answer).toBe("4017300 Unauthorized. [Unknown client]");
  });

  test("may be sent again, for it has no X-EXTERNAL-ID", async () => {
    for (const _ of [1, 2]) expect(await answerTo(receiver, sent)).toBe("2007300 Successful");
  });

  test("names what is missing", async () => {
    const noKey = await answerTo(receiver, { ...sent, headers: { "X-CLIENT-KEY": undefined, "X-SIGNATURE": "x" } });
    expect(noKey).toBe("4007302 Invalid Mandatory Field X-CLIENT-KEY");
    expect(await answerTo(receiver, { ...sent, body: {} })).toBe("4007302 Invalid Mandatory Field grantType");
  });
});

describe("timestamp", () => {
  const OUTSIDE = "4006001 Invalid Field Format X-TIMESTAMP";
  const at = (timestamp: string) => ({ headers: { "X-TIMESTAMP": timestamp } });

  test("may be any time by default", async () => {
    expect(await answerTo(receiver, at("1999-01-01T00:00:00Z"))).toBe(SUCCESS);
    expect(await answerTo(receiver, at("2999-01-01T00:00:00-12:00"))).toBe(SUCCESS);
  });

  test("may differ from the clock by the tolerance, in both directions, in any time zone", async () => {
    const handler = createReceiver({ timestampTolerance: 300 });
    expect(await answerTo(handler, at("2020-12-23T07:45:11+07:00"))).toBe(SUCCESS);
    expect(await answerTo(handler, at("2020-12-23T07:55:11+07:00"))).toBe(SUCCESS);
    expect(await answerTo(handler, at("2020-12-22T19:50:11-05:00"))).toBe(SUCCESS);
    expect(await answerTo(handler, at("2020-12-23T07:45:10+07:00"))).toBe(OUTSIDE);
    expect(await answerTo(handler, at("2020-12-23T07:55:12+07:00"))).toBe(OUTSIDE);
    expect(await answerTo(handler, at("2020-12-23T07:50:11Z"))).toBe(OUTSIDE);
  });

  test("a tolerance of none asks for the very second", async () => {
    const handler = createReceiver({ timestampTolerance: 0 });
    expect(await answerTo(handler, at(TIMESTAMP))).toBe(SUCCESS);
    expect(await answerTo(handler, at("2020-12-23T07:50:12+07:00"))).toBe(OUTSIDE);
    // X-TIMESTAMP has no fraction
    const late = createReceiver({ timestampTolerance: 0, clock: () => new Date(NOW.getTime() + 999) });
    expect(await answerTo(late, at(TIMESTAMP))).toBe(SUCCESS);
  });
});

describe("parse", () => {
  const utf8 = (...units: number[]) => new Uint8Array([...bytes('{"title":"'), ...units, ...bytes('"}')]);

  test.each([
    ["nothing", ""],
    ["whitespace", " \n"],
    ["half an object", JSON.stringify(payment).slice(0, -1)],
    ["two objects", "{}{}"],
    ["a comma too many", '{"title":"a",}'],
    ["single quotes", "{'title':'a'}"],
    ["a comment", "{} // done"],
    ["a raw line feed in a string", '{"title":"a\nb"}'],
    ["a string that never ends", '{"title":"a\\"}'],
    ["a form", "title=a"],
    ["an array", `[${JSON.stringify(payment)}]`],
    ["an empty array", "[]"],
    ["a string", '"{}"'],
    ["null", "null"],
    ["a number", "1"],
    ["true", "true"],
    ["NaN", "NaN"],
    ["a byte that UTF-8 does not have", utf8(0xff)],
    ["a character cut in half", utf8(0xe2, 0x82)],
    ["an overlong slash", utf8(0xc0, 0xaf)],
    ["half a surrogate pair in UTF-8", utf8(0xed, 0xa0, 0x80)],
    ["UTF-16", new Uint8Array(Buffer.from(JSON.stringify(payment), "utf16le"))],
  ])("%s is a bad request", async (_, body) => {
    const { handler, answers } = createWatched();
    expect(await answerTo(handler, { body })).toBe(BAD_REQUEST);
    expect(answers).toMatchObject([{ step: "parse" }]);
  });

  describe("nesting", () => {
    const nested = (levels: number, open: string, close: string) =>
      `${JSON.stringify({ ...payment, additionalInfo: {} }).slice(0, -3)}{"deep":${open.repeat(levels)}1${close.repeat(levels)}}}`;
    const { handler: large, calls } = createRecorder({ maxBodyBytes: 10_000_000 });

    test.each([
      ["arrays", "[", "]"],
      ["objects", '{"a":', "}"],
    ])("of 98 %s in additionalInfo passes, and 99 and 100,000 are a bad request", async (_, open, close) => {
      expect(await answerTo(large, { body: nested(98, open, close) })).toBe("2006000 Successful");
      expect(await answerTo(large, { body: nested(99, open, close) })).toBe(BAD_REQUEST);
      expect(await answerTo(large, { body: nested(100_000, open, close) })).toBe(BAD_REQUEST);
      expect(await answerTo(large, { body: open.repeat(100_000) })).toBe(BAD_REQUEST);
    });

    test("is not counted in strings, nor side by side", async () => {
      calls.length = 0;
      const deviceId = `${'["{'.repeat(200)}\\`;
      const additionalInfo = { deviceId, channel: '\\"[', list: Array.from({ length: 300 }, () => [{}]) };
      expect(await answerTo(large, { body: { ...payment, additionalInfo } })).toBe("2006000 Successful");
      expect(calls[0]?.body.additionalInfo).toEqual(additionalInfo);
    });
  });

  test("the time that a body takes grows no faster than its size", async () => {
    const handler = createReceiver({ key: "unchecked", maxBodyBytes: 100_000_000 });
    const kinds = ['"\\\\', '\\"', "[]", "[", '"a":', " ", '{"a":{},', "\\"];
    const time = async (text: string) => {
      const body = bytes(`{"additionalInfo":{"a":"${text}`);
      const started = performance.now();
      expect(await answerTo(handler, { body, headers: { "X-SIGNATURE": "x" } })).toBe(BAD_REQUEST);
      return performance.now() - started;
    };
    // four megabytes of the worst; a quadratic step would take minutes
    for (const kind of kinds) expect(await time(kind.repeat(4_000_000 / kind.length)), kind).toBeLessThan(3000);
  });
});

describe("mandatory and format", () => {
  const without = (name: string) => ({ body: { ...payment, [name]: undefined } });

  test("names the missing field", async () => {
    expect(await answerTo(receiver, without("merchantId"))).toBe("4006002 Invalid Mandatory Field merchantId");
    expect(await answerTo(receiver, { body: "{}" })).toBe("4006002 Invalid Mandatory Field partnerReferenceNo");
    const body = { ...payment, amount: { currency: "IDR" } };
    expect(await answerTo(receiver, { body })).toBe("4006002 Invalid Mandatory Field amount.value");
  });

  test("takes null and the empty string for missing", async () => {
    for (const merchantId of [null, ""]) {
      const answer = await answerTo(receiver, { body: { ...payment, merchantId } });
      expect(answer).toBe("4006002 Invalid Mandatory Field merchantId");
    }
  });

  test("names the field of a wrong format", async () => {
    const body = { ...payment, amount: { value: "10", currency: "IDR" } };
    expect(await answerTo(receiver, { body })).toBe("4006001 Invalid Field Format amount.value");
    expect(await answerTo(receiver, { body: { ...payment, title: 1 } })).toBe("4006001 Invalid Field Format title");
    const items = await answerTo(receiver, { body: { ...payment, items: [] } });
    expect(items).toBe("4006001 Invalid Field Format items");
  });

  test("a missing field is named before a wrong one, whichever comes first", async () => {
    const body = { ...payment, partnerReferenceNo: 1, merchantId: undefined };
    expect(await answerTo(receiver, { body })).toBe("4006002 Invalid Mandatory Field merchantId");
  });
});

describe("the body handed over", () => {
  test("has the last of duplicate keys, as JSON.parse has it", async () => {
    const { handler, calls } = createRecorder();
    const body = `{"title":"first",${JSON.stringify(payment).slice(1, -1)},"title":"last"}`;
    expect(await answerTo(handler, { body })).toBe("2006000 Successful");
    expect(calls[0]?.body.title).toBe("last");
    const broken = `${JSON.stringify(payment).slice(0, -1)},"merchantId":""}`;
    expect(await answerTo(handler, { body: broken })).toBe("4006002 Invalid Mandatory Field merchantId");
  });

  test("is the one received, with all that is beyond the contract", async () => {
    const { handler, calls } = createRecorder();
    const free = '{"deviceId":"x","list":[1,1.0,1e3,null,{"a":"\\u00e9\\ud83d\\ude00"}],"":{"":[]}}';
    const body = `${JSON.stringify(payment).slice(0, -1)},"additionalInfo":${free},"items":${free},"beyond":[${free}]}`;
    expect(await answerTo(handler, { body })).toBe("2006000 Successful");
    expect(calls[0]?.body).toEqual(JSON.parse(body));
  });

  test("may hold __proto__ and constructor, which change no object", async () => {
    const { handler, calls } = createRecorder();
    const evil = '"__proto__":{"polluted":1,"title":5},"constructor":{"prototype":{"polluted":1}},"toString":"x"';
    const own = JSON.stringify({ ...payment, items: undefined, additionalInfo: undefined }).slice(0, -1);
    const body = `${own},${evil},"additionalInfo":{${evil}},"items":{${evil}}}`;
    expect(await answerTo(handler, { body })).toBe("2006000 Successful");
    expect(JSON.stringify(calls[0]?.body)).toBe(body);
    const { additionalInfo } = calls[0]?.body ?? {};
    for (const object of [calls[0]?.body, additionalInfo]) {
      expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
      expect(Object.hasOwn(object as Body, "__proto__")).toBe(true);
    }
    expect(({} as Body).polluted).toBeUndefined();
  });

  test("gets no mandatory field from its __proto__", async () => {
    const { merchantId, ...others } = payment;
    const body = `{"__proto__":{"merchantId":"${String(merchantId)}"},${JSON.stringify(others).slice(1)}`;
    expect(await answerTo(receiver, { body })).toBe("4006002 Invalid Mandatory Field merchantId");
  });

  test("comes with who called, when, and with what", async () => {
    const { handler, calls } = createRecorder();
    const externalId = newExternalId();
    await answerTo(handler, { headers: { "X-EXTERNAL-ID": externalId, ORIGIN: "www.hostname.com" } });
    expect(calls).toMatchObject([
      {
        operation: "qrCpmPayment",
        body: payment,
        partnerId: PARTNER,
        externalId,
        timestamp: TIMESTAMP,
        accessToken: ACCESS_TOKEN,
        customerToken: undefined,
      },
    ]);
    expect(calls[0]?.headers.get("origin")).toBe("www.hostname.com");
  });
});

describe("X-EXTERNAL-ID", () => {
  const CONFLICT = "4096000 Conflict";
  const using = (id: string, sent: Sent = {}): Sent => ({ ...sent, headers: { ...sent.headers, "X-EXTERNAL-ID": id } });
  const asyncStore = (): ReplayStore => {
    const inner = createMemoryReplayStore();
    return {
      async claim(partnerId, externalId, day) {
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
        return inner.claim(partnerId, externalId, day);
      },
    };
  };

  test("used before on the day is a conflict, for another operation too", async () => {
    const id = newExternalId();
    expect(await answerTo(receiver, using(id))).toBe(SUCCESS);
    expect(await answerTo(receiver, using(id))).toBe(CONFLICT);
    expect(await answerTo(receiver, using(id, { operation: "qrCpmQuery" }))).toBe("4096100 Conflict");
  });

  test("is each partner's own", async () => {
    const id = newExternalId();
    expect(await answerTo(receiver, using(id))).toBe(SUCCESS);
    expect(await answerTo(receiver, using(id, { headers: { "X-PARTNER-ID": RSA_PARTNER } }))).toBe(SUCCESS);
  });

  test("is used up even where the operation then refuses or fails", async () => {
    const handler = createReceiver(throwing(new Error("no")));
    const id = newExternalId();
    expect(await answerTo(handler, using(id))).toBe(GENERAL_ERROR);
    expect(await answerTo(handler, using(id))).toBe(CONFLICT);
  });

  test("is free again on the next day, which begins at 17:00 UTC", async () => {
    let now = "";
    const handler = createReceiver({ clock: () => new Date(now) });
    const send = async (time: string) => {
      now = `2020-12-${time}Z`;
      return (await handler(requestOf(using("same")))).status;
    };
    expect(await send("22T16:59:58")).toBe(200);
    expect(await send("22T16:59:59.999")).toBe(409);
    expect(await send("22T17:00:00")).toBe(200);
    expect(await send("23T00:00:00")).toBe(409);
    expect(await send("23T16:59:59")).toBe(409);
    expect(await send("22T16:59:59")).toBe(409);
    expect(await send("23T17:00:00")).toBe(200);
  });

  test("is claimed for the receiver's day, whatever day X-TIMESTAMP says", async () => {
    const claim = vi.fn(() => Promise.resolve(true));
    const handler = createReceiver({ replayStore: { claim } });
    await answerTo(handler, using("one", { headers: { "X-TIMESTAMP": "2019-01-01T00:00:00Z" } }));
    expect(claim.mock.calls).toEqual([[PARTNER, "one", "2020-12-23"]]);
  });

  test.each([
    ["the store in memory", () => createMemoryReplayStore()],
    ["a store over a network", asyncStore],
  ])("sent 200 times at once gets through once, with %s", async (_, createStore) => {
    let served = 0;
    const handler = createReceiver({
      replayStore: createStore(),
      operations: {
        qrCpmPayment: async () => {
          served += 1;
          await new Promise((resolve) => setTimeout(resolve, 2));
          return { responseCode: "2006000", responseMessage: "Successful", referenceNo: "1" };
        },
      },
    });
    const requests = Array.from({ length: 200 }, () => requestOf(using("same")));
    const answers = await Promise.all(requests.map(async (request) => summary(await handler(request))));
    expect(answers.filter((answer) => answer === "2006000 Successful")).toHaveLength(1);
    expect(answers.filter((answer) => answer === CONFLICT)).toHaveLength(199);
    expect(served).toBe(1);
  });

  test("is not claimed where that is off", async () => {
    const handler = createReceiver({ replayStore: "off" });
    for (const _ of [1, 2]) expect(await answerTo(handler, using("same"))).toBe(SUCCESS);
  });
});

describe("the order of the checks", () => {
  /** A fault that one step answers: what it does to a request, and what the answer is. */
  interface Fault {
    step: string;
    /** The path, method, token or header that is wrong. */
    sent?: Sent;
    /** What makes the body wrong. */
    edit?: (text: string) => string;
    answer: string;
  }
  const faults: Fault[] = [
    { step: "route", sent: { path: "/v1.0/nowhere" }, answer: "4040002 Invalid Routing" },
    { step: "method", sent: { method: "PUT" }, answer: "4056000 Requested Function Is Not Supported" },
    { step: "bodySize", edit: (text) => text + " ".repeat(2000), answer: BAD_REQUEST },
    { step: "contentType", sent: { headers: { "Content-Type": "text/plain" } }, answer: BAD_REQUEST },
    {
      step: "headers",
      sent: { headers: { "CHANNEL-ID": undefined } },
      answer: "4006002 Invalid Mandatory Field CHANNEL-ID",
    },
    {
      step: "headers",
      sent: { headers: { "X-DEVICE-ID": "x".repeat(401) } },
      answer: "4006001 Invalid Field Format X-DEVICE-ID",
    },
    { step: "token", sent: { headers: { Authorization: undefined } }, answer: "4016003 Token Not Found (B2B)" },
    { step: "token", sent: { token: "expired" }, answer: "4016001 Invalid Token (B2B)" },
    {
      step: "customerToken",
      sent: { headers: { "Authorization-Customer": undefined } },
      answer: "4016004 Customer Token Not Found",
    },
    {
      step: "customerToken",
      sent: { headers: { "Authorization-Customer": "Bearer expired" } },
      answer: "4016002 Invalid Customer Token",
    },
    {
      step: "signature",
      sent: { headers: { "X-PARTNER-ID": "nobody" } },
      answer: "4016000 Unauthorized. [Unknown client]",
    },
    { step: "signature", sent: { headers: { "X-SIGNATURE": "AAAA" } }, answer: "4016000 Unauthorized. [Signature]" },
    {
      step: "timestamp",
      sent: { headers: { "X-TIMESTAMP": "2020-12-23T08:50:11+07:00" } },
      answer: "4006001 Invalid Field Format X-TIMESTAMP",
    },
    { step: "parse", edit: (text) => text.slice(0, -1), answer: BAD_REQUEST },
    {
      step: "mandatory",
      edit: (text) => text.replace(/"merchantId":"\w+",/, ""),
      answer: "4006002 Invalid Mandatory Field merchantId",
    },
    {
      step: "format",
      edit: (text) => text.replace('"IDR"', '"idr"'),
      answer: "4006001 Invalid Field Format amount.currency",
    },
    { step: "externalId", sent: { headers: { "X-EXTERNAL-ID": "used" } }, answer: "4096000 Conflict" },
    { step: "operation", sent: {}, answer: "4036014 Insufficient Funds" },
  ];

  /** Answers a request with these faults; where two of them cannot be had at once, the earlier one is there. */
  async function answerWith(broken: Fault[]) {
    const replayStore = createMemoryReplayStore();
    await replayStore.claim(PARTNER, "used", "2020-12-23");
    const { handler, answers } = createWatched({
      replayStore,
      maxBodyBytes: 2000,
      timestampTolerance: 300,
      withCustomerToken: ["qrCpmPayment"],
      operations: {
        qrCpmPayment: () =>
          broken.some(({ step }) => step === "operation")
            ? snapError("4036014")
            : { responseCode: "2006000", responseMessage: "Successful", referenceNo: "1" },
      },
    });
    const sent: Sent = { headers: { "Authorization-Customer": `Bearer ${CUSTOMER_TOKEN}` } };
    for (const { sent: { headers, ...others } = {} } of broken.toReversed()) {
      Object.assign(sent, others);
      Object.assign(sent.headers ?? {}, headers);
    }
    // the body is cut off last, for it is then no text to edit
    const edits = broken.toSorted((a, b) => Number(a.step === "parse") - Number(b.step === "parse"));
    const body = edits.reduce((text, { edit = String }) => edit(text), JSON.stringify(payment));
    const answer = await summary(await handler(requestOf({ ...sent, body })));
    return { answer, step: answers[0]?.step, count: answers.length };
  }

  test.each(faults.map((fault, at) => ({ ...fault, at })))("$step answers $answer", async ({ at, step, answer }) => {
    const fault = faults[at] as Fault;
    expect(await answerWith([fault])).toEqual({ answer, step, count: 1 });
  });

  test("of two faults the earlier one is answered", async () => {
    for (const [at, first] of faults.entries()) {
      for (const second of faults.slice(at + 1)) {
        const { answer, step } = await answerWith([first, second]);
        expect({ answer, step }, `${first.answer}, then ${second.answer}`).toEqual({
          answer: first.answer,
          step: first.step,
        });
      }
    }
  });

  test("of all faults the earliest is answered, and the next one once it is mended", async () => {
    for (const [at, { answer }] of faults.entries()) expect((await answerWith(faults.slice(at))).answer).toBe(answer);
    expect((await answerWith([])).answer).toBe("2006000 Successful");
  });

  test("an X-EXTERNAL-ID is used up by no request that an earlier check refused", async () => {
    const earlier = faults.filter(({ step }) => !["externalId", "operation"].includes(step));
    for (const { sent, edit = String, answer } of earlier) {
      const handler = createReceiver({
        maxBodyBytes: 2000,
        timestampTolerance: 300,
        withCustomerToken: ["qrCpmPayment"],
      });
      const headers = { "X-EXTERNAL-ID": "once", "Authorization-Customer": `Bearer ${CUSTOMER_TOKEN}` };
      const body = edit(JSON.stringify(payment));
      const broken = { ...sent, body, headers: { ...headers, ...sent?.headers } };
      expect(await summary(await handler(requestOf(broken)))).toBe(answer);
      expect(await answerTo(handler, { headers }), answer).toBe(SUCCESS);
      expect(await answerTo(handler, { headers })).toBe("4096000 Conflict");
    }
  });
});

describe("an operation's reply", () => {
  test("is a refusal where it is a snapError", async () => {
    for (const [refusal, answer] of [
      [snapError("4036014"), "4036014 Insufficient Funds"],
      [snapError("4016000", "Key expired"), "4016000 Unauthorized. [Key expired]"],
      [snapError("4046018"), "4046018 Inconsistent Request"],
      [snapError("4296000"), "4296000 Too Many Requests"],
      [snapError("5046000"), "5046000 Timeout"],
    ] as const) {
      expect(await answerTo(createReceiver(returning(refusal)))).toBe(answer);
      expect(await answerTo(createReceiver(returning(Promise.resolve(refusal))))).toBe(answer);
    }
  });

  test("cannot be a refusal that the catalogue does not have", () => {
    expect(() => snapError("4036099" as "4036014")).toThrow(TypeError);
  });

  const secret = "pin=1234";
  test.each([
    ["an Error", new Error(secret)],
    ["an Error with a code", Object.assign(new Error(secret), { responseCode: "2006000", responseMessage: secret })],
    ["a string", secret],
    ["undefined", undefined],
    ["null", null],
    ["an object without a prototype", Object.assign(Object.create(null) as object, { secret })],
    ["a snapError", snapError("4036014", secret)],
  ])("that is never made, because %s is thrown, is a general error and nothing of it gets out", async (_, thrown) => {
    for (const operation of [
      () => {
        throw thrown;
      },
      () => Promise.reject(thrown),
    ]) {
      const { handler, errors, answers } = createWatched({ operations: { qrCpmPayment: operation } });
      const answer = await read(await handler(requestOf()), "qrCpmPayment");
      expect(answer.body).toEqual({ responseCode: "5006000", responseMessage: "General Error" });
      expect(errors).toEqual([thrown]);
      expect(answers).toMatchObject([{ step: "operation", status: 500 }]);
      expect(JSON.stringify(answers)).not.toContain(secret);
    }
  });

  const own = exampleOf.qrCpmPayment.success;
  const circular: Body = { ...own };
  circular.additionalInfo = circular;
  const broken: [string, unknown, string][] = [
    ["lacks a mandatory field", { ...own, referenceNo: undefined }, "referenceNo ought to be there"],
    ["has one of a wrong format", { ...own, transactionDate: "today" }, "transactionDate ought to be text of the form"],
    ["has a code that the catalogue does not have", { ...own, responseCode: "2006099" }, "responseCode ought to be"],
  ];
  const unanswerable: [string, unknown, string][] = [
    ["is undefined", undefined, "responseCode ought to be a response code of service 60"],
    ["is null", null, "responseCode ought to be a response code of service 60"],
    ["is text", "2006000", "responseCode ought to be a response code of service 60"],
    ["has no code", { responseMessage: "Successful" }, "responseCode ought to be a response code of service 60"],
    ["has a number for a code", { ...own, responseCode: 2006000 }, "responseCode ought to be a response code"],
    ["has another service's code", { ...own, responseCode: "2006100" }, "responseCode ought to be a response code"],
    ["is another service's refusal", snapError("4036114"), "responseCode ought to be a response code of service 60"],
    ["has a status of its own", { ...own, responseCode: "2996000" }, "responseCode ought to be a response code"],
    ["has no message", { ...own, responseMessage: undefined }, "responseMessage ought to be string"],
  ];
  const unwritable: [string, unknown][] = [
    ["is circular", circular],
    ["holds a BigInt", { ...own, additionalInfo: { count: 1n } }],
    [
      "has a getter that throws",
      {
        ...own,
        get additionalInfo() {
          throw new Error(secret);
        },
      },
    ],
  ];

  test.each(broken)("that %s is reported and a general error", async (_, reply, message) => {
    const { handler, errors } = createWatched(returning(reply));
    expect(await answerTo(handler)).toBe(GENERAL_ERROR);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toBeInstanceOf(SnapReplyError);
    expect(String(errors[0])).toContain(
      `SnapReplyError: qrCpmPayment returned a body that breaks the contract: ${message}`,
    );
    expect((errors[0] as SnapReplyError).violations).not.toEqual([]);
  });

  test.each(broken)("that %s passes where replies are not validated", async (_, reply) => {
    const { handler, errors } = createWatched({ ...returning(reply), validateReplies: false });
    const response = await handler(requestOf());
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(JSON.parse(JSON.stringify(reply)));
    expect(errors).toEqual([]);
  });

  test.each(unanswerable)("that %s is a general error, validated or not", async (_, reply, message) => {
    for (const validateReplies of [true, false]) {
      const { handler, errors } = createWatched({ ...returning(reply), validateReplies });
      expect(await answerTo(handler)).toBe(GENERAL_ERROR);
      expect(errors).toHaveLength(1);
      expect(errors[0]).toBeInstanceOf(SnapReplyError);
      expect(String(errors[0])).toContain(message);
    }
  });

  class Getters {
    readonly responseCode = "2006000";
    readonly responseMessage = "Successful";
    get referenceNo() {
      return "1";
    }
  }
  const otherwise: [string, unknown, boolean][] = [
    ["is an object whose toJSON says less", { ...own, toJSON: () => ({ id: 7 }) }, false],
    ["inherits everything", Object.create(own), false],
    ["is a list with the properties", Object.assign([], own), false],
    ["is a function", Object.assign(() => {}, own), false],
    ["is a class with a getter for a mandatory field", new Getters(), true],
  ];
  test.each(otherwise)("that %s is judged by what would be sent", async (_, reply, hasCode) => {
    const { handler, errors } = createWatched({ ...returning(reply), validateReplies: true });
    expect(await answerTo(handler)).toBe(GENERAL_ERROR);
    expect(errors[0]).toBeInstanceOf(SnapReplyError);
    const lenient = await createReceiver({ ...returning(reply), validateReplies: false })(requestOf());
    expect(lenient.status).toBe(hasCode ? 200 : 500);
  });

  test("that is a class, or whose toJSON says all of it, is as good as any", async () => {
    class Reply {
      responseCode = "2006000";
      responseMessage = "Successful";
      referenceNo = "1";
    }
    for (const reply of [new Reply(), { toJSON: () => own }]) {
      for (const validateReplies of [true, false]) {
        expect(await answerTo(createReceiver({ ...returning(reply), validateReplies }))).toMatch(/^2006000 /);
      }
    }
  });

  test.each(unwritable)("that %s is a general error, validated or not", async (_, reply) => {
    for (const validateReplies of [true, false]) {
      const { handler, errors } = createWatched({ ...returning(reply), validateReplies });
      expect(await answerTo(handler)).toBe(GENERAL_ERROR);
      expect(errors).toHaveLength(1);
    }
  });

  describe("by default", () => {
    afterEach(() => vi.unstubAllEnvs());

    test.each([
      ["production", 200],
      ["development", 500],
      [undefined, 500],
    ])("is validated unless NODE_ENV says production: %s", async (environment, status) => {
      vi.stubEnv("NODE_ENV", environment);
      const handler = createSnapHandler({
        key: "unchecked",
        verifyToken: "unchecked",
        ...returning({ ...own, referenceNo: undefined }),
        operations: returning({ ...own, referenceNo: undefined }).operations ?? {},
      });
      expect((await handler(requestOf())).status).toBe(status);
    });
  });
});

describe("what a callback throws", () => {
  const thrown = new Error(`cannot reach the vault at ${CLIENT_SECRET}`);
  const fail = () => {
    throw thrown;
  };
  const callbacks: [string, string, Partial<SnapHandlerOptions>][] = [
    ["key", "signature", { key: fail }],
    ["key, later", "signature", { key: () => Promise.reject(thrown) }],
    ["verifyToken", "token", { verifyToken: fail }],
    ["verifyToken, later", "token", { verifyToken: () => Promise.reject(thrown) }],
    ["verifyCustomerToken", "customerToken", { verifyCustomerToken: fail }],
    ["replayStore", "externalId", { replayStore: { claim: fail } }],
    ["replayStore, later", "externalId", { replayStore: { claim: () => Promise.reject(thrown) } }],
  ];
  const sent = { headers: { "Authorization-Customer": `Bearer ${CUSTOMER_TOKEN}` } };

  test.each(callbacks)("is a general error and reported: %s", async (_, step, options) => {
    const told: unknown[] = [];
    const { handler, answers } = createWatched({ ...options, onError: (...all) => told.push(all) });
    const answer = await read(await handler(requestOf(sent)), "qrCpmPayment");
    expect(answer.body).toEqual({ responseCode: "5006000", responseMessage: "General Error" });
    expect(told).toEqual([[thrown, { operation: "qrCpmPayment", partnerId: PARTNER }]]);
    expect(answers).toMatchObject([{ step }]);
  });

  test.each([
    ["an empty secret", { type: "symmetric", clientSecret: "" } as const],
    ["no key", { type: "asymmetric", publicKey: "-----BEGIN NOTHING-----" } as const],
    [
      "a private key for a public one",
      { type: "asymmetric", publicKey: privateKey.export({ type: "pkcs8", format: "pem" }) as string } as const,
    ],
  ])("is a general error where a partner's key is %s", async (_, key) => {
    const { handler, errors } = createWatched({ key: () => key });
    expect(await answerTo(handler)).toBe(GENERAL_ERROR);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toBeInstanceOf(TypeError);
  });

  test("changes nothing where it is onError or onAnswer, at once or later", async () => {
    const unhandled: unknown[] = [];
    const keep = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", keep);
    for (const callback of [fail, () => Promise.reject(thrown)]) {
      const options = { onError: callback, onAnswer: callback };
      expect(await answerTo(createReceiver(options))).toBe(SUCCESS);
      expect(await answerTo(createReceiver(options), { token: null })).toBe("4016003 Token Not Found (B2B)");
      expect(await answerTo(createReceiver({ ...options, ...throwing(1) }))).toBe(GENERAL_ERROR);
      expect(await summary(await createReceiver(options)(requestOf({ path: "/" })))).toBe("4040002 Invalid Routing");
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
    process.off("unhandledRejection", keep);
    expect(unhandled).toEqual([]);
  });

  test.each([
    ["throws", fail],
    ["gives no time", () => new Date(Number.NaN)],
  ])("is a general error, with the system's time, where the clock %s", async (_, clock) => {
    const { handler, errors } = createWatched({ clock });
    const response = await handler(requestOf());
    expect(await response.json()).toEqual({ responseCode: "5006000", responseMessage: "General Error" });
    const timestamp = response.headers.get("x-timestamp") ?? "";
    expect(timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$/);
    expect(Math.abs(Date.parse(timestamp) - Date.now())).toBeLessThan(60_000);
    expect(errors.length).toBeGreaterThan(0);
  });
});

/** A promise of another make than the language's own. */
function foreign<T>(value: T): Promise<T> {
  const settled = Promise.resolve(value);
  // biome-ignore lint/suspicious/noThenProperty: that is what makes it a promise
  return { then: settled.then.bind(settled) } as unknown as Promise<T>;
}

test("callbacks may return promises of any make, and are waited for", async () => {
  const options: Partial<SnapHandlerOptions> = {
    key: () => foreign<SnapKey>({ type: "symmetric", clientSecret: CLIENT_SECRET }),
    verifyToken: () => foreign(true),
    verifyCustomerToken: () => foreign(true),
    replayStore: { claim: () => foreign(true) },
    operations: { qrCpmPayment: () => foreign(snapError("4036014")) },
  };
  const sent = { headers: { "Authorization-Customer": `Bearer ${CUSTOMER_TOKEN}` } };
  const changed = (change: Partial<SnapHandlerOptions>) => answerTo(createReceiver({ ...options, ...change }), sent);
  expect(await changed({})).toBe("4036014 Insufficient Funds");
  expect(await changed({ key: () => foreign(undefined) })).toBe("4016000 Unauthorized. [Unknown client]");
  expect(await changed({ verifyToken: () => foreign(false) })).toBe("4016001 Invalid Token (B2B)");
  expect(await changed({ verifyCustomerToken: () => foreign(false) })).toBe("4016002 Invalid Customer Token");
  expect(await changed({ replayStore: { claim: () => foreign(false) } })).toBe("4096000 Conflict");
});

test("operations may be the methods of an object that has a state", async () => {
  class Books {
    readonly #paid: string[] = [];
    qrCpmPayment({ body }: SnapCall<"qrCpmPayment">) {
      this.#paid.push(body.partnerReferenceNo);
      return { responseCode: "2006000", responseMessage: `${this.#paid.length} paid`, referenceNo: "1" } as const;
    }
  }
  expect(await answerTo(createReceiver({ operations: new Books() }))).toBe("2006000 1 paid");
});

describe("onAnswer", () => {
  test("is told the reason of a refusal, whether or not the message has a place for it", async () => {
    for (const [code, message] of [
      ["4036014", "Insufficient Funds"],
      ["4016000", "Unauthorized. [10.00 are lacking]"],
    ] as const) {
      const { handler, answers } = createWatched({
        operations: { qrCpmPayment: () => snapError(code, "10.00 are lacking") },
      });
      const { body } = await read(await handler(requestOf()), "qrCpmPayment");
      expect(body).toEqual({ responseCode: code, responseMessage: message });
      expect(answers).toEqual([expect.objectContaining({ responseCode: code, reason: "10.00 are lacking" })]);
    }
  });

  test("is told how each request was answered, and by which step", async () => {
    const { handler, answers } = createWatched();
    const { path } = exampleOf.qrCpmPayment;
    await answerTo(handler, { path: `${path}?pin=1234` });
    await answerTo(handler, { token: null });
    await answerTo(handler, { method: "GET" });
    await answerTo(handler, { path: "/favicon.ico" });
    const common = { method: "POST", path, operation: "qrCpmPayment" };
    expect(answers).toEqual([
      {
        ...common,
        status: 200,
        responseCode: "2006000",
        responseMessage: "Request has been processed successfully",
        step: "operation",
      },
      { ...common, status: 401, responseCode: "4016003", responseMessage: "Token Not Found (B2B)", step: "token" },
      {
        ...common,
        method: "GET",
        status: 405,
        responseCode: "4056000",
        responseMessage: "Requested Function Is Not Supported",
        step: "method",
      },
      {
        method: "POST",
        path: "/favicon.ico",
        operation: undefined,
        status: 404,
        responseCode: "4040002",
        responseMessage: "Invalid Routing",
        step: "route",
      },
    ]);
  });
});

test("no secret, token, signature or body is in an answer, a report or an error", async () => {
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }) as string;
  const { handler, errors, answers } = createWatched({
    withCustomerToken: ["qrCpmQuery"],
    key: ({ operation, partnerId }) => {
      if (operation === "qrCpmCancel") return { type: "asymmetric", publicKey: pem };
      if (operation === "qrCpmRefund") return { type: "asymmetric", publicKey: CLIENT_SECRET };
      return partnerId === PARTNER ? { type: "symmetric", clientSecret: CLIENT_SECRET } : undefined;
    },
    operations: { ...allServed, qrCpmNotify: (call) => call as unknown as SnapReply<"qrCpmNotify"> },
  });
  const sent: Sent[] = [
    {},
    ...transactionIds.map((operation) => ({ operation })),
    ...["X-SIGNATURE", "X-PARTNER-ID", "X-TIMESTAMP"].map((name) => ({ headers: { [name]: "wrong" } })),
    { token: `${ACCESS_TOKEN}-expired` },
    { headers: { "Authorization-Customer": `Bearer ${CUSTOMER_TOKEN}-expired` } },
    { body: '{"title":"body-text' },
    { body: { ...payment, amount: "body-text" } },
    { path: "/nowhere" },
  ];
  const said: string[] = [];
  const forbidden = [CLIENT_SECRET, ACCESS_TOKEN, CUSTOMER_TOKEN, "body-text", pem.split("\n")[1] ?? ""];
  for (const one of sent) {
    const request = requestOf(one);
    forbidden.push(request.headers.get("x-signature") ?? "");
    const response = await handler(request);
    said.push(await response.text(), JSON.stringify([...response.headers]));
  }
  said.push(JSON.stringify(answers), ...errors.map((error) => `${String(error)} ${JSON.stringify(error)}`));
  expect(errors.map((error) => (error as Error).name)).toEqual(["TypeError", "SnapReplyError", "TypeError"]);
  expect(answers).toHaveLength(sent.length);
  for (const text of forbidden.filter((text) => text !== "wrong")) {
    expect(text.length).toBeGreaterThan(8);
    expect(said.join("\n")).not.toContain(text);
  }
});

describe("types", () => {
  const base = { key: "unchecked", verifyToken: "unchecked" } as const;
  const paid = { responseCode: "2006000", responseMessage: "Successful", referenceNo: "1" } as const;

  test("an operation is handed its own body, and no any", () => {
    createSnapHandler({
      ...base,
      operations: {
        qrCpmPayment: (call) => {
          expectTypeOf(call).not.toBeAny();
          expectTypeOf(call).toEqualTypeOf<SnapCall<"qrCpmPayment">>();
          expectTypeOf(call.body).not.toBeAny();
          expectTypeOf(call.body.partnerReferenceNo).toEqualTypeOf<string>();
          expectTypeOf(call.body.amount).toEqualTypeOf<{ value: string; currency: string } | undefined>();
          expectTypeOf(call.body.additionalInfo).toEqualTypeOf<{ [key: string]: unknown } | undefined>();
          expectTypeOf(call.accessToken).toEqualTypeOf<string | undefined>();
          // @ts-expect-error: a field of service 61
          call.body.originalReferenceNo;
          return paid;
        },
        qrCpmNotify: async ({ body }) => {
          expectTypeOf(body.latestTransactionStatus).toEqualTypeOf<
            "00" | "01" | "02" | "03" | "04" | "05" | "06" | "07"
          >();
          return { responseCode: "2007900", responseMessage: "Successful" };
        },
      },
    });
    expectTypeOf<SnapCall<"debitStatus">["body"]>().not.toBeAny();
    expectTypeOf<SnapCall<"debitStatus">["body"]["serviceCode"]>().toEqualTypeOf<"54">();
    expectTypeOf<SnapCall<OperationId>["operation"]>().toEqualTypeOf<OperationId>();
  });

  test("an operation returns its 200 or 202 body or a refusal of its own service", () => {
    createSnapHandler({ ...base, operations: { qrCpmPayment: () => paid } });
    createSnapHandler({ ...base, operations: { qrCpmPayment: async () => paid } });
    createSnapHandler({ ...base, operations: { qrCpmPayment: () => snapError("4036014") } });
    createSnapHandler({
      ...base,
      operations: { qrCpmPayment: () => ({ responseCode: "2026000", responseMessage: "Request In Progress" }) },
    });
    createSnapHandler({
      ...base,
      operations: { qrCpmPayment: async ({ body }) => (body.title ? paid : snapError("4046008")) },
    });
    expectTypeOf(snapError("4036014").responseCode).toEqualTypeOf<"4036014">();
    expectTypeOf<SnapReply<"qrCpmPayment">>().not.toBeAny();
  });

  test("nothing else compiles", () => {
    const notPaid = { responseCode: "2007900", responseMessage: "Successful" } as const;
    // @ts-expect-error: another operation's body
    createSnapHandler({ ...base, operations: { qrCpmPayment: () => notPaid } });
    // @ts-expect-error: the same, later
    createSnapHandler({ ...base, operations: { qrCpmPayment: async () => notPaid } });
    // @ts-expect-error: a code of no service's 200
    createSnapHandler({ ...base, operations: { qrCpmPayment: () => ({ ...paid, responseCode: "2006001" }) } });
    // @ts-expect-error: a mandatory field is missing
    createSnapHandler({ ...base, operations: { qrCpmPayment: () => ({ ...paid, referenceNo: undefined }) } });
    // @ts-expect-error: another service's refusal
    createSnapHandler({ ...base, operations: { qrCpmPayment: () => snapError("4036114") } });
    // @ts-expect-error: the same, later
    createSnapHandler({ ...base, operations: { qrCpmPayment: async () => snapError("4036114") } });
    // @ts-expect-error: nothing at all
    createSnapHandler({ ...base, operations: { qrCpmPayment: () => {} } });
    // @ts-expect-error: no operation of the contract
    expect(() => createSnapHandler({ ...base, operations: { qrMpmGenerate: () => paid } })).toThrow(TypeError);
    // @ts-expect-error: service 73 has no token to go without
    createSnapHandler({ ...base, operations: {}, withoutToken: ["accessTokenB2b"] });
    // @ts-expect-error: whether signatures are checked is not left open
    expect(() => createSnapHandler({ verifyToken: "unchecked", operations: {} })).toThrow(TypeError);
    // @ts-expect-error: whether tokens are verified is not left open
    expect(() => createSnapHandler({ key: "unchecked", operations: {} })).toThrow(TypeError);
    // @ts-expect-error: the catalogue has no such code
    expect(() => snapError("4036099")).toThrow(TypeError);
    // @ts-expect-error: a success is no refusal
    expect(snapError("2006000").responseMessage).toBe("Successful");
    expect(NOW.getTime()).toBe(Date.parse(TIMESTAMP));
  });
});

describe("several keys for a caller", () => {
  test.each([
    [
      "a list that has it",
      [
        { type: "symmetric", clientSecret: "old" } as const,
        { type: "symmetric", clientSecret: CLIENT_SECRET } as const,
      ],
      "2006000",
    ],
    [
      "a list that does not",
      [{ type: "symmetric", clientSecret: "old" } as const],
      "4016000 Unauthorized. [Signature]",
    ],
    ["an empty list", [], "4016000 Unauthorized. [Unknown client]"],
    ["unchecked", "unchecked" as const, "2006000"],
  ])("%s", async (_, keys, expected) => {
    expect(await answerTo(createReceiver({ key: () => keys }), {})).toContain(expected);
  });

  test.each([
    ["the text of a key", "-----BEGIN PUBLIC KEY-----"],
    ["a list with a text in it", ["-----BEGIN PUBLIC KEY-----"]],
    ["a key without its type", { publicKey }],
  ])("%s is a mistake of ours, not of the caller's", async (_, found) => {
    const { handler, errors } = createWatched({ key: () => found as unknown as SnapKey });
    expect(await answerTo(handler)).toBe(GENERAL_ERROR);
    expect(errors.map(String)).toEqual([
      'TypeError: key returned no { type: "symmetric", clientSecret } or { type: "asymmetric", publicKey }.',
    ]);
  });
});
