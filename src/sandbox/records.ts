// What users see of the ledger: copies, with money as SNAP writes it.
import type { Amount } from "../../generated/types.ts";
import { decimal } from "./money.ts";
import type { PaymentEvent, PaymentStatus } from "./payment-states.ts";
import type { Payment } from "./payments.ts";

/** A payment as it stood at one moment; a copy. Money is in the payment's currency, with two decimals. */
export interface PaymentRecord {
  readonly partnerId: string;
  readonly partnerReferenceNo: string;
  readonly referenceNo: string;
  /** X-EXTERNAL-ID of the payment request. */
  readonly externalId: string;
  readonly merchantId: string;
  readonly subMerchantId?: string;
  readonly externalStoreId?: string;
  /** As asked for; a payment without an amount is refused. */
  readonly amount?: Amount;
  readonly status: PaymentStatus;
  /** What was taken. */
  readonly captured: string;
  /** What was given back by refunds that are done. */
  readonly refunded: string;
  /** What was given back by a cancellation. */
  readonly cancelled: string;
  readonly refunds: readonly RefundRecord[];
  /** Every status the payment has had, the oldest first. */
  readonly history: readonly PaymentStep[];
}

/** A refund of a payment. */
export interface RefundRecord {
  readonly partnerRefundNo: string;
  readonly refundNo: string;
  readonly amount: string;
  /** 00 done, 03 in progress. */
  readonly status: "00" | "03";
}

/** A status that a payment has come to. */
export interface PaymentStep {
  readonly status: PaymentStatus;
  /** What moved it there; undefined for the first. */
  readonly by: PaymentEvent | undefined;
  /** When, as SNAP writes it. */
  readonly time: string;
}

/** All payments together. Money has two decimals. */
export interface LedgerTotals {
  readonly payments: number;
  readonly captured: string;
  readonly refunded: string;
  readonly cancelled: string;
  /** What is left: captured, without what was refunded or cancelled. */
  readonly held: string;
}

/** A payment as users see it. */
export function recordOf(payment: Payment): PaymentRecord {
  const { partnerId, externalId, referenceNo, status, captured, refunded, cancelled, refunds, history } = payment;
  const { title: _, amount, ...asked } = payment.asked;
  return {
    partnerId,
    ...asked,
    ...(amount && { amount: { ...amount } }),
    referenceNo,
    externalId,
    status,
    captured: decimal(captured),
    refunded: decimal(refunded),
    cancelled: decimal(cancelled),
    refunds: refunds.map(({ partnerRefundNo, refundNo, amount: part, time }) => ({
      partnerRefundNo,
      refundNo,
      amount: decimal(part),
      status: time === undefined ? "03" : "00",
    })),
    history: history.map((step) => ({ ...step })),
  };
}
