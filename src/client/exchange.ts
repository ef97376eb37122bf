// A signing fetch: one request, signed, sent, and its answer read and judged within a time limit; once more after 401 01.
import { InvalidToken } from "../../generated/cases.ts";
import { headers, operations, type TransactionId } from "../../generated/operations.ts";
import { isCase } from "../snap/response-codes.ts";
import { snapTimestamp } from "../snap/time.ts";
import { describe, reasonOf, SnapCallError, type SnapCallErrorDetails } from "./call-error.ts";
import { checkHeader, checkTimeout, checkToken } from "./checks.ts";
import { type Deadline, startDeadline } from "./deadline.ts";
import { type AccessToken, checkHeaders, type Settings, type SnapCallOptions, type SnapHeaders } from "./options.ts";
import { refuseRedirect } from "./redirect.ts";
import type { TokenProvider } from "./token.ts";

/** A request before it is signed. */
export interface Unsigned {
  operation: TransactionId;
  /** What follows the operation's path: nothing, or a query. */
  search: string;
  /** What is sent and signed. */
  body: string | Uint8Array;
  /** Whether the answer is left to be read, and to be judged, by the caller. */
  raw: boolean;
}

/** A request under way. */
interface Attempt extends Unsigned {
  externalId: string;
  /** Headers that win over the client's own. */
  given: Partial<SnapHeaders>;
  deadline: Deadline;
}

/** What came back, and what it came back to. */
export interface Sent {
  response: Response;
  /** The body parsed; if it is not JSON, its text. */
  answer: unknown;
  externalId: string;
  /** The access token, where the client added it. */
  token: string | undefined;
}

/** Sends a request, and once more if the token had run out. */
export async function exchange(settings: Settings, request: Unsigned, options: SnapCallOptions): Promise<Sent> {
  const { signal, timeout = settings.timeout } = options;
  const given = checkHeaders(options.headers ?? {});
  const deadline = startDeadline(checkTimeout(timeout), signal);
  const { accessToken } = settings;
  try {
    const sent = await attempt(settings, { ...request, given, deadline });
    if (!isProvider(accessToken) || sent.token === undefined || !isInvalidToken(sent)) return sent;
    accessToken.invalidate(sent.token);
    if ([headers.externalId, headers.timestamp, headers.signature].some((name) => name in given)) return sent;
    // under a new X-EXTERNAL-ID and at a new time: the first ones are used up
    return await attempt(settings, { ...request, given, deadline });
  } finally {
    deadline.end();
  }
}

function isProvider(accessToken: AccessToken | undefined): accessToken is TokenProvider {
  return typeof accessToken === "function" && "invalidate" in accessToken;
}

async function attempt(settings: Settings, request: Omit<Attempt, "externalId">): Promise<Sent> {
  const externalId = request.given[headers.externalId] ?? checkHeader(headers.externalId, settings.newExternalId());
  const call = { ...request, externalId };
  const token = await tokenFor(settings, call);
  const sent = await send(settings, call, initOf(settings, call, token));
  if (!call.raw) judge(call, sent);
  return { ...sent, externalId, token };
}

/** The access token, unless the call brings its own. */
async function tokenFor({ accessToken }: Settings, call: Attempt): Promise<string | undefined> {
  const { deadline, given } = call;
  try {
    deadline.signal.throwIfAborted();
    if (given[headers.authorization] !== undefined) return undefined;
    if (typeof accessToken !== "function") return accessToken;
    return checkToken("the access token", await deadline.race(accessToken));
  } catch (cause) {
    const { code, why } = deadline.expired ?? {
      code: "ERR_SNAP_NO_TOKEN",
      why: `without an access token: ${describe(cause)}`,
    };
    throw notSent(call, code, why, cause);
  }
}

