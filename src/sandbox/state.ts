// The books as data: what one run writes down for the next, and what the lines that were written come to.
import type { ReplayClaim } from "../receiver/replay-store.ts";
import type { Delivery } from "./notifier.ts";
import type { Payment, Refund } from "./payments.ts";
import type { ClockState } from "./schedule.ts";

/** A payment as JSON: money as text, and without its refunds, which are written down one by one. */
export interface SavedPayment
  extends Omit<Payment, "captured" | "refunded" | "cancelled" | "refunds" | "pending" | "history"> {
  readonly history: readonly Payment["history"][number][];
  readonly captured: string;
  readonly refunded: string;
  readonly cancelled: string;
  readonly pending?: Payment["pending"];
}

/** A refund as JSON. */
export interface SavedRefund extends Omit<Refund, "payment" | "amount" | "time" | "due"> {
  /** The referenceNo of its payment. */
  readonly of: string;
  readonly amount: string;
  readonly time?: Refund["time"];
  readonly due?: Refund["due"];
}

/** A QR code that was made. */
export interface SavedCode {
  readonly qrContent: string;
  readonly expiresAt: number;
  readonly referenceNo: string;
  /** What it was asked for with, where the call had a number. */
  readonly asked?: { readonly partnerId: string; readonly partnerReferenceNo: string; readonly content: string };
}

/** A notification that was not acknowledged yet: of which payment, the number of its next try, and when that is due. */
export type Outstanding = readonly [referenceNo: string, attempt: number, due: number];

/** What a request used up: its X-EXTERNAL-ID, and its signature where that counts. */
export type Used = Pick<ReplayClaim, "partnerId" | "uses" | "body">;

/** What one call or one event changed: all of it is in the books, or nothing. */
export interface Change {
  /** How far the source of references has come. */
  readonly random?: number;
  readonly used?: Used;
  readonly codes?: readonly SavedCode[];
  readonly payments?: readonly SavedPayment[];
  readonly refunds?: readonly SavedRefund[];
  /** The payments that came to a status that is notified, where notifications are sent. */
  readonly reported?: readonly string[];
  readonly outstanding?: readonly Outstanding[];
  readonly delivery?: Delivery;
  readonly clock?: ClockState;
  /** Whether the books were emptied first. */
  readonly reset?: true;
}

/** What all changes come to. */
export interface State {
  random: number;
  readonly used: Used[];
  readonly codes: Map<string, SavedCode>;
  readonly payments: Map<string, SavedPayment>;
  readonly refunds: Map<string, SavedRefund>;
  readonly outstanding: Map<string, Outstanding>;
  deliveries: Delivery[];
  clock: ClockState | undefined;
}

/** Deliveries are forgotten beyond this many, the oldest first. */
export const MAX_DELIVERIES = 10_000;

/** Empty books. */
export function emptyState(clock?: ClockState): State {
  return {
    random: 0,
    used: [],
    codes: new Map(),
    payments: new Map(),
    refunds: new Map(),
    outstanding: new Map(),
    deliveries: [],
    clock,
  };
}

/** The books after a change. */
export function withChange(before: State, change: Change): State {
  const state = change.reset ? emptyState(before.clock) : before;
  const { random, used, codes = [], payments = [], refunds = [], reported = [], outstanding = [], delivery } = change;
  if (random !== undefined) state.random = random;
  if (used) state.used.push(used);
  for (const code of codes) state.codes.set(code.qrContent, code);
  for (const payment of payments) state.payments.set(payment.referenceNo, payment);
  for (const refund of refunds) state.refunds.set(refund.refundNo, refund);
  for (const referenceNo of reported) state.outstanding.set(referenceNo, [referenceNo, 1, 0]);
  for (const one of outstanding) state.outstanding.set(one[0], one);
  if (delivery) deliver(state, delivery);
  if (change.clock) state.clock = change.clock;
  return state;
}

function deliver({ deliveries, outstanding, payments }: State, delivery: Delivery): void {
  const { body, attempt, time, retryIn } = delivery;
  const referenceNo = body.originalReferenceNo ?? "";
  deliveries.push(delivery);
  if (deliveries.length > MAX_DELIVERIES) deliveries.shift();
  // what was sent wrongly on purpose settles nothing
  if (delivery.fault !== undefined) return;
  // a later status has a notification of its own
  if (payments.get(referenceNo)?.status !== body.latestTransactionStatus) return;
  if (retryIn === undefined) outstanding.delete(referenceNo);
  else outstanding.set(referenceNo, [referenceNo, attempt + 1, Date.parse(time) + retryIn * 1000]);
}

/** The fewest changes that come to the same books. */
export function* changesOf(state: State): Generator<Change> {
  const { clock = { ahead: 0 } } = state;
  const now = "stopped" in clock ? clock.stopped : Date.now() + clock.ahead;
  yield { random: state.random, ...(state.clock && { clock: state.clock }) };
  for (const used of state.used) if (used.uses.some(({ until }) => until > now)) yield { used };
  for (const code of state.codes.values()) yield { codes: [code] };
  for (const payment of state.payments.values()) yield { payments: [payment] };
  for (const refund of state.refunds.values()) yield { refunds: [refund] };
  for (const delivery of state.deliveries) yield { delivery };
  // after the deliveries, which say what is outstanding only as far as they are remembered
  for (const one of state.outstanding.values()) yield { outstanding: [one] };
}

/** A payment, to be written down. */
export function savedPayment({
  captured,
  refunded,
  cancelled,
  refunds: _,
  pending,
  ...payment
}: Payment): SavedPayment {
  const money = { captured: String(captured), refunded: String(refunded), cancelled: String(cancelled) };
  return { ...payment, ...money, ...(pending && { pending }) };
}

/** A payment that was written down, without its refunds. */
export function toPayment({ captured, refunded, cancelled, pending, history, ...payment }: SavedPayment): Payment {
  return {
    ...payment,
    // JSON drops what is undefined
    history: history.map(({ status, by, time }) => ({ status, by, time })),
    captured: BigInt(captured),
    refunded: BigInt(refunded),
    cancelled: BigInt(cancelled),
    refunds: [],
    pending,
  };
}

/** A refund, to be written down. */
export function savedRefund({ payment, amount, time, due, ...refund }: Refund): SavedRefund {
  const when = { ...(time !== undefined && { time }), ...(due !== undefined && { due }) };
  return { ...refund, of: payment.referenceNo, amount: String(amount), ...when };
}

/** A refund that was written down, of its payment. */
export function toRefund({ of: _, amount, time, due, ...refund }: SavedRefund, payment: Payment): Refund {
  return { ...refund, payment, amount: BigInt(amount), time, due };
}
