// The sandbox over HTTP, for whoever has no hold of the object: what it knows, and its clock.
import type { Intercepted } from "../guard.ts";
import type { SandboxControl } from "../sandbox.ts";
import { snapTimestamp } from "../time.ts";

const STATE = "/sandbox";
const TIME = "/sandbox/time";

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
  if (pathname === STATE) return /^(GET|HEAD)$/.test(request.method) ? tellState(sandbox) : notAllowed("GET, HEAD");
  if (pathname === TIME) return request.method === "POST" ? moveClock(request, sandbox) : notAllowed("POST");
  return problem(404, "The sandbox does not have this", THERE_IS);
}

const THERE_IS = `There are GET ${STATE} and POST ${TIME}.`;
const TIME_TAKES = `POST ${TIME} takes {"advance": SECONDS} or {"time": "2020-12-23T07:50:11+07:00"}.`;

function tellState(sandbox: SandboxControl): Intercepted {
  const [totals, payments, deliveries] = [sandbox.totals(), sandbox.payments(), sandbox.deliveries()];
  return answer(200, "told", { ...timeOf(sandbox), seed: sandbox.seed, totals, payments, deliveries });
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

/** A time with its offset: without one it would be that of the machine. */
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

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
  return typeof time === "string" && ISO_TIME.test(time) && advance === undefined ? new Date(time) : undefined;
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
