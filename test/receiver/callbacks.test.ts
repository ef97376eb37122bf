// Callbacks of a receiver: what they are told, what happens if they throw, and that nothing secret gets out.
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import {
  createMemoryReplayStore,
  type SnapHandlerOptions,
  type SnapKey,
  type SnapReply,
  snapError,
} from "../../src/server.ts";
import {
  ACCESS_TOKEN,
  allServed,
  answerTo,
  CLIENT_SECRET,
  CUSTOMER_TOKEN,
  createReceiver,
  createWatched,
  exampleOf,
  GENERAL_ERROR,
  operationIds,
  PARTNER,
  privateKey,
  read,
  requestOf,
  type Sent,
  SUCCESS,
  summary,
} from "../support/receiver.ts";
import { payment, throwing } from "./support.ts";

const transactionIds = operationIds.filter((id) => id !== "accessTokenB2b");

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
    ["replayStore", "externalId", { replayStore: { ...createMemoryReplayStore(), claim: fail } }],
    [
      "replayStore, later",
      "externalId",
      { replayStore: { ...createMemoryReplayStore(), claim: () => Promise.reject(thrown) } },
    ],
  ];
  const sent = { headers: { "Authorization-Customer": `Bearer ${CUSTOMER_TOKEN}` } };

  test.each(callbacks)("is a general error, and onError and onAnswer are told of it: %s", async (_, step, options) => {
    const told: unknown[] = [];
    const { handler, answers } = createWatched({ ...options, onError: (...all) => told.push(all) });
    const answer = await read(await handler(requestOf(sent)), "qrCpmPayment");
    expect(answer.body).toEqual({ responseCode: "5006000", responseMessage: "General Error" });
    const context = { operation: "qrCpmPayment", partnerId: PARTNER, duration: expect.any(Number) };
    expect(told).toEqual([[thrown, { ...context, externalId: expect.stringMatching(/^external-\d+$/) }]]);
    expect(answers).toStrictEqual([
      {
        method: "POST",
        path: exampleOf.qrCpmPayment.path,
        operation: "qrCpmPayment",
        status: 500,
        responseCode: "5006000",
        responseMessage: "General Error",
        step,
        error: thrown,
      },
    ]);
  });

  test("changes nothing if the callback is onError or onAnswer, at once or later", async () => {
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
    ["returns an invalid time", () => new Date(Number.NaN)],
  ])("is a general error, with the system's time, if the clock %s", async (_, clock) => {
    const { handler, errors } = createWatched({ clock });
    const response = await handler(requestOf());
    expect(await response.json()).toEqual({ responseCode: "5006000", responseMessage: "General Error" });
    const timestamp = response.headers.get("x-timestamp") ?? "";
    expect(timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$/);
    expect(Math.abs(Date.parse(timestamp) - Date.now())).toBeLessThan(60_000);
    expect(errors.length).toBeGreaterThan(0);
  });
});

/** A promise that is not the language's own. */
function foreign<T>(value: T): Promise<T> {
  const settled = Promise.resolve(value);
  // biome-ignore lint/suspicious/noThenProperty: that is what makes it a promise
  return { then: settled.then.bind(settled) } as unknown as Promise<T>;
}

test("callbacks may return promises that are not the language's own, and are waited for", async () => {
  const options: Partial<SnapHandlerOptions> = {
    key: () => foreign<SnapKey>({ type: "symmetric", clientSecret: CLIENT_SECRET }),
    verifyToken: () => foreign(true),
    verifyCustomerToken: () => foreign(true),
    replayStore: { ...createMemoryReplayStore(), claim: () => foreign({ state: "new" }) },
    operations: { qrCpmPayment: () => foreign(snapError("4036014")) },
  };
  const sent = { headers: { "Authorization-Customer": `Bearer ${CUSTOMER_TOKEN}` } };
  const changed = (change: Partial<SnapHandlerOptions>) => answerTo(createReceiver({ ...options, ...change }), sent);
  expect(await changed({})).toBe("4036014 Insufficient Funds");
  expect(await changed({ key: () => foreign(undefined) })).toBe("4016000 Unauthorized. [Unknown client]");
  expect(await changed({ verifyToken: () => foreign(false) })).toBe("4016001 Invalid Token (B2B)");
  expect(await changed({ verifyCustomerToken: () => foreign(false) })).toBe("4016002 Invalid Customer Token");
  expect(
    await changed({
      replayStore: { ...createMemoryReplayStore(), claim: () => foreign({ state: "underWay", kind: "id" }) },
    }),
  ).toBe("4096000 Conflict");
});

describe("onAnswer", () => {
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
  // with the stack and every property of the errors
  said.push(inspect([answers, errors], { depth: 20, showHidden: true }), JSON.stringify([answers, errors]));
  expect(errors.map((error) => (error as Error).name)).toEqual(["TypeError", "SnapReplyError", "TypeError"]);
  expect(answers).toHaveLength(sent.length);
  for (const text of forbidden.filter((text) => text !== "wrong")) {
    expect(text.length).toBeGreaterThan(8);
    expect(said.join("\n")).not.toContain(text);
  }
});

test("a request whose headers cannot be had is a general error, and not a throw", async () => {
  const broken = {
    url: `http://receiver.example${exampleOf.qrCpmPayment.path}`,
    method: "POST",
    get headers(): Headers {
      throw new Error("no headers");
    },
  } as Request;
  const { handler, errors } = createWatched();
  expect(await summary(await handler(broken))).toBe(GENERAL_ERROR);
  expect(errors.map(String)).toEqual(["Error: no headers"]);
});
