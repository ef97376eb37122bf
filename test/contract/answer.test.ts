// Code and message of an answer: every row of the catalogue, in every operation.
import { describe, expect, expectTypeOf, test } from "vitest";
import * as cases from "../../generated/cases.ts";
import { type Answer, answerOf, type CodeOf, type ErrorCase } from "../../src/contract/answer.ts";
import { type Contract, published } from "../../src/contract/contract.ts";
import { validateResponse } from "../../src/contract/validation.ts";
import { operations } from "../support/contract.ts";
import { thrown, typeError } from "../support/errors.ts";
import { codes } from "../support/published.ts";
import { idOf, isError } from "./support.ts";

type Row = Parameters<typeof answerOf>[2];
const FILL = "amount.value";
/** The messages with a placeholder: without a fill, and filled. All others are sent as they are published. */
const WITH_PLACEHOLDER: Record<string, [bare: string, filled: string]> = {
  "40001": ["Invalid Field Format", "Invalid Field Format amount.value"],
  "40002": ["Invalid Mandatory Field", "Invalid Mandatory Field amount.value"],
  "40100": ["Unauthorized.", "Unauthorized. [amount.value]"],
  "40301": ["Feature Not Allowed", "Feature Not Allowed [amount.value]"],
  "40306": ["Feature Not Allowed At This Time.", "Feature Not Allowed At This Time. [amount.value]"],
  "40315": ["Transaction Not Permitted.", "Transaction Not Permitted.[amount.value]"],
  "40411": [
    "Invalid Card/Account/Customer/Virtual Account",
    "Invalid Card/Account/Customer [amount.value]/Virtual Account",
  ],
  "40412": ["Invalid Bill/Virtual Account", "Invalid Bill/Virtual Account [amount.value]"],
};
const rows = codes.map(({ status, case: caseCode, message }) => {
  const row = (status + caseCode) as Row;
  const [bare, filled] = WITH_PLACEHOLDER[row] ?? [message, message];
  return { row, status, caseCode, bare, filled };
});

test("the rows are the 63 of the published catalogue, and each has a constant", () => {
  expect(rows).toHaveLength(63);
  const { caseCounts, ...named } = cases;
  expect(Object.values(named).sort()).toEqual(rows.map(({ row }) => row).sort());
  const every = Object.entries(caseCounts).flatMap(([status, count]) =>
    Array.from({ length: count }, (_, code) => status + String(code).padStart(2, "0")),
  );
  expect(every.sort()).toEqual(Object.values(named).sort());
});

describe.each(operations)("an answer of $operationId", (operation) => {
  const id = idOf(operation);
  const { service } = operation;

  test("has the code and message of each row of the catalogue", () => {
    for (const { row, status, caseCode, bare, filled } of rows) {
      const responseCode = status + service + caseCode;
      expect(answerOf(published, id, row)).toStrictEqual({ responseCode, responseMessage: bare });
      expect(answerOf(published, id, row, "")).toStrictEqual({ responseCode, responseMessage: bare });
      expect(answerOf(published, id, row, FILL)).toStrictEqual({ responseCode, responseMessage: filled });
    }
  });

  test("keeps the contract for each row that is an error", () => {
    const errors = rows.filter(({ status }) => isError(status));
    expect(errors).toHaveLength(61);
    for (const { row, status } of errors)
      for (const fill of [undefined, FILL, "x".repeat(1000)])
        expect(validateResponse(id, status, answerOf(published, id, row, fill))).toEqual({ valid: true });
  });
});

test("without an operation the service is 00", () => {
  for (const { row, status, caseCode, bare, filled } of rows) {
    const responseCode = `${status}00${caseCode}`;
    expect(answerOf(published, undefined, row)).toStrictEqual({ responseCode, responseMessage: bare });
    expect(answerOf(published, undefined, row, FILL)).toStrictEqual({ responseCode, responseMessage: filled });
  }
  expect(answerOf(published, undefined, cases.BadRequest)).toStrictEqual({
    responseCode: "4000000",
    responseMessage: "Bad Request",
  });
});

test("service code and message are those of the contract given", () => {
  const { operations: own } = published;
  const profile: Pick<Contract, "operations" | "messages"> = {
    operations: { ...own, qrCpmPayment: { ...own.qrCpmPayment, serviceCode: "61" } },
    messages: { "40314": "Saldo tidak cukup", "40002": "{field name} wajib diisi" },
  };
  expect(answerOf(profile, "qrCpmPayment", cases.InsufficientFunds)).toStrictEqual({
    responseCode: "4036114",
    responseMessage: "Saldo tidak cukup",
  });
  expect(answerOf(profile, "qrCpmRefund", cases.InvalidMandatoryField, "reason")).toStrictEqual({
    responseCode: "4008002",
    responseMessage: "reason wajib diisi",
  });
  expect(thrown(() => answerOf(profile, "qrCpmRefund", cases.BadRequest))).toStrictEqual(
    typeError(
      "ERR_SNAP_UNKNOWN_RESPONSE_CODE",
      'responseCode must be one of the catalogue, but is "4008000"; see the table of response codes.',
    ),
  );
});

test("a row that the catalogue does not have is refused", () => {
  // @ts-expect-error 403 has no case code 99
  expect(thrown(() => answerOf(published, "qrCpmPayment", "40399"))).toStrictEqual(
    typeError(
      "ERR_SNAP_UNKNOWN_RESPONSE_CODE",
      'responseCode must be one of the catalogue, but is "4036099"; see the table of response codes.',
    ),
  );
});

test("the type of an answer names its one code", () => {
  const answer = answerOf(published, "qrCpmPayment", cases.InsufficientFunds);
  expect(answer).toStrictEqual({ responseCode: "4036014", responseMessage: "Insufficient Funds" });
  expectTypeOf(answer).toEqualTypeOf<Answer<"4036014">>();
  expectTypeOf<CodeOf<"debitStatus", "40404">>().toEqualTypeOf<"4045504">();
  expectTypeOf<CodeOf<"debitStatus" | "qrCpmQuery", "50000">>().toEqualTypeOf<"5005500" | "5006100">();
  expectTypeOf<"40314">().toExtend<ErrorCase>();
  expectTypeOf<"20000">().not.toExtend<ErrorCase>();
  expectTypeOf<"20200">().not.toExtend<ErrorCase>();
});
