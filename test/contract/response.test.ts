// Response bodies: which keep the contract for the status that they come with.
import { describe, expect, test } from "vitest";
import { validateResponse } from "../../src/contract/validation.ts";
import { errorCases, inProgressCases, tableCases } from "../support/cases.ts";
import { operations } from "../support/contract.ts";
import { thrown } from "../support/errors.ts";
import {
  idOf,
  isError,
  pathsOf,
  sorted,
  UNKNOWN_OPERATIONS,
  unknownOperation,
  violation,
  violationsOf,
  wrongVerdicts,
} from "./support.ts";

describe.each(operations)("validateResponse of $operationId", (operation) => {
  const id = idOf(operation);

  test("accepts every example of every status, given as a number or as text", () => {
    let examples = 0;
    for (const [status, { content }] of Object.entries(operation.responses)) {
      for (const { value } of Object.values(content["application/json"].examples)) {
        expect(validateResponse(id, status, value)).toEqual({ valid: true });
        expect(validateResponse(id, Number(status), value)).toEqual({ valid: true });
        examples += 1;
      }
    }
    expect(examples).toBeGreaterThanOrEqual(63);
  });

  test("gives every case of 200, 202 and each error its verdict", () => {
    expect(wrongVerdicts(tableCases(operation, "200"), (value) => validateResponse(id, 200, value))).toEqual([]);
    expect(wrongVerdicts(inProgressCases(operation), (value) => validateResponse(id, 202, value))).toEqual([]);
    const errors = Object.keys(operation.responses).filter(isError);
    expect(errors).toEqual(["400", "401", "403", "404", "405", "409", "429", "500", "504"]);
    for (const status of errors)
      expect(wrongVerdicts(errorCases(operation, status), (value) => validateResponse(id, status, value))).toEqual([]);
  });

  test.each([201, 204, 0, 999, "2000", "", "20", "constructor", "__proto__", "toString"])(
    "the status %j, which the contract does not have, is a violation",
    (status) => {
      expect(validateResponse(id, status, { responseCode: "2000000", responseMessage: "x" })).toEqual({
        valid: false,
        violations: [
          violation(
            "",
            "status",
            "one of 200, 202, 400, 401, 403, 404, 405, 409, 429, 500, 504",
            "the status must be one of 200, 202, 400, 401, 403, 404, 405, 409, 429, 500, 504",
          ),
        ],
      });
    },
  );

  test("the code of another service or of another status is refused", () => {
    const other = operation.service === "60" ? "61" : "60";
    for (const responseCode of [`403${other}14`, `404${operation.service}14`, `403${operation.service}99`]) {
      const result = validateResponse(id, 403, { responseCode, responseMessage: "Insufficient Funds" });
      expect(pathsOf(result)).toEqual(["responseCode"]);
    }
  });
});

describe("validateResponse", () => {
  test("lists every violation with path, rule and words", () => {
    const listed = validateResponse("qrCpmRefund", 409, { responseCode: "4036014", responseMessage: "" });
    expect(sorted(violationsOf(listed))).toEqual([
      violation("responseCode", "enum", "one of 4098000, 4098001", "responseCode must be one of 4098000, 4098001"),
      violation("responseMessage", "minLength", "not empty", "responseMessage must not be empty"),
    ]);
    expect(validateResponse("qrCpmPayment", 500, [])).toEqual({
      valid: false,
      violations: [violation("", "type", "an object", "the body must be an object")],
    });
  });

  test("a query that found a success carries the reference, and the condition itself is not reported", () => {
    const body = {
      responseCode: "2006100",
      responseMessage: "Successful",
      latestTransactionStatus: "00",
      paidTime: "2020-12-21T17:21:41+07:00",
    };
    expect(validateResponse("qrCpmQuery", 200, body)).toEqual({
      valid: false,
      violations: [violation("originalReferenceNo", "required", "present", "originalReferenceNo is missing")],
    });
    expect(validateResponse("qrCpmQuery", 200, { ...body, originalReferenceNo: "" })).toEqual({
      valid: false,
      violations: [violation("originalReferenceNo", "minLength", "not empty", "originalReferenceNo must not be empty")],
    });
    expect(validateResponse("qrCpmQuery", 200, { ...body, latestTransactionStatus: "06" })).toEqual({ valid: true });
  });
});

test.each(UNKNOWN_OPERATIONS)("the operation %j, which the contract does not have, is refused", (operation) => {
  expect(thrown(() => validateResponse(operation, 200, {}))).toStrictEqual(unknownOperation(operation));
});
