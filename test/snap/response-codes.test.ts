// Response codes: taken apart, put together, described and judged, and what a transaction status says of the payment.
import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import {
  describeResponseCode,
  type ErrorCode,
  formatResponseCode,
  type HttpStatus,
  isCase,
  nextStepOf,
  type Outcome,
  outcomeOf,
  type ParsedResponseCode,
  parseResponseCode,
  type ResponseCode,
  type ResponseCodeDescription,
  responseMessageOf,
  type ServiceCode,
  type TransactionState,
  transactionStateOf,
} from "../../src/snap/response-codes.ts";
import { bodySchema, compile, operations } from "../support/contract.ts";
import { thrown, typeError } from "../support/errors.ts";
import { codes } from "../support/published.ts";

/** What a code says of the call, by status, with the exceptions by code; written here once more, not read from the catalogue. */
const BY_STATUS: Record<string, Outcome> = {
  "200": "success",
  "202": "pending",
  "400": "rejected",
  "401": "rejected",
  "403": "declined",
  "404": "declined",
  "405": "rejected",
  "429": "rejected",
  "500": "unknown",
  "504": "unknown",
};
const BY_CODE: Record<string, Outcome> = { "409 00": "rejected", "409 01": "unknown" };
/** 404 18, Inconsistent Request: a failure of a payment; of a refund and of a void nobody knows (erratum E120). */
const INCONSISTENT_REQUEST: Record<string, Outcome> = {
  "55": "rejected",
  "59": "rejected",
  "60": "declined",
  "61": "rejected",
  "62": "unknown",
  "73": "rejected",
  "79": "rejected",
  "80": "unknown",
};
const SERVICES = Object.keys(INCONSISTENT_REQUEST);
const OUTCOMES: Outcome[] = ["success", "pending", "declined", "rejected", "unknown"];

/** Every code of the catalogue for every service, with what it says of a call. */
const every = SERVICES.flatMap((service) =>
  codes.map(({ status, case: caseCode, category, message }) => ({
    code: status + service + caseCode,
    status,
    service,
    caseCode,
    category,
    message,
    outcome:
      status + caseCode === "40418"
        ? INCONSISTENT_REQUEST[service]
        : (BY_CODE[`${status} ${caseCode}`] ?? BY_STATUS[status]),
  })),
);

/** Not in the catalogue, or not a response code at all. */
const GARBAGE = [
  "",
  " ",
  "abc",
  "9999999",
  "4036099",
  "2006001",
  "0000000",
  "403601",
  "40360140",
  " 4036014",
  "4036014 ",
  "4036014\n",
  "403.014",
  "+036014",
  "٤٠٣٦٠١٤",
  "constructor",
  "__proto__",
  "toString",
  "hasOwnProperty",
];
/** The refusal of a code that the catalogue does not have. */
const unknownCode = (rule: string) =>
  typeError("ERR_SNAP_UNKNOWN_RESPONSE_CODE", `${rule}; see the table of response codes.`);
/** What an answer off the wire may carry for a code, whatever the types say. */
const NOT_TEXT = [undefined, null, 4036014, 0, true, {}, [], ["4036014"]] as unknown as string[];

test("the catalogue is 63 codes for each of 8 services", () => {
  expect(every).toHaveLength(504);
  expect(operations.map(({ service }) => service).sort()).toEqual(SERVICES.sort());
});

describe("parseResponseCode", () => {
  test("takes every code of the catalogue apart", () => {
    for (const { code, status, service, caseCode } of every)
      expect(parseResponseCode(code)).toEqual({ status, serviceCode: service, caseCode });
  });

  test("takes apart what has 7 digits, whether or not the catalogue has it", () => {
    expect(parseResponseCode("9999999")).toEqual({ status: "999", serviceCode: "99", caseCode: "99" });
    expect(parseResponseCode("4036099")).toEqual({ status: "403", serviceCode: "60", caseCode: "99" });
  });

  test.each([...GARBAGE.filter((text) => !/^[0-9]{7}$/.test(text)), ...NOT_TEXT])(
    "%j is not a response code",
    (text) => {
      expect(parseResponseCode(text)).toBeUndefined();
    },
  );
});

