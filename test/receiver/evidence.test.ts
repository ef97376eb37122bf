// What an operation and a log are given: what was signed, who called, and no secret.
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { inspect } from "node:util";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type SnapAnswered, type SnapCall, type SnapHandlerOptions, WireRequest } from "../../src/server.ts";
import {
  ACCESS_TOKEN,
  answerTo,
  CUSTOMER_TOKEN,
  createReceiver,
  createWatched,
  exampleOf,
  GENERAL_ERROR,
  PARTNER,
  requestOf,
  SUCCESS,
  summary,
  wireOf,
} from "../support/receiver.ts";
import { bytes, createRecorder, payment } from "./support.ts";

const sent = { headers: { "Authorization-Customer": `Bearer ${CUSTOMER_TOKEN}` } };

describe("a call", () => {
  test("has the signed bytes and the path as they came", async () => {
    const { handler, calls } = createRecorder();
    const text = `{ "additionalInfo": {"account": 12345678901234567890, "rate": 1.10}, ${JSON.stringify(payment).slice(1)}`;
    await answerTo(handler, { body: text, path: `${exampleOf.qrCpmPayment.path}?a=%2f` });
    expect(calls[0]?.rawBody).toEqual(bytes(text));
    expect(new TextDecoder().decode(calls[0]?.rawBody)).toContain("12345678901234567890");
    expect(calls[0]?.path).toBe("/v1.0/qr/qr-cpm-payment?a=%2f");
  });

  test("shows no token or signature when it is printed, logged as JSON or copied", async () => {
    const { handler, calls } = createRecorder();
    await answerTo(handler, sent);
    const [call] = calls as [SnapCall<"qrCpmPayment">];
    expect(call.accessToken).toBe(ACCESS_TOKEN);
    expect(call.customerToken).toBe(CUSTOMER_TOKEN);
    expect(call.headers.get("x-partner-id")).toBe(PARTNER);
    const signature = call.headers.get("x-signature") ?? "";
    for (const shown of [
      inspect(call, { depth: 9 }),
      inspect(call, { showHidden: true, getters: false }),
      JSON.stringify(call),
      inspect({ ...call }),
    ]) {
      expect(shown).toContain(PARTNER);
      for (const secret of [ACCESS_TOKEN, CUSTOMER_TOKEN, signature]) expect(shown).not.toContain(secret);
    }
  });

  test("is told when the caller is gone, by a web request and by an adapter", async () => {
    const gone = new AbortController();
    let leave: (reason: unknown) => void = () => {};
    const reasons: unknown[] = [];
    const handler = createReceiver({
      operations: {
        qrCpmPayment: async ({ signal }) => {
          await new Promise((resolve) => signal.addEventListener("abort", resolve));
          reasons.push(signal.reason);
          return exampleOf.qrCpmPayment.success as never;
        },
      },
    });
    const web = handler(new Request(requestOf(), { signal: gone.signal }));
    const wire = new WireRequest(exampleOf.qrCpmPayment.path, {
      whenGone(tell) {
        leave = tell;
      },
    });
    const node = handler(requestOf(), wire);
    await new Promise((resolve) => setTimeout(resolve, 20));
    gone.abort("hung up");
    leave("the connection closed");
    await Promise.all([web, node]);
    expect(reasons).toEqual(["hung up", "the connection closed"]);
  });
});

describe("references", () => {
  const BAD = (service: string, name: string) => `400${service}01 Invalid Field Format ${name}`;
  test.each([
    ["a NUL", "a\u0000b"],
    ["a line break", "a\r\nb"],
    ["an escape", "\u001b[31m"],
    ["a DEL", "a\u007f"],
    ["a C1 control", "a\u0085"],
    ["half a surrogate pair", "a\ud800"],
    ["the other half", "\udc00a"],
    ["blanks alone", "   "],
    ["blanks of other kinds alone", "\u00a0\u3000"],
    ["zero-width characters alone", "\u200b\u2060\ufeff"],
  ])("with %s are refused", async (_, value) => {
    const notice = { ...exampleOf.qrCpmNotify.request, originalPartnerReferenceNo: value };
    const handler = createReceiver();
    expect(await answerTo(handler, { operation: "qrCpmNotify", body: notice })).toBe(
      BAD("79", "originalPartnerReferenceNo"),
    );
    const paid = { ...payment, partnerReferenceNo: value };
    expect(await answerTo(handler, { body: paid })).toBe(BAD("60", "partnerReferenceNo"));
    const refund = { ...exampleOf.qrCpmRefund.request, partnerRefundNo: value };
    expect(await answerTo(handler, { operation: "qrCpmRefund", body: refund })).toBe(BAD("80", "partnerRefundNo"));
  });

  test("with letters of any language, emoji and blanks pass, and other fields may hold what they like", async () => {
    const handler = createReceiver();
    expect(await answerTo(handler, { body: { ...payment, partnerReferenceNo: " kopi é 日本 \u200d😀 -_/ " } })).toBe(
      SUCCESS,
    );
    expect(await answerTo(handler, { body: { ...payment, title: "two\nlines" } })).toBe(SUCCESS);
  });
});

