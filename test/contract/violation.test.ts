// The words of violations: what each rule says, what each pattern asks for, and that nobody is shown a regular expression.
import { describe, expect, expectTypeOf, test } from "vitest";
import { patterns } from "../../generated/contract.ts";
import type { OperationId } from "../../generated/operations.ts";
import { type Contract, published, type ValidatorError } from "../../src/contract/contract.ts";
import {
  type ValidationResult,
  validateHeaders,
  validateRequest,
  validateResponse,
} from "../../src/contract/validation.ts";
import { type Violation, violationsOf as violationsOfErrors } from "../../src/contract/violation.ts";
import { type Case, errorCases, headerCases, inProgressCases, tableCases } from "../support/cases.ts";
import { bundle, operations } from "../support/contract.ts";
import {
  exampleOf,
  idOf,
  isError,
  operationOf,
  payment,
  publishedHeaders,
  violation,
  violationsOf,
} from "./support.ts";

/** The published request of an operation with some fields changed. */
const requestOf = (id: OperationId, change: object) =>
  validateRequest(id, { ...exampleOf(operationOf(id)), ...change });
/** The published 200 of an operation with some fields changed. */
const successOf = (id: OperationId, change: object) => {
  const example = operationOf(id).responses["200"]?.content["application/json"].examples.Successful?.value;
  return validateResponse(id, 200, { ...example, ...change });
};
const paymentOf = (change: object) => validateRequest("qrCpmPayment", { ...payment, ...change });
const amount = (change: object) => ({ amount: { value: "1.00", currency: "IDR", ...change } });
const headersOf = (change: Record<string, string | undefined>) =>
  validateHeaders("qrCpmPayment", { ...publishedHeaders, ...change });

const TIME = "a time such as 2020-12-23T07:50:11+07:00";
const DIGITS = "1 to 16 digits, a point and 2 decimals, such as 10000.00";

test.each<[what: string, result: ValidationResult, expected: Violation]>([
  [
    "required, of a field",
    paymentOf({ merchantId: undefined }),
    violation("merchantId", "required", "present", "merchantId is missing"),
  ],
  [
    "required, of a member",
    paymentOf({ amount: { currency: "IDR" } }),
    violation("amount.value", "required", "present", "amount.value is missing"),
  ],
  [
    "required, of a header",
    headersOf({ "X-SIGNATURE": undefined }),
    violation("X-SIGNATURE", "required", "present", "X-SIGNATURE is missing"),
  ],
  [
    "type, of a text",
    paymentOf({ merchantId: 1 }),
    violation("merchantId", "type", "a string", "merchantId must be a string"),
  ],
  [
    "type, of an object",
    paymentOf({ scannerInfo: "x" }),
    violation("scannerInfo", "type", "an object", "scannerInfo must be an object"),
  ],
  [
    "type, of an object that may be null",
    requestOf("qrCpmRefund", { additionalInfo: [] }),
    violation("additionalInfo", "type", "an object or null", "additionalInfo must be an object or null"),
  ],
  [
    "type, of the body",
    validateResponse("qrCpmPayment", 500, "x"),
    violation("", "type", "an object", "the body must be an object"),
  ],
  [
    "maxLength, of a field",
    paymentOf({ title: "x".repeat(257) }),
    violation("title", "maxLength", "at most 256 characters", "title must be at most 256 characters"),
  ],
  [
    "maxLength, of a header",
    headersOf({ "CHANNEL-ID": "952210" }),
    violation("CHANNEL-ID", "maxLength", "at most 5 characters", "CHANNEL-ID must be at most 5 characters"),
  ],
  [
    "minLength, of a field",
    paymentOf({ qrContent: "" }),
    violation("qrContent", "minLength", "not empty", "qrContent must not be empty"),
  ],
  [
    "minLength, of a header",
    headersOf({ "X-PARTNER-ID": "" }),
    violation("X-PARTNER-ID", "minLength", "not empty", "X-PARTNER-ID must not be empty"),
  ],
  [
    "pattern of a time, of a field",
    paymentOf({ expiryTime: "60" }),
    violation("expiryTime", "pattern", TIME, `expiryTime must be ${TIME}`, patterns.SnapTimestamp),
  ],
  [
    "pattern of a time, of a header",
    headersOf({ "X-TIMESTAMP": "2020-12-23 07:50:11" }),
    violation("X-TIMESTAMP", "pattern", TIME, `X-TIMESTAMP must be ${TIME}`, patterns.SnapTimestamp),
  ],
  [
    "pattern of a time that may be empty",
    successOf("qrCpmPayment", { transactionDate: "60" }),
    violation(
      "transactionDate",
      "pattern",
      `${TIME}, or the empty string`,
      `transactionDate must be ${TIME}, or the empty string`,
      patterns.TransactionDate,
    ),
  ],
  [
    "pattern of an amount's value",
    paymentOf(amount({ value: "10,000" })),
    violation("amount.value", "pattern", DIGITS, `amount.value must be ${DIGITS}`, patterns["Amount.value"]),
  ],
  [
    "pattern of an amount's currency",
    paymentOf(amount({ currency: "idr" })),
    violation(
      "amount.currency",
      "pattern",
      "three capital letters such as IDR",
      "amount.currency must be three capital letters such as IDR",
      patterns["Amount.currency"],
    ),
  ],
  [
    "pattern of a token's lifetime",
    successOf("accessTokenB2b", { expiresIn: "15 minutes" }),
    violation(
      "expiresIn",
      "pattern",
      "1 to 9 digits such as 900",
      "expiresIn must be 1 to 9 digits such as 900",
      patterns["AccessTokenB2bResponse.expiresIn"],
    ),
  ],
  [
    "const, of a request",
    requestOf("debitStatus", { serviceCode: "55" }),
    violation("serviceCode", "const", '"54"', 'serviceCode must be "54"'),
  ],
  [
    "const, of a response",
    successOf("accessTokenB2b", { tokenType: "bearer" }),
    violation("tokenType", "const", '"Bearer"', 'tokenType must be "Bearer"'),
  ],
  [
    "enum, of an error body",
    validateResponse("qrCpmRefund", 409, { responseCode: "4098099", responseMessage: "x" }),
    violation("responseCode", "enum", "one of 4098000, 4098001", "responseCode must be one of 4098000, 4098001"),
  ],
  [
    "the status, which is not a rule of the schema",
    validateResponse("debitStatus", 418, {}),
    violation(
      "",
      "status",
      "one of 200, 202, 400, 401, 403, 404, 405, 409, 429, 500, 504",
      "the status must be one of 200, 202, 400, 401, 403, 404, 405, 409, 429, 500, 504",
    ),
  ],
])("%s", (_, result, expected) => {
  expect(violationsOf(result)).toStrictEqual([expected]);
});

