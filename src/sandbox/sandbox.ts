// The sandbox: a PJP with a memory. Its parts are the books, the clock, the notifier and the host; here they meet.

import { setTimeout as wait } from "node:timers/promises";
import type { TransactionId } from "../../generated/operations.ts";
import { type Contract, contractOf, published } from "../contract/contract.ts";
import { createControlAccess, newControlKey } from "../host/access.ts";
import { Changes } from "../host/changes.ts";
import type { ConsoleParts } from "../host/console.ts";
import { type HostOptions, type RunningServer, safeLog, startHost } from "../host/host.ts";
import { Requests } from "../host/requests.ts";
import type { SnapCall, SnapReply } from "../receiver/options.ts";
import { createMemoryReplayStore, type ReplayStore } from "../receiver/replay-store.ts";
import { snapTimestamp } from "../snap/time.ts";
import { invalidOption } from "../util/errors.ts";
import { consoleOf } from "./console.ts";
import { answerControl, type Controlled, isControl, type SandboxControl, STATE_PATH } from "./control.ts";
import { Deliveries, notificationOf, startNotifying } from "./deliveries.ts";
import { answerUtility, type DeveloperSite, newDeveloperSite } from "./developer-site.ts";
import { operationsOf } from "./dialect.ts";
import { ForcedNext } from "./forces.ts";
import { type Journal, openJournal } from "./journal.ts";
import { createLedger, type Ledger, type LedgerOperations } from "./ledger.ts";
import type { LedgerRules } from "./ledger-options.ts";
import type { Delivery, Notifier, NotifyOptions } from "./notifier.ts";
import { ignoredPreference } from "./prefer.ts";
import { createRandom } from "./random.ts";
import { isNeverAnswered } from "./scenarios.ts";
import { createSchedule, type DueEvent, type Schedule } from "./schedule.ts";
import { type Change, emptyState, type State } from "./state.ts";

/** How to start the sandbox. */
export interface SandboxOptions extends HostOptions, LedgerRules {
  /** Makes references and tokens the same in every run with the same calls, and no secret; random by default. */
  seed?: number | string;
  /** Stops the clock at this time; the system's clock by default. Move it with `setTime` and `advance`, let it go on with `resume`. */
  time?: Date;
  /** Where notifications of payments (service 79) go: a URL, or more about it. Nowhere by default. */
  notify?: string | NotifyOptions;
  /**
   * What is asked of those who call `/sandbox`, as `Authorization: Bearer KEY`. By default a random key where calls are checked
   * (`accessToken`, `tokenLifetime`, `clientSecret`, `publicKey`) or `host` is not loopback, and none elsewhere.
   */
  controlKey?: string;
  /**
   * A file that keeps the books across restarts, also when the process is killed: payments, refunds, QR codes, X-EXTERNAL-IDs,
   * deliveries, the seed, and how the clock stands. Tokens are not kept. In memory by default.
   */
  state?: string;
  /**
   * Does what the standard's developer site does for those who learn it: `utilities/signature-auth` and `utilities/signature-service`
   * sign for those who bring key or secret, and every call is served under any base path, such as `/api`. Makes a key, a secret and a
   * client key for the run, and checks tokens and signatures with them. Off by default: what signs for anybody is for tests.
   */
  developerSite?: boolean;
  /** For how many milliseconds of real time every answer is held back, but for those under `/sandbox`; none by default. */
  latency?: number;
}

/** A running sandbox. */
export type Sandbox = RunningServer &
  SandboxControl & {
    /** What a caller of the developer site is given; undefined without `developerSite`. */
    readonly developerSite: DeveloperSite | undefined;
  };

