// The scenarios of the sandbox, as data: what a caller writes into a request to have it answered, and end, in a certain way; and
// the direct debits that are there from the beginning.
import { RequestInProgress, Successful, Timeout } from "../../generated/cases.ts";
import { type OperationTypes, operations } from "../../generated/operations.ts";
import type { Amount, TransactionStatus } from "../../generated/types.ts";
import { answerOf } from "../contract/answer.ts";
import { published } from "../contract/contract.ts";
import { describeResponseCode, type HttpStatus, type ResponseCode } from "../snap/response-codes.ts";

/** The services that scenarios are about. */
export type ScenarioService = keyof ScenarioEffects;

/** The field of a request that forces a scenario. */
export type ScenarioField = "amount.value" | "merchantId" | "originalPartnerReferenceNo";

/** What the ledger does besides the answer, by service. */
export interface ScenarioEffects {
  "55": "nothing";
  "59": "nothing";
  "60":
    | "nothing"
    | "captured"
    | "captured, never answered"
    | "refused"
    | "pending, then captured"
    | "pending, then refused"
    | "pending for ever";
  "61": "nothing";
  "62": "nothing" | "cancelled later";
  "80": "nothing" | "refunded" | "refunded later";
}

/** One row of the table of scenarios. */
export type Scenario<Service extends ScenarioService = ScenarioService> = {
  [S in Service]: {
    readonly service: S;
    readonly field: ScenarioField;
    /** What to write into the field. Of an amount only the part before the point counts. */
    readonly value: string;
    /** The response code of the answer. */
    readonly answer: ResponseCode<S>;
    /** What the ledger does. */
    readonly effect: ScenarioEffects[S];
    /** The same in a sentence. */
    readonly description: string;
  };
}[Service];

/** A rule for all the codes of some services and statuses that have no row of their own. */
export interface ScenarioRule {
  readonly services: readonly ScenarioService[];
  readonly field: ScenarioField;
  /** The HTTP statuses of the codes. */
  readonly statuses: readonly HttpStatus[];
  readonly effect: ScenarioEffects[ScenarioService];
  readonly description: string;
}

/** A scenario of a payment: an amount that is a response code, or has a status in the place of its case code. */
function ofAmount(
  row: typeof Successful | typeof RequestInProgress | typeof Timeout,
  ending: TransactionStatus | typeof NEVER,
  effect: Exclude<ScenarioEffects["60"], "nothing">,
  description: string,
): Scenario<"60"> {
  const { responseCode } = answerOf(published, "qrCpmPayment", row);
  const value = `${responseCode.slice(0, 5)}${ending}.00`;
  return { service: "60", field: "amount.value", value, answer: responseCode, effect, description };
}

/** In place of a status: the call is carried out, and nobody is told. */
const NEVER = "99";

/** A scenario of another operation: a merchantId that is a response code. */
function ofMerchant<Id extends "qrCpmCancel" | "qrCpmRefund">(
  operation: Id,
  row: typeof RequestInProgress | typeof Timeout,
  effect: ScenarioEffects[OperationTypes[Id]["serviceCode"]],
  description: string,
): Scenario {
  const { responseCode } = answerOf(published, operation, row);
  const { serviceCode: service } = operations[operation];
  return { service, field: "merchantId", value: responseCode, answer: responseCode, effect, description } as Scenario;
}

/**
 * The scenarios that have a row of their own. Those of a payment look at no QR code, so any text will do for one; a code that the
 * sandbox made is used up by them all the same. An amount counts in IDR only, another field is that of the call itself.
 */
export const scenarios: readonly Scenario[] = [
  ofAmount(Successful, "00", "captured", "The money is taken: status 00. Any QR code will do."),
  ofAmount(
    Successful,
    "06",
    "refused",
    "Answered with success although the payment failed: status 06. Payment companies do so; query.",
  ),
  ofAmount(
    Successful,
    "03",
    "pending, then captured",
    "Answered with success although the payment is pending: status 03, then 00.",
  ),
  ofAmount(RequestInProgress, "00", "pending, then captured", "Pending: status 03, then 00."),
  ofAmount(RequestInProgress, "06", "pending, then refused", "Pending: status 03, then 06."),
  ofAmount(RequestInProgress, "03", "pending for ever", "Pending, and never decided: status 03 until it is cancelled."),
  ofAmount(Timeout, "00", "captured", "Answered with a time-out although the money is taken: status 00. Query."),
  ofAmount(
    Timeout,
    NEVER,
    "captured, never answered",
    "Never answered, although the money is taken: status 00. The connection stays open until the caller gives up. Query.",
  ),
  ofMerchant(
    "qrCpmCancel",
    RequestInProgress,
    "cancelled later",
    "The payment is cancelled a little later, if it may be cancelled at all.",
  ),
  ofMerchant(
    "qrCpmRefund",
    RequestInProgress,
    "refunded later",
    "The money is given back a little later, if it may be given back at all.",
  ),
  ofMerchant(
    "qrCpmRefund",
    Timeout,
    "refunded",
    "Answered with a time-out although the money is given back. Send the same refund again.",
  ),
];

