// The receiver, for those who are called by SNAP: a PJP, or a merchant that is notified.
import { GeneralError, InvalidRouting } from "../../generated/cases.ts";
import { headers } from "../../generated/operations.ts";
import { snapTimestamp } from "../snap/time.ts";
import { ignoreErrors } from "../util/callbacks.ts";
import { type Answer, CHECKS, type Exchange, refuse } from "./checks.ts";
import { type Settings, type SnapAnswered, type SnapHandlerOptions, type StepName, settingsOf } from "./options.ts";
import { runOperation } from "./reply.ts";
import { pathOf, targetOf, type WireRequest } from "./target.ts";

/** A receiver: takes a web-standard Request and always resolves to a Response. */
export interface SnapHandler {
  (request: Request): Promise<Response>;
  /** For an adapter, such as {@link toNodeListener}, that knows what a Request cannot say. */
  (request: Request, wire: WireRequest): Promise<Response>;
}

/** The steps that a request goes through once its operation is known. */
const STEPS = Object.entries({ ...CHECKS, operation: runOperation }) as [StepName, (typeof CHECKS)["token"]][];

/**
 * Makes the receiver: a function from a web-standard Request to a Response, for Hono, Bun, Deno, Next.js route handlers, and
 * Node's http through {@link toNodeListener}. It checks in the order of the field (the standard gives none): route and method,
 * body size, headers, token, customer token, signature, time, JSON, mandatory fields, formats, X-EXTERNAL-ID, then your operation.
 * What is thrown becomes 500 00 without a word of the error.
 *
 * Duplicate keys in a body: the last one wins, as in JSON.parse. A body that nests deeper than 100 levels, a limit of our own, is
 * answered with 400 00.
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`, `ERR_SNAP_UNKNOWN_OPERATION`) when an option cannot be right: an operation that does
 *   not exist, no `key` or `verifyToken`, a `basePath` that no request can have, a `maxBodyBytes` or `timestampTolerance` that is not
 *   a number, a `withCustomerToken` with nothing to verify the token
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
export function createSnapHandler(options: SnapHandlerOptions): SnapHandler {
  const settings = settingsOf(options);
  return (request: Request, wire?: unknown) => {
    const target = targetOf(request, wire);
    const route = settings.routes.get(pathOf(target));
    if (route) return goThrough(beginExchange(request, target, route), settings);
    const about = { request, target, operation: undefined };
    return Promise.resolve(respond(about, "route", refuse(InvalidRouting, undefined, settings), settings));
  };
}

/** What is known before the first check. */
function beginExchange(
  request: Request,
  target: string,
  { operation, facts }: Pick<Exchange, "operation" | "facts">,
): Exchange {
  return {
    request,
    target,
    operation,
    facts,
    caller: { operation, partnerId: "" },
    bytes: NO_BYTES,
    externalId: "",
    timestamp: "",
    accessToken: undefined,
    customerToken: undefined,
    body: undefined,
    validation: { valid: true },
  };
}

const NO_BYTES = new Uint8Array();

/** Takes a request through the steps, up to the one that answers. */
async function goThrough(exchange: Exchange, settings: Settings): Promise<Response> {
  let step: StepName = "route";
  try {
    for (const [name, run] of STEPS) {
      step = name;
      const found = run(exchange, settings);
      const answer = found instanceof Promise ? await found : found;
      if (answer) return respond(exchange, step, answer, settings);
    }
    throw new Error("the last step always answers");
  } catch (error) {
    ignoreErrors(() => settings.onError(error, exchange.caller));
    return respond(exchange, step, { ...refuse(GeneralError, exchange.operation, settings), error }, settings);
  }
}

function respond(
  { request: { method }, target, operation }: Pick<Exchange, "request" | "target"> & Pick<SnapAnswered, "operation">,
  step: StepName,
  { responseCode, responseMessage, reason, error, text }: Answer,
  settings: Settings,
): Response {
  const status = Number(responseCode.slice(0, 3));
  const answered: SnapAnswered = {
    method,
    path: pathOf(target),
    operation,
    status,
    responseCode,
    responseMessage,
    step,
  };
  if (reason !== undefined) answered.reason = reason;
  if (error !== undefined) answered.error = error;
  ignoreErrors(() => settings.onAnswer(answered));
  const init: Record<string, string> = {
    [headers.contentType]: "application/json",
    [headers.timestamp]: timeOfAnswer(settings),
  };
  // HTTP asks for it where another method would do
  if (status === 405 && method !== "POST") init.allow = "POST";
  return new Response(text ?? JSON.stringify({ responseCode, responseMessage }), { status, headers: init });
}

/** X-TIMESTAMP of an answer: by the system's clock where the one given fails. */
function timeOfAnswer({ clock, onError }: Settings): string {
  try {
    return snapTimestamp(clock());
  } catch (error) {
    ignoreErrors(() => onError(error, undefined));
    return snapTimestamp(new Date());
  }
}
