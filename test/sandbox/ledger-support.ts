// What the tests of the sandbox's books share: a ledger whose clock stands still, and calls that keep the contract on both sides.
import { expect } from "vitest";
import type { OperationTypes, TransactionId } from "../../generated/operations.ts";
import { validateRequest, validateResponse } from "../../src/contract/validation.ts";
import { createLedger, type LedgerCall, type LedgerOptions } from "../../src/sandbox/ledger.ts";
import { createRandom } from "../../src/sandbox/random.ts";
import type { PaymentRecord } from "../../src/sandbox/records.ts";
import { createSchedule } from "../../src/sandbox/schedule.ts";

/** When the clock of every ledger stands. */
const START = new Date("2020-12-23T00:50:11Z");
/** The same, as SNAP writes it. */
export const NOW = "2020-12-23T07:50:11+07:00";
/** An hour later: when requests for a payment expire. */
const LATER = "2020-12-23T08:50:11+07:00";

export type Request<Id extends TransactionId> = OperationTypes[Id]["request"];
export type Reply = Record<string, unknown> & { responseCode: string; responseMessage: string };

/** A ledger with a clock that stands still, and calls that hold both sides to the contract. */
export function open(options: Partial<LedgerOptions> & { seed?: number | string } = {}) {
  const errors: unknown[] = [];
  const changes: PaymentRecord[] = [];
  const schedule = createSchedule({ start: START, onError: (error) => errors.push(error) });
  const ledger = createLedger({
    schedule,
    random: createRandom(options.seed ?? 1),
    onChange: (payment) => changes.push(payment),
    ...options,
  });

  /** Calls an operation; returns the body of its answer. */
  function ask<Id extends TransactionId>(
    id: Id,
    body: Request<Id>,
    caller: Partial<Omit<LedgerCall<Id>, "body">> = {},
  ): Reply {
    expect(validateRequest(id, body)).toEqual({ valid: true });
    const operation = ledger.operations[id] as (call: LedgerCall<Id>) => unknown;
    const reply = operation({ partnerId: "partner-a", externalId: "external-1", ...caller, body }) as Reply;
    const wire = JSON.parse(JSON.stringify(reply)) as Reply;
    expect(wire.responseCode.slice(3, 5)).toBe(serviceOf[id]);
    expect(validateResponse(id, wire.responseCode.slice(0, 3), wire)).toEqual({ valid: true });
    expect(errors).toEqual([]);
    return wire;
  }

  /** Makes a QR code. */
  const newQr = () => String(ask("qrCpmGenerate", { partnerTrxDate: NOW }).qrContent);

  /** A request for a payment; of ten thousand rupiah with a new QR code where nothing else is said. */
  function paymentOf(partnerReferenceNo: string, given: Partial<Request<"qrCpmPayment">> = {}) {
    return {
      partnerReferenceNo,
      qrContent: given.qrContent ?? newQr(),
      amount: idr("10000.00"),
      merchantId: "merchant-1",
      expiryTime: LATER,
      ...given,
    };
  }

  /** Pays; returns the answer in words. */
  const pay = (partnerReferenceNo: string, given: Partial<Request<"qrCpmPayment">> = {}) =>
    said(ask("qrCpmPayment", paymentOf(partnerReferenceNo, given)));

  const query = (originalPartnerReferenceNo: string) => ask("qrCpmQuery", { originalPartnerReferenceNo });
  const statusOf = (reference: string) => query(reference).latestTransactionStatus;
  const cancel = (originalPartnerReferenceNo: string, given: Partial<Request<"qrCpmCancel">> = {}) =>
    said(ask("qrCpmCancel", { originalPartnerReferenceNo, ...given }));
  const refund = (
    originalPartnerReferenceNo: string,
    partnerRefundNo: string,
    given: Partial<Request<"qrCpmRefund">> = {},
  ) => said(ask("qrCpmRefund", { originalPartnerReferenceNo, partnerRefundNo, ...given }));
  const paymentBy = (reference: string) =>
    ledger.payments().find(({ partnerReferenceNo }) => partnerReferenceNo === reference);

  return {
    ...ledger,
    schedule,
    changes,
    errors,
    ask,
    newQr,
    paymentOf,
    pay,
    query,
    statusOf,
    cancel,
    refund,
    paymentBy,
  };
}

export const serviceOf: Record<TransactionId, string> = {
  qrCpmGenerate: "59",
  qrCpmPayment: "60",
  qrCpmQuery: "61",
  qrCpmCancel: "62",
  qrCpmNotify: "79",
  qrCpmRefund: "80",
  debitStatus: "55",
};
export const idr = (value: string) => ({ value, currency: "IDR" });
/** An answer in words: `2006000 Successful`. */
export const said = ({ responseCode, responseMessage }: Reply) => `${responseCode} ${responseMessage}`;
/** The statuses of a payment, the oldest first: `01 02 00`. */
export const historyOf = (payment: PaymentRecord | undefined) => payment?.history.map(({ status }) => status).join(" ");