/**
 * Starts the sandbox: a PJP in memory, or with `state` in a file. It makes QR codes, takes payments, answers queries, cancels and
 * refunds, and notifies. Each X-EXTERNAL-ID is accepted once a day.
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`, `ERR_SNAP_INVALID_KEY`) when an option cannot be right: an empty secret, a bad key, a
 *   limit that is not an amount, a `state` that is not a sandbox's or is in use
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
  const newSeed = Math.floor(Math.random() * 1_000_000);
  const journal = options.state === undefined ? undefined : openJournal(options.state, options.seed, newSeed);
  try {
    return await startWith(options, journal, journal?.seed ?? options.seed ?? newSeed);
  } catch (error) {
    journal?.close();
    throw error;
  }
}

async function startWith(given: SandboxOptions, journal: Journal | undefined, seed: number | string) {
  const { site, checks } = given.developerSite ? newDeveloperSite(given) : { site: undefined, checks: given };
  const options: SandboxOptions = { ...given, ...checks };
  const { latency = 0 } = options;
  if (!(latency >= 0 && latency <= NEVER_MS))
    throw invalidOption(`latency must be a number of milliseconds from 0 to ${NEVER_MS}, but is ${latency}.`);
  const controlKey = newControlKey(options);
  // what a later run sends must not have an X-EXTERNAL-ID or a token of an earlier one
  const run = journal && journal.starts > 0 ? ` ${journal.starts}` : "";
  // what an event throws is a fault of ours, and must be seen
  const onError = (error: unknown) => process.emitWarning(error as Error);
  const { time } = options;
  const profile = contractOf(options.profile ?? published);
  const schedule = createSchedule({ ...(time && { start: time }), clock: journal?.state.clock, onError });
  const changes = new Changes();
  const requests = new Requests(() => schedule.now(), changes);
  const forcedNext = new ForcedNext();
  const save = (change: Change) => {
    journal?.write(change);
    changes.tell();
  };
  save({ clock: schedule.clock() });

  const deliveries = new Deliveries(journal?.state.deliveries ?? []);
  const notifier = startNotifying({ ...options, profile }, `${seed} notifications${run}`, schedule, (delivery) => {
    deliveries.add(delivery);
    saveOrWarn(save, { delivery });
  });
  const idle = async () => notifier?.idle();
  const books = createBooks(options, {
    schedule: waitingFor(idle, schedule),
    seed,
    save,
    notifier,
    state: journal?.state,
    forcedNext,
  });
  if (notifier && journal) takeUpNotifications(notifier, journal.state, books.ledger(), schedule);

  const reset = () => {
    // first, so that nothing is emptied that cannot be written down
    save({ reset: true });
    schedule.clear();
    notifier?.forget();
    deliveries.clear();
    books.empty();
    forcedNext.clear();
    requests.clear();
  };
  const control = controlOf({ seed, controlKey, schedule, books, idle, deliveries, notifier, reset, save });
  const newToken = tokensOf(`${seed} tokens${run}`);
  const server = await serve(options, {
    control,
    site,
    profile,
    schedule,
    books,
    deliveries,
    requests,
    changes,
    forcedNext,
    newToken,
  });
  return {
    ...control,
    developerSite: site,
    url: server.url,
    async close() {
      schedule.close();
      notifier?.close();
      await Promise.all([server.close(), idle()]);
      journal?.close();
    },
  };
}

/** Starts the server: the books behind the receiver, and control and console beside it. */
function serve(
  options: SandboxOptions,
  parts: Pick<Controlled, "control" | "deliveries"> &
    Pick<ConsoleParts, "requests" | "changes"> & {
      site: DeveloperSite | undefined;
      profile: Contract;
      schedule: Schedule;
      books: Books;
      forcedNext: ForcedNext;
      newToken: () => string;
    },
): Promise<RunningServer> {
  const { control, site, profile, schedule, books, deliveries, requests, changes, forcedNext, newToken } = parts;
  const { latency = 0 } = options;
  const access = createControlAccess(control.controlKey);
  const told = {
    control,
    deliveries,
    payments: (position: number, limit: number) => books.ledger().paymentsBefore(position, limit),
    forceNext(code: string) {
      const isForced = forcedNext.set(code);
      changes.tell();
      return isForced;
    },
    forcedNext: () => forcedNext.codes(),
  };
  return startHost(
    {
      operations: forcedNext.during(operationsOf(profile, books)),
      replayStore: books.replayStore,
      clock: () => schedule.now(),
      newToken,
      controlPath: STATE_PATH,
      console: { kind: "sandbox", paths: ["/", STATE_PATH], requests, changes, access, ...consoleOf(told) },
      anyBasePath: site !== undefined,
      operationTimeout: NEVER_MS,
      intercept: (request) => {
        if (isControl(request)) return access(request) ?? answerControl(request, told);
        const ignored = ignoredPreference(request, snapTimestamp(schedule.now()));
        if (ignored) safeLog(options.log)(ignored);
        const utility = site && answerUtility(request, () => schedule.now());
        return latency > 0 ? wait(latency, undefined, { ref: false }).then(() => utility) : utility;
      },
    },
    options,
  );
}

/** What the sandbox gives out as tokens. */
function tokensOf(seed: string): () => string {
  const tokens = createRandom(seed);
  return () => tokens.bytes(32).toString("base64url");
}

/** The books, which can be emptied. */
interface Books {
  ledger(): Ledger;
  readonly operations: LedgerOperations;
  readonly replayStore: ReplayStore;
  empty(): void;
}