describe("formatResponseCode", () => {
  test("puts every code of the catalogue together, and is undone by parseResponseCode", () => {
    for (const { code, status, service, caseCode } of every)
      expect(formatResponseCode(status as HttpStatus, service as ServiceCode, caseCode as "00")).toBe(code);
  });

  test("a case code that the status does not have is refused", () => {
    // @ts-expect-error 403 has no case code 99
    expect(thrown(() => formatResponseCode("403", "60", "99"))).toStrictEqual(
      unknownCode("case code 99 must be one that the catalogue has for status 403"),
    );
    // @ts-expect-error 200 has the case code 00 only
    expect(thrown(() => formatResponseCode("200", "60", "01"))).toStrictEqual(
      unknownCode("case code 01 must be one that the catalogue has for status 200"),
    );
    // @ts-expect-error the catalogue has no status 418
    expect(thrown(() => formatResponseCode("418", "60", "00"))).toStrictEqual(
      unknownCode("case code 00 must be one that the catalogue has for status 418"),
    );
    // @ts-expect-error a case code has two digits
    expect(thrown(() => formatResponseCode("403", "60", "1"))).toStrictEqual(
      unknownCode("case code 1 must be one that the catalogue has for status 403"),
    );
    // @ts-expect-error there is no service 99
    expectTypeOf(formatResponseCode<"99", "403">).toBeFunction();
  });

  test("has the type of the service's codes of that status", () => {
    const code = formatResponseCode("409", "60", "01");
    expect(code).toBe("4096001");
    expectTypeOf(code).toEqualTypeOf<"4096000" | "4096001">();
    expectTypeOf(code).not.toBeAny();
  });
});

describe("describeResponseCode", () => {
  test("has the published category and message of every code, its outcome, and what comes next", () => {
    for (const { code, status, service, caseCode, category, message, outcome } of every) {
      expect(describeResponseCode(code)).toEqual({
        status,
        serviceCode: service,
        caseCode,
        category,
        message,
        description: expect.stringMatching(/^[A-Z].{15,}\.$/),
        outcome,
        next: nextStepOf(outcome as Outcome),
      });
    }
  });

  test.each([...GARBAGE, ...NOT_TEXT])("%j is not described", (code) => {
    expect(describeResponseCode(code)).toBeUndefined();
  });

  test("its result is typed", () => {
    expectTypeOf(describeResponseCode("4036014")).toEqualTypeOf<ResponseCodeDescription | undefined>();
    expectTypeOf(describeResponseCode).returns.not.toBeAny();
    expectTypeOf<ResponseCodeDescription["category"]>().toEqualTypeOf<"Success" | "System" | "Message" | "Business">();
  });
});

describe("isCase", () => {
  test("is true for the code's own row and for no other, whatever the service", () => {
    const rows = codes.map(({ status, case: caseCode }) => status + caseCode);
    for (const { code, status, caseCode } of every)
      expect(rows.filter((row) => isCase(code, row))).toEqual([status + caseCode]);
  });

  test.each([...GARBAGE.filter((text) => !/^[0-9]{7}$/.test(text)), ...NOT_TEXT])("%j is of no row", (code) => {
    expect(codes.filter(({ status, case: caseCode }) => isCase(code, status + caseCode))).toEqual([]);
  });
});