test("enum, of a request and of a 200", () => {
  const statuses = "one of 00, 01, 02, 03, 04, 05, 06, 07";
  const wrongStatus = violation(
    "latestTransactionStatus",
    "enum",
    statuses,
    `latestTransactionStatus must be ${statuses}`,
  );
  expect(violationsOf(requestOf("qrCpmNotify", { latestTransactionStatus: "08" }))).toStrictEqual([wrongStatus]);
  expect(violationsOf(successOf("qrCpmQuery", { latestTransactionStatus: "08" }))).toStrictEqual([wrongStatus]);
  expect(violationsOf(successOf("qrCpmPayment", { responseCode: "2006100" }))).toStrictEqual([
    violation("responseCode", "enum", "one of 2006000", "responseCode must be one of 2006000"),
  ]);
});

describe.each(operations)("every violation that wrong bodies and headers of $operationId have", (operation) => {
  const id = idOf(operation);
  const found = (cases: Case[], validate: (value: unknown) => ValidationResult) =>
    cases.flatMap(({ value }) => violationsOf(validate(value)));
  const all = () => [
    ...found(tableCases(operation, "request"), (value) => validateRequest(id, value)),
    ...found(headerCases(operation.service, operation.parameters, publishedHeaders), (value) =>
      validateHeaders(id, value as Record<string, string>),
    ),
    ...found(tableCases(operation, "200"), (value) => validateResponse(id, 200, value)),
    ...found(inProgressCases(operation), (value) => validateResponse(id, 202, value)),
    ...Object.keys(operation.responses)
      .filter(isError)
      .flatMap((status) => found(errorCases(operation, status), (value) => validateResponse(id, status, value))),
  ];

  test("is of a rule that has words of its own", () => {
    const wordsOf: Record<string, RegExp> = {
      required: /^present$/,
      type: /^(a string|an object|an object or null)$/,
      maxLength: /^at most [1-9]\d* characters$/,
      minLength: /^not empty$/,
      pattern: /^(a time|1 to \d+ digits|three capital letters).* such as \S+(, or the empty string)?$/,
      const: /^"[\w_]+"$/,
      enum: /^one of \w+(, \w+)*$/,
    };
    const violations = all();
    expect(violations.length).toBeGreaterThan(100);
    expect(violations.filter(({ rule, expected }) => !wordsOf[rule]?.test(expected))).toEqual([]);
    for (const { path, rule, expected, message } of violations)
      expect(message).toBe(
        rule === "required"
          ? `${path} is missing`
          : `${path || "the body"} must be ${expected}`.replace("be not", "not be"),
      );
  });

  test("shows a regular expression in `pattern` alone, and has it for the rule pattern only", () => {
    const known: string[] = Object.values(patterns);
    for (const { rule, expected, message, pattern } of all()) {
      expect(`${expected} ${message}`).not.toMatch(/[\\^$*?|[\]{}()]/);
      expect(pattern !== undefined).toBe(rule === "pattern");
      if (pattern !== undefined) expect(known).toContain(pattern);
    }
  });
});