function createBooks(
  { limit, qrLifetime, settleAfter, directDebits, force }: SandboxOptions,
  parts: {
    schedule: Schedule;
    seed: number | string;
    save: (change: Change) => void;
    notifier: Notifier | undefined;
    state: State | undefined;
    forcedNext: ForcedNext;
  },
): Books {
  const { schedule, seed, save, notifier, forcedNext } = parts;
  const begin = (state: State) => {
    const replayStore = createMemoryReplayStore();
    const now = schedule.now().getTime();
    for (const [index, used] of state.used.entries()) {
      const claim = { ...used, owner: `earlier run ${index}`, now };
      void replayStore.claim(claim);
      void replayStore.settle(claim, "");
    }
    const ledger = createLedger({
      schedule,
      random: createRandom(`${seed} ledger`, state.random),
      state,
      forcedNext,
      // where nobody is notified, nothing is outstanding
      save: ({ reported, ...change }) => save({ ...change, ...(notifier && reported && { reported }) }),
      ...(limit !== undefined && { limit }),
      ...(qrLifetime !== undefined && { qrLifetime }),
      ...(settleAfter !== undefined && { settleAfter }),
      ...(directDebits !== undefined && { directDebits }),
      ...(force !== undefined && { force }),
      onChange: (payment) => notifier?.notify(notificationOf(payment)),
    });
    return { ledger, replayStore };
  };
  let current = begin(parts.state ?? emptyState());
  const ids = Object.keys(current.ledger.operations) as (keyof LedgerOperations)[];
  return {
    ledger: () => current.ledger,
    // of the books that there are when the call comes
    operations: Object.fromEntries(
      ids.map((id) => [id, (call: never) => unlessNever(call, current.ledger.operations[id](call))]),
    ) as unknown as LedgerOperations,
    replayStore: {
      lease: current.replayStore.lease,
      claim: (claim) => current.replayStore.claim(claim),
      settle(claim, answer) {
        const { partnerId, uses, body } = claim;
        if (answer !== undefined) save({ used: { partnerId, uses, body } });
        return current.replayStore.settle(claim, answer);
      },
    },
    empty() {
      current = begin(emptyState());
    },
  };
}

/** An answer, or a wait for the caller to give up. */
function unlessNever(call: SnapCall<TransactionId>, reply: SnapReply<TransactionId>) {
  const amount = call.operation === "qrCpmPayment" ? (call as SnapCall<"qrCpmPayment">).body.amount : undefined;
  if (!isNeverAnswered(amount?.value, reply.responseCode)) return reply;
  return new Promise<typeof reply>((resolve) => {
    if (call.signal.aborted) resolve(reply);
    call.signal.addEventListener("abort", () => resolve(reply), { once: true });
  });
}

/** How long an operation may take: what is never answered is not answered by the receiver either. */
const NEVER_MS = 2 ** 31 - 1;

/** Sends what an earlier run did not see acknowledged. */
function takeUpNotifications(notifier: Notifier, { outstanding }: State, ledger: Ledger, schedule: Schedule): void {
  if (outstanding.size === 0) return;
  const payments = new Map(ledger.payments().map((payment) => [payment.referenceNo, payment]));
  for (const [referenceNo, attempt, due] of outstanding.values()) {
    const payment = payments.get(referenceNo);
    if (payment) notifier.takeUp(notificationOf(payment), attempt, Math.max(0, due - schedule.now().getTime()));
  }
}

/** For what cannot answer anybody with an error. */
function saveOrWarn(save: (change: Change) => void, change: Change): void {
  try {
    save(change);
  } catch (error) {
    process.emitWarning(error as Error);
  }
}

function controlOf({
  schedule,
  books,
  deliveries,
  notifier,
  reset,
  save,
  ...parts
}: Pick<SandboxControl, "seed" | "controlKey" | "idle"> & {
  schedule: Schedule;
  books: Books;
  deliveries: Deliveries;
  notifier: Notifier | undefined;
  reset: () => void;
  save: (change: Change) => void;
}): SandboxControl {
  const saveClock = () => save({ clock: schedule.clock() });
  return {
    ...parts,
    notifyPublicKey: notifier?.publicKey,
    now: () => schedule.now(),
    isStopped: schedule.isStopped,
    // what is on its way belongs to the time before
    async setTime(to) {
      await parts.idle();
      await schedule.set(to);
      saveClock();
    },
    async advance(seconds) {
      await parts.idle();
      await schedule.advance(seconds * 1000);
      saveClock();
    },
    async resume() {
      await schedule.resume();
      saveClock();
    },
    async reset() {
      reset();
    },
    payments: () => books.ledger().payments(),
    totals: () => books.ledger().totals(),
    directDebits: () => books.ledger().debits(),
    deliveries: (): Delivery[] => deliveries.all(),
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
