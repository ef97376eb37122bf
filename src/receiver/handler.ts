// The receiver, for those who are called by SNAP: a PJP, or a merchant that is notified.
import { BadRequest, GeneralError, InvalidRouting, RequestedFunctionIsNotSupported } from "../../generated/cases.ts";
import { headers } from "../../generated/operations.ts";
import type { Contract, PublishedContract } from "../contract/contract.ts";
import { snapTimestamp } from "../snap/time.ts";
import { CHECKS } from "./checks.ts";
import { type Answer, type Exchange, refuse } from "./exchange.ts";
import { runOperation } from "./operation.ts";
import type { SnapAnswered, SnapHandlerOptions, StepName } from "./options.ts";
import { contextOf, isHeard, reportAnswer, reportError } from "./report.ts";
import { type AnyOptions, type Route, type Settings, settingsOf } from "./settings.ts";
import { pathOf, targetInRequestLine, targetOf, WireRequest } from "./target.ts";

/** A receiver: takes a web-standard Request and always resolves to a Response. */
export interface SnapHandler {
  (request: Request): Promise<Response>;
  /** For an adapter, such as {@link toNodeListener}, that knows what a Request cannot say. */
  (request: Request, wire: WireRequest): Promise<Response>;
  /** For an adapter: answers, and tells `onAnswer` of, what never became a Request. */
  refuse(status: RefusedStatus, about: Refused): BareAnswer;
  /** For an adapter: whether a path, with its query or without, is an operation's. */
  serves(target: string): boolean;
}

/** What an adapter answers by itself. */
export type RefusedStatus = keyof typeof PHRASES;

/** What an adapter knows of what it could not make a Request of. */
export interface Refused {
  /** Left out where it cannot be told. */
  method?: string;
  /** Path and query as they came; left out where they cannot be told. */
  target?: string;
  /** What is wrong with it, for the log. */
  reason: string;
  remoteAddress?: string | undefined;
}

/** An answer as it goes over the wire; without a body where the path is not an operation's. */
export interface BareAnswer {
  status: number;
  headers: Record<string, string>;
  text: string;
}

/** The steps that a request goes through once its operation is known. */
const STEPS = Object.entries({ ...CHECKS, operation: runOperation }).map(([name, run]) => ({
  name: name as StepName,
  run: run as (typeof CHECKS)["token"],
}));

/**
 * Makes the receiver: a function from a web-standard Request to a Response, for Hono, Bun, Deno, Next.js route handlers, and
 * Node's http through `createSnapServer` or {@link toNodeListener}. It checks in the order of the field (the standard gives none):
 * route and method, `admit`, body size, headers, token, customer token, signature, time, JSON, mandatory fields, formats, that
 * neither X-EXTERNAL-ID nor signature was used, then runs your operation. What is thrown becomes 500 00 without a word of the error.
 *
 * Duplicate keys in a body: the last one wins, as in JSON.parse. A body that nests deeper than 100 levels, a limit of our own, is
 * answered with 400 00.
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`, `ERR_SNAP_UNKNOWN_OPERATION`) when an option cannot be right: an operation that does
 *   not exist, no `key` or `verifyToken`, a path or URL that no request can have, a number or a word that the option does not take, a
 *   `withCustomerToken` with nothing to verify the token
 * @example
 * const handler = createSnapHandler({
 *   key: ({ partnerId }) => keys.get(partnerId),
 *   verifyToken: (token) => tokens.has(token),
 *   operations: {
 *     qrCpmNotify: async ({ body }) => {
 *       await record(body);
 *       return { responseCode: "2007900", responseMessage: Successful };
 *     },
 *   },
 * });
 * @see the catalogue of response codes; errata E001, E083, E085, E118
 */
export function createSnapHandler<P extends Contract = PublishedContract>(options: SnapHandlerOptions<P>): SnapHandler {
  return createWatchedHandler(options as unknown as AnyOptions);
}

/** The receiver of mock and sandbox, which have signatures looked at that are refused, and show what came. */
export function createWatchedHandler(
  options: AnyOptions,
  witnesses: Pick<Settings, "onSignatureRefused" | "onExchange"> = {},
): SnapHandler {
  const settings = { ...settingsOf(options), ...witnesses };
  const receive = (request: Request, second?: unknown) => {
    const wire = second instanceof WireRequest ? second : undefined;
    const target = targetOf(request, wire);
    const route = settings.routes.get(pathOf(target));
    if (route) return goThrough(beginExchange(request, target, wire, route), settings);
    return Promise.resolve(
      respond({ request, target, wire }, "route", refuse(InvalidRouting, undefined, settings), settings),
    );
  };
  const serves = (target: string) => settings.routes.has(pathOf(targetInRequestLine(target)));
  return Object.assign(receive, { refuse: refuser(settings), serves });
}

/** What is known before the first check. */
function beginExchange(request: Request, target: string, wire: WireRequest | undefined, route: Route): Exchange {
  // a spread before so many properties costs twenty times what they do
  return {
    operation: route.operation,
    facts: route.facts,
    references: route.references,
    headerNames: route.headerNames,
    sent: NO_HEADERS,
    request,
    target,
    begun: performance.now(),
    wire,
    caller: { operation: route.operation, partnerId: "" },
    bytes: NO_BYTES,
    externalId: "",
    timestamp: "",
    time: 0,
    now: Number.NaN,
    accessToken: undefined,
    customerToken: undefined,
    signature: undefined,
    verified: undefined,
    body: undefined,
    validation: { valid: true },
    held: undefined,
  };
}