describe("responseMessageOf", () => {
  test.each([
    ["4006001", "amount.value", "Invalid Field Format amount.value"],
    ["4006002", "amount.value", "Invalid Mandatory Field amount.value"],
    ["4006002", "X-EXTERNAL-ID", "Invalid Mandatory Field X-EXTERNAL-ID"],
    ["4016000", "Signature", "Unauthorized. [Signature]"],
    ["4035901", "Merchant not activated", "Feature Not Allowed [Merchant not activated]"],
    ["4038006", "Cut off in progress", "Feature Not Allowed At This Time. [Cut off in progress]"],
    ["4037915", "closed", "Transaction Not Permitted.[closed]"],
    ["4045511", "blocked", "Invalid Card/Account/Customer [blocked]/Virtual Account"],
    ["4046212", "Suspended", "Invalid Bill/Virtual Account [Suspended]"],
  ] as const)("%s with %j is %j", (code, fill, message) => {
    expect(responseMessageOf(code, fill)).toBe(message);
  });

  test("these are all the messages with a placeholder; every other is the published one", () => {
    const filled = every.filter(({ code, message }) => responseMessageOf(code as ResponseCode, "x") !== message);
    expect(new Set(filled.map(({ status, caseCode }) => `${status} ${caseCode}`))).toEqual(
      new Set(["400 01", "400 02", "401 00", "403 01", "403 06", "403 15", "404 11", "404 12"]),
    );
    for (const { code, message } of every) {
      if (!filled.some((other) => other.code === code)) expect(responseMessageOf(code as ResponseCode)).toBe(message);
    }
  });

  test("without a fill the placeholder goes", () => {
    expect(responseMessageOf("4006001")).toBe("Invalid Field Format");
    expect(responseMessageOf("4006002", "")).toBe("Invalid Mandatory Field");
    expect(responseMessageOf("4016000")).toBe("Unauthorized.");
    expect(responseMessageOf("4036015")).toBe("Transaction Not Permitted.");
  });

  test("without a fill no blank stays behind, wherever the placeholder is", () => {
    expect(responseMessageOf("4046011")).toBe("Invalid Card/Account/Customer/Virtual Account");
    expect(responseMessageOf("4046012")).toBe("Invalid Bill/Virtual Account");
    for (const { code } of every) expect(responseMessageOf(code as ResponseCode)).not.toMatch(/^ | $| {2}| [/.,]/);
    // of a profile's own message
    expect(responseMessageOf("4046012", "", { messages: { "40412": "[Reason] for the bill" } })).toBe("for the bill");
  });

  test("a fill is taken as it is", () => {
    expect(responseMessageOf("4016000", "$& $1 $$ {x} [y]")).toBe("Unauthorized. [$& $1 $$ {x} [y]]");
    expect(responseMessageOf("4006001", "{field name}")).toBe("Invalid Field Format {field name}");
  });

  test("ends after 150 characters, and cuts none in two", () => {
    expect(responseMessageOf("4006001", "x".repeat(129))).toBe(`Invalid Field Format ${"x".repeat(129)}`);
    expect(responseMessageOf("4006001", "x".repeat(130))).toBe(`Invalid Field Format ${"x".repeat(129)}`);
    expect(responseMessageOf("4016000", "x".repeat(1000))).toBe(`Unauthorized. [${"x".repeat(135)}`);
    expect(responseMessageOf("4006001", "😀".repeat(200))).toBe(`Invalid Field Format ${"😀".repeat(129)}`);
  });

  test("whatever the fill, the contract accepts the body", () => {
    for (const operation of operations) {
      for (const status of Object.keys(operation.responses).filter((candidate) => candidate >= "400")) {
        const validate = compile(bodySchema(operation, status));
        for (const row of codes.filter((candidate) => candidate.status === status)) {
          const responseCode = `${status}${operation.service}${row.case}` as ResponseCode;
          for (const fill of ["", "x", "😀".repeat(151), "\ud800"])
            expect(validate({ responseCode, responseMessage: responseMessageOf(responseCode, fill) })).toBe(true);
        }
      }
    }
  });

  test.each(GARBAGE)("%j, which the catalogue does not have, is refused", (code) => {
    expect(thrown(() => responseMessageOf(code as ResponseCode, "x"))).toStrictEqual(
      unknownCode(`responseCode must be one of the catalogue, but is ${JSON.stringify(code)}`),
    );
  });

  test.each([undefined, null, 4036014])("%s is refused", (code) => {
    expect(thrown(() => responseMessageOf(code as never, "x"))).toStrictEqual(
      unknownCode(`responseCode must be a string, but is ${code}`),
    );
  });

  test("a row that the messages given do not have is refused", () => {
    const profile = { messages: { "40300": "Transaction Expired" } };
    expect(thrown(() => responseMessageOf("4036014", "x", profile))).toStrictEqual(
      unknownCode('responseCode must be one of the catalogue, but is "4036014"'),
    );
  });

  test("its argument is a code of the catalogue", () => {
    // @ts-expect-error 403 60 99 is not in the catalogue
    expect(thrown(() => responseMessageOf("4036099"))).toStrictEqual(
      unknownCode('responseCode must be one of the catalogue, but is "4036099"'),
    );
    // @ts-expect-error a text that may be anything
    expect(responseMessageOf("4036014" as string)).toBe("Insufficient Funds");
    expectTypeOf(responseMessageOf).returns.toEqualTypeOf<string>();
  });
});