/** What is sent: headers, the exact bytes, and the signature over them. */
function initOf({ basePath, defaultHeaders, sign, clock }: Settings, call: Attempt, token: string | undefined) {
  const { operation, search, body, given, externalId, deadline } = call;
  const timestamp = given[headers.timestamp] ?? snapTimestamp(clock());
  const bearer = given[headers.authorization]?.replace(/^Bearer +/i, "") ?? token ?? "";
  return {
    method: "POST",
    headers: {
      ...defaultHeaders,
      ...(token !== undefined && { [headers.authorization]: `Bearer ${token}` }),
      [headers.timestamp]: timestamp,
      [headers.externalId]: externalId,
      [headers.signature]: sign(basePath + operations[operation].path + search, body, timestamp, bearer),
      ...given,
    },
    body,
    // a redirect would carry a signed request to where it was not meant to go
    redirect: "manual",
    signal: deadline.signal,
  } satisfies RequestInit;
}

/** Sends a request and reads the answer to its end. */
async function send({ send, baseUrl }: Settings, call: Attempt, init: ReturnType<typeof initOf>) {
  const { operation, search, raw, deadline } = call;
  const url = baseUrl + operations[operation].path + search;
  let sent = false;
  let status: number | undefined;
  try {
    const response = await deadline.race(() => {
      sent = true;
      return send(url, init);
    });
    status = response.status || undefined;
    refuseRedirect(response, url, init.headers);
    // a copy is read to its end too, for the time limit holds for the whole answer
    const text = await deadline.race(() => (raw ? response.clone() : response).text());
    return { response, answer: parse(text, response.ok && !raw) };
  } catch (cause) {
    if (!sent && deadline.expired) throw notSent(call, deadline.expired.code, deadline.expired.why, cause);
    const { code, why } = reasonOf(cause, deadline, status);
    throw unknownOutcome(call, { code, status, cause }, why);
  }
}

/** Makes sure that an answer is one of SNAP's, and that its status says the same as its code. */
function judge(call: Attempt, { response: { ok, status }, answer }: Pick<Sent, "response" | "answer">): void {
  if (!isSnapAnswer(answer)) {
    const why = `the answer, status ${status}, is not a JSON object with a responseCode`;
    throw unknownOutcome(call, { code: "ERR_SNAP_NOT_SNAP", status, cause: answer }, why);
  }
  if (isSuccess(answer) && !ok) {
    const why = `the answer's status ${status} contradicts its responseCode`;
    throw unknownOutcome(call, { code: "ERR_SNAP_CONTRADICTION", status, cause: answer }, why);
  }
}

function notSent(
  { operation, externalId }: Attempt,
  code: SnapCallErrorDetails["code"],
  why: string,
  cause: unknown,
): SnapCallError {
  const details = { operation, externalId, code, outcome: "rejected", cause } as const;
  return new SnapCallError(`${operation} ${externalId}: not sent, ${why}`, details);
}

function unknownOutcome(
  { operation, externalId }: Attempt,
  details: Pick<SnapCallErrorDetails, "code" | "status" | "cause">,
  why: string,
): SnapCallError {
  const message = `${operation} ${externalId}: ${why}. It may have happened: query before you try again.`;
  return new SnapCallError(message, { operation, externalId, outcome: "unknown", ...details });
}

function isSnapAnswer(answer: unknown): answer is { responseCode: string } {
  return (
    typeof answer === "object" && answer !== null && "responseCode" in answer && typeof answer.responseCode === "string"
  );
}

/** Whether a call did what it was for, or still does. The code says so, for some PJPs answer everything with status 200. */
export function isSuccess(answer: unknown): boolean {
  return isSnapAnswer(answer) && /^20[02]/.test(answer.responseCode);
}

/** Whether the token has run out sooner than it said. */
function isInvalidToken({ response: { ok, status }, answer }: Sent): boolean {
  return (status === 401 || ok) && isSnapAnswer(answer) && isCase(answer.responseCode, InvalidToken);
}

/** What a body says: JSON parsed, other text as it is, undefined when there is none. */
function parse(text: string, strict: boolean): unknown {
  try {
    return text ? JSON.parse(text) : undefined;
  } catch (error) {
    if (strict) throw error;
    return text;
  }
}
