// What the operations of the sandbox answer.
import { InvalidFieldFormat, InvalidMandatoryField, RequestInProgress, Successful } from "../../generated/cases.ts";
import { fixedValues, type OperationId } from "../../generated/operations.ts";
import { type ErrorCode, type ResponseCode, statusNames } from "../../generated/response-codes.ts";
import { answerOf } from "../contract/answer.ts";
import { published } from "../contract/contract.ts";
import type { SnapReply } from "../receiver/options.ts";
import { type SnapError, snapError } from "../receiver/snap-error.ts";
import { isCase, responseMessageOf } from "../snap/response-codes.ts";
import { decimal, RUPIAH } from "./money.ts";
import type { Payment, Refund } from "./payments.ts";
import type { DirectDebit, Scenario, ScenarioService } from "./scenarios.ts";

/** Code and message of a success, or of what goes on. */
export const successful = <Id extends OperationId>(operation: Id) => answerOf(published, operation, Successful);
export const inProgress = <Id extends OperationId>(operation: Id) => answerOf(published, operation, RequestInProgress);

// why something is refused, for the log

export const SENT_BEFORE = "the same was sent before";
export const OTHER_CONTENT = "the number was used before, with another content";

/** The status of a payment in words. */
export function statusOf({ status }: Payment): string {
  return `its status is ${status}, ${statusNames[status]}`;
}

/** The references of a payment in an answer. An id too long for the field is left out (erratum E019). */
export function referencesOf({ asked, referenceNo, externalId }: Payment) {
  return {
    originalPartnerReferenceNo: asked.partnerReferenceNo,
    originalReferenceNo: referenceNo,
    ...(externalId !== "" && [...externalId].length <= 32 && { originalExternalId: externalId }),
  };
}

/** What is answered to a refund, as often as it is asked for. */
export function refundAnswer({ payment, refundNo, partnerRefundNo, amount, time }: Refund): SnapReply<"qrCpmRefund"> {
  const fields = {
    ...referencesOf(payment),
    refundNo,
    partnerRefundNo,
    refundAmount: { value: decimal(amount), currency: RUPIAH },
  };
  if (time === undefined) return { ...inProgress("qrCpmRefund"), ...fields };
  return { ...successful("qrCpmRefund"), ...fields, refundTime: time };
}

/** What is said of a direct debit. */
export function debitAnswer(debit: DirectDebit) {
  const { originalPartnerReferenceNo, originalReferenceNo, latestTransactionStatus, transAmount } = debit;
  return {
    ...successful("debitStatus"),
    ...(originalReferenceNo && { originalReferenceNo }),
    originalPartnerReferenceNo,
    serviceCode: fixedValues.debitStatus.serviceCode,
    latestTransactionStatus,
    transactionStatusDesc: statusNames[latestTransactionStatus],
    ...(transAmount && { transAmount: { ...transAmount } }),
  } as const;
}

/** The bare answer of a scenario. */
export function scenarioAnswer<Service extends ScenarioService>({
  answer,
  field,
}: Pick<Scenario<Service>, "answer" | "field">) {
  if (isInProgress(answer)) return { responseCode: answer, responseMessage: responseMessageOf(answer) };
  return scenarioError(answer as ErrorCode<Service>, field);
}

function isInProgress<Service extends ScenarioService>(
  answer: ResponseCode<Service>,
): answer is ResponseCode<Service, "202"> {
  return isCase(answer, RequestInProgress);
}

/** An error that a scenario asked for; where its message names a field, it is the one that asked. */
function scenarioError<Code extends ErrorCode>(code: Code, field: string): SnapError<Code> {
  const namesField = isCase(code, InvalidFieldFormat) || isCase(code, InvalidMandatoryField);
  return snapError(code, namesField ? field : "Sandbox scenario");
}
