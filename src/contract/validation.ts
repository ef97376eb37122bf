// Validation: whether a body or headers keep the contract, what they break, and the one answer that SNAP gives.
import { BadRequest, InvalidFieldFormat, InvalidMandatoryField } from "../../generated/cases.ts";
import type { OperationId } from "../../generated/operations.ts";
import type { ErrorCode } from "../../generated/response-codes.ts";
import { typeError } from "../util/errors.ts";
import { answerOf, type ErrorCase } from "./answer.ts";
import {
  type Contract,
  contractOf,
  type OperationContract,
  type PublishedContract,
  published,
  type Validator,
} from "./contract.ts";
import { type Violation, violationsOf } from "./violation.ts";

/** The body of the answer that SNAP gives to a faulty request. */
export interface SnapAnswer {
  responseCode: ErrorCode;
  responseMessage: string;
}

export { contractOf };

/** The operations that a contract has. */
export type OperationOf<C extends Contract> = keyof C["operations"] & OperationId;

/** What validation comes to: valid, or everything that is wrong. */
export type ValidationResult = { valid: true } | { valid: false; violations: Violation[] };

/** What the validation of a request comes to: valid, or everything that is wrong and the answer to it. */
export type RequestValidationResult = { valid: true } | { valid: false; violations: Violation[]; answer: SnapAnswer };

const VALID = { valid: true } as const;

/**
 * Validates a request body. The answer names one field: a missing mandatory one (absent, null or empty) before one of a wrong
 * format, in the order of the published table; a body that is not an object is a bad request.
 * @param body the parsed JSON
 * @param profile whose dialect it is: the whole of a profile, such as `bca` of `snap-bi-contract/profiles/bca/contract`
 * @throws TypeError (`ERR_SNAP_UNKNOWN_OPERATION`) when the contract does not have the operation
 * @example validateRequest("qrCpmPayment", { ...body, amount: { currency: "IDR" } })
 * // { valid: false, violations: [{ path: "amount.value", rule: "required", message: "amount.value is missing", ... }],
 * //   answer: { responseCode: "4006002", responseMessage: "Invalid Mandatory Field amount.value" } }
 * @see the page of QR CPM, codes 400 00, 400 01 and 400 02; errata E085
 */
export function validateRequest<C extends Contract = PublishedContract>(
  operation: OperationOf<C>,
  body: unknown,
  profile?: C,
): RequestValidationResult {
  const contract: Contract = profile ?? published;
  const facts = factsOf(operation, contract);
  if (facts.validateRequest(body)) return VALID;
  const violations = violationsIn(facts.validateRequest, contract);
  const answer = violations.some(({ path }) => path === "")
    ? answerOf(contract, operation, BadRequest)
    : firstAnswer(contract, operation, violations, facts.fields, (path) => isMissing(facts, body, path));
  return { valid: false, violations, answer };
}

/**
 * Validates a response body against the operation's schema for an HTTP status.
 * A status that the contract does not have is a violation of its own.
 * @param status the HTTP status, a number or its text
 * @throws TypeError (`ERR_SNAP_UNKNOWN_OPERATION`) when the contract does not have the operation
 * @example validateResponse("qrCpmPayment", 200, body)
 */
export function validateResponse<C extends Contract = PublishedContract>(
  operation: OperationOf<C>,
  status: number | string,
  body: unknown,
  profile?: C,
): ValidationResult {
  const contract: Contract = profile ?? published;
  const { validateResponse: validators } = factsOf(operation, contract);
  const validate = Object.hasOwn(validators, status) ? validators[status] : undefined;
  if (!validate) {
    const expected = `one of ${Object.keys(validators).join(", ")}`;
    const message = `the status must be ${expected}`;
    return { valid: false, violations: [{ path: "", rule: "status", expected, message }] };
  }
  return validate(body) ? VALID : { valid: false, violations: violationsIn(validate, contract) };
}

/**
 * Validates a request's headers, but for Content-Type and Authorization. Names are compared without regard to case.
 * @param headers a Headers object, or a record of names and values as Node has it
 * @throws TypeError (`ERR_SNAP_UNKNOWN_OPERATION`) when the contract does not have the operation
 * @example validateHeaders("qrCpmPayment", request.headers)
 * @see the standard's security page, headers of a transaction request; errata E001
 */
export function validateHeaders<C extends Contract = PublishedContract>(
  operation: OperationOf<C>,
  headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>,
  profile?: C,
): RequestValidationResult {
  const contract: Contract = profile ?? published;
  return validateHeaderValues(operation, pickHeaders(factsOf(operation, contract), headers), contract);
}

/** The same of headers that were picked already. */
export function validateHeaderValues(
  operation: OperationId,
  values: Record<string, string>,
  contract: Contract,
): RequestValidationResult {
  const facts = factsOf(operation, contract);
  if (facts.validateHeaders(values)) return VALID;
  const violations = violationsIn(facts.validateHeaders, contract);
  const answer = firstAnswer(contract, operation, violations, facts.headers, (name) => !values[name]);
  return { valid: false, violations, answer };
}

/** What the contract has of an operation. Its name may come from where no compiler looked at it. */
function factsOf(operation: OperationId, contract: Contract): OperationContract {
  const { operations } = contract;
  const facts = operations[operation];
  // what every object inherits has no validators; this is cheaper than to ask whether the name is its own
  if (facts?.validateRequest) return facts;
  contractOf(contract);
  throw typeError(
    "ERR_SNAP_UNKNOWN_OPERATION",
    `The operation must be one of ${Object.keys(operations).join(", ")}, but is ${JSON.stringify(String(operation))}.`,
  );
}

/** The operation's headers under the names that the contract gives them. */
function pickHeaders(
  { headers: names }: OperationContract,
  headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>,
): Record<string, string> {
  const picked: Record<string, string> = {};
  if (isHeaders(headers)) {
    for (const name of names) {
      const value = headers.get(name);
      if (value !== null) picked[name] = value;
    }
    return picked;
  }
  const byLowerCase = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  for (const name of names) {
    const value = byLowerCase.get(name.toLowerCase());
    if (value !== undefined && value !== null) picked[name] = [value].flat().join(", ");
  }
  return picked;
}

/** Whether it is a Headers object, of whatever make: frameworks bring their own, which are not instances of the global one. */
function isHeaders(headers: object): headers is Headers {
  return "get" in headers && typeof headers.get === "function";
}

function violationsIn(validate: Validator, { formats }: Contract): Violation[] {
  return violationsOf(validate.errors ?? [], formats);
}

/** Whether what is wrong with a field is that it is missing: it is mandatory, and absent, null or empty. */
function isMissing({ mandatoryFields }: OperationContract, body: unknown, path: string): boolean {
  if (!mandatoryFields.includes(path)) return false;
  let at = body;
  for (const name of path.split(".")) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, name)) return true;
    at = (at as Record<string, unknown>)[name];
  }
  return at === undefined || at === null || at === "";
}

/** The answer for the violation that comes first: missing before wrong, then in the order given. */
function firstAnswer(
  contract: Contract,
  operation: OperationId,
  violations: Violation[],
  order: readonly string[],
  missing: (path: string) => boolean,
): SnapAnswer {
  const paths = new Set(violations.map(({ path }) => path));
  const inOrder = order.filter((path) => paths.has(path));
  const answer = (row: ErrorCase, field: string | undefined) => answerOf(contract, operation, row, field) as SnapAnswer;
  const lacking = inOrder.find(missing);
  if (lacking !== undefined) return answer(InvalidMandatoryField, lacking);
  return answer(InvalidFieldFormat, inOrder[0] ?? violations[0]?.path);
}
