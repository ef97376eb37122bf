// Another contract than the published one, such as a PJP's profile of it: validation goes by what it is given.
import { expect, test } from "vitest";
import { type Contract, type OperationContract, published } from "../../src/contract/contract.ts";
import { validateHeaders, validateRequest, validateResponse } from "../../src/contract/validation.ts";
import { bodySchema, compile, headerSchema } from "../support/contract.ts";
import { answerOf, badRequest, malformed, missing, operationOf, payment, violation } from "./support.ts";

const operation = operationOf("qrCpmPayment");
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
    violations: [violation("title", "required", "present", "title is missing")],
    answer: missing("61", "title"),
  });
  expect(answerOf(validateRequest("qrCpmPayment", { title: "beyond" }, profile))).toEqual(missing("61", "expiryTime"));
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
    violations: [violation("", "status", "one of 201", "the status must be one of 201")],
  });
});

test("leaves the published one and its other operations as they are", () => {
  expect(validateRequest("qrCpmPayment", payment)).toEqual({ valid: true });
  expect(answerOf(validateRequest("qrCpmNotify", {}, profile))).toEqual(missing("79", "merchantId"));
});
