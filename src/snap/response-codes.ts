// Response codes: take apart, put together, describe, and judge.
import {
  type Category,
  callOutcomes,
  catalogue,
  type HttpStatus,
  messages,
  type Outcome,
  outcomes,
  type ResponseCode,
  type ServiceCode,
  type TransactionState,
  transactionStates,
} from "../../generated/response-codes.ts";
import type { TransactionStatus } from "../../generated/types.ts";
import { invalidArgument } from "../util/errors.ts";
import { keyOf, type ParsedResponseCode, parseResponseCode } from "./code.ts";
import { messageOf, unknownCode } from "./message.ts";
import type { Profile } from "./profile.ts";

export type {
  CaseCodes,
  Category,
  ErrorCode,
  HttpStatus,
  Outcome,
  ResponseCode,
  ServiceCode,
  TransactionState,
} from "../../generated/response-codes.ts";
export { isCase, type ParsedResponseCode, parseResponseCode } from "./code.ts";

/** A response code in words. */
export interface ResponseCodeDescription extends ParsedResponseCode {
  category: Category;
  /** The message as published, with its placeholder: `Unauthorized. [reason]`. */
  message: string;
  /** What it means, in our words. */
  description: string;
  outcome: Outcome;
  /** What the caller may do next. */
  next: string;
}

/**
 * Puts a response code together.
 * @throws TypeError (`ERR_SNAP_UNKNOWN_RESPONSE_CODE`) when the catalogue does not have the case code for the status
 * @example formatResponseCode("403", "60", "14") // "4036014"
 */
export function formatResponseCode<Service extends ServiceCode, Status extends HttpStatus>(
  status: Status,
  serviceCode: Service,
  caseCode: ResponseCode<Service, Status> extends `${Status}${Service}${infer Case}` ? Case : never,
): ResponseCode<Service, Status> {
  const responseCode = `${status}${serviceCode}${caseCode}`;
  if (!Object.hasOwn(messages, keyOf(responseCode)))
    throw unknownCode(`case code ${caseCode} must be one that the catalogue has for status ${status}`);
  return responseCode as ResponseCode<Service, Status>;
}

/**
 * Describes a response code; undefined when the catalogue does not have it.
 * @param profile whose dialect it is; the published contract's by default
 * @example describeResponseCode("4036014")?.message // "Insufficient Funds"
 */
export function describeResponseCode(responseCode: string, profile?: Profile): ResponseCodeDescription | undefined {
  const parsed = parseResponseCode(responseCode);
  const key = keyOf(responseCode);
  const row = catalogue[key];
  const message = messages[key];
  if (!parsed || !row || message === undefined) return undefined;
  const outcome = outcomeOf(responseCode, profile);
  return {
    ...parsed,
    category: row.category,
    message,
    description: row.description,
    outcome,
    next: outcomes[outcome].next,
  };
}

/**
 * The message of a response code with its placeholder filled, at most 150 characters.
 * Braces are replaced as they are, brackets stay around the reason.
 * @param fill a field's dotted name, a header's name, or a reason; left out, the placeholder goes, and the space before it
 * @param profile whose messages they are; the standard's by default
 * @throws TypeError (`ERR_SNAP_UNKNOWN_RESPONSE_CODE`) when the catalogue does not have the code
 * @example responseMessageOf("4006002", "amount.value") // "Invalid Mandatory Field amount.value"
 * @example responseMessageOf("4016000", "Signature") // "Unauthorized. [Signature]"
 */
export function responseMessageOf(
  responseCode: ResponseCode,
  fill = "",
  profile?: { readonly messages?: Readonly<Record<string, string>> },
): string {
  return messageOf(responseCode, fill, profile?.messages ?? messages);
}

/**
 * What a response code says of the call: `success`, `pending` (202), `declined` (refused, finally), `rejected` (not processed:
 * fix and resend), or `unknown` (it may have happened: query). A code that the catalogue does not have is `unknown`.
 * It says nothing of the money: judge a payment by its status, with {@link transactionStateOf}.
 * @param profile whose dialect it is; the published contract's by default
 * @example outcomeOf("4036014") // "declined"
 * @see the table of response codes in the documentation, which gives the reason for every row
 */
export function outcomeOf(responseCode: string, profile?: Pick<Profile, "outcomes">): Outcome {
  const key = keyOf(responseCode);
  const service = parseResponseCode(responseCode)?.serviceCode as ServiceCode | undefined;
  if (service === undefined) return "unknown";
  const byService = callOutcomes[key];
  return profile?.outcomes?.[key]?.[service] ?? byService?.[service] ?? byService?.other ?? "unknown";
}

/**
 * What a transaction status says of the payment: `success` (00), `pending` (01, 02, 03), `reversed` (04, 05), `failed` (06) or
 * `notFound` (07). Undefined for any other text, or without a status: then the payment's state is not known.
 * A body that carries `latestTransactionStatus` is judged by it, whatever its response code: a PJP may answer 2006000 with 06.
 * @param profile whose dialect it is; the published contract's by default
 * @example transactionStateOf("06") // "failed"
 * @see the status list of services 61 and 79
 */
export function transactionStateOf(status: TransactionStatus): TransactionState;
export function transactionStateOf(
  status: string | undefined,
  profile?: Pick<Profile, "states">,
): TransactionState | undefined;
export function transactionStateOf(
  status: string | undefined,
  profile?: Pick<Profile, "states">,
): TransactionState | undefined {
  // it comes from an answer, where a list with one text would be taken for that text
  if (typeof status !== "string") return undefined;
  const own = profile?.states;
  if (own && Object.hasOwn(own, status)) return own[status]?.state;
  return Object.hasOwn(transactionStates, status) ? transactionStates[status] : undefined;
}

/**
 * What a caller may do after a call of this outcome, in a sentence or two.
 * @throws TypeError (`ERR_SNAP_INVALID_ARGUMENT`) for anything but an outcome
 * @example nextStepOf("unknown") // "Query. ..."
 */
export function nextStepOf(outcome: Outcome): string {
  if (!Object.hasOwn(outcomes, outcome))
    throw invalidArgument(
      `outcome must be one of ${Object.keys(outcomes).join(", ")}, but is ${JSON.stringify(String(outcome))}.`,
    );
  return outcomes[outcome].next;
}
