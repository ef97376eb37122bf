// Options of createSnapHandler that cannot be right are refused at once, with a message and a code.
import { expect, test } from "vitest";
import { createSnapHandler, type SnapHandlerOptions } from "../../src/server.ts";
import { thrown, typeError } from "../support/errors.ts";
import { answerTo, createReceiver, operationIds, SUCCESS } from "../support/receiver.ts";

/** What making a receiver throws, though the compiler would not let it. */
const thrownFor = (wrong: object) => thrown(() => createReceiver(wrong as Partial<SnapHandlerOptions>));
const invalid = (message: string) => typeError("ERR_SNAP_INVALID_OPTION", message);

test.each(["snap", "/snap/", "/", "/snäp", "/a b", "/a/../b", "/a?b", "/a#b"])(
  "the basePath %j is refused",
  (basePath) => {
    expect(thrownFor({ basePath })).toStrictEqual(
      invalid(
        `basePath must start with a slash, not end with one, and be written as it is sent, such as "/snap"; it is "${basePath}".`,
      ),
    );
  },
);

test.each([-1, Number.NaN, "64 KiB"])("a maxBodyBytes of %s is refused", (maxBodyBytes) => {
  expect(thrownFor({ maxBodyBytes })).toStrictEqual(
    invalid("maxBodyBytes must be a number of bytes; leave it out for 64 KiB."),
  );
});

test.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 1e300, "5 minutes"])(
  "a timestampTolerance of %s is refused",
  (timestampTolerance) => {
    expect(thrownFor({ timestampTolerance })).toStrictEqual(
      invalid(
        'timestampTolerance must be a number of seconds from 0 to 999999999; leave it out for 300, or say "off" to accept any time.',
      ),
    );
  },
);

const KEY = 'key must be a function that returns what the caller signs with, or "unchecked".';
const VERIFY_TOKEN = 'verifyToken must be a function that says whether a token is good, or "unchecked".';
const OPERATIONS = "operations must be an object that has each operation served under its name.";

test.each<[string, object, string]>([
  ["no key", { key: undefined }, KEY],
  ["a key that is a text", { key: "client-secret" }, KEY],
  ["a key that is an object", { key: { type: "symmetric", clientSecret: "x" } }, KEY],
  ["no verifyToken", { verifyToken: undefined }, VERIFY_TOKEN],
  ["a verifyToken that is true", { verifyToken: true }, VERIFY_TOKEN],
  ["null for operations", { operations: null }, OPERATIONS],
  ["no operations", { operations: undefined }, OPERATIONS],
  ["a function for operations", { operations: () => {} }, OPERATIONS],
])("%s is refused", (_, wrong, message) => {
  expect(thrownFor(wrong)).toStrictEqual(invalid(message));
});

test.each<[string, object, string]>([
  ["operations", { operations: { qrCpmNotfy: () => {} } }, "qrCpmNotfy"],
  ["withoutToken", { withoutToken: ["toString"] }, "toString"],
  ["withCustomerToken", { withCustomerToken: ["qrMpmGenerate"] }, "qrMpmGenerate"],
])("a name in %s that the contract does not have is refused with the names that it has", (_, wrong, name) => {
  const error = thrownFor(wrong) as TypeError;
  expect(error).toStrictEqual(typeError("ERR_SNAP_UNKNOWN_OPERATION", error.message));
  const [, names = "", found] = /^An operation must be one of (.+), but is (\w+)\.$/.exec(error.message) ?? [];
  expect(names.split(", ").sort()).toEqual(operationIds.toSorted());
  expect(found).toBe(name);
});

test("withCustomerToken without verifyCustomerToken is refused", () => {
  const { key, verifyToken, operations } = { key: "unchecked", verifyToken: "unchecked", operations: {} } as const;
  expect(
    thrown(() => createSnapHandler({ key, verifyToken, operations, withCustomerToken: ["qrCpmPayment"] })),
  ).toStrictEqual(invalid("withCustomerToken needs verifyCustomerToken, or nothing verifies the customer's token."));
});

test("an option that is undefined has its default", async () => {
  const undefinedOnes = Object.fromEntries(
    [
      "basePath",
      "maxBodyBytes",
      "timestampTolerance",
      "withoutToken",
      "withCustomerToken",
      "replayStore",
      "validateReplies",
      "contract",
      "onError",
      "onAnswer",
    ].map((name) => [name, undefined]),
  );
  expect(await answerTo(createReceiver(undefinedOnes))).toBe(SUCCESS);
});