describe("admit", () => {
  const admitting = (admit: NonNullable<SnapHandlerOptions["admit"]>, more: Partial<SnapHandlerOptions> = {}) =>
    createReceiver({ admit, verifyToken: () => expect.unreachable("the token was looked at"), ...more });

  test("is asked before token, signature and body, and told what is known", async () => {
    const admit = vi.fn((_: unknown) => false);
    const request = requestOf({ path: `${exampleOf.qrCpmPayment.path}?a=1` });
    const wire = new WireRequest(`${exampleOf.qrCpmPayment.path}?a=1`, { remoteAddress: "203.0.113.9" });
    expect(await summary(await admitting(admit)(request, wire))).toBe("4016000 Unauthorized. [Not admitted]");
    expect(request.bodyUsed).toBe(false);
    expect(admit.mock.calls).toEqual([
      [
        {
          operation: "qrCpmPayment",
          partnerId: PARTNER,
          path: "/v1.0/qr/qr-cpm-payment?a=1",
          headers: request.headers,
          remoteAddress: "203.0.113.9",
        },
      ],
    ]);
  });

  test("can ask the caller to come again later", async () => {
    const handler = admitting(async () => ({ retryAfter: 1.2 }));
    const response = await handler(requestOf());
    expect(response.headers.get("retry-after")).toBe("2");
    expect(await summary(response)).toBe("4296000 Too Many Requests");
  });

  test("lets through on true", async () => {
    expect(await answerTo(createReceiver({ admit: async () => true }))).toBe(SUCCESS);
  });
});

describe("callbacks let through on true alone", () => {
  const callable = () => true;
  // biome-ignore lint/suspicious/noThenProperty: that is what makes it look like a promise
  const thenable = Object.assign(() => true, { then: (resolve: (value: boolean) => void) => resolve(false) });
  test.each([
    [{ valid: false }],
    ["false"],
    ["true"],
    [{}],
    [[]],
    [1],
    [0],
    [null],
    [undefined],
    [callable],
    [thenable],
  ])("%j is an error that is reported", async (answer) => {
    for (const [name, options] of [
      ["verifyToken", { verifyToken: () => answer }],
      ["verifyCustomerToken", { verifyCustomerToken: () => answer }],
      ["admit", { admit: () => answer }],
    ] as [string, never][]) {
      const errors: unknown[] = [];
      const handler = createReceiver({ ...(options as object), onError: (error) => errors.push(error) });
      expect(await answerTo(handler, sent)).toBe(GENERAL_ERROR);
      expect(errors).toEqual([expect.objectContaining({ code: "ERR_SNAP_INVALID_ARGUMENT" })]);
      expect(String(errors[0])).toMatch(new RegExp(`^TypeError: ${name} must return `));
    }
  });
});