describe("outcomeOf", () => {
  test("judges all 63 codes of all 8 services as the table says", () => {
    expect(every.filter(({ code, outcome }) => outcomeOf(code) !== outcome)).toEqual([]);
    expect(new Set(every.map(({ outcome }) => outcome))).toEqual(new Set(OUTCOMES));
  });

  test.each([
    ["2006000", "success"],
    ["2028000", "pending"],
    ["4006002", "rejected"],
    ["4016000", "rejected"],
    ["4036014", "declined"],
    ["4046001", "declined"],
    ["4056201", "rejected"],
    ["4096000", "rejected"],
    ["4096001", "unknown"],
    ["4296000", "rejected"],
    ["5006000", "unknown"],
    ["5046000", "unknown"],
    ["4046018", "declined"],
    ["4048018", "unknown"],
    ["4046218", "unknown"],
    ["4046118", "rejected"],
  ])("%s is %s", (code, outcome) => {
    expect(outcomeOf(code)).toBe(outcome);
  });

  test.each([...GARBAGE, ...NOT_TEXT])("%j is unknown, so that nobody takes it for failed", (code) => {
    expect(outcomeOf(code)).toBe("unknown");
  });

  test("a service outside the contract is judged by the row that holds for any service", () => {
    expect(outcomeOf("4032714")).toBe("declined");
    expect(outcomeOf("4042718")).toBe("rejected");
    expect(outcomeOf("2002700")).toBe("success");
  });

  test("whatever the text, the answer is one of the five, and unknown unless the catalogue has the code", () => {
    const rows = new Set(codes.map(({ status, case: caseCode }) => `${status} ${caseCode}`));
    const text = fc.oneof(
      fc.string(),
      fc.stringMatching(/^\d{7}$/),
      fc.constantFrom(...every).map(({ code }) => code),
    );
    fc.assert(
      fc.property(text, (code) => {
        const outcome = outcomeOf(code);
        expect(OUTCOMES).toContain(outcome);
        const known = /^[0-9]{7}$/.test(code) && rows.has(`${code.slice(0, 3)} ${code.slice(5)}`);
        if (!known) expect(outcome).toBe("unknown");
        expect(describeResponseCode(code)?.outcome).toBe(known ? outcome : undefined);
      }),
      { seed: 20201223, numRuns: 5000 },
    );
  });

  test("its result is one of five", () => {
    expectTypeOf(outcomeOf).parameter(0).toEqualTypeOf<string>();
    expectTypeOf(outcomeOf("4036014")).toEqualTypeOf<"success" | "pending" | "declined" | "rejected" | "unknown">();
    expectTypeOf(outcomeOf("4036014")).not.toBeAny();
  });
});

