// The sandbox's notifications: what they say, which tries there were, and what the log and the books are told of them.
import { operations } from "../../generated/operations.ts";
import { statusNames } from "../../generated/response-codes.ts";
import type { Contract } from "../contract/contract.ts";
import { type HostOptions, type LogEntry, safeLog } from "../host/host.ts";
import {
  acknowledges,
  createNotifier,
  type Delivery,
  type Notification,
  type Notifier,
  type NotifyOptions,
} from "./notifier.ts";
import { createRandom } from "./random.ts";
import type { PaymentRecord } from "./records.ts";
import type { Schedule } from "./schedule.ts";
import { MAX_DELIVERIES } from "./state.ts";

/** Every try to deliver a notification that is over: the latest ones, and how many there were. */
export class Deliveries {
  #latest: Delivery[];
  #count: number;
  constructor(earlier: readonly Delivery[]) {
    this.#latest = [...earlier];
    this.#count = earlier.length;
  }

  add(delivery: Delivery): void {
    this.#latest.push(delivery);
    this.#count += 1;
    if (this.#latest.length > MAX_DELIVERIES) this.#latest.shift();
  }

  all(): Delivery[] {
    return [...this.#latest];
  }

  /** How many there were, those that are forgotten included. */
  count(): number {
    return this.#count;
  }

  /** At most so many of those that came before a position, counted from 0, the newest first. */
  before(position: number, limit: number): Delivery[] {
    const forgotten = this.#count - this.#latest.length;
    const end = Math.max(0, Math.min(position, this.#count) - forgotten);
    return this.#latest.slice(Math.max(0, end - limit), end).reverse();
  }

  clear(): void {
    this.#latest = [];
    this.#count = 0;
  }
}

/** The notifier, if there is one. */
export function startNotifying(
  { notify, log, profile }: { notify?: string | NotifyOptions; profile: Contract } & Pick<HostOptions, "log">,
  seed: string,
  schedule: Schedule,
  onDelivery: (delivery: Delivery) => void,
): Notifier | undefined {
  if (notify === undefined) return undefined;
  const report = safeLog(log);
  const externalIds = createRandom(seed);
  const notifier: Notifier = createNotifier(typeof notify === "string" ? { url: notify } : notify, {
    profile,
    clock: () => schedule.now(),
    isStopped: schedule.isStopped,
    later: (ms, run) => void schedule.after(ms, run),
    newExternalId: () => externalIds.bytes(16).toString("hex"),
    onDelivery(delivery) {
      onDelivery(delivery);
      report(entryOf(delivery, notifier.path));
    },
  });
  return notifier;
}

/** What the merchant is told of a payment. */
export function notificationOf(payment: PaymentRecord): Notification {
  const { partnerReferenceNo, referenceNo, merchantId, subMerchantId, externalStoreId, amount, status } = payment;
  return {
    originalPartnerReferenceNo: partnerReferenceNo,
    originalReferenceNo: referenceNo,
    merchantId,
    ...(subMerchantId !== undefined && { subMerchantId }),
    ...(externalStoreId !== undefined && { externalStoreId }),
    ...(amount !== undefined && { amount }),
    latestTransactionStatus: status,
    transactionStatusDesc: statusNames[status],
  };
}

/** A try to deliver a notification, as the log has it. */
function entryOf(
  { time, status, responseCode, responseMessage, retryIn, body, attempt, fault }: Delivery,
  path: string,
): LogEntry {
  const wrong = fault === undefined ? "" : `, ${fault} on purpose`;
  const about = `status ${body.latestTransactionStatus} of ${body.originalPartnerReferenceNo}, try ${attempt}${wrong}`;
  const next = retryIn === undefined ? "given up" : `again in ${retryIn} s`;
  return {
    time,
    method: "POST",
    path,
    service: operations.qrCpmNotify.serviceCode,
    operation: "qrCpmNotify",
    status: status ?? 0,
    responseCode,
    responseMessage,
    step: "notify",
    hint: acknowledges({ status, responseCode }) ? about : `${about}, ${next}`,
  };
}
