// Asks until a payment is decided.
import { TransactionNotFound } from "../../generated/cases.ts";
import type { TransactionState } from "../../generated/response-codes.ts";
import { isCase } from "../snap/code.ts";
import type { Profile } from "../snap/profile.ts";
import { outcomeOf, transactionStateOf } from "../snap/response-codes.ts";
import { invalidOption } from "../util/errors.ts";
import { SnapCallError } from "./call-error.ts";
import { checkTimeout } from "./checks.ts";
import { startDeadline } from "./deadline.ts";

/** What a query comes to, as far as it is looked at: a result of the client's `qrCpmQuery` or `debitStatus`, or of openapi-fetch. */
export interface QueryResult<Answer> {
  data?: Answer | undefined;
  error?: { responseCode: string } | undefined;
}

/** How long and how often to ask. */
export interface WaitOptions {
  /** How long to ask at most, in milliseconds; 300,000 by default, 0 for no limit. */
  timeout?: number;
  /** Gives up. */
  signal?: AbortSignal;
  /** The pause after the first query, in milliseconds; 1000 by default. Each pause is twice as long as the one before. */
  pause?: number;
  /** How long a pause is at most, in milliseconds; 30,000 by default. */
  maxPause?: number;
  /**
   * How long a payment may be unknown to the PJP, in milliseconds, before that is what it came to; 60,000 by default. A query may
   * overtake its payment, so this is longer than the payment's own call may take.
   */
  notFoundGrace?: number;
  /** Whose statuses and codes they are: the profile that the query's client has. */
  profile?: Profile;
}

/**
 * What a payment came to.
 *
 * - `success`, `failed`, `reversed`: decided, by the status in `status`; `answer` is the query's
 * - `notFound`: the PJP does not know it, and did not for all of `notFoundGrace`
 * - `undecided`: nobody can say, for the reason in `why`: `timeout`, `aborted`, or `refused`, when the PJP refuses the query itself.
 *   The payment may still happen: wait for the notification, or ask again later. `status` is the last one heard, `error` what the last
 *   query failed with.
 */
export type PaymentOutcome<Answer> =
  | { outcome: Exclude<TransactionState, "pending" | "notFound">; status: string; answer: Answer }
  | { outcome: "notFound"; status: string | undefined }
  | {
      outcome: "undecided";
      why: "timeout" | "aborted" | "refused";
      status: string | undefined;
      error: SnapCallError | { responseCode: string } | undefined;
    };

/** Refusals of a query that may be another one the next time: rate limits, ids that were used, a PJP that closes for a while. */
const PASSING = /^(409|429)/;

/**
 * Asks what became of a payment, again and again with growing pauses, until it is decided or the time is up. A query without an answer
 * is asked again; it resolves in all these cases, and rejects only with what is not a SnapCallError: a mistake in the call itself.
 * @param query asks once; it is given what ends it in time, to pass on
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`) when an option cannot be right
 * @throws SnapCallError (`ERR_SNAP_INVALID_REQUEST`) when the query's body breaks the contract, which asking again does not change
 * @example
 * const result = await waitForOutcome((options) => snap.qrCpmQuery({ originalPartnerReferenceNo }, options), { timeout: 120_000 });
 * if (result.outcome === "success") shipTheGoods();
 * @see the status list of services 61 and 55: 00 success; 01 to 03 pending; 04, 05 reversed; 06 failed; 07 not found
 */
export async function waitForOutcome<Answer extends { latestTransactionStatus?: string | undefined }>(
  query: (options: { signal: AbortSignal }) => Promise<QueryResult<Answer>>,
  options: WaitOptions = {},
): Promise<PaymentOutcome<Answer>> {
  const { timeout = 300_000, pause = 1000, maxPause = 30_000, notFoundGrace = 60_000, profile } = options;
  checkDurations({ pause, maxPause, notFoundGrace });
  const deadline = startDeadline(checkTimeout(timeout), options.signal);
  let status: string | undefined;
  let error: SnapCallError | { responseCode: string } | undefined;
  let missingSince: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const sleep = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      timer = setTimeout(resolve, milliseconds);
    });
  try {
    for (let wait = pause; ; wait = Math.min(wait * 2, maxPause)) {
      const result = await deadline.race(() => asked(query, deadline.signal));
      error = result.error;
      // what is said without a status says nothing of the one before
      status = result.data?.latestTransactionStatus ?? status;
      const state = stateIn(result, profile);
      if (result.data && status !== undefined && isFinal(state)) return { outcome: state, status, answer: result.data };
      if (state === "notFound") {
        missingSince ??= performance.now();
        if (performance.now() - missingSince >= notFoundGrace) return { outcome: "notFound", status };
      } else {
        if (state !== undefined) missingSince = undefined;
        if (isRefused(result, profile)) return { outcome: "undecided", why: "refused", status, error };
      }
      await deadline.race(() => sleep(Math.min(wait, maxPause)));
    }
  } catch (thrown) {
    if (!deadline.expired) throw thrown;
    const why = deadline.expired.code === "ERR_SNAP_TIMEOUT" ? "timeout" : "aborted";
    return { outcome: "undecided", why, status, error };
  } finally {
    clearTimeout(timer);
    deadline.end();
  }
}

interface Asked<Answer> {
  data?: Answer | undefined;
  error?: SnapCallError | { responseCode: string } | undefined;
}

/** One query; without an answer its error. */
async function asked<Answer>(
  query: (options: { signal: AbortSignal }) => Promise<QueryResult<Answer>>,
  signal: AbortSignal,
): Promise<Asked<Answer>> {
  try {
    return await query({ signal });
  } catch (error) {
    if (error instanceof SnapCallError && error.code !== "ERR_SNAP_INVALID_REQUEST") return { error };
    throw error;
  }
}

function stateIn<Answer extends { latestTransactionStatus?: string | undefined }>(
  { data, error }: Asked<Answer>,
  profile: Profile | undefined,
): TransactionState | undefined {
  if (error && "responseCode" in error && isCase(error.responseCode, TransactionNotFound)) return "notFound";
  return transactionStateOf(data?.latestTransactionStatus, profile);
}

function isFinal(state: TransactionState | undefined): state is Exclude<TransactionState, "pending" | "notFound"> {
  return state === "success" || state === "failed" || state === "reversed";
}

/** Whether the PJP refuses to say, now and the next time. */
function isRefused({ error }: Asked<unknown>, profile: Profile | undefined): boolean {
  if (!error || !("responseCode" in error) || PASSING.test(error.responseCode)) return false;
  const outcome = outcomeOf(error.responseCode, profile);
  return outcome === "rejected" || outcome === "declined";
}

function checkDurations(options: Record<string, number>): void {
  for (const [name, value] of Object.entries(options)) {
    if (!(value >= 0 && value <= 0x7fffffff))
      throw invalidOption(`${name} must be a number of milliseconds from 0 to 2147483647.`);
  }
}
