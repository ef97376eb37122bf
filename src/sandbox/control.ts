// The sandbox over HTTP, for those who do not hold the object: what it knows, and its clock.
import type { Intercepted } from "../host/host.ts";
import { problem, problemResponse } from "../host/problem.ts";
import { readBody } from "../receiver/body.ts";
import { parseTime, snapTimestamp } from "../snap/time.ts";
import type { Delivery } from "./notifier.ts";
import type { LedgerTotals, PaymentRecord } from "./records.ts";
import type { DirectDebit } from "./scenarios.ts";

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
   * @throws RangeError when it is not a time that SNAP can write
   */
  setTime(time: Date): Promise<void>;
  /**
   * Stops the clock so many seconds from now, and does what `setTime` does.
   * @throws RangeError when it is not a number from 0, or leads beyond the year 9998
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
const MAX_BODY_BYTES = 65_536;

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
  return refused(404, "The sandbox does not have this", THERE_IS);
}

const THERE_IS = `There are GET ${STATE_PATH} and POST ${TIME_PATH}.`;
const TIME_TAKES = `POST ${TIME_PATH} takes {"advance": SECONDS} or {"time": "2020-12-23T07:50:11+07:00"}.`;

function tellState(sandbox: SandboxControl): Intercepted {
  return answer("told", {
    ...timeOf(sandbox),
    seed: sandbox.seed,
    totals: sandbox.totals(),
    payments: sandbox.payments(),
    directDebits: sandbox.directDebits(),
    deliveries: sandbox.deliveries(),
  });
}

async function moveClock(request: Request, sandbox: SandboxControl): Promise<Intercepted> {
  const asked = readTimeRequest(await readBody(request, MAX_BODY_BYTES, true));
  if (asked === undefined) return notUnderstood(TIME_TAKES);
  try {
    await (asked instanceof Date ? sandbox.setTime(asked) : sandbox.advance(asked));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return notUnderstood(`${error.message} ${TIME_TAKES}`);
  }
  return answer(timeOf(sandbox).time, timeOf(sandbox));
}

/** What is asked of the clock: a time, or for how many seconds to go on; undefined when it is neither, or both. */
function readTimeRequest(bytes: Uint8Array | string): Date | number | undefined {
  let body: { advance?: unknown; time?: unknown } | null;
  try {
    body = JSON.parse(Buffer.from(bytes).toString()) as typeof body;
  } catch {
    return undefined;
  }
  const { advance, time } = body ?? {};
  if (typeof advance === "number" && time === undefined) return advance;
  return typeof time === "string" && advance === undefined ? parseTime(time) : undefined;
}

const timeOf = (sandbox: SandboxControl) => ({ time: snapTimestamp(sandbox.now()) });

function answer(why: string, body: object): Intercepted {
  return { response: Response.json(body), step: "control", why };
}

function refused(status: number, title: string, detail: string, headers?: Record<string, string>): Intercepted {
  const response = problemResponse(problem(status, title, detail), headers);
  return { response, step: "control", why: detail };
}

function notUnderstood(detail: string): Intercepted {
  return refused(400, "The sandbox does not understand this", detail);
}

function notAllowed(allow: string): Intercepted {
  return refused(405, "The sandbox does not do this", THERE_IS, { allow });
}