const NO_BYTES = new Uint8Array();
const NO_HEADERS = {};

/** The headers that are looked at, in one pass: to ask for each by its name costs more than all the rest of their checks. */
function sentIn(headers: Headers, names: ReadonlyMap<string, string>): Record<string, string> {
  const sent: Record<string, string> = {};
  for (const [lower, value] of headers) {
    const name = names.get(lower);
    if (name !== undefined) sent[name] = value;
  }
  return sent;
}

/** Takes a request through the steps, up to the one that answers. */
async function goThrough(exchange: Exchange, settings: Settings): Promise<Response> {
  let step: StepName = "route";
  try {
    exchange.sent = sentIn(exchange.request.headers, exchange.headerNames);
    for (const check of STEPS) {
      step = check.name;
      const found = check.run(exchange, settings);
      const answer = found instanceof Promise ? await found : found;
      if (answer) return respond(exchange, step, answer, settings);
    }
    throw new Error("the last step always answers");
  } catch (error) {
    reportError(error, exchange, settings);
    return respond(exchange, step, { ...refuse(GeneralError, exchange.operation, settings), error }, settings);
  }
}

/** What a request is answered for: all of an exchange, or of a path that is not an operation's what there is. */
type Answerable = Exchange | (Pick<Exchange, "request" | "target" | "wire"> & { operation?: undefined });

function respond(about: Answerable, step: StepName, answer: Answer, settings: Settings): Response {
  const { responseCode, responseMessage, text, retryAfter } = answer;
  const { method } = about.request;
  const status = Number(responseCode.slice(0, 3));
  const body = text ?? JSON.stringify({ responseCode, responseMessage });
  if (isHeard(settings)) {
    const answered = answeredOf(about, step, answer, status);
    reportAnswer(answered, settings);
    settings.onExchange?.(answered, about, body);
  }
  const init: Record<string, string> = {
    [headers.contentType]: "application/json",
    [headers.timestamp]: timeOfAnswer(settings),
  };
  // HTTP asks for it where another method would do
  if (status === 405 && method !== "POST") init.allow = "POST";
  if (retryAfter !== undefined) init["retry-after"] = String(retryAfter);
  // an answer with a token is for nobody else
  if (about.operation && about.facts.signature === "token") init["cache-control"] = "no-store";
  return new Response(body, { status, headers: init });
}

/** What is told of an answer. */
function answeredOf(about: Answerable, step: StepName, answer: Answer, status: number): SnapAnswered {
  const { responseCode, responseMessage, reason, error } = answer;
  const { request, target, operation, wire } = about;
  return {
    method: request.method,
    path: pathOf(target),
    operation,
    status,
    responseCode,
    responseMessage,
    step,
    ...(operation ? contextOf(about) : wire?.remoteAddress !== undefined && { remoteAddress: wire.remoteAddress }),
    ...(operation && about.verified && { verified: about.verified }),
    ...(reason !== undefined && { reason }),
    ...(error !== undefined && { error }),
  };
}

/** X-TIMESTAMP of an answer: by the system's clock where the one given fails. */
function timeOfAnswer(settings: Pick<Settings, "clock" | "onError" | "timestampOf">): string {
  try {
    return settings.timestampOf(settings.clock());
  } catch (error) {
    reportError(error, undefined, settings);
    return snapTimestamp(new Date());
  }
}

/** What HTTP calls the statuses that an adapter answers with by itself. */
const PHRASES = {
  400: "Bad Request",
  405: "Method Not Allowed",
  408: "Request Timeout",
  431: "Request Header Fields Too Large",
} as const;

/** Those that the catalogue has a row for. */
const ROWS: Partial<Record<RefusedStatus, typeof BadRequest | typeof RequestedFunctionIsNotSupported>> = {
  400: BadRequest,
  405: RequestedFunctionIsNotSupported,
};

/** Answers what an adapter could not make a request of: with the row of the operation, or without a body for a path of none. */
function refuser(settings: Settings): SnapHandler["refuse"] {
  return (status, { method = "-", target, reason, remoteAddress }) => {
    const path = target === undefined ? "-" : pathOf(targetInRequestLine(target));
    const operation = settings.routes.get(path)?.operation;
    const row = ROWS[status];
    const answer = row && operation && refuse(row, operation, settings);
    const answered: SnapAnswered = {
      method,
      path,
      operation,
      status,
      responseCode: answer?.responseCode,
      responseMessage: answer?.responseMessage ?? PHRASES[status],
      step: "http",
      reason,
    };
    if (remoteAddress !== undefined) answered.remoteAddress = remoteAddress;
    reportAnswer(answered, settings);
    const allow: Record<string, string> = status === 405 ? { Allow: "POST" } : {};
    if (!answer) return { status, headers: allow, text: "" };
    const own = { [headers.contentType]: "application/json", [headers.timestamp]: timeOfAnswer(settings) };
    return { status, headers: { ...own, ...allow }, text: JSON.stringify(answer) };
  };
}
