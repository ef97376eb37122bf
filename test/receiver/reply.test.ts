// What an operation returns: a body, a snapError, or what cannot be sent.
import { inspect } from "node:util";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createSnapHandler, SnapError, SnapReplyError, snapError } from "../../src/server.ts";
import { thrown, typeError } from "../support/errors.ts";
import type { Body } from "../support/random.ts";
import {
  answerTo,
  createReceiver,
  createWatched,
  exampleOf,
  GENERAL_ERROR,
  read,
  requestOf,
} from "../support/receiver.ts";
import { returning } from "./support.ts";

const own = exampleOf.qrCpmPayment.success;
const secret = "pin=1234";
/** How onAnswer is told of a payment. */
const answered = { method: "POST", path: exampleOf.qrCpmPayment.path, operation: "qrCpmPayment", step: "operation" };
const failed = { ...answered, status: 500, responseCode: "5006000", responseMessage: "General Error" };

describe("snapError", () => {
  test("has the catalogue's message, and says the reason in it if there is a place for it", async () => {
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

  test("of a code that the catalogue does not have is refused", () => {
    expect(thrown(() => snapError("4036099" as "4036014"))).toStrictEqual(
      typeError(
        "ERR_SNAP_UNKNOWN_RESPONSE_CODE",
        'responseCode must be one of the catalogue, but is "4036099"; see the table of response codes.',
      ),
    );
  });

  test("keeps its reason for the log: it is not a property, not in its JSON, and not in a copy", async () => {
    const error = snapError("4036014", secret);
    expect(error).toBeInstanceOf(SnapError);
    expect(error.reason).toBe(secret);
    expect(JSON.stringify(error)).toBe('{"responseCode":"4036014","responseMessage":"Insufficient Funds"}');
    expect(Object.keys(error)).toEqual(["responseCode", "responseMessage"]);
    expect(JSON.stringify([{ ...error }, Object.entries(error), structuredClone(error)])).not.toContain(secret);
    expect(inspect(error)).not.toContain(secret);
  });

  test("without a reason has none, and a class made by hand has the one that it was given", () => {
    expect(snapError("4036014").reason).toBeUndefined();
    expect(new SnapError("4036014", "Insufficient Funds").reason).toBeUndefined();
    expect(new SnapError("4036014", "Insufficient Funds", "10.00 are lacking").reason).toBe("10.00 are lacking");
  });

  test.each([
    ["4036014", "Insufficient Funds"],
    ["4016000", "Unauthorized. [10.00 are lacking]"],
  ] as const)("%s tells onAnswer its reason, though the message may have no place for it", async (code, message) => {
    const { handler, answers, errors } = createWatched(returning(snapError(code, "10.00 are lacking")));
    const { body } = await read(await handler(requestOf()), "qrCpmPayment");
    expect(body).toEqual({ responseCode: code, responseMessage: message });
    const status = Number(code.slice(0, 3));
    expect(answers).toStrictEqual([
      { ...answered, status, responseCode: code, responseMessage: message, reason: "10.00 are lacking" },
    ]);
    expect(errors).toEqual([]);
  });

  test("that is spread into an object loses its reason", async () => {
    const { handler, answers } = createWatched(returning({ ...snapError("4036014", secret) }));
    expect(await answerTo(handler)).toBe("4036014 Insufficient Funds");
    expect(answers[0]).not.toHaveProperty("reason");
  });
});

describe("what an operation throws", () => {
  test.each([
    ["an Error", new Error(secret)],
    ["an Error with a code", Object.assign(new Error(secret), { responseCode: "2006000", responseMessage: secret })],
    ["a string", secret],
    ["undefined", undefined],
    ["null", null],
    ["an object without a prototype", Object.assign(Object.create(null) as object, { secret })],
    ["a snapError", snapError("4036014", secret)],
  ])("%s is a general error; onError and onAnswer are told of it, and the caller is not", async (_, cause) => {
    for (const operation of [
      () => {
        throw cause;
      },
      () => Promise.reject(cause),
    ]) {
      const { handler, errors, answers } = createWatched({ operations: { qrCpmPayment: operation } });
      const answer = await read(await handler(requestOf()), "qrCpmPayment");
      expect(answer.body).toEqual({ responseCode: "5006000", responseMessage: "General Error" });
      expect(errors).toEqual([cause]);
      expect(answers).toStrictEqual([{ ...failed, ...(cause !== undefined && { error: cause }) }]);
      const [{ error, ...others } = { error: undefined }] = answers;
      expect(error).toBe(cause);
      expect(JSON.stringify(others)).not.toContain(secret);
    }
  });
});

describe("a reply that breaks the contract", () => {
  const circular: Body = { ...own };
  circular.additionalInfo = circular;
  const BREAKS = "SnapReplyError: qrCpmPayment returned a body that breaks the contract: ";
  const violation = (path: string, rule: string, expected: string, more: object = {}) => ({
    path,
    rule,
    expected,
    message: rule === "required" ? `${path} is missing` : `${path} must be ${expected}`,
    ...more,
  });
  const missing = violation("referenceNo", "required", "present");
  const date = violation(
    "transactionDate",
    "pattern",
    "a time such as 2020-12-23T07:50:11+07:00, or the empty string",
    { pattern: expect.stringMatching(/^\^.*\$$/) },
  );
  const broken: [string, unknown, object[]][] = [
    ["lacks a mandatory field", { ...own, referenceNo: undefined }, [missing]],
    ["has a field of a wrong format", { ...own, transactionDate: "today" }, [date]],
    ["has both", { ...own, referenceNo: undefined, transactionDate: "today" }, [missing, date]],
    [
      "has a code that the catalogue does not have",
      { ...own, responseCode: "2006099" },
      [violation("responseCode", "enum", "one of 2006000")],
    ],
  ];
  const CODE = violation("responseCode", "enum", "a response code of service 60");
  const unanswerable: [string, unknown, object][] = [
    ["is undefined", undefined, CODE],
    ["is null", null, CODE],
    ["is text", "2006000", CODE],
    ["has no code", { responseMessage: "Successful" }, CODE],
    ["has a number for a code", { ...own, responseCode: 2006000 }, CODE],
    ["has a code that is too long", { ...own, responseCode: "20060000" }, CODE],
    ["has another service's code", { ...own, responseCode: "2006100" }, CODE],
    ["is another service's error", snapError("4036114"), CODE],
    ["has a status that the contract does not have", { ...own, responseCode: "2996000" }, CODE],
    ["has no message", { ...own, responseMessage: undefined }, violation("responseMessage", "type", "a string")],
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

  /** Makes sure that one SnapReplyError was reported, with these violations, and that onAnswer was told of it too. */
  function checkReported({ errors, answers }: ReturnType<typeof createWatched>, violations: object[]): void {
    expect(errors).toHaveLength(1);
    const [error] = errors;
    if (!(error instanceof SnapReplyError)) expect.unreachable(`not a SnapReplyError: ${error}`);
    expect(error.code).toBe("ERR_SNAP_INVALID_REPLY");
    expect(error.violations).toEqual(violations);
    expect(String(error)).toBe(`${BREAKS}${error.violations.map(({ message }) => message).join("; ")}.`);
    expect(answers).toEqual([{ ...failed, error }]);
  }

  test.each(broken)("because it %s is a general error, and reported", async (_, reply, violations) => {
    const watched = createWatched(returning(reply));
    expect(await answerTo(watched.handler)).toBe(GENERAL_ERROR);
    checkReported(watched, violations);
  });

  test.each(broken)("because it %s is sent if replies are not validated", async (_, reply) => {
    const { handler, errors } = createWatched({ ...returning(reply), validateReplies: false });
    const response = await handler(requestOf());
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(JSON.parse(JSON.stringify(reply)));
    expect(errors).toEqual([]);
  });

  test.each(unanswerable)("because it %s is a general error, validated or not", async (_, reply, violation) => {
    for (const validateReplies of [true, false]) {
      const watched = createWatched({ ...returning(reply), validateReplies });
      expect(await answerTo(watched.handler)).toBe(GENERAL_ERROR);
      checkReported(watched, [violation]);
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
  test.each(otherwise)("because it %s is judged by what would be sent", async (_, reply, hasCode) => {
    const { handler, errors } = createWatched({ ...returning(reply), validateReplies: true });
    expect(await answerTo(handler)).toBe(GENERAL_ERROR);
    expect(errors[0]).toBeInstanceOf(SnapReplyError);
    const lenient = await createReceiver({ ...returning(reply), validateReplies: false })(requestOf());
    expect(lenient.status).toBe(hasCode ? 200 : 500);
  });

  test("is not one that is a class, or whose toJSON says all of it", async () => {
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

  test.each(unwritable)("because it %s is a general error, validated or not", async (_, reply) => {
    for (const validateReplies of [true, false]) {
      const { handler, errors, answers } = createWatched({ ...returning(reply), validateReplies });
      expect(await answerTo(handler)).toBe(GENERAL_ERROR);
      expect(errors).toHaveLength(1);
      expect(answers).toEqual([{ ...failed, error: errors[0] }]);
    }
  });

  describe("by default", () => {
    afterEach(() => vi.unstubAllEnvs());

    test.each([
      ["production", 200],
      ["development", 500],
      [undefined, 500],
    ])("is refused unless NODE_ENV is production: %s", async (environment, status) => {
      vi.stubEnv("NODE_ENV", environment);
      const handler = createSnapHandler({
        key: "unchecked",
        verifyToken: "unchecked",
        timestampTolerance: "off",
        operations: {},
        ...returning({ ...own, referenceNo: undefined }),
      });
      expect((await handler(requestOf())).status).toBe(status);
    });
  });
});
