// A signing fetch: one request, signed, sent, and its answer read and judged within a time limit; once more after 401 01.
import { InvalidToken } from "../../generated/cases.ts";
import { headers, type TransactionId } from "../../generated/operations.ts";
import { isCase, isCodeOf } from "../snap/code.ts";
import type { OperationFacts } from "../snap/profile.ts";
import { snapTimestamp } from "../snap/time.ts";
import { excerptOf } from "../util/foreign-text.ts";
import { isObject } from "../util/json-text.ts";
import { causeOf, describe, reasonOf, SnapCallError, type SnapCallErrorDetails } from "./call-error.ts";
import { checkHeader, checkTimeout, checkToken } from "./checks.ts";
import { type Deadline, startDeadline } from "./deadline.ts";
import { type AccessToken, checkHeaders, type Settings, type SnapCallOptions, type SnapHeaders } from "./options.ts";
import { parseAnswer, readAnswer } from "./read-answer.ts";
import { refuseRedirect } from "./redirect.ts";
import type { TokenProvider } from "./token.ts";

/** A request before it is signed. */
export interface Unsigned {
  operation: TransactionId;
  facts: OperationFacts;
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
  /** The body parsed; undefined if it is not JSON. */
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
  if (settings.validateRequests) {
    const { whatBreaks } = await import("../contract/what-breaks.ts");
    const broken = whatBreaks(settings.profile, call);
    if (broken) throw notSent(call, { code: "ERR_SNAP_INVALID_REQUEST", violations: broken.violations }, broken.why);
  }
  const token = await tokenFor(settings, call);
  const { response, answer } = await send(settings, call, initOf(settings, call, token));
  return { response, answer, externalId, token };
}

/** The access token, unless the call brings its own. */
async function tokenFor(settings: Settings, call: Attempt): Promise<string | undefined> {
  const { accessToken } = settings;
  const { deadline, given } = call;
  try {
    deadline.signal.throwIfAborted();
    if (given[headers.authorization] !== undefined || !call.facts.bearer) return undefined;
    if (typeof accessToken !== "function") return accessToken;
    return checkToken("the access token", await deadline.race(accessToken));
  } catch (error) {
    const secrets = secretsOf(settings, given);
    const { code, why } = deadline.expired ?? {
      code: "ERR_SNAP_NO_TOKEN",
      why: `without an access token: ${describe(error, secrets)}`,
    };
    throw notSent(call, { code, cause: causeOf(error, deadline, secrets) }, why);
  }
}

/** What is sent: headers, the exact bytes, and the signature over them. */
function initOf({ defaultHeaders, sign, clock, ...settings }: Settings, call: Attempt, token: string | undefined) {
  const { facts, body, given, externalId, deadline } = call;
  const timestamp = given[headers.timestamp] ?? snapTimestamp(clock());
  const bearer = given[headers.authorization]?.replace(/^Bearer +/i, "") ?? token ?? "";
  const own: Record<string, string> = {
    ...defaultHeaders,
    ...(token !== undefined && { [headers.authorization]: `Bearer ${token}` }),
    [headers.timestamp]: timestamp,
    [headers.externalId]: externalId,
    // one that the caller brings may be over what nothing can be signed with, such as no token at all
    ...(given[headers.signature] === undefined && { [headers.signature]: sign(settings, call, timestamp, bearer) }),
  };
  Object.assign(own, facts.fixedHeaders);
  for (const name of facts.without ?? []) delete own[name];
  return {
    method: "POST",
    headers: { ...own, ...given },
    body,
    // a redirect would carry a signed request to where it was not meant to go
    redirect: "manual",
    signal: deadline.signal,
  } satisfies RequestInit;
}

