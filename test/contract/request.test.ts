// Request bodies: which keep the contract, and the one answer that SNAP gives to one that does not.
import { describe, expect, expectTypeOf, test } from "vitest";
import type { OperationId } from "../../generated/operations.ts";
import { published } from "../../src/contract/contract.ts";
import { type SnapAnswer, validateRequest, validateResponse } from "../../src/contract/validation.ts";
import { tableCases } from "../support/cases.ts";
import { operations } from "../support/contract.ts";
import { thrown } from "../support/errors.ts";
import { type Body, withField } from "../support/random.ts";
import {
  answerOf,
  backwards,
  badRequest,
  exampleOf,
  fullBody,
  idOf,
  malformed,
  mandatoryOf,
  missing,
  pathsOf,
  payment,
  requestRows,
  sorted,
  UNKNOWN_OPERATIONS,
  unknownOperation,
  violation,
  violationsOf,
  wrongVerdicts,
} from "./support.ts";

describe.each(operations)("validateRequest of $operationId", (operation) => {
  const { service } = operation;
  const id = idOf(operation);
  const mandatory = mandatoryOf(service);
  const example = exampleOf(operation);
  const full = fullBody(operation);
  const answer = (body: unknown) => answerOf(validateRequest(id, body));

  test("accepts the example, and a body with every field of the table", () => {
    expect(validateRequest(id, example)).toEqual({ valid: true });
    expect(validateRequest(id, full)).toEqual({ valid: true });
    expect(validateRequest(id, backwards(full))).toEqual({ valid: true });
  });

  test("gives every case of the published rows its verdict", () => {
    const cases = tableCases(operation, "request");
    expect(cases.length).toBeGreaterThan(20);
    expect(wrongVerdicts(cases, (value) => validateRequest(id, value))).toEqual([]);
  });

  test("a mandatory field that is absent, null or empty is missing: 02, with its dotted name", () => {
    for (const path of mandatory) {
      for (const value of [undefined, null, ""]) {
        const body = withField(full, path, value);
        expect([path, value, answer(body)]).toEqual([path, value, missing(service, path)]);
        expect(new Set(pathsOf(validateRequest(id, body)))).toEqual(new Set([path]));
      }
    }
  });

  test("a mandatory field that is present and wrong is malformed: 01", () => {
    for (const path of mandatory) {
      for (const value of [1, true, {}, [], "x".repeat(1000), ...(/amount/i.test(path) ? ["1,00", " "] : [])])
        expect([path, value, answer(withField(full, path, value))]).toEqual([path, value, malformed(service, path)]);
    }
  });

  test("an optional field that is wrong is malformed, null too: 01", () => {
    for (const { path, type, presence, length } of requestRows(service).filter((row) => row.presence !== "M")) {
      const object = type.toLowerCase() === "object";
      const wrong: unknown[] = object ? ["x", "", 1, []] : [1, {}, [], null, "x".repeat(Number(length) + 1)];
      if (object && !(service === "80" && path === "additionalInfo")) wrong.push(null);
      expect(presence).toBe("O");
      for (const value of wrong)
        expect([path, value, answer(withField(full, path, value))]).toEqual([path, value, malformed(service, path)]);
    }
  });

  test("of two missing fields the one first in the table is named, whatever the order in the body", () => {
    for (const [place, first] of mandatory.entries()) {
      for (const second of mandatory.slice(place + 1)) {
        const body = withField(withField(full, second, null), first, "");
        expect(answer(body)).toEqual(missing(service, first));
        expect(answer(backwards(body))).toEqual(missing(service, first));
      }
    }
  });

  test("of two malformed fields the one first in the table is named, whatever the order in the body", () => {
    const paths = requestRows(service).map(({ path }) => path);
    for (const [place, first] of paths.entries()) {
      for (const second of paths.slice(place + 1)) {
        // a member needs its parent
        if (second.startsWith(`${first}.`)) continue;
        const body = withField(withField(full, second, 1), first, 1);
        expect(pathsOf(validateRequest(id, body))).toEqual(expect.arrayContaining([first, second]));
        expect(answer(body)).toEqual(malformed(service, first));
        expect(answer(backwards(body))).toEqual(malformed(service, first));
      }
    }
  });

  test("a missing field is named before a malformed one, wherever the two are in the table", () => {
    for (const lacking of mandatory) {
      for (const { path } of requestRows(service)) {
        if (path === lacking || lacking.startsWith(`${path}.`)) continue;
        const body = withField(withField(full, path, 1), lacking, undefined);
        expect(pathsOf(validateRequest(id, body))).toEqual(expect.arrayContaining([path, lacking]));
        expect(answer(body)).toEqual(missing(service, lacking));
        expect(answer(backwards(body))).toEqual(missing(service, lacking));
      }
    }
  });

  test("a mandatory field that is undefined, which JSON leaves out, is missing", () => {
    for (const lacking of mandatory.filter((path) => !path.includes("."))) {
      expect(answer({ ...full, [lacking]: undefined })).toEqual(missing(service, lacking));
      expect(answer({ ...full, additionalInfo: 5, [lacking]: undefined })).toEqual(missing(service, lacking));
    }
  });

  test.each([[null], [undefined], [true], [0], ["x"], [""], [[]], [[{}]], ['{"a":1}']])(
    "%j is not an object: 00, and nothing else",
    (body) => {
      expect(validateRequest(id, body)).toEqual({
        valid: false,
        violations: [violation("", "type", "an object", "the body must be an object")],
        answer: badRequest(service),
      });
    },
  );

  test("an empty object lacks the first mandatory field of the top", () => {
    const [first] = mandatory.filter((path) => !path.includes("."));
    expect(answer({})).toEqual(first === undefined ? undefined : missing(service, first));
  });

  test("extra keys are accepted, whatever their names", () => {
    const names = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "", "a/b~c", "amount.value"];
    for (const name of names) {
      const text = JSON.stringify(full).replace(/}$/, `,${JSON.stringify(name)}:{"merchantId":1,"polluted":true}}`);
      const body = JSON.parse(text) as Body;
      expect(Object.hasOwn(body, name)).toBe(true);
      expect([name, validateRequest(id, body)]).toEqual([name, { valid: true }]);
    }
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  test("fields in a __proto__ of the body are not its own", () => {
    const [first] = mandatory.filter((path) => !path.includes("."));
    const body: unknown = JSON.parse(`{"__proto__":${JSON.stringify(full)}}`);
    expect(answer(body)).toEqual(first === undefined ? undefined : missing(service, first));
  });

  test("leaves the body as it was", () => {
    const body = withField(withField(full, "additionalInfo", { deep: [1, "2"] }), "more", 1);
    const before = JSON.stringify(body);
    validateRequest(id, body);
    expect(JSON.stringify(body)).toBe(before);
  });
});

