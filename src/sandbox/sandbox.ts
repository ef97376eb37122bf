// The sandbox: a PJP with a memory. Its parts are the books, the clock, the notifier and the host; here they meet.
import { operations } from "../../generated/operations.ts";
import { statusNames } from "../../generated/response-codes.ts";
import { type HostOptions, type LogEntry, type RunningServer, safeLog, startHost } from "../host/host.ts";
import { createMemoryReplayStore } from "../receiver/replay-store.ts";
import { answerControl, isControl, type SandboxControl, STATE_PATH } from "./control.ts";
import { createLedger, type Ledger, type LedgerRules } from "./ledger.ts";
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
import { createSchedule, type DueEvent, type Schedule } from "./schedule.ts";

/** How to start the sandbox. */
export interface SandboxOptions extends HostOptions, LedgerRules {
  /** Makes references and tokens the same in every run with the same calls, and no secret; random by default. */
  seed?: number | string;
  /** Stops the clock at this time; the system's clock by default. Move it with `setTime` and `advance`. */
  time?: Date;
  /** Where notifications of payments (service 79) go: a URL, or more about it. Nowhere by default. */
  notify?: string | NotifyOptions;
}

/** Deliveries are forgotten beyond this many, the oldest first. */
const MAX_DELIVERIES = 10_000;

/** A running sandbox. */
export type Sandbox = RunningServer & SandboxControl;

/**
 * Starts the sandbox: a PJP in memory. It makes QR codes, takes payments, answers queries, cancels and refunds, and notifies; what
 * it knows is gone when it stops. Each X-EXTERNAL-ID is accepted once a day.
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`, `ERR_SNAP_INVALID_KEY`) when an option cannot be right: an empty secret, a bad key, a
 *   limit that is not an amount
 * @throws RangeError when `time` is not a time
 * @throws Error with `code` `EADDRINUSE`, `EACCES` or `EADDRNOTAVAIL` when it cannot listen
 * @example
 * const sandbox = await startSandbox({ clientSecret, seed: 1, time: new Date("2020-12-23T00:50:11Z") });
 * const snap = createSnapClient({ baseUrl: sandbox.url, ... });
 * // generate, pay, then let ten minutes pass
 * await sandbox.advance(600);
 * await sandbox.close();
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { seed = Math.floor(Math.random() * 1_000_000), time, limit, qrLifetime, settleAfter, directDebits } = options;
  // what an event throws is a fault of ours, and must be seen
  const onError = (error: unknown) => process.emitWarning(error as Error);
  const schedule = createSchedule({ ...(time && { start: time }), onError });
  const { notifier, deliveries } = startNotifying(options, `${seed} notifications`, schedule);
  const idle = async () => notifier?.idle();
  const ledger = createLedger({
    schedule: waitingFor(idle, schedule),
    random: createRandom(`${seed} ledger`),
    ...(limit !== undefined && { limit }),
    ...(qrLifetime !== undefined && { qrLifetime }),
    ...(settleAfter !== undefined && { settleAfter }),
    ...(directDebits !== undefined && { directDebits }),
    onChange: (payment) => notifier?.notify(notificationOf(payment)),
  });
  const control = controlOf({ seed, schedule, ledger, idle, deliveries, notifyPublicKey: notifier?.publicKey });

  const tokens = createRandom(`${seed} tokens`);
  const server = await startHost(
    {
      operations: ledger.operations,
      replayStore: createMemoryReplayStore(),
      clock: () => schedule.now(),
      newToken: () => tokens.bytes(32).toString("base64url"),
      controlPath: STATE_PATH,
      intercept: (request) => (isControl(request) ? answerControl(request, control) : undefined),
    },
    options,
  );
  return {
    ...control,
    url: server.url,
    async close() {
      schedule.close();
      notifier?.close();
      await Promise.all([server.close(), idle()]);
    },
  };
}

/** The notifier, if there is one, and every try of it that is over. */
function startNotifying({ notify, log }: SandboxOptions, seed: string, schedule: Schedule) {
  const tried: Delivery[] = [];
  const deliveries = () => [...tried];
  if (notify === undefined) return { notifier: undefined, deliveries };
  const report = safeLog(log);
  const externalIds = createRandom(seed);
  const notifier: Notifier = createNotifier(typeof notify === "string" ? { url: notify } : notify, {
    clock: () => schedule.now(),
    isStopped: schedule.isStopped,
    later: (ms, run) => void schedule.after(ms, run),
    newExternalId: () => externalIds.bytes(16).toString("hex"),
    onDelivery(delivery) {
      tried.push(delivery);
      if (tried.length > MAX_DELIVERIES) tried.shift();
      report(entryOf(delivery, notifier.path));
    },
  });
  return { notifier, deliveries };
}

function controlOf({
  schedule,
  ledger,
  ...parts
}: Pick<SandboxControl, "seed" | "notifyPublicKey" | "idle" | "deliveries"> & {
  schedule: Schedule;
  ledger: Ledger;
}): SandboxControl {
  return {
    ...parts,
    now: () => schedule.now(),
    // what is on its way belongs to the time before
    async setTime(to) {
      await parts.idle();
      await schedule.set(to);
    },
    async advance(seconds) {
      await parts.idle();
      await schedule.advance(seconds * 1000);
    },
    payments: ledger.payments,
    totals: ledger.totals,
    directDebits: ledger.debits,
  };
}

/**
 * A schedule whose events are over when the notifications that they caused are. Otherwise the clock would move on meanwhile, and what
 * is sent again would count from a later time. Those of the same time are sent together and waited for together.
 */
function waitingFor(idle: () => Promise<void>, schedule: Schedule): Schedule {
  const waiting = (event: DueEvent) => async () => {
    await event();
    await idle();
  };
  return {
    ...schedule,
    at: (due, event) => schedule.at(due, waiting(event)),
    after: (ms, event) => schedule.after(ms, waiting(event)),
  };
}

/** What the merchant is told of a payment. */
function notificationOf(payment: PaymentRecord): Notification {
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
  { time, status, responseCode, responseMessage, retryIn, body, attempt }: Delivery,
  path: string,
): LogEntry {
  const about = `status ${body.latestTransactionStatus} of ${body.originalPartnerReferenceNo}, try ${attempt}`;
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
