// Request headers: which keep the standard's table, however they are handed over, and the one answer to those that do not.
import { describe, expect, test } from "vitest";
import { validateHeaders } from "../../src/contract/validation.ts";
import { headerCases } from "../support/cases.ts";
import { operations } from "../support/contract.ts";
import { thrown } from "../support/errors.ts";
import { headersOf } from "../support/published.ts";
import {
  answerOf,
  idOf,
  malformed,
  missing,
  publishedHeaders,
  sorted,
  UNKNOWN_OPERATIONS,
  unknownOperation,
  violation,
  violationsOf,
  wrongVerdicts,
} from "./support.ts";

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

  test("null counts as missing, and a number as its text, where no compiler has looked", () => {
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

  test("headers of other names are ignored", () => {
    const odd = JSON.parse('{"__proto__":"x","constructor":"x","toString":"x","get":"x","X-SOMETHING":"x"}') as object;
    expect(validateHeaders(id, { ...odd, ...headers })).toEqual({ valid: true });
    expect(answer({ ...(odd as Record<string, string>) })).toEqual(missing(service, "X-TIMESTAMP"));
  });
});

describe("validateHeaders", () => {
  const headers = publishedHeaders;

  test("lists every violation with the header's name, rule and words", () => {
    const result = validateHeaders("qrCpmPayment", {
      ...headers,
      "X-TIMESTAMP": undefined,
      "X-PARTNER-ID": "",
      "CHANNEL-ID": ["952", "21"],
    });
    expect(result.valid).toBe(false);
    expect(sorted(violationsOf(result))).toEqual([
      violation("CHANNEL-ID", "maxLength", "at most 5 characters", "CHANNEL-ID must be at most 5 characters"),
      violation("X-PARTNER-ID", "minLength", "not empty", "X-PARTNER-ID must not be empty"),
      violation("X-TIMESTAMP", "required", "present", "X-TIMESTAMP is missing"),
    ]);
    expect(answerOf(result)).toEqual(missing("60", "X-TIMESTAMP"));
  });

  test("values sent twice are joined, as HTTP does", () => {
    const twice = new Headers(headers);
    twice.append("CHANNEL-ID", "1");
    expect(answerOf(validateHeaders("qrCpmPayment", twice))).toEqual(malformed("60", "CHANNEL-ID"));
    expect(answerOf(validateHeaders("qrCpmPayment", { ...headers, "CHANNEL-ID": ["95221", "1"] }))).toEqual(
      malformed("60", "CHANNEL-ID"),
    );
    expect(validateHeaders("qrCpmPayment", { ...headers, ORIGIN: ["a", "b"] })).toEqual({ valid: true });
  });

  test("reads a Headers object that is not an instance of the global class", () => {
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

test.each(UNKNOWN_OPERATIONS)("the operation %j, which the contract does not have, is refused", (operation) => {
  expect(thrown(() => validateHeaders(operation, {}))).toStrictEqual(unknownOperation(operation));
});
