// The sandbox over HTTP, for those who do not hold the object: what it knows, its clock, and how to empty it.
import { headers } from "../../generated/operations.ts";
import type { Intercepted } from "../host/host.ts";
import { problem, problemResponse } from "../host/problem.ts";
import { readBody } from "../receiver/body.ts";
import { parseTime, snapTimestamp } from "../snap/time.ts";
import type { Deliveries } from "./deliveries.ts";
import type { Delivery } from "./notifier.ts";
import type { LedgerTotals, PaymentRecord } from "./records.ts";
import type { DirectDebit } from "./scenarios.ts";

/** What a sandbox tells of itself, its clock, and its reset. The same over HTTP: `GET` and `POST /sandbox`, `POST /sandbox/time`. */
export interface SandboxControl {
  /** The seed, given or made. It is not told over HTTP, for the next token can be foretold from it. */
  readonly seed: number | string;
  /** What control over HTTP asks for, as `Authorization: Bearer KEY`; undefined where it asks for nothing. */
  readonly controlKey: string | undefined;
  /** What signatures of notifications can be checked with, as PEM; undefined where there are none, or symmetric ones. */
  readonly notifyPublicKey: string | undefined;
  /** The sandbox's time. */
  now(): Date;
  /** Whether the clock stands still: after `time`, `setTime` or `advance`, until `resume`. */
  isStopped(): boolean;
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
  /** Has the clock go on from where it stands. What becomes due happens by itself again. */
  resume(): Promise<void>;
  /**
   * Empties the books: payments, refunds, QR codes, used X-EXTERNAL-IDs, deliveries, and what waits to happen or to be sent.
   * References begin again as the seed has them. The clock, the direct debits and the tokens stay as they are.
   */
  reset(): Promise<void>;
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

/** What the control endpoints work on. */
export interface Controlled {
  readonly control: SandboxControl;
  readonly deliveries: Deliveries;
  /** At most so many of the payments before a position, counted from 0, the newest first. */
  payments(position: number, limit: number): PaymentRecord[];
  /** Has the next call of a code's service come out so; false where the code is not a scenario. */
  forceNext(code: string): boolean;
  /** What is forced so and did not happen yet. */
  forcedNext(): string[];
}

/** Where the sandbox tells all that it knows. */
export const STATE_PATH = "/sandbox";
const TIME_PATH = `${STATE_PATH}/time`;
const NEXT_PATH = `${STATE_PATH}/next`;
const MAX_BODY_BYTES = 65_536;

/** Whether a request is about the sandbox itself. */
export function isControl({ url }: Request): boolean {
  return /^\/sandbox(\/|$)/.test(new URL(url).pathname);
}

/**
 * Answers `GET /sandbox` with a page of what the sandbox knows, `POST /sandbox` with `{"reset": true}` by emptying it, and `POST
 * /sandbox/time` with the time that it has then. That body is `{"advance": SECONDS}` or `{"time": "2020-12-23T07:50:11+07:00"}`, which
 * stop the clock, or `{"resume": true}`, which lets it go on. `POST /sandbox/next` with `{"code": "4036014"}` has the next call of that
 * code's service come out so, whatever stands in it. Anything else gets a problem (RFC 9457) that says what there is.
 */
export async function answerControl(request: Request, on: Controlled): Promise<Intercepted> {
  const { pathname, searchParams } = new URL(request.url);
  if (pathname === STATE_PATH) {
    if (/^(GET|HEAD)$/.test(request.method)) return tellState(searchParams, on);
    return request.method === "POST" ? reset(request, on) : notAllowed("GET, HEAD, POST");
  }
  if (pathname === TIME_PATH) return request.method === "POST" ? moveClock(request, on.control) : notAllowed("POST");
  if (pathname === NEXT_PATH) return request.method === "POST" ? forceNext(request, on) : notAllowed("POST");
  return refused(404, "The sandbox does not have this", THERE_IS);
}

const THERE_IS = `There are GET ${STATE_PATH}, POST ${STATE_PATH}, POST ${TIME_PATH} and POST ${NEXT_PATH}.`;
const RESET_TAKES = `POST ${STATE_PATH} takes {"reset": true}, which empties the books.`;
const TIME_TAKES = `POST ${TIME_PATH} takes {"advance": SECONDS} or {"time": "2020-12-23T07:50:11+07:00"}, which stop the clock, or {"resume": true}, which lets it go on.`;

const NEXT_TAKES = `POST ${NEXT_PATH} takes {"code": CODE}, a code that the scenarios have, such as the response code of a refused payment: the next call of its service comes out so.`;

/** How many payments and deliveries a page has, unless it is asked for more or fewer, and at most. */
const LIMIT = 100;
const MAX_LIMIT = 1000;
const PAGE_TAKES = `GET ${STATE_PATH} takes limit, a number from 1 to ${MAX_LIMIT}, and after, which is in the next of the page before.`;

/** A page: the newest first, and where the next one begins. The cursor counts from the oldest, so that what is new shifts no page. */
function tellState(asked: URLSearchParams, { control, deliveries, payments }: Controlled): Intercepted {
  const page = readPage(asked);
  if (!page) return notUnderstood(PAGE_TAKES);
  const { limit, after } = page;
  const { payments: count, ...money } = control.totals();
  const [payment, delivery] = [
    Math.min(after?.payment ?? count, count),
    Math.min(after?.delivery ?? deliveries.count(), deliveries.count()),
  ];
  const told = { payments: payments(payment, limit), deliveries: deliveries.before(delivery, limit) };
  const left = [payment - told.payments.length, told.deliveries.length < limit ? 0 : delivery - limit];
  const state = {
    ...clockOf(control),
    totals: { payments: count, ...money, deliveries: deliveries.count() },
    payments: told.payments.map((record) => withLatestRefunds(record, limit)),
    directDebits: control.directDebits(),
    deliveries: told.deliveries,
    ...(left.some((rest) => rest > 0) && { next: `${STATE_PATH}?limit=${limit}&after=${left.join(".")}` }),
  };
  // people read it too
  const text = `${JSON.stringify(state, null, 2)}\n`;
  const response = new Response(text, { headers: { [headers.contentType]: "application/json" } });
  return { response, step: "control", why: "told" };
}

/** The limit, and how many payments and deliveries are older than what was told; undefined where they cannot be read. */
function readPage(asked: URLSearchParams) {
  const [limit = String(LIMIT), ...limits] = asked.getAll("limit");
  const [after, ...afters] = asked.getAll("after");
  const cursor = after === undefined ? undefined : /^(\d{1,15})\.(\d{1,15})$/.exec(after);
  const others = [...asked.keys()].some((name) => name !== "limit" && name !== "after");
  const isLimit = /^\d{1,4}$/.test(limit) && Number(limit) >= 1 && Number(limit) <= MAX_LIMIT;
  if (others || limits.length > 0 || afters.length > 0 || !isLimit || cursor === null) return undefined;
  const place = cursor && { payment: Number(cursor[1]), delivery: Number(cursor[2]) };
  return { limit: Number(limit), after: place };
}

/** A payment can have any number of refunds: a page has the latest, and says how many more there are. */
function withLatestRefunds(record: PaymentRecord, limit: number): PaymentRecord & { moreRefunds?: number } {
  const more = record.refunds.length - limit;
  return more > 0 ? { ...record, refunds: record.refunds.slice(more), moreRefunds: more } : record;
}

async function reset(request: Request, { control }: Controlled): Promise<Intercepted> {
  const { reset: asked, ...others } = await readJson(request);
  if (asked !== true || Object.keys(others).length > 0) return notUnderstood(RESET_TAKES);
  await control.reset();
  return answer("reset", { ...clockOf(control), totals: control.totals() });
}

async function forceNext(request: Request, on: Controlled): Promise<Intercepted> {
  const { code, ...others } = await readJson(request);
  const isForced = typeof code === "string" && Object.keys(others).length === 0 && on.forceNext(code);
  return isForced ? answer(`next ${code}`, { forced: on.forcedNext() }) : notUnderstood(NEXT_TAKES);
}

async function moveClock(request: Request, sandbox: SandboxControl): Promise<Intercepted> {
  const move = moveIn(await readJson(request), sandbox);
  if (!move) return notUnderstood(TIME_TAKES);
  try {
    await move();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return notUnderstood(`${error.message} ${TIME_TAKES}`);
  }
  return answer(clockOf(sandbox).time, clockOf(sandbox));
}

/** What is asked of the clock; undefined when it is none of the three, or more than one. */
function moveIn({ advance, time, resume }: Record<string, unknown>, sandbox: SandboxControl) {
  if ([advance, time, resume].filter((asked) => asked !== undefined).length !== 1) return undefined;
  if (typeof advance === "number") return () => sandbox.advance(advance);
  if (resume === true) return () => sandbox.resume();
  const to = typeof time === "string" ? parseTime(time) : undefined;
  return to && (() => sandbox.setTime(to));
}

/** The body's object; empty where it is something else. */
async function readJson(request: Request): Promise<Record<string, unknown>> {
  try {
    const body: unknown = JSON.parse(
      Buffer.from(
        await readBody(request, request.headers.get("content-length") ?? undefined, MAX_BODY_BYTES, true),
      ).toString(),
    );
    return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** What the clock shows. */
export const clockOf = (sandbox: SandboxControl) => ({
  time: snapTimestamp(sandbox.now()),
  stopped: sandbox.isStopped(),
});

function answer(why: string, body: object): Intercepted {
  return { response: Response.json(body), step: "control", why };
}

function refused(status: number, title: string, detail: string, more?: Record<string, string>): Intercepted {
  const response = problemResponse(problem(status, title, detail), more);
  return { response, step: "control", why: detail };
}

function notUnderstood(detail: string): Intercepted {
  return refused(400, "The sandbox does not understand this", detail);
}

function notAllowed(allow: string): Intercepted {
  return refused(405, "The sandbox does not do this", THERE_IS, { allow });
}
