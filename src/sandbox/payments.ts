// The payments of the sandbox: written down, found, and moved from status to status, now or later.
import type { OperationTypes } from "../../generated/operations.ts";
import { snapDay, snapTimestamp } from "../snap/time.ts";
import { decimal, minorOf } from "./money.ts";
import { allows, INITIAL_STATUS, moved, type PaymentEvent, type PaymentStatus } from "./payment-states.ts";
import type { SandboxRandom } from "./random.ts";
import { type LedgerTotals, type PaymentRecord, type PaymentStep, recordOf } from "./records.ts";
import type { Scenario } from "./scenarios.ts";
import type { Schedule } from "./schedule.ts";

type PaymentRequest = OperationTypes["qrCpmPayment"]["request"];

/** A payment, with money in hundredths of a rupiah. */
export interface Payment {
  readonly partnerId: string;
  readonly externalId: string;
  readonly referenceNo: string;
  readonly asked: Pick<
    PaymentRequest,
    "partnerReferenceNo" | "merchantId" | "subMerchantId" | "externalStoreId" | "amount" | "title"
  >;
  /** The whole request, to tell whether another one is the same. */
  readonly content: string;
  status: PaymentStatus;
  readonly history: PaymentStep[];
  captured: bigint;
  refunded: bigint;
  cancelled: bigint;
  readonly refunds: Refund[];
  /** What will decide it, and when. */
  pending: Pending | undefined;
  /** Whether a cancellation was answered with 202 and is not done yet. */
  cancelling: boolean;
}

/** What is going to happen to a payment: it is paid, it fails, or it is cancelled. */
export interface Pending {
  readonly by: "settle" | "fail" | "cancel";
  readonly due: number;
}

/** A refund of a payment. */
export interface Refund {
  readonly payment: Payment;
  readonly partnerRefundNo: string;
  readonly refundNo: string;
  readonly amount: bigint;
  readonly content: string;
  /** When it was done; undefined while it is in progress. */
  time: string | undefined;
  /** When it will be done, while it is in progress. */
  due: number | undefined;
}

/** What a call names a payment by. */
export type References = Pick<
  OperationTypes["qrCpmQuery"]["request"],
  "originalPartnerReferenceNo" | "originalReferenceNo" | "originalExternalId"
>;

/** The statuses that are reported: the others last no longer than the call that brings them about. */
const REPORTED_STATUSES: readonly PaymentStatus[] = ["00", "03", "04", "05", "06"];

/** What the payments need to know of the sandbox. */
export interface PaymentsOptions {
  schedule: Schedule;
  random: SandboxRandom;
  /** After how many seconds what was answered with 202 is decided. */
  settleAfter: number;
  /** Told when an event is over, so that what it changed can be written down and reported. */
  onEvent: () => void;
}

/** What was changed since it was asked last. */
export interface PaymentChanges {
  readonly payments: Set<Payment>;
  readonly refunds: Set<Refund>;
  /** Every payment that has come to a status that is reported, as it was then. */
  readonly reported: PaymentRecord[];
}

/** All payments. Nothing here waits, so calls never see each other's half-done work. */
export class Payments {
  readonly #options: PaymentsOptions;
  readonly #all: Payment[] = [];
  /** The payments that go by a name, whichever of the three references it is. */
  readonly #named = new Map<string, Payment[]>();
  /** Every number that was given out, so that none is given out twice. */
  readonly #references = new Set<string>();
  readonly #totals = { captured: 0n, refunded: 0n, cancelled: 0n };
  #changes: PaymentChanges = { payments: new Set(), refunds: new Set(), reported: [] };

  constructor(options: PaymentsOptions) {
    this.#options = options;
  }

  /** Every payment, the oldest first. */
  records(): PaymentRecord[] {
    return this.#all.map(recordOf);
  }

  totals(): LedgerTotals {
    const { captured, refunded, cancelled } = this.#totals;
    return {
      payments: this.#all.length,
      captured: decimal(captured),
      refunded: decimal(refunded),
      cancelled: decimal(cancelled),
      held: decimal(captured - refunded - cancelled),
    };
  }