describe("the words of patterns", () => {
  /** Every pattern below a node of the contract. */
  const patternsIn = (node: unknown): string[] =>
    typeof node !== "object" || node === null
      ? []
      : Object.entries(node).flatMap(([key, value]) =>
          key === "pattern" && typeof value === "string" ? [value] : patternsIn(value),
        );

  test("are there for every pattern of the contract, and for no other", () => {
    const used = new Set(patternsIn(bundle));
    expect(used.size).toBe(5);
    expect(new Set(Object.values(patterns))).toEqual(used);
    expect(new Set(Object.keys(published.formats))).toEqual(used);
  });

  test.each(Object.entries(patterns))("of %s give an example that the pattern accepts", (_, pattern) => {
    const words = published.formats[pattern];
    const [, example = "", ...others] = /such as ([^\s,]+)/.exec(`${words}`) ?? [];
    expect(example).not.toBe("");
    expect(others).toEqual([]);
    expect(example).toMatch(new RegExp(pattern));
    expect(example).toMatch(new RegExp(pattern, "u"));
  });

  test("that allow the empty string are those of the pattern that accepts it", () => {
    const empty = Object.values(patterns).filter((pattern) => new RegExp(pattern).test(""));
    expect(empty).toEqual([patterns.TransactionDate]);
    expect(empty.map((pattern) => published.formats[pattern])).toEqual([`${TIME}, or the empty string`]);
  });
});

describe("what a validator reports, in words", () => {
  const inWords = (error: Partial<ValidatorError>, formats: Contract["formats"] = {}) =>
    violationsOfErrors([{ instancePath: "/a", keyword: "type", params: {}, ...error }], formats);

  test("the condition `if` is not reported, for what it asks for is", () => {
    expect(inWords({ keyword: "if", params: { failingKeyword: "then" } })).toEqual([]);
  });

  test("a JSON pointer becomes a dotted path, with its escapes undone", () => {
    expect(inWords({ instancePath: "/a~1b/c~0d/0", params: { type: "object" } })).toStrictEqual([
      violation("a/b.c~d.0", "type", "an object", "a/b.c~d.0 must be an object"),
    ]);
    expect(inWords({ instancePath: "/~01", params: { type: "string" } })).toStrictEqual([
      violation("~1", "type", "a string", "~1 must be a string"),
    ]);
    expect(inWords({ keyword: "required", params: { missingProperty: "b/c" } })).toStrictEqual([
      violation("a.b/c", "required", "present", "a.b/c is missing"),
    ]);
  });

  test("a pattern has the words that the contract gives it", () => {
    const pattern = { keyword: "pattern", params: { pattern: "^\\d{4}$" } };
    expect(inWords(pattern, { "^\\d{4}$": "a year such as 2020" })).toStrictEqual([
      violation("a", "pattern", "a year such as 2020", "a must be a year such as 2020", "^\\d{4}$"),
    ]);
    // only another contract than the published one can have a pattern without words
    expect(inWords(pattern)).toStrictEqual([
      violation("a", "pattern", "text that matches ^\\d{4}$", "a must be text that matches ^\\d{4}$", "^\\d{4}$"),
    ]);
  });

  test("no error gives no violation", () => {
    expect(violationsOfErrors([], published.formats)).toEqual([]);
  });

  test("a violation is typed", () => {
    expectTypeOf<Violation>().toEqualTypeOf<{
      path: string;
      rule: string;
      expected: string;
      message: string;
      pattern?: string;
    }>();
  });
});
