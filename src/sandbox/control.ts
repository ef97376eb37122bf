// The sandbox over HTTP, for whoever has no hold of the object: what it knows, and its clock.
import type { Intercepted } from "../host/host.ts";
import { parseTime, snapTimestamp } from "../snap/time.ts";
import type { DirectDebit, LedgerTotals, PaymentRecord } from "./ledger.ts";
import type { Delivery } from "./notifier.ts";

/** What a sandbox tells of itself, and its clock. The same over HTTP: `GET /sandbox`, `POST /sandbox/time`. */
export interface SandboxControl {
  /** The seed, given or made. */
  readonly seed: number | string;
  /** What signatures of notifications can be checked with, as PEM; undefined where there are none, or symmetric ones. */
  readonly notifyPublicKey: string | undefined;
  /** The sandbox's time. */
  now(): Date;
  /**
   * Stops the clock at a time. Resolves when everything that became due has happened, each thing at its own time, notifications and
   * their answers included; a receiver must not wait for it before it answers.
   * @throws RangeError when the time is none that SNAP can write
   */
  setTime(time: Date): Promise<void>;
  /**
   * Stops the clock so many seconds from now, and does what `setTime` does.
   * @throws RangeError when it is no number from 0 up, or leads beyond the year 9998
   */
  advance(seconds: number): Promise<void>;
  /** Resolves when no notification is on its way; one that waits to be sent again is not. */
  idle(): Promise<void>;
  /** Every payment, the oldest first. */
  payments(): PaymentRecord[];
  /** The money, in sum. */
  totals(): LedgerTotals;
  /** The direct debits that service 55 knows. */
  directDebits(): readonly DirectDebit[];
  /** Every try to deliver a notification that is over, in the order of sending; the latest 10,000. */
  deliveries(): Delivery[];
}

/** Where the sandbox tells all that it knows. */
export const STATE_PATH = "/sandbox";
const TIME_PATH = `${STATE_PATH}/time`;

/** Whether a request is about the sandbox itself. */
export function isControl({ url }: Request): boolean {
  return /^\/sandbox(\/|$)/.test(new URL(url).pathname);
}

/**
 * Answers `GET /sandbox` with all that the sandbox knows, and `POST /sandbox/time` with the time that it has then. The body is
 * `{"advance": SECONDS}` or `{"time": "2020-12-23T07:50:11+07:00"}`; either stops the clock. Anything else gets a problem
 * (RFC 9457) that says what there is.
 */
export async function answerControl(request: Request, sandbox: SandboxControl): Promise<Intercepted> {
  const { pathname } = new URL(request.url);
  if (pathname === STATE_PATH)
    return /^(GET|HEAD)$/.test(request.method) ? tellState(sandbox) : notAllowed("GET, HEAD");
  if (pathname === TIME_PATH) return request.method === "POST" ? moveClock(request, sandbox) : notAllowed("POST");
  return problem(404, "The sandbox does not have this", THERE_IS);
}

const THERE_IS = `There are GET ${STATE_PATH} and POST ${TIME_PATH}.`;
const TIME_TAKES = `POST ${TIME_PATH} takes {"advance": SECONDS} or {"time": "2020-12-23T07:50:11+07:00"}.`;

function tellState(sandbox: SandboxControl): Intercepted {
  return answer(200, "told", {
    ...timeOf(sandbox),
    seed: sandbox.seed,
    totals: sandbox.totals(),
    payments: sandbox.payments(),
    directDebits: sandbox.directDebits(),
    deliveries: sandbox.deliveries(),
  });
}

async function moveClock(request: Request, sandbox: SandboxControl): Promise<Intercepted> {
  const wish = readWish(await request.text());
  if (wish === undefined) return notUnderstood(TIME_TAKES);
  try {
    await (wish instanceof Date ? sandbox.setTime(wish) : sandbox.advance(wish));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return notUnderstood(`${error.message} ${TIME_TAKES}`);
  }
  return answer(200, timeOf(sandbox).time, timeOf(sandbox));
}

/** What is asked of the clock: a time, or for how many seconds to go on; undefined when it is neither, or both. */
function readWish(text: string): Date | number | undefined {
  let body: { advance?: unknown; time?: unknown } | null;
  try {
    body = JSON.parse(text) as typeof body;
  } catch {
    return undefined;
  }
  const { advance, time } = body ?? {};
  if (typeof advance === "number" && time === undefined) return advance;
  return typeof time === "string" && advance === undefined ? parseTime(time) : undefined;
}

const timeOf = (sandbox: SandboxControl) => ({ time: snapTimestamp(sandbox.now()) });

function answer(status: number, why: string, body: object, headers: Record<string, string> = {}): Intercepted {
  const init = { status, headers: { "content-type": "application/json", ...headers } };
  return { response: new Response(JSON.stringify(body), init), step: "control", why };
}

function problem(status: number, title: string, detail: string, headers: Record<string, string> = {}): Intercepted {
  const type = { "content-type": "application/problem+json" };
  return answer(status, detail, { type: "about:blank", title, status, detail }, { ...type, ...headers });
}

function notUnderstood(detail: string): Intercepted {
  return problem(400, "The sandbox does not understand this", detail);
}

function notAllowed(allow: string): Intercepted {
  return problem(405, "The sandbox does not do this", THERE_IS, { allow });
}