/** Sends a request, reads the answer to its end, and judges it unless the caller does. */
async function send(settings: Settings, call: Attempt, init: ReturnType<typeof initOf>) {
  const { facts, search, raw, deadline } = call;
  const url = settings.baseUrl + facts.path + search;
  let sent = false;
  let response: Response | undefined;
  let text: string;
  try {
    response = await deadline.race(() => {
      sent = true;
      return settings.send(url, init);
    });
    refuseRedirect(response, url, init.headers);
    // a copy is read to its end too, for the time limit holds for the whole answer
    const read = raw ? response.clone() : response;
    text = await deadline.race(() => readAnswer(read, settings.maxAnswerBytes, deadline.signal));
  } catch (error) {
    if (raw) response?.body?.cancel().catch(() => {});
    const secrets = secretsOf(settings, init.headers);
    const status = response?.status || undefined;
    const cause = causeOf(error, deadline, secrets);
    const { code, why, neverSent } = reasonOf(error, deadline, status, secrets);
    if (neverSent || (!sent && deadline.expired)) throw notSent(call, { code, cause }, why);
    throw unknownOutcome(call, { code, status, cause }, why);
  }
  const answer = parseAnswer(text);
  if (!raw) judge(call, response, answer, text, () => secretsOf(settings, init.headers));
  return { response, answer };
}

/** Makes sure that an answer is one of SNAP's to this call, and that its status says the same as its code. */
function judge(call: Attempt, { ok, status }: Response, answer: unknown, text: string, secrets: () => string[]): void {
  const fail = (code: SnapCallErrorDetails["code"], why: string) =>
    unknownOutcome(call, { code, status, excerpt: excerptOf(text, secrets()) }, why);
  if (!isSnapAnswer(answer)) {
    const isNot = ok && text && answer === undefined ? "JSON" : "a JSON object with a responseCode";
    throw fail("ERR_SNAP_NOT_SNAP", `the answer, status ${status}, is not ${isNot}`);
  }
  if (isSuccess(answer) && !ok)
    throw fail("ERR_SNAP_CONTRADICTION", `the answer's status ${status} contradicts its responseCode`);
  const { serviceCode } = call.facts;
  if (ok && !isCodeOf(answer.responseCode, serviceCode)) {
    const code = JSON.stringify(excerptOf(answer.responseCode, secrets()));
    throw fail("ERR_SNAP_CONTRADICTION", `the answer's responseCode ${code} is not one of service ${serviceCode}`);
  }
}

type Known = Partial<SnapCallErrorDetails> & Pick<SnapCallErrorDetails, "code">;

function notSent({ operation, externalId }: Attempt, known: Known, why: string): SnapCallError {
  const about = { operation, externalId, outcome: "rejected" } as const;
  return new SnapCallError(`${operation} ${externalId}: not sent, ${why}`, { ...about, ...known });
}

function unknownOutcome({ operation, externalId }: Attempt, known: Known, why: string): SnapCallError {
  const message = `${operation} ${externalId}: ${why}. It may have happened: query before you try again.`;
  return new SnapCallError(message, { operation, externalId, outcome: "unknown", ...known });
}

/** What an error must not repeat: the client's secret, and what headers prove with. */
function secretsOf({ clientSecret = "", defaultHeaders }: Settings, sent: Readonly<Record<string, string>>): string[] {
  const proofs = [headers.authorization, headers.authorizationCustomer, headers.signature];
  return [clientSecret, ...proofs.map((name) => (sent[name] ?? defaultHeaders[name] ?? "").replace(/^Bearer +/i, ""))];
}

function isSnapAnswer(answer: unknown): answer is { responseCode: string } {
  return isObject(answer) && typeof answer.responseCode === "string";
}

/** Whether a call did what it was for, or still does. The code says so, for some PJPs answer everything with status 200. */
export function isSuccess(answer: unknown): boolean {
  return isSnapAnswer(answer) && /^20[02]/.test(answer.responseCode);
}

/** Whether the token has run out sooner than it said. */
function isInvalidToken({ response: { ok, status }, answer }: Sent): boolean {
  return (status === 401 || ok) && isSnapAnswer(answer) && isCase(answer.responseCode, InvalidToken);
}