describe("validateRequest", () => {
  test("lists every violation with path, rule, words and pattern", () => {
    const listed = validateRequest("qrCpmPayment", {
      ...payment,
      qrContent: "",
      amount: { value: "10000", currency: "IDRX" },
      merchantId: undefined,
      title: "x".repeat(257),
      scannerInfo: { deviceId: 7 },
      additionalInfo: [],
    });
    expect(answerOf(listed)).toEqual(missing("60", "qrContent"));
    expect(sorted(violationsOf(listed))).toEqual([
      violation("additionalInfo", "type", "an object", "additionalInfo must be an object"),
      violation("amount.currency", "maxLength", "at most 3 characters", "amount.currency must be at most 3 characters"),
      violation(
        "amount.currency",
        "pattern",
        "three capital letters such as IDR",
        "amount.currency must be three capital letters such as IDR",
        "^[A-Z]{3}$",
      ),
      violation(
        "amount.value",
        "pattern",
        "1 to 16 digits, a point and 2 decimals, such as 10000.00",
        "amount.value must be 1 to 16 digits, a point and 2 decimals, such as 10000.00",
        "^\\d{1,16}\\.\\d{2}$",
      ),
      violation("merchantId", "required", "present", "merchantId is missing"),
      violation("qrContent", "minLength", "not empty", "qrContent must not be empty"),
      violation("scannerInfo.deviceId", "type", "a string", "scannerInfo.deviceId must be a string"),
      violation("title", "maxLength", "at most 256 characters", "title must be at most 256 characters"),
    ]);
  });

  test.each<[OperationId, Body, string, string, string]>([
    [
      "qrCpmNotify",
      { merchantId: "1", latestTransactionStatus: "08" },
      "latestTransactionStatus",
      "enum",
      "one of 00, 01, 02, 03, 04, 05, 06, 07",
    ],
    ["debitStatus", { originalPartnerReferenceNo: "1", serviceCode: "55" }, "serviceCode", "const", '"54"'],
    ["accessTokenB2b", { grantType: "password" }, "grantType", "const", '"client_credentials"'],
    [
      "qrCpmRefund",
      { originalPartnerReferenceNo: "1", partnerRefundNo: "1", additionalInfo: 1 },
      "additionalInfo",
      "type",
      "an object or null",
    ],
  ])("%s: %j breaks %s, rule %s", (operation, body, path, rule, expected) => {
    expect(validateRequest(operation, body)).toEqual({
      valid: false,
      violations: [violation(path, rule, expected, `${path} must be ${expected}`)],
      answer: malformed(published.operations[operation].serviceCode, path),
    });
  });

  test.each([
    ["absent", { currency: "IDR" }],
    ["null", { value: null, currency: "IDR" }],
    ["empty", { value: "", currency: "IDR" }],
  ])("an amount whose value is %s: 4006002 Invalid Mandatory Field amount.value", (_, amount) => {
    expect(answerOf(validateRequest("qrCpmPayment", { ...payment, amount }))).toEqual({
      responseCode: "4006002",
      responseMessage: "Invalid Mandatory Field amount.value",
    });
  });

  test("an amount of the wrong form: 4006001 Invalid Field Format amount.value", () => {
    expect(answerOf(validateRequest("qrCpmPayment", { ...payment, amount: { value: "10", currency: "IDR" } }))).toEqual(
      {
        responseCode: "4006001",
        responseMessage: "Invalid Field Format amount.value",
      },
    );
  });

  test("members of an optional object are mandatory only if it is there", () => {
    const { amount, ...without } = payment;
    expect(amount).toBeDefined();
    expect(validateRequest("qrCpmPayment", without)).toEqual({ valid: true });
    expect(answerOf(validateRequest("qrCpmPayment", { ...without, amount: null }))).toEqual(malformed("60", "amount"));
    expect(answerOf(validateRequest("qrCpmPayment", { ...without, amount: "" }))).toEqual(malformed("60", "amount"));
    expect(answerOf(validateRequest("qrCpmPayment", { ...without, amount: {} }))).toEqual(
      missing("60", "amount.value"),
    );
    expect(answerOf(validateRequest("qrCpmPayment", { ...without, amount: { value: "1.00" } }))).toEqual(
      missing("60", "amount.currency"),
    );
  });

  test("a key that is literally `amount.value` stands for no field", () => {
    expect(validateRequest("qrCpmPayment", { ...payment, "amount.value": 1 })).toEqual({ valid: true });
    const body = { ...payment, amount: { currency: "IDR" }, "amount.value": "1.00" };
    expect(answerOf(validateRequest("qrCpmPayment", body))).toEqual(missing("60", "amount.value"));
  });

  test("service 80 accepts null for additionalInfo, and no other service does", () => {
    const verdicts = operations.map((operation) => [
      operation.service,
      validateRequest(idOf(operation), { ...exampleOf(operation), additionalInfo: null }).valid,
    ]);
    expect(Object.fromEntries(verdicts)).toEqual({
      "59": false,
      "60": false,
      "61": false,
      "62": false,
      "79": false,
      "80": true,
      // its table has no additionalInfo, so there it is an extra property
      "55": true,
      "73": false,
    });
  });

  test.each([
    ["qrCpmQuery", "61"],
    ["qrCpmCancel", "62"],
  ] as const)("%s accepts externalStoreID as an alias, of the same length", (operation, service) => {
    const body = { originalPartnerReferenceNo: "1" };
    const long = "x".repeat(65);
    expect(validateRequest(operation, { ...body, externalStoreID: "x".repeat(64) })).toEqual({ valid: true });
    expect(answerOf(validateRequest(operation, { ...body, externalStoreID: long }))).toEqual(
      malformed(service, "externalStoreID"),
    );
    expect(answerOf(validateRequest(operation, { externalStoreID: 1, externalStoreId: long, ...body }))).toEqual(
      malformed(service, "externalStoreId"),
    );
    expect(answerOf(validateRequest(operation, { ...body, externalStoreID: 1, additionalInfo: 1 }))).toEqual(
      malformed(service, "externalStoreID"),
    );
  });

  test("counts characters, not UTF-16 units", () => {
    const titled = (title: string) => validateRequest("qrCpmPayment", { ...payment, title }).valid;
    expect(titled("😀".repeat(256))).toBe(true);
    expect(titled("😀".repeat(257))).toBe(false);
    expect(titled("\ud800".repeat(256))).toBe(true);
    expect(titled("\ud800".repeat(257))).toBe(false);
  });

  test("an answer always fits the contract's own 400 body", () => {
    for (const operation of operations) {
      for (const { value } of tableCases(operation, "request").filter(({ valid }) => !valid)) {
        const answer = answerOf(validateRequest(idOf(operation), value));
        expect(validateResponse(idOf(operation), 400, answer)).toEqual({ valid: true });
      }
    }
  });

  test("the results of two calls share nothing", () => {
    const first = validateRequest("qrCpmPayment", { ...payment, title: 1 });
    const kept = structuredClone(first);
    validateRequest("qrCpmPayment", {});
    expect(first).toEqual(kept);
    expect(validateRequest("qrCpmPayment", payment)).toEqual({ valid: true });
  });

  test("deep nesting and large size are accepted in free objects", () => {
    let deep: unknown = {};
    for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
    const wide = Object.fromEntries(Array.from({ length: 100_000 }, (_, count) => [`key${count}`, count]));
    expect(validateRequest("qrCpmPayment", { ...payment, additionalInfo: { deep, wide } })).toEqual({ valid: true });
  });

  test("its types name the operations, and tell a failure from a success", () => {
    // @ts-expect-error no such operation
    expect(thrown(() => validateRequest("qrCpmTransfer", {}))).toStrictEqual(unknownOperation("qrCpmTransfer"));
    const result = validateRequest("qrCpmPayment", {});
    // @ts-expect-error only a failure has an answer
    expect(result.answer).toBeDefined();
    expectTypeOf(result).not.toBeAny();
    if (!result.valid) expectTypeOf(result.answer.responseCode).not.toEqualTypeOf<string>();
    expectTypeOf<SnapAnswer["responseCode"]>().not.toBeAny();
  });
});

test.each(UNKNOWN_OPERATIONS)("the operation %j, which the contract does not have, is refused", (operation) => {
  expect(thrown(() => validateRequest(operation, {}))).toStrictEqual(unknownOperation(operation));
});
