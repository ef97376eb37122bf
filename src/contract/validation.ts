// Validation: whether a body or headers keep the contract, what they break, and the one answer that SNAP gives.
import type { OperationId } from "../../generated/client.ts";
import { contract as published } from "../../generated/contract.ts";
import { type ErrorCode, type ResponseCode, responseMessageOf } from "../snap/response-codes.ts";
import type { Contract, OperationContract, Validator, ValidatorError } from "./contract.ts";

/** One thing that breaks the contract. */
export interface Violation {
  /** Where: a field's dotted path (`amount.value`) or a header's name; empty for the body as a whole. */
  path: string;
  /** Which rule: a JSON Schema keyword, such as `required` or `maxLength`. */
  rule: string;
  /** What was expected, in words: `at most 64 characters`. */
  expected: string;
}

/** The body of the answer that SNAP gives to a faulty request. */
export interface SnapAnswer {
  responseCode: ErrorCode;
  responseMessage: string;
}

/** What validation comes to: fine, or everything that is wrong. */
export type ValidationResult = { valid: true } | { valid: false; violations: Violation[] };

/** What the validation of a request comes to: fine, or everything that is wrong and the answer to it. */
export type RequestValidationResult = { valid: true } | { valid: false; violations: Violation[]; answer: SnapAnswer };

const FINE = { valid: true } as const;

/**
 * Validates a request body. The answer names one field: a missing mandatory one (absent, null or empty) before one of a wrong
 * format, in the order of the published table; a body that is no object is a bad request.
 * @param body the parsed JSON
 * @param contract another contract than the published one
 * @throws TypeError when there is no such operation
 * @example validateRequest("qrCpmPayment", { ...body, amount: { currency: "IDR" } })
 * // { valid: false, violations: [{ path: "amount.value", rule: "required", ... }],
 * //   answer: { responseCode: "4006002", responseMessage: "Invalid Mandatory Field amount.value" } }
 * @see the page of QR CPM, codes 400 00, 400 01 and 400 02; errata E085
 */
export function validateRequest(
  operation: OperationId,
  body: unknown,
  contract: Contract = published,
): RequestValidationResult {
  const facts = factsOf(operation, contract);
  if (facts.validateRequest(body)) return FINE;
  const violations = violationsOf(facts.validateRequest);
  if (violations.some(({ path }) => path === "")) {
    return { valid: false, violations, answer: answerOf(contract, facts, "00") };
  }
  return {
    valid: false,
    violations,
    answer: firstAnswer(contract, facts, violations, facts.fields, (path) => isMissing(facts, body, path)),
  };
}

/**
 * Validates a response body against the operation's schema for an HTTP status.
 * A status that the contract does not have is a violation of its own.
 * @param status the HTTP status, a number or its text
 * @throws TypeError when there is no such operation
 * @example validateResponse("qrCpmPayment", 200, body)
 */
export function validateResponse(
  operation: OperationId,
  status: number | string,
  body: unknown,
  contract: Contract = published,
): ValidationResult {
  const { validateResponse: validators } = factsOf(operation, contract);
  const validate = Object.hasOwn(validators, status) ? validators[status] : undefined;
  if (!validate) {
    return {
      valid: false,
      violations: [{ path: "", rule: "status", expected: `one of ${Object.keys(validators).join(", ")}` }],
    };
  }
  return validate(body) ? FINE : { valid: false, violations: violationsOf(validate) };
}

/**
 * Validates a request's headers, but for Content-Type and Authorization. Names are compared without regard to case.
 * @param headers a Headers object, or a record of names and values as Node has it
 * @throws TypeError when there is no such operation
 * @example validateHeaders("qrCpmPayment", request.headers)
 * @see the standard's security page, headers of a transaction request; errata E001
 */
export function validateHeaders(
  operation: OperationId,
  headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>,
  contract: Contract = published,
): RequestValidationResult {
  const facts = factsOf(operation, contract);
  const values = pickHeaders(facts, headers);
  if (facts.validateHeaders(values)) return FINE;
  const violations = violationsOf(facts.validateHeaders);
  return {
    valid: false,
    violations,
    answer: firstAnswer(contract, facts, violations, facts.headers, (name) => !values[name]),
  };
}

/** What the contract has of an operation. Its name may come from where no compiler looked at it. */
function factsOf(operation: OperationId, { operations }: Contract): OperationContract {
  // what every object inherits has no service code; this is cheaper than to ask whether the name is its own
  if (operations[operation]?.serviceCode) return operations[operation];
  throw new TypeError(`There is no operation ${String(operation)}; there are ${Object.keys(operations).join(", ")}.`);
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

/** Whether it is a Headers object, of whatever make: frameworks bring their own, which are no instances of the global one. */
function isHeaders(headers: object): headers is Headers {
  return "get" in headers && typeof headers.get === "function";
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
  facts: OperationContract,
  violations: Violation[],
  order: readonly string[],
  missing: (path: string) => boolean,
): SnapAnswer {
  const paths = new Set(violations.map(({ path }) => path));
  const inOrder = order.filter((path) => paths.has(path));
  const lacking = inOrder.find(missing);
  if (lacking !== undefined) return answerOf(contract, facts, "02", lacking);
  return answerOf(contract, facts, "01", inOrder[0] ?? violations[0]?.path);
}

function answerOf(
  { messages }: Contract,
  { serviceCode }: OperationContract,
  caseCode: "00" | "01" | "02",
  field?: string,
): SnapAnswer {
  const responseCode = `400${serviceCode}${caseCode}` as ErrorCode & ResponseCode;
  return { responseCode, responseMessage: responseMessageOf(responseCode, field, messages) };
}

function violationsOf(validate: Validator): Violation[] {
  return (validate.errors ?? []).filter(({ keyword }) => keyword !== "if").map(violationOf);
}

function violationOf({ instancePath, keyword, params }: ValidatorError): Violation {
  const at = instancePath
    .split("/")
    .slice(1)
    .map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"));
  const path = (keyword === "required" ? [...at, String(params.missingProperty)] : at).join(".");
  return { path, rule: keyword, expected: expectedOf(keyword, params) };
}

function expectedOf(keyword: string, params: Record<string, unknown>): string {
  switch (keyword) {
    case "required":
      return "to be there";
    case "type":
      return [params.type].flat().join(" or ");
    case "maxLength":
      return `at most ${params.limit} characters`;
    case "minLength":
      return `at least ${params.limit} character${params.limit === 1 ? "" : "s"}`;
    case "pattern":
      return `text of the form ${params.pattern}`;
    case "const":
      return JSON.stringify(params.allowedValue);
    case "enum":
      return `one of ${(params.allowedValues as unknown[]).join(", ")}`;
    default:
      return keyword;
  }
}
