// The operations of the books in the dialect of a profile.
import type { OperationId, TransactionId } from "../../generated/operations.ts";
import { type Contract, published } from "../contract/contract.ts";
import { createDialect } from "../host/dialect.ts";
import type { SnapCall, SnapOperations } from "../receiver/options.ts";
import { SnapError } from "../receiver/snap-error.ts";
import { responseMessageOf } from "../snap/response-codes.ts";
import type { LedgerCall, LedgerOperations } from "./ledger.ts";

type AnyOperation = (call: LedgerCall<TransactionId>) => object;

/** The operations as a receiver of the profile serves them. */
export function operationsOf(profile: Contract, books: LedgerOperations): SnapOperations {
  const dialect = createDialect(profile);
  const speak = (operation: TransactionId) => (call: SnapCall<OperationId>) => {
    const { partnerId, externalId } = call;
    const body = dialect.toStandard(call.body);
    const standard = { body, partnerId, externalId } as LedgerCall<TransactionId>;
    const answer = (books[operation] as AnyOperation)(standard);
    if (answer instanceof SnapError) return inItsWords(answer, profile);
    if (!String((answer as { responseCode: string }).responseCode).startsWith("200")) return answer;
    return dialect.toProfile(operation, answer, call.body, statusAfter(operation, standard, books));
  };
  return Object.fromEntries(
    Object.keys(books).map((id) => [id, speak(id as TransactionId)]),
  ) as unknown as SnapOperations;
}

/** An error with the profile's message, where that is another one than the standard's. */
function inItsWords(error: SnapError, profile: Contract): SnapError {
  const { responseCode, reason } = error;
  const row = responseCode.slice(0, 3) + responseCode.slice(5);
  const isOwn = profile.messages[row] !== published.messages[row];
  return isOwn ? new SnapError(responseCode, responseMessageOf(responseCode, reason, profile), reason) : error;
}

/** What the payment came to: some PJPs say it in the payment's own answer. */
function statusAfter(
  operation: TransactionId,
  { body, partnerId, externalId }: LedgerCall<TransactionId>,
  books: LedgerOperations,
) {
  if (operation !== "qrCpmPayment") return {};
  const { partnerReferenceNo } = body as LedgerCall<"qrCpmPayment">["body"];
  const asked = { body: { originalPartnerReferenceNo: partnerReferenceNo }, partnerId, externalId };
  const { latestTransactionStatus, transactionStatusDesc } = books.qrCpmQuery(asked) as object as Record<
    string,
    string
  >;
  return { latestTransactionStatus, transactionStatusDesc };
}