describe("the log", () => {
  const failing: Partial<SnapHandlerOptions> = {
    operations: {
      qrCpmPayment: ({ accessToken, headers }) => {
        throw new Error(`cannot store ${accessToken} with ${headers.get("x-signature")}\u001b[2J`);
      },
    },
  };
  afterEach(() => vi.restoreAllMocks());

  test("knows who called, what verified and how long it took, also of a refusal", async () => {
    const answers: SnapAnswered[] = [];
    const handler = createReceiver({ onAnswer: (answered) => answers.push(answered) });
    const wire = new WireRequest(exampleOf.qrCpmPayment.path, { remoteAddress: "203.0.113.9" });
    await handler(requestOf({ headers: { "X-EXTERNAL-ID": "one" } }), wire);
    await handler(requestOf({ headers: { "X-EXTERNAL-ID": "one" } }), wire);
    const who = { partnerId: PARTNER, externalId: "one", remoteAddress: "203.0.113.9", duration: expect.any(Number) };
    expect(answers).toMatchObject([
      { ...who, responseCode: "2006000", verified: { key: 0, type: "symmetric", bodyForm: "minified" } },
      { ...who, responseCode: "4096000", reason: "the X-EXTERNAL-ID is that of a request that was answered" },
    ]);
    expect(JSON.stringify(answers)).not.toContain(ACCESS_TOKEN);
  });

  test("goes out on diagnostics channels as well", async () => {
    const seen: unknown[] = [];
    const listen = (message: unknown, name: string | symbol) => void seen.push([name, message]);
    for (const name of ["snap-bi-contract:answer", "snap-bi-contract:error"]) subscribe(name, listen);
    await answerTo(createReceiver({ onError: () => {}, ...failing }));
    for (const name of ["snap-bi-contract:answer", "snap-bi-contract:error"]) unsubscribe(name, listen);
    expect(seen).toMatchObject([
      [
        "snap-bi-contract:error",
        { error: expect.any(Error), context: { partnerId: PARTNER, operation: "qrCpmPayment" } },
      ],
      ["snap-bi-contract:answer", { responseCode: "5006000", partnerId: PARTNER }],
    ]);
  });

  test("goes to stderr without onError, and holds no secret and no control character", async () => {
    const lines: string[] = [];
    vi.spyOn(console, "error").mockImplementation((line: string) => void lines.push(line));
    expect(await answerTo(createReceiver(failing), { headers: { "X-EXTERNAL-ID": "one" } })).toBe(GENERAL_ERROR);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      new RegExp(
        `^SNAP receiver, qrCpmPayment of ${PARTNER}, X-EXTERNAL-ID one: Error: cannot store \\[redacted\\] with \\[redacted\\]\\?`,
      ),
    );
    expect(lines[0]?.length).toBeLessThanOrEqual(2000);
  });

  test("nor the tokens and the signature that a callback saw before they were checked", async () => {
    const printed = vi.spyOn(console, "error").mockImplementation(() => {});
    const handler = createReceiver({
      admit: ({ headers }) => {
        throw new Error(`not admitted: ${JSON.stringify([...headers])}`);
      },
    });
    const wire = wireOf({ headers: { "Authorization-Customer": `Bearer ${CUSTOMER_TOKEN}` } });
    const { method, path, headers, body } = wire;
    await handler(new Request(`http://receiver.example${path}`, { method, headers, body }));
    const lines = printed.mock.calls.map(([line]) => String(line));
    printed.mockRestore();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('"Bearer [redacted]"');
    for (const secret of [ACCESS_TOKEN, CUSTOMER_TOKEN, headers["X-SIGNATURE"]]) expect(lines[0]).not.toContain(secret);
  });
});

test.each<[string, Parameters<typeof requestOf>[0], string, string]>([
  ["a body that is empty", { body: "" }, "4006000", "the body is empty"],
  ["one that is not UTF-8", { body: new Uint8Array([0xff]) }, "4006000", "the body is not UTF-8"],
  ["one that is not JSON", { body: '{"secret-of-a-body' }, "4006000", "the body is not JSON"],
  ["a list", { body: "[]" }, "4006000", "the body must be a JSON object"],
  ["one of 101 levels", { body: "[".repeat(101) }, "4006000", "the body nests deeper than 100 levels"],
  ["a header", { headers: { "CHANNEL-ID": "123456" } }, "4006001", "CHANNEL-ID must be "],
  [
    "a field",
    { body: JSON.stringify({ ...exampleOf.qrCpmPayment.request, amount: { value: "1", currency: "IDR" } }) },
    "4006001",
    "amount.value must be 1 to 16 digits, a point and 2 decimals, such as 10000.00",
  ],
  [
    "a field that is missing",
    { body: JSON.stringify({ ...exampleOf.qrCpmPayment.request, qrContent: undefined }) },
    "4006002",
    "qrContent is missing",
  ],
])("the log says what is wrong with %s, which the caller is not told", async (_, request, responseCode, reason) => {
  const { handler, answers } = createWatched();
  const response = await handler(requestOf(request));
  expect(Object.keys((await response.json()) as object)).toEqual(["responseCode", "responseMessage"]);
  expect(answers[0]?.responseCode).toBe(responseCode);
  expect(answers[0]?.reason).toContain(reason);
});

test("an answer with a token is for nobody's cache", async () => {
  const handler = createReceiver();
  expect((await handler(requestOf({ operation: "accessTokenB2b" }))).headers.get("cache-control")).toBe("no-store");
  expect((await handler(requestOf())).headers.get("cache-control")).toBe(null);
});