describe("transactionStateOf", () => {
  test.each([
    ["00", "success"],
    ["01", "pending"],
    ["02", "pending"],
    ["03", "pending"],
    ["04", "reversed"],
    ["05", "reversed"],
    ["06", "failed"],
    ["07", "notFound"],
  ])("%s is %s", (status, state) => {
    expect(transactionStateOf(status)).toBe(state);
  });

  test.each([undefined, "", "0", "08", "99", "000", "00 ", "Success", "constructor", "__proto__", "toString"])(
    "%j is not a state",
    (status) => {
      expect(transactionStateOf(status)).toBeUndefined();
    },
  );

  test.each([null, 0, 6, true, {}, [], ["00"], { toString: "00" }] as unknown as string[])(
    "%j, off the wire, is not a state",
    (status) => {
      expect(transactionStateOf(status)).toBeUndefined();
    },
  );

  test("a call that succeeded may carry a payment that failed", () => {
    const body = { responseCode: "2006000", latestTransactionStatus: "06" };
    expect(outcomeOf(body.responseCode)).toBe("success");
    expect(transactionStateOf(body.latestTransactionStatus)).toBe("failed");
  });

  test("is defined for a status of the contract, and may be undefined for any text", () => {
    expectTypeOf(transactionStateOf("06")).toEqualTypeOf<TransactionState>();
    expectTypeOf(transactionStateOf("06" as string)).toEqualTypeOf<TransactionState | undefined>();
    expectTypeOf<TransactionState>().toEqualTypeOf<"success" | "pending" | "reversed" | "failed" | "notFound">();
    expectTypeOf<TransactionState>().not.toBeAny();
  });
});

describe("nextStepOf", () => {
  test.each([
    ["success", /read latestTransactionStatus or wait for the notification/],
    ["pending", /^Query until the outcome is final.*Do not send it again/],
    ["declined", /failed.*new partnerReferenceNo/],
    ["rejected", /^Fix the request or the credentials.*new X-EXTERNAL-ID/],
    ["unknown", /^Query\. Do not take it for failed/],
  ] as const)("after %s: %s", (outcome, next) => {
    expect(nextStepOf(outcome)).toMatch(next);
  });

  test("takes an outcome and nothing else", () => {
    // @ts-expect-error not an outcome
    expect(thrown(() => nextStepOf("failed"))).toStrictEqual(
      typeError(
        "ERR_SNAP_INVALID_ARGUMENT",
        'outcome must be one of success, pending, declined, rejected, unknown, but is "failed".',
      ),
    );
    expectTypeOf(nextStepOf).returns.toEqualTypeOf<string>();
  });
});

describe("the types", () => {
  test("response codes are closed unions, by service and status", () => {
    expectTypeOf<ResponseCode>().not.toBeAny();
    expectTypeOf<ResponseCode>().not.toEqualTypeOf<string>();
    expectTypeOf<ServiceCode>().toEqualTypeOf<"59" | "60" | "61" | "62" | "79" | "80" | "55" | "73">();
    expectTypeOf<HttpStatus>().toEqualTypeOf<
      "200" | "202" | "400" | "401" | "403" | "404" | "405" | "409" | "429" | "500" | "504"
    >();
    expectTypeOf<ResponseCode<"60", "400">>().toEqualTypeOf<"4006000" | "4006001" | "4006002">();
    expectTypeOf<ResponseCode<"60", "200" | "202">>().toEqualTypeOf<"2006000" | "2026000">();
    expectTypeOf<"4036014">().toExtend<ResponseCode>();
    expectTypeOf<"4036099">().not.toExtend<ResponseCode>();
    expectTypeOf<"4039914">().not.toExtend<ResponseCode>();
    expectTypeOf<string>().not.toExtend<ResponseCode>();
    const wrong: ResponseCode[] = [
      "4036014",
      // @ts-expect-error 403 has no case code 99
      "4036099",
      // @ts-expect-error there is no service 99
      "4039914",
    ];
    expect(wrong).toHaveLength(3);
  });

  test("error codes leave out success, and other services where one is named", () => {
    expectTypeOf<ErrorCode>().not.toBeAny();
    expectTypeOf<"4036014">().toExtend<ErrorCode<"60">>();
    expectTypeOf<"4035914">().toExtend<ErrorCode>();
    expectTypeOf<"2006000">().not.toExtend<ErrorCode<"60">>();
    expectTypeOf<"2026000">().not.toExtend<ErrorCode<"60">>();
    expectTypeOf<"4035914">().not.toExtend<ErrorCode<"60">>();
    const wrong: ErrorCode<"60">[] = [
      "4036014",
      // @ts-expect-error a success
      "2006000",
      // @ts-expect-error another service's
      "4035914",
    ];
    expect(wrong).toHaveLength(3);
    expectTypeOf<ParsedResponseCode["status"]>().toEqualTypeOf<string>();
  });
});
