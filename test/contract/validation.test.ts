import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from "vitest";
import type { OperationId } from "../../generated/client.ts";
import { contract as published } from "../../generated/contract.ts";
import * as validators from "../../generated/validators.js";
import type { Contract, OperationContract } from "../../src/contract/contract.ts";
import {
  type RequestValidationResult,
  type SnapAnswer,
  type ValidationResult,
  validateHeaders,
  validateRequest,
  validateResponse,
} from "../../src/contract/validation.ts";
import { type Case, errorCases, headerCases, inProgressCases, tableCases } from "../support/cases.ts";
import { bodySchema, compile, headerSchema, type Operation, operations } from "../support/contract.ts";
import { allRows, headersOf, type Row, samples } from "../support/published.ts";
import { type Body, fieldAt, reordered, withField } from "../support/random.ts";

const idOf = (operation: Operation) => operation.operationId as OperationId;
const isError = (status: string) => status >= "400";

/** The request rows of a service in the order of the table, under the names that the contract decided on. */
function requestRows(service: string): (Row & { path: string })[] {
  return allRows
    .filter((row) => row.service === service && row.body === "request")
    .map((row) => {
      const name = { externalStoreID: "externalStoreId", Value: "value", Currency: "currency" }[row.name] ?? row.name;
      return { ...row, path: row.parent ? `${row.parent}.${name}` : name };
    });
}
const mandatoryOf = (service: string) =>
  requestRows(service)
    .filter(({ presence }) => presence === "M")
    .map(({ path }) => path);

const exampleOf = (operation: Operation): Body =>
  operation.requestBody.content["application/json"].examples.Published.value;
/** Every row's field, in the order of the table. */
function fullBody(operation: Operation): Body {
  const example = exampleOf(operation);
  return requestRows(operation.service).reduce<Body>((body, { path, type }) => {
    if (/mount$/.test(path)) return withField(body, path, {});
    const filler = type.toLowerCase() === "object" ? {} : "";
    return withField(body, path, fieldAt(example, path) ?? (path.endsWith("currency") ? "IDR" : filler));
  }, {});
}
const backwards = (body: Body) => reordered(body, (names) => names.reverse());

const answerOf = (result: RequestValidationResult): SnapAnswer | undefined =>
  result.valid ? undefined : result.answer;
const missing = (service: string, field: string) => ({
  responseCode: `400${service}02`,
  responseMessage: `Invalid Mandatory Field ${field}`,
});
const malformed = (service: string, field: string) => ({
  responseCode: `400${service}01`,
  responseMessage: `Invalid Field Format ${field}`,
});
const badRequest = (service: string) => ({ responseCode: `400${service}00`, responseMessage: "Bad Request" });
const pathsOf = (result: ValidationResult) => (result.valid ? [] : result.violations.map(({ path }) => path));

/** The cases whose verdict is another than the published rows give. */
const wrongVerdicts = (cases: Case[], validate: (value: unknown) => ValidationResult) =>
  cases.filter(({ value, valid }) => validate(value).valid !== valid).map(({ name }) => name);