  /** The latest payments, the newest first: at most so many of those that came before a position, which is counted from 0. */
  before(position: number, limit: number): PaymentRecord[] {
    const end = Math.min(position, this.#all.length);
    return this.#all
      .slice(Math.max(0, end - limit), end)
      .reverse()
      .map(recordOf);
  }

  /** The payment that all references given belong to, the latest where there are several; undefined where none is given. */
  find(given: References, partnerId?: string): Payment | undefined {
    const { originalPartnerReferenceNo, originalReferenceNo, originalExternalId } = given;
    const name = originalPartnerReferenceNo || originalReferenceNo || originalExternalId;
    if (!name) return undefined;
    return this.#named
      .get(name)
      ?.findLast(
        (payment) =>
          (partnerId === undefined || payment.partnerId === partnerId) &&
          (!originalPartnerReferenceNo || payment.asked.partnerReferenceNo === originalPartnerReferenceNo) &&
          (!originalReferenceNo || payment.referenceNo === originalReferenceNo) &&
          (!originalExternalId || payment.externalId === originalExternalId),
      );
  }

  /** Why a call finds no payment. */
  whyUnknown(given: References): string {
    const { originalPartnerReferenceNo, originalReferenceNo, originalExternalId } = given;
    if (!(originalPartnerReferenceNo || originalReferenceNo || originalExternalId)) return "no reference is given";
    return this.find(given) ? "the payment is of another X-PARTNER-ID" : "no payment has the references given";
  }

  /** A number that looks like the standard's samples: the day, and fourteen digits. */
  newReference(): string {
    const { schedule, random } = this.#options;
    const day = snapDay(schedule.now()).replaceAll("-", "");
    const reference = unused(this.#references, () => day + random.digits(14));
    this.#references.add(reference);
    return reference;
  }

  /** Writes down a new payment, which is being made from then on. */
  record(body: PaymentRequest, partnerId: string, externalId: string): Payment {
    const { partnerReferenceNo, merchantId, subMerchantId, externalStoreId, amount, title } = body;
    const payment: Payment = {
      partnerId,
      externalId,
      referenceNo: this.newReference(),
      asked: {
        partnerReferenceNo,
        merchantId,
        ...(subMerchantId !== undefined && { subMerchantId }),
        ...(externalStoreId !== undefined && { externalStoreId }),
        ...(amount && { amount: { value: amount.value, currency: amount.currency } }),
        ...(title !== undefined && { title }),
      },
      content: contentOf(body),
      status: INITIAL_STATUS,
      history: [{ status: INITIAL_STATUS, by: undefined, time: this.#now() }],
      captured: 0n,
      refunded: 0n,
      cancelled: 0n,
      refunds: [],
      pending: undefined,
      cancelling: false,
    };
    this.#enter(payment);
    this.move(payment, "accept");
    return payment;
  }

  /** Takes in a payment that was written down by another run, with its refunds, and has what it waits for happen when it is due. */
  restore(payment: Payment): void {
    this.#references.add(payment.referenceNo);
    this.#enter(payment);
    this.#totals.captured += payment.captured;
    this.#totals.refunded += payment.refunded;
    this.#totals.cancelled += payment.cancelled;
    if (payment.pending) this.#decideLater(payment, payment.pending);
    for (const refund of payment.refunds) {
      this.#references.add(refund.refundNo);
      if (refund.due !== undefined) this.finishLater(refund, refund.due);
    }
  }

  /** A number that was given out by another run. */
  restoreReference(reference: string): void {
    this.#references.add(reference);
  }

  #enter(payment: Payment): void {
    this.#all.push(payment);
    for (const name of new Set([payment.asked.partnerReferenceNo, payment.referenceNo, payment.externalId])) {
      const namesakes = this.#named.get(name);
      if (namesakes) namesakes.push(payment);
      else this.#named.set(name, [payment]);
    }
  }

  /** Does to a payment what its scenario says. */
  carryOut(payment: Payment, effect: Exclude<Scenario<"60">["effect"], "nothing">): void {
    const effects = {
      captured: () => this.#capture(payment, "capture"),
      "captured, never answered": () => this.#capture(payment, "capture"),
      refused: () => this.move(payment, "refuse"),
      "pending for ever": () => this.move(payment, "wait"),
      "pending, then captured": () => this.#settleLater(payment, "settle"),
      "pending, then refused": () => this.#settleLater(payment, "fail"),
    };
    effects[effect]();
  }

  /** Moves a payment to the status that an event leads to. */
  move(payment: Payment, by: PaymentEvent): void {
    payment.status = moved(payment.status, by);
    payment.history.push({ status: payment.status, by, time: this.#now() });
    this.#changes.payments.add(payment);
    if (REPORTED_STATUSES.includes(payment.status)) this.#changes.reported.push(recordOf(payment));
  }

  /** Gives back what a payment took. */
  reverse(payment: Payment): void {
    payment.cancelling = false;
    payment.cancelled = payment.captured;
    this.#totals.cancelled += payment.cancelled;
    this.move(payment, "void");
  }

  /** Cancels a payment once what it waits for has happened, or a little later. */
  cancelLater(payment: Payment): void {
    payment.cancelling = true;
    this.#changes.payments.add(payment);
    if (!payment.pending) this.#decideLater(payment, { by: "cancel", due: this.#due() });
  }

  /** Does a refund that was written down. */
  finish(refund: Refund): void {
    const { payment, amount } = refund;
    refund.time = this.#now();
    refund.due = undefined;
    this.#changes.refunds.add(refund);
    this.#changes.payments.add(payment);
    payment.refunded += amount;
    this.#totals.refunded += amount;
    if (payment.refunded === payment.captured) this.move(payment, "refund");
  }

  /** Does a refund that was written down when what was answered with 202 is decided, or at a time. */
  finishLater(refund: Refund, due = this.#due()): void {
    refund.due = due;
    this.#changes.refunds.add(refund);
    this.#at(due, () => this.finish(refund));
  }

  /** What was changed since this was asked last. */
  takeChanges(): PaymentChanges {
    const changes = this.#changes;
    this.#changes = { payments: new Set(), refunds: new Set(), reported: [] };
    return changes;
  }

  /** When what is answered with 202 now is decided. */
  #due(): number {
    const { schedule, settleAfter } = this.#options;
    return schedule.now().getTime() + settleAfter * 1000;
  }

  #at(due: number, run: () => void): void {
    const { schedule, onEvent } = this.#options;
    // what became due while nothing ran happens at once
    schedule.after(Math.max(0, due - schedule.now().getTime()), () => {
      run();
      onEvent();
    });
  }

  #now(): string {
    return snapTimestamp(this.#options.schedule.now());
  }

  #settleLater(payment: Payment, by: "settle" | "fail"): void {
    this.move(payment, "wait");
    this.#decideLater(payment, { by, due: this.#due() });
  }

  #decideLater(payment: Payment, pending: Pending): void {
    payment.pending = pending;
    this.#at(pending.due, () => {
      payment.pending = undefined;
      this.#decide(payment, pending.by);
    });
  }

  #decide(payment: Payment, by: Pending["by"]): void {
    if (by === "cancel" && allows(payment.status, "void")) this.reverse(payment);
    else if (payment.cancelling) this.#withdraw(payment);
    else if (by === "settle") this.#capture(payment, "settle");
    else this.move(payment, "fail");
  }

  #withdraw(payment: Payment): void {
    payment.cancelling = false;
    this.move(payment, "withdraw");
  }

  #capture(payment: Payment, by: "capture" | "settle"): void {
    payment.captured = payment.asked.amount ? minorOf(payment.asked.amount.value) : 0n;
    this.#totals.captured += payment.captured;
    this.move(payment, by);
  }
}

/** What can still be refunded: refunds in progress are as good as done. */
export function refundable({ captured, refunds }: Payment): bigint {
  return refunds.reduce((rest, { amount }) => rest - amount, captured);
}

/** When a payment was asked for. */
export function requestedAt({ history }: Payment): string {
  return (history[0] as PaymentStep).time;
}

/** The status that a payment has come to last, and when. */
export function lastStep({ history }: Payment): PaymentStep {
  return history[history.length - 1] as PaymentStep;
}

/** A body as text that is the same whatever the order of its properties, additionalInfo included. */
export function contentOf(body: object): string {
  return JSON.stringify(body, (_, value: unknown) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}

/** What is made and not taken yet. */
export function unused(taken: { has(value: string): boolean }, make: () => string): string {
  for (;;) {
    const made = make();
    if (!taken.has(made)) return made;
  }
}
