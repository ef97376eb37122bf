// What the tests of validation share: right bodies and headers, the verdicts of the published rows, and the answers of SNAP.
import type { OperationId } from "../../generated/operations.ts";
import type { RequestValidationResult, SnapAnswer, ValidationResult } from "../../src/contract/validation.ts";
import type { Violation } from "../../src/contract/violation.ts";
import type { Case } from "../support/cases.ts";
import { type Operation, operations } from "../support/contract.ts";
import { typeError } from "../support/errors.ts";
import { allRows, type Row, samples } from "../support/published.ts";
import { type Body, fieldAt, reordered, withField } from "../support/random.ts";

export const idOf = (operation: Operation) => operation.operationId as OperationId;
export function operationOf(id: OperationId): Operation {
  const found = operations.find(({ operationId }) => operationId === id);
  if (!found) throw new Error(`there is no operation ${id}`);
  return found;
}
export const isError = (status: string) => status >= "400";

/** The request rows of a service in the order of the table, under the names that the contract decided on. */
export function requestRows(service: string): (Row & { path: string })[] {
  return allRows
    .filter((row) => row.service === service && row.body === "request")
    .map((row) => {
      const name = { externalStoreID: "externalStoreId", Value: "value", Currency: "currency" }[row.name] ?? row.name;
      return { ...row, path: row.parent ? `${row.parent}.${name}` : name };
    });
}
export const mandatoryOf = (service: string) =>
  requestRows(service)
    .filter(({ presence }) => presence === "M")
    .map(({ path }) => path);

export const exampleOf = (operation: Operation): Body =>
  operation.requestBody.content["application/json"].examples.Published.value;
/** Every row's field, in the order of the table. */
export function fullBody(operation: Operation): Body {
  const example = exampleOf(operation);
  return requestRows(operation.service).reduce<Body>((body, { path, type }) => {
    if (/mount$/.test(path)) return withField(body, path, {});
    const filler = type.toLowerCase() === "object" ? {} : "";
    return withField(body, path, fieldAt(example, path) ?? (path.endsWith("currency") ? "IDR" : filler));
  }, {});
}
export const backwards = (body: Body) => reordered(body, (names) => names.reverse());

export const payment: Body = {
  partnerReferenceNo: "2020102900000000000001",
  qrContent: "000201",
  amount: { value: "10000.00", currency: "IDR" },
  merchantId: "00007100010926",
  expiryTime: "2020-12-23T07:50:11+07:00",
};

/** The headers of a published sample, and the one that only service 73 asks for. */
export const publishedHeaders: Record<string, string> = {
  ...samples.find(({ id }) => id === "qr-cpm-payment-request")?.headers,
  "X-CLIENT-KEY": "G1234325-SNAP",
};

export const answerOf = (result: RequestValidationResult): SnapAnswer | undefined =>
  result.valid ? undefined : result.answer;
export const missing = (service: string, field: string) => ({
  responseCode: `400${service}02`,
  responseMessage: `Invalid Mandatory Field ${field}`,
});
export const malformed = (service: string, field: string) => ({
  responseCode: `400${service}01`,
  responseMessage: `Invalid Field Format ${field}`,
});
export const badRequest = (service: string) => ({
  responseCode: `400${service}00`,
  responseMessage: "Bad Request",
});

export const violationsOf = (result: ValidationResult): Violation[] => (result.valid ? [] : result.violations);
export const pathsOf = (result: ValidationResult) => violationsOf(result).map(({ path }) => path);
/** A violation, to compare with. */
export const violation = (
  path: string,
  rule: string,
  expected: string,
  message: string,
  pattern?: string,
): Violation => ({ path, rule, expected, message, ...(pattern !== undefined && { pattern }) });
/** Violations in the order of their paths. */
export const sorted = (violations: Violation[]) =>
  violations.toSorted((a, b) => a.path.localeCompare(b.path) || a.rule.localeCompare(b.rule));

/** The cases whose verdict is another than the published rows give. */
export const wrongVerdicts = (cases: Case[], validate: (value: unknown) => ValidationResult) =>
  cases.filter(({ value, valid }) => validate(value).valid !== valid).map(({ name }) => name);

/** Names that the contract has no operation for; the last three are what every object has. */
export const UNKNOWN_OPERATIONS = ["qrCpmPay", "", "QRCPMPAYMENT", "toString", "__proto__", "constructor"] as never[];
/** The refusal of an operation that the contract does not have. */
export const unknownOperation = (operation: string) =>
  typeError(
    "ERR_SNAP_UNKNOWN_OPERATION",
    `The operation must be one of ${operations.map(idOf).join(", ")}, but is "${operation}".`,
  );