const payment: Body = {
  partnerReferenceNo: "2020102900000000000001",
  qrContent: "000201",
  amount: { value: "10000.00", currency: "IDR" },
  merchantId: "00007100010926",
  expiryTime: "2020-12-23T07:50:11+07:00",
};

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

  test("a mandatory field that is there and wrong is malformed: 01", () => {
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
    "%j is no object: 00, and nothing else",
    (body) => {
      expect(validateRequest(id, body)).toEqual({
        valid: false,
        violations: [{ path: "", rule: "type", expected: "object" }],
        answer: badRequest(service),
      });
    },
  );

  test("an empty object lacks the first mandatory field of the top", () => {
    const [first] = mandatory.filter((path) => !path.includes("."));
    expect(answer({})).toEqual(first === undefined ? undefined : missing(service, first));
  });

  test("extra keys do no harm, whatever their names", () => {
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
  test("lists every violation with path, rule and what was expected", () => {
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
    expect(listed.valid ? [] : listed.violations.toSorted((a, b) => a.path.localeCompare(b.path))).toEqual([
      { path: "additionalInfo", rule: "type", expected: "object" },
      { path: "amount.currency", rule: "maxLength", expected: "at most 3 characters" },
      { path: "amount.currency", rule: "pattern", expected: "text of the form ^[A-Z]{3}$" },
      { path: "amount.value", rule: "pattern", expected: "text of the form ^\\d{1,16}\\.\\d{2}$" },
      { path: "merchantId", rule: "required", expected: "to be there" },
      { path: "qrContent", rule: "minLength", expected: "at least 1 character" },
      { path: "scannerInfo.deviceId", rule: "type", expected: "string" },
      { path: "title", rule: "maxLength", expected: "at most 256 characters" },
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
      "object or null",
    ],
  ])("%s: %j breaks %s, rule %s", (operation, body, path, rule, expected) => {
    expect(validateRequest(operation, body)).toEqual({
      valid: false,
      violations: [{ path, rule, expected }],
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

  test("members of an optional object are mandatory only where it is there", () => {
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

  test("service 80 takes null for additionalInfo, and no other service does", () => {
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
  ] as const)("%s takes externalStoreID for an alias, of the same length", (operation, service) => {
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

  test("nesting and size in free objects cost it nothing", () => {
    let deep: unknown = {};
    for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
    const wide = Object.fromEntries(Array.from({ length: 100_000 }, (_, count) => [`key${count}`, count]));
    expect(validateRequest("qrCpmPayment", { ...payment, additionalInfo: { deep, wide } })).toEqual({ valid: true });
  });

  test("its types name the operations, and tell a failure from a success", () => {
    // @ts-expect-error no such operation
    expect(() => validateRequest("qrCpmTransfer", {})).toThrow(TypeError);
    const result = validateRequest("qrCpmPayment", {});
    // @ts-expect-error only a failure has an answer
    expect(result.answer).toBeDefined();
    expectTypeOf(result).not.toBeAny();
    if (!result.valid) expectTypeOf(result.answer.responseCode).not.toEqualTypeOf<string>();
    expectTypeOf<SnapAnswer["responseCode"]>().not.toBeAny();
  });
});

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
    "the contract has no status %j",
    (status) => {
      expect(validateResponse(id, status, { responseCode: "2000000", responseMessage: "x" })).toEqual({
        valid: false,
        violations: [
          { path: "", rule: "status", expected: "one of 200, 202, 400, 401, 403, 404, 405, 409, 429, 500, 504" },
        ],
      });
    },
  );

  test("refuses another service's code and another status's", () => {
    const other = operation.service === "60" ? "61" : "60";
    for (const responseCode of [`403${other}14`, `404${operation.service}14`, `403${operation.service}99`]) {
      const result = validateResponse(id, 403, { responseCode, responseMessage: "Insufficient Funds" });
      expect(pathsOf(result)).toEqual(["responseCode"]);
    }
  });
});

describe("validateResponse", () => {
  test("lists every violation with path, rule and what was expected", () => {
    const listed = validateResponse("qrCpmRefund", 409, { responseCode: "4036014", responseMessage: "" });
    expect(listed.valid ? [] : listed.violations.toSorted((a, b) => a.path.localeCompare(b.path))).toEqual([
      { path: "responseCode", rule: "enum", expected: "one of 4098000, 4098001" },
      { path: "responseMessage", rule: "minLength", expected: "at least 1 character" },
    ]);
    expect(validateResponse("qrCpmPayment", 500, [])).toEqual({
      valid: false,
      violations: [{ path: "", rule: "type", expected: "object" }],
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
      violations: [{ path: "originalReferenceNo", rule: "required", expected: "to be there" }],
    });
    expect(validateResponse("qrCpmQuery", 200, { ...body, originalReferenceNo: "" })).toEqual({
      valid: false,
      violations: [{ path: "originalReferenceNo", rule: "minLength", expected: "at least 1 character" }],
    });
    expect(validateResponse("qrCpmQuery", 200, { ...body, latestTransactionStatus: "06" })).toEqual({ valid: true });
  });
});

const publishedHeaders: Record<string, string> = {
  ...samples.find(({ id }) => id === "qr-cpm-payment-request")?.headers,
  "X-CLIENT-KEY": "G1234325-SNAP",
};

describe.each(operations)("validateHeaders of $operationId", (operation) => {
  const { service, parameters } = operation;
  const id = idOf(operation);
  const names = parameters.map(({ name }) => name);
  const mandatory = headersOf(service)
    .filter(({ presence }) => presence === "M")
    .map(({ name }) => name);
  const headers = Object.fromEntries(Object.entries(publishedHeaders).filter(([name]) => names.includes(name)));
  const without = (name: string) => Object.fromEntries(Object.entries(headers).filter(([other]) => other !== name));
  const answer = (value: Headers | Record<string, string | string[] | undefined>) =>
    answerOf(validateHeaders(id, value));

  test("gives every case of the standard's table its verdict, as a record and as a Headers object", () => {
    const cases = headerCases(service, parameters, publishedHeaders);
    const verdict = (value: unknown) => validateHeaders(id, value as Record<string, string>);
    expect(wrongVerdicts(cases, verdict)).toEqual([]);
    // a Headers object trims its values and takes none of more than one line
    const sendable = cases.filter(({ value }) =>
      Object.values(value as Record<string, string>).every((text) => text.trim() === text),
    );
    expect(sendable.length).toBeGreaterThan(20);
    expect(
      wrongVerdicts(sendable, (value) => validateHeaders(id, new Headers(value as Record<string, string>))),
    ).toEqual([]);
  });

  test("reads names in any case, and lists of values", () => {
    const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    const upper = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]));
    const lists = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
    for (const value of [headers, lower, upper, lists, new Headers(headers), new Headers(lower)])
      expect(validateHeaders(id, value)).toEqual({ valid: true });
  });

  test("null is no value, and a number is its text, where no compiler has looked", () => {
    const [name = ""] = mandatory;
    const odd = (value: unknown) => ({ ...headers, [name]: value }) as Record<string, string>;
    expect(answer(odd(null))).toEqual(missing(service, name));
    expect(answer({ ...headers, "CHANNEL-ID": 95221 } as never)).toBeUndefined();
  });

  test("a mandatory header that is absent or empty is missing: 02, under its name on the wire", () => {
    for (const name of mandatory) {
      const lower = name.toLowerCase();
      for (const value of [
        without(name),
        { ...headers, [name]: "" },
        { ...headers, [name]: undefined },
        { ...headers, [name]: [] },
        { ...without(name), [lower]: "" },
        new Headers(without(name)),
        new Headers({ ...headers, [name]: "" }),
        new Headers({ ...headers, [name]: "  " }),
      ])
        expect(answer(value)).toEqual(missing(service, name));
    }
  });

  test("of two missing headers the one first in the standard's table is named, whatever the order sent", () => {
    expect(answer({})).toEqual(missing(service, "X-TIMESTAMP"));
    expect(mandatory).toEqual(names.filter((name) => mandatory.includes(name)));
    for (const [place, first] of mandatory.entries()) {
      for (const second of mandatory.slice(place + 1)) {
        const value = { [second]: "", [first]: "", ...without(first), [second.toLowerCase()]: "" };
        expect(answer(value)).toEqual(missing(service, first));
        expect(answer(new Headers({ ...headers, [second]: "", [first]: "" }))).toEqual(missing(service, first));
      }
    }
  });

  test("a header of the wrong form or length is malformed: 01, after what is missing", () => {
    const wrong: Record<string, string> = { "X-TIMESTAMP": "2020-12-23 07:50:11" };
    for (const { name, length } of headersOf(service))
      if (length && name !== "X-TIMESTAMP") wrong[name] = "x".repeat(Number(length) + 1);
    for (const [name, value] of Object.entries(wrong)) {
      expect(answer({ ...headers, [name]: value })).toEqual(malformed(service, name));
      expect(answer({ ...without("X-SIGNATURE"), [name]: value })).toEqual(missing(service, "X-SIGNATURE"));
    }
    const backwards = Object.fromEntries(Object.entries({ ...headers, ...wrong }).reverse());
    expect(answer(backwards)).toEqual(malformed(service, "X-TIMESTAMP"));
  });

  test("headers of other names do no harm", () => {
    const odd = JSON.parse('{"__proto__":"x","constructor":"x","toString":"x","get":"x","X-SOMETHING":"x"}') as object;
    expect(validateHeaders(id, { ...odd, ...headers })).toEqual({ valid: true });
    expect(answer({ ...(odd as Record<string, string>) })).toEqual(missing(service, "X-TIMESTAMP"));
  });
});

describe("validateHeaders", () => {
  const headers = publishedHeaders;

  test("lists every violation with the header's name, rule and what was expected", () => {
    const result = validateHeaders("qrCpmPayment", {
      ...headers,
      "X-TIMESTAMP": undefined,
      "X-PARTNER-ID": "",
      "CHANNEL-ID": ["952", "21"],
    });
    expect(result.valid).toBe(false);
    expect(result.valid ? [] : result.violations.toSorted((a, b) => a.path.localeCompare(b.path))).toEqual([
      { path: "CHANNEL-ID", rule: "maxLength", expected: "at most 5 characters" },
      { path: "X-PARTNER-ID", rule: "minLength", expected: "at least 1 character" },
      { path: "X-TIMESTAMP", rule: "required", expected: "to be there" },
    ]);
    expect(answerOf(result)).toEqual(missing("60", "X-TIMESTAMP"));
  });

  test("values sent twice are joined, as HTTP has it", () => {
    const twice = new Headers(headers);
    twice.append("CHANNEL-ID", "1");
    expect(answerOf(validateHeaders("qrCpmPayment", twice))).toEqual(malformed("60", "CHANNEL-ID"));
    expect(answerOf(validateHeaders("qrCpmPayment", { ...headers, "CHANNEL-ID": ["95221", "1"] }))).toEqual(
      malformed("60", "CHANNEL-ID"),
    );
    expect(validateHeaders("qrCpmPayment", { ...headers, ORIGIN: ["a", "b"] })).toEqual({ valid: true });
  });

  test("reads a Headers object of another make", () => {
    const own = new Headers(headers);
    const foreign = { get: (name: string) => own.get(name), has: (name: string) => own.has(name) } as Headers;
    expect(foreign instanceof Headers).toBe(false);
    expect(validateHeaders("qrCpmPayment", foreign)).toEqual({ valid: true });
    own.delete("X-SIGNATURE");
    expect(answerOf(validateHeaders("qrCpmPayment", foreign))).toEqual(missing("60", "X-SIGNATURE"));
  });

  test("service 73 asks for a client key and no partner, channel or external id", () => {
    const own = {
      "X-TIMESTAMP": "2020-12-23T07:50:11+07:00",
      "X-CLIENT-KEY": "G1234325-SNAP",
      "X-SIGNATURE": "c2lnbmF0dXJl",
    };
    expect(validateHeaders("accessTokenB2b", own)).toEqual({ valid: true });
    expect(answerOf(validateHeaders("accessTokenB2b", { ...own, "X-CLIENT-KEY": "" }))).toEqual({
      responseCode: "4007302",
      responseMessage: "Invalid Mandatory Field X-CLIENT-KEY",
    });
    expect(answerOf(validateHeaders("qrCpmPayment", own))).toEqual(missing("60", "X-PARTNER-ID"));
    expect(validateHeaders("qrCpmPayment", { ...headers, "X-CLIENT-KEY": "" })).toEqual({ valid: true });
  });
});

describe("another contract", () => {
  const operation = operations.find(({ operationId }) => operationId === "qrCpmPayment");
  if (!operation) throw new Error("no operation qrCpmPayment");
  const ofPublished = published.operations.qrCpmPayment;
  const request = bodySchema(operation, "request");
  const changed: OperationContract = {
    ...ofPublished,
    serviceCode: "61",
    headers: ["X-BANK-ID", ...ofPublished.headers],
    fields: [...ofPublished.fields].reverse(),
    mandatoryFields: [...ofPublished.mandatoryFields, "title"],
    // Ajv's functions say what they break as ours do
    validateRequest: compile({
      ...request,
      required: [...(request.required ?? []), "title"],
      properties: { ...request.properties, title: { type: "string", minLength: 1, maxLength: 5 } },
    }) as OperationContract["validateRequest"],
    validateHeaders: compile({
      ...headerSchema(operation.parameters),
      type: "object",
      required: ["X-BANK-ID", "X-TIMESTAMP"],
    }) as OperationContract["validateHeaders"],
    validateResponse: { "201": compile({ type: "object", required: ["receipt"] }) as never },
  };
  const profile: Contract = { ...published, operations: { ...published.operations, qrCpmPayment: changed } };

  test("its schema decides, and its fields' order names the field", () => {
    expect(validateRequest("qrCpmPayment", { ...payment, title: "goods" }, profile)).toEqual({ valid: true });
    expect(validateRequest("qrCpmPayment", payment, profile)).toEqual({
      valid: false,
      violations: [{ path: "title", rule: "required", expected: "to be there" }],
      answer: missing("61", "title"),
    });
    expect(answerOf(validateRequest("qrCpmPayment", { title: "beyond" }, profile))).toEqual(
      missing("61", "expiryTime"),
    );
    expect(answerOf(validateRequest("qrCpmPayment", { ...payment, title: "beyond", terminalId: 1 }, profile))).toEqual(
      malformed("61", "terminalId"),
    );
    expect(answerOf(validateRequest("qrCpmPayment", [], profile))).toEqual(badRequest("61"));
  });

  test("its headers are read under its names", () => {
    const own = { "x-bank-id": "1", "x-timestamp": "2020-12-23T07:50:11+07:00" };
    expect(validateHeaders("qrCpmPayment", own, profile)).toEqual({ valid: true });
    expect(answerOf(validateHeaders("qrCpmPayment", {}, profile))).toEqual(missing("61", "X-BANK-ID"));
    expect(answerOf(validateHeaders("qrCpmPayment", new Headers(own), profile))).toBeUndefined();
  });

  test("its statuses are the ones there are", () => {
    expect(validateResponse("qrCpmPayment", 201, { receipt: 1 }, profile)).toEqual({ valid: true });
    expect(validateResponse("qrCpmPayment", 200, { receipt: 1 }, profile)).toEqual({
      valid: false,
      violations: [{ path: "", rule: "status", expected: "one of 201" }],
    });
  });

  test("leaves the published one and its other operations as they are", () => {
    expect(validateRequest("qrCpmPayment", payment)).toEqual({ valid: true });
    expect(answerOf(validateRequest("qrCpmNotify", {}, profile))).toEqual(missing("79", "merchantId"));
  });
});

describe("generated/validators.js", () => {
  const file = new URL("../../generated/validators.js", import.meta.url);
  const expected = operations
    .flatMap(({ operationId, responses }) => [
      `${operationId}Request`,
      `${operationId}Headers`,
      ...Object.keys(responses).map((status) => `${operationId}Response${status}`),
    ])
    .sort();
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "validators-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("exports a function for each request, headers and response, and nothing else", () => {
    expect(expected).toHaveLength(8 * 13);
    expect(Object.keys(validators).sort()).toEqual(expected);
    expect(Object.values(validators).every((validate) => typeof validate === "function")).toBe(true);
  });

  test("declares exactly what it exports", () => {
    const declared = readFileSync(new URL("../../generated/validators.d.ts", import.meta.url), "utf8");
    expect([...declared.matchAll(/^export const (\w+): Validator;$/gm)].map(([, name]) => name).sort()).toEqual(
      expected,
    );
  });

  test("neither loads code nor makes any", () => {
    expect(readFileSync(file, "utf8")).not.toMatch(
      /\brequire\b\s*\(|\bimport\b|\beval\b|\bFunction\b|\bprocess\b|globalThis/,
    );
  });

  test("works alone in an empty folder where code from strings is forbidden", () => {
    const copy = join(folder, "validators.mjs");
    writeFileSync(copy, readFileSync(file));
    const program = `
      import * as all from ${JSON.stringify(copy)};
      const verdicts = Object.values(all).map((validate) => validate({}));
      let forbidden = false;
      try { new Function("return 1")(); } catch { forbidden = true; }
      console.log(JSON.stringify({ forbidden, validators: verdicts.length, accepted: verdicts.filter(Boolean).length }));`;
    const output = execFileSync(
      process.execPath,
      ["--disallow-code-generation-from-strings", "--input-type=module", "--eval", program],
      { cwd: folder, encoding: "utf8" },
    );
    // of all of them only the request of a query has nothing mandatory
    expect(JSON.parse(output)).toEqual({ forbidden: true, validators: 104, accepted: 1 });
  });
});

test.each(["qrCpmPay", "toString", "__proto__"])("there is no operation %s, and that is said", (operation) => {
  const wrong = operation as OperationId;
  const message = new TypeError(
    `There is no operation ${operation}; there are ${operations.map(({ operationId }) => operationId).join(", ")}.`,
  );
  expect(() => validateRequest(wrong, {})).toThrow(message);
  expect(() => validateResponse(wrong, 200, {})).toThrow(message);
  expect(() => validateHeaders(wrong, {})).toThrow(message);
});