/** Every status but that of a success. */
const NOT_DONE: readonly HttpStatus[] = ["202", "400", "401", "403", "404", "405", "409", "429", "500", "504"];

/** What holds for every other code of the catalogue, written into the same fields: the code is the answer. A 200 is not a scenario. */
export const scenarioRules: readonly ScenarioRule[] = [
  {
    services: ["60"],
    field: "amount.value",
    statuses: ["403", "404"],
    effect: "refused",
    description: "The payment is refused and recorded with status 06. Any QR code will do.",
  },
  {
    services: ["60"],
    field: "amount.value",
    statuses: ["400", "401", "405", "409", "429", "500"],
    effect: "nothing",
    description: "Answered, and nothing is recorded.",
  },
  {
    services: ["59", "61", "62", "80"],
    field: "merchantId",
    statuses: NOT_DONE,
    effect: "nothing",
    description: "Answered, and nothing changes.",
  },
  {
    services: ["55"],
    // it has no merchantId
    field: "originalPartnerReferenceNo",
    statuses: NOT_DONE,
    effect: "nothing",
    description: "Answered, whatever is known of a debit of that number.",
  },
];

/**
 * The scenario that a request forces; undefined for an ordinary one.
 * @param value what stands in the field of the service's scenarios
 * @example scenarioOf("60", "4036014.00")?.effect // "refused"
 * @example scenarioOf("62", "2026200")?.effect // "cancelled later"
 */
export function scenarioOf<Service extends ScenarioService>(
  service: Service,
  value: string | undefined,
): Scenario<Service> | undefined {
  if (value === undefined) return undefined;
  const code = codeIn(service, value);
  const row = scenarios.find((each) => each.service === service && codeIn(service, each.value) === code);
  // the row is this service's, which the compiler cannot tell
  return (row ?? byRule(service, code)) as Scenario<Service> | undefined;
}

/** The same of any code of the catalogue, by the rule that it comes under. */
function byRule(service: ScenarioService, code: string): object | undefined {
  const described = describeResponseCode(code);
  if (described?.serviceCode !== service) return undefined;
  const rule = scenarioRules.find(
    ({ services, statuses }) => services.includes(service) && statuses.some((status) => status === described.status),
  );
  if (!rule) return undefined;
  const { field, effect, description } = rule;
  return { service, field, value: code, answer: code, effect, description };
}

/** Whether a payment that was answered so is one that nobody is told of. */
export function isNeverAnswered(value: string | undefined, responseCode: string): boolean {
  const scenario = scenarioOf("60", value);
  return scenario?.effect === "captured, never answered" && scenario.answer === responseCode;
}

/** Of an amount, what stands before the point. */
function codeIn(service: ScenarioService, value: string): string {
  return service === "60" ? value.slice(0, value.indexOf(".")) : value;
}

/** A direct debit that service 55 knows, for every partner. */
export interface DirectDebit {
  readonly originalPartnerReferenceNo: string;
  readonly originalReferenceNo?: string;
  readonly latestTransactionStatus: TransactionStatus;
  readonly transAmount?: Amount;
}

/** What service 55 knows by default: `debit-00` to `debit-06`, one of each status but 07, which is said of an unknown one. */
export const defaultDebits: readonly DirectDebit[] = (["00", "01", "02", "03", "04", "05", "06"] as const).map(
  (status) => ({
    originalPartnerReferenceNo: `debit-${status}`,
    originalReferenceNo: `20201029777700000000${status}`,
    latestTransactionStatus: status,
    transAmount: { value: "10000.00", currency: "IDR" },
  }),
);

/** The direct debit that is asked about: by the caller's number, or, as some PJPs are asked, by their own. */
export function debitAsked(debits: readonly DirectDebit[], asked: Partial<DirectDebit>): DirectDebit | undefined {
  const { originalPartnerReferenceNo: number, originalReferenceNo } = asked;
  return number === undefined
    ? debits.find((known) => known.originalReferenceNo === originalReferenceNo)
    : debits.find((known) => known.originalPartnerReferenceNo === number);
}
