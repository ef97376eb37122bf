// The operations of the books in the dialect of a profile.
import type { OperationId, TransactionId } from "../../generated/operations.ts";
import { statusNames } from "../../generated/response-codes.ts";
import { type Contract, published } from "../contract/contract.ts";
import { createDialect } from "../host/dialect.ts";
import type { SnapCall, SnapOperations } from "../receiver/options.ts";
import { SnapError } from "../receiver/snap-error.ts";
import { responseMessageOf } from "../snap/response-codes.ts";
import { whenReady } from "../util/callbacks.ts";
import type { Ledger, LedgerOperations } from "./ledger.ts";
import type { PaymentRecord } from "./records.ts";

type AnyOperation = (call: object) => object | Promise<object>;

/** What is known of the books. */
interface Books {
  readonly operations: LedgerOperations;
  ledger(): Pick<Ledger, "paymentsBefore">;
}

/** The operations as a receiver of the profile serves them. */
export function operationsOf(profile: Contract, { operations: own, ledger }: Books): SnapOperations {
  if (profile === published) return own as SnapOperations;
  const operations = own as unknown as Record<string, AnyOperation>;
  const newest = () => ledger().paymentsBefore(Number.MAX_SAFE_INTEGER, 1)[0];
  const dialect = createDialect(profile);
  const speak = (operation: TransactionId, run: AnyOperation) => (call: SnapCall<OperationId>) => {
    const { partnerId, externalId } = call;
    const body = dialect.toStandard(call.body);
    // a signal is made when it is asked for
    const standard = {
      operation,
      body,
      partnerId,
      externalId,
      get signal() {
        return call.signal;
      },
    };
    return whenReady(run(standard), (answer) => {
      if (answer instanceof SnapError) return inItsWords(answer, profile);
      if (!String((answer as { responseCode: string }).responseCode).startsWith("200")) return answer;
      const known = operation === "qrCpmPayment" ? statusOf(newest()) : {};
      return dialect.toProfile(operation, answer, call.body, known);
    });
  };
  return Object.fromEntries(
    Object.entries(operations).map(([id, run]) => [id, speak(id as TransactionId, run)]),
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
function statusOf(payment: PaymentRecord | undefined): Record<string, string> {
  if (!payment) return {};
  return { latestTransactionStatus: payment.status, transactionStatusDesc: statusNames[payment.status] };
}
