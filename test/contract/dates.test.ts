// Days that their month does not have (erratum E119): the pattern knows them all, and everything that reads the contract refuses them.
import { validate as compileIndependent, registerSchema } from "@hyperjump/json-schema/draft-2020-12";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { patterns } from "../../generated/contract.ts";
import { validateHeaders, validateRequest, validateResponse } from "../../src/validation.ts";
import { ajv, bundle, type Schema, strictAjv } from "../support/contract.ts";
import { answerTo, createReceiver, exampleOf, wireOf } from "../support/receiver.ts";

const { SnapTimestamp: TIMESTAMP, TransactionDate: TRANSACTION_DATE } = bundle.components.schemas as Record<
  string,
  Schema
>;
const IMPOSSIBLE = ["2026-02-30", "2026-04-31", "2026-02-29", "1900-02-29"].map((day) => `${day}T07:50:11+07:00`);
const two = (number: number) => String(number).padStart(2, "0");

test("the pattern accepts every day of the years 0 to 9999 that there is, and no other", () => {
  const pattern = new RegExp(patterns.SnapTimestamp);
  const wrong: string[] = [];
  let days = 0;
  const time = new Date(0);
  for (let year = 0; year <= 9999; year += 1) {
    for (let month = 1; month <= 12; month += 1) {
      // the last day of this month is day 0 of the next
      time.setUTCFullYear(year, month, 0);
      const last = time.getUTCDate();
      days += last;
      for (const day of [1, 28, 29, 30, 31, 32]) {
        const text = `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}T00:00:00Z`;
        if (pattern.test(text) !== day <= last) wrong.push(text);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(days).toBe(3_652_425);
});

test("what the pattern accepts, the format accepts, so that neither is stricter than both", () => {
  const format = ajv({ strict: true }).compile({ type: "string", format: "date-time" });
  const accepted = new RegExp(patterns.SnapTimestamp);
  fc.assert(
    fc.property(fc.stringMatching(accepted), (text) => {
      expect(format(text)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test("transactionDate has the pattern of a time or nothing, and no format, for it may be empty", () => {
  expect(patterns.TransactionDate).toBe(`^(${patterns.SnapTimestamp.slice(1, -1)})?$`);
  expect([TIMESTAMP?.format, TRANSACTION_DATE?.format]).toEqual(["date-time", undefined]);
});

describe.each(IMPOSSIBLE)("%s is refused", (time) => {
  const payment = exampleOf.qrCpmPayment.request as Record<string, unknown>;

  test("by the precompiled validators, in bodies, in headers and in transactionDate", () => {
    const expected = "a time such as 2020-12-23T07:50:11+07:00";
    expect(validateRequest("qrCpmPayment", { ...payment, expiryTime: time })).toEqual({
      valid: false,
      violations: [
        {
          path: "expiryTime",
          rule: "pattern",
          expected,
          message: `expiryTime must be ${expected}`,
          pattern: patterns.SnapTimestamp,
        },
      ],
      answer: { responseCode: "4006001", responseMessage: "Invalid Field Format expiryTime" },
    });
    expect(validateHeaders("qrCpmQuery", wireOf({ headers: { "X-TIMESTAMP": time } }).headers)).toMatchObject({
      answer: { responseCode: "4006101", responseMessage: "Invalid Field Format X-TIMESTAMP" },
    });
    const success = exampleOf.qrCpmPayment.success as Record<string, unknown>;
    expect(validateResponse("qrCpmPayment", 200, { ...success, transactionDate: time })).toMatchObject({
      violations: [{ path: "transactionDate", rule: "pattern" }],
    });
    expect(
      validateResponse("qrCpmPayment", 202, { ...success, responseCode: "2026000", transactionDate: time }),
    ).toEqual({ valid: true });
  });

  test("by Ajv with ajv-formats, by the pattern alone and by the format alone where there is one", () => {
    for (const schema of [TIMESTAMP, TRANSACTION_DATE]) {
      const { pattern, format, ...rest } = schema ?? {};
      const rules = [{ pattern }, ...(format === undefined ? [] : [{ format }])];
      for (const rule of rules) expect(strictAjv().compile({ ...rest, ...rule })(time)).toBe(false);
      expect(strictAjv().compile(schema ?? {})(time)).toBe(false);
    }
  });

  test("by the independent implementation", async () => {
    for (const [name, schema] of Object.entries({ TIMESTAMP, TRANSACTION_DATE })) {
      const uri = `https://snap.example/dates/${name}/${time.slice(0, 10)}`;
      registerSchema({ $schema: bundle.jsonSchemaDialect, ...schema } as Parameters<typeof registerSchema>[0], uri);
      expect((await compileIndependent(uri))(time as never).valid).toBe(false);
    }
  });

  test("by the receiver, in a header and in a body", async () => {
    const receiver = createReceiver();
    expect(await answerTo(receiver, { headers: { "X-TIMESTAMP": time } })).toBe(
      "4006001 Invalid Field Format X-TIMESTAMP",
    );
    expect(await answerTo(receiver, { body: { ...payment, expiryTime: time } })).toBe(
      "4006001 Invalid Field Format expiryTime",
    );
  });
});
