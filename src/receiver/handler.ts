// The receiver: for whoever is called by SNAP, a PJP or a merchant that is notified.
import type { KeyObject } from "node:crypto";
import type { OperationId, OperationTypes, TransactionId } from "../../generated/client.ts";
import { contract as published } from "../../generated/contract.ts";
import type { Contract, OperationContract } from "../contract/contract.ts";
import {
  type RequestValidationResult,
  type Violation,
  validateHeaders,
  validateRequest,
  validateResponse,
} from "../contract/validation.ts";
import { type ErrorCode, responseMessageOf } from "../snap/response-codes.ts";
import { verify } from "../snap/signature.ts";
import { snapDay, snapTimestamp } from "../snap/time.ts";
import { isPromise, quietly } from "../util/callbacks.ts";
import { isJson, parseObject, readBody } from "./body.ts";
import { wireTargetOf } from "./node-listener.ts";
import { createMemoryReplayStore, type ReplayStore } from "./replay-store.ts";

/** A refusal: what an operation returns instead of its 200 or 202 body. Make one with {@link snapError}. */
export class SnapError<Code extends ErrorCode = ErrorCode> {
  readonly responseCode: Code;
  readonly responseMessage: string;
  constructor(responseCode: Code, responseMessage: string) {
    this.responseCode = responseCode;
    this.responseMessage = responseMessage;
  }
}

/** Why refusals were made, for the log: the caller is told only where the message has a place for it. */
const reasons = new WeakMap<object, string>();

/**
 * Makes a refusal with the catalogue's message.
 * @param responseCode all seven digits; the service must be that of the operation that returns it
 * @param reason fills the message's placeholder, where it has one: a reason, or the dotted name of a field; `onAnswer` is told of it
 * @throws TypeError when the catalogue does not have the code
 * @example return snapError("4036014") // Insufficient Funds
 * @example return snapError("4016000", "Key expired") // Unauthorized. [Key expired]
 */
export function snapError<Code extends ErrorCode>(responseCode: Code, reason?: string): SnapError<Code> {
  const error = new SnapError(responseCode, responseMessageOf(responseCode, reason));
  if (reason !== undefined) reasons.set(error, reason);
  return error;
}

/** A call that passed every check. */
export interface SnapCall<Id extends OperationId> {
  operation: Id;
  /** The parsed body. What is beyond the contract, `additionalInfo` above all, is as it was received. */
  body: OperationTypes[Id]["request"];
  /** X-PARTNER-ID; the X-CLIENT-KEY of a request for a token. */
  partnerId: string;
  /** X-EXTERNAL-ID; empty for a request for a token. */
  externalId: string;
  /** X-TIMESTAMP. */
  timestamp: string;
  /** The access token without `Bearer `, where one was sent. */
  accessToken: string | undefined;
  /** The customer's token without `Bearer `, where one was sent; verified if `verifyCustomerToken` is given. */
  customerToken: string | undefined;
  headers: Headers;
}

/** What an operation answers: its 200 or 202 body, or a refusal of its own service. */
export type SnapReply<Id extends OperationId> =
  | OperationTypes[Id]["success"]
  | OperationTypes[Id]["inProgress"]
  | SnapError<ErrorCode<OperationTypes[Id]["serviceCode"]>>;

/** The operations that a receiver serves. */
export type SnapOperations = {
  [Id in OperationId]?: (call: SnapCall<Id>) => SnapReply<Id> | Promise<SnapReply<Id>>;
};

/** What a caller signs with. */
export type SnapKey =
  | { type: "symmetric"; clientSecret: string }
  | { type: "asymmetric"; publicKey: string | KeyObject };

/** What a caller's signature may be made with: a key, any of several while one replaces another, or `"unchecked"` for a mock. */
export type SnapKeys = SnapKey | readonly SnapKey[] | "unchecked";

/** Who calls what, for the callbacks that look up and decide. */
export interface SnapCaller {
  operation: OperationId;
  /** X-PARTNER-ID, or X-CLIENT-KEY of a request for a token. Not proven yet when a token is verified or a key looked up. */
  partnerId: string;
}

/** How one request was answered. It holds no secret, token or body. */
export interface SnapAnswered {
  method: string;
  path: string;
  operation: OperationId | undefined;
  status: number;
  responseCode: string;
  responseMessage: string;
  /** The step that answered: the check that failed, or `operation`. */
  step: StepName;
  /** The reason that the operation gave to {@link snapError}. */
  reason?: string;
}

/** How to make a receiver. */
export interface SnapHandlerOptions {
  /** The operations served; a call of another operation of the contract is answered with 405 00. */
  operations: SnapOperations;
  /**
   * Looks up what a caller signs with; undefined or an empty list for an unknown caller (401 00). `"unchecked"` accepts any
   * signature, for a mock.
   */
  key: ((caller: SnapCaller) => SnapKeys | undefined | Promise<SnapKeys | undefined>) | "unchecked";
  /** Whether an access token is good, and this caller's. `"unchecked"` accepts any token, for a mock. */
  verifyToken: ((token: string, caller: SnapCaller) => boolean | Promise<boolean>) | "unchecked";
  /** Operations that accept an asymmetric signature without a token, such as a PJP's notification. */
  withoutToken?: readonly TransactionId[];
  /** Whether a customer's token is good. Left out, `customerToken` is handed over as it came, unverified. */
  verifyCustomerToken?: (token: string, caller: SnapCaller) => boolean | Promise<boolean>;
  /** Operations that a customer's token is mandatory for (401 04). Needs `verifyCustomerToken`. */
  withCustomerToken?: readonly TransactionId[];
  /** What stands before `/v1.0` in the path; the signature covers it. */
  basePath?: string;
  /** By how many seconds X-TIMESTAMP may differ from the clock. Off by default. */
  timestampTolerance?: number;
  /** Where X-EXTERNAL-IDs are claimed; in memory by default. `"off"` claims none, for a mock. */
  replayStore?: ReplayStore | "off";
  /** The longest body accepted; 64 KiB by default. */
  maxBodyBytes?: number;
  /** The time; the system's by default. */
  clock?: () => Date;
  /** Whether replies are validated. By default they are unless NODE_ENV is `production`. A reply that breaks the contract becomes 500 00. */
  validateReplies?: boolean;
  /** Another contract than the published one. */
  contract?: Contract;
  /** Told of whatever an operation or a callback throws, and of replies that break the contract ({@link SnapReplyError}). */
  onError?: (error: unknown, caller: SnapCaller | undefined) => void;
  /** Told of every answer, for a log. */
  onAnswer?: (answered: SnapAnswered) => void;
}

/** Reported to `onError` when an operation returns what breaks the contract. */
export class SnapReplyError extends Error {
  override readonly name = "SnapReplyError";
  readonly violations: Violation[];
  constructor(operation: OperationId, violations: Violation[]) {
    super(
      `${operation} returned a body that breaks the contract: ${violations.map(({ path, expected }) => `${path || "the body"} ought ${expected.startsWith("to ") ? "" : "to be "}${expected}`).join("; ")}`,
    );
    this.violations = violations;
  }
}

/** A receiver: takes a web-standard Request and always resolves to a Response. */
export interface SnapHandler {
  (request: Request): Promise<Response>;
  /** The longest body accepted, for an adapter that reads bodies itself. */
  readonly maxBodyBytes: number;
}

/** What is known of a request so far. Each step adds to it. */
interface Exchange {
  readonly request: Request;
  /** From the slash on, with the query string. */
  readonly target: string;
  readonly operation: OperationId;
  readonly facts: OperationContract;
  caller: SnapCaller;
  bytes: Uint8Array;
  accessToken: string | undefined;
  customerToken: string | undefined;
  body: unknown;
  validation: RequestValidationResult;
}

interface Answer {
  responseCode: string;
  responseMessage: string;
  /** The whole body as JSON, where there is more to it. */
  text?: string;
  /** Why, for the log. */
  reason?: string | undefined;
}
type Found = Answer | undefined;
interface Step {
  name: StepName;
  /** Answers the request, or lets it pass on. */
  run(exchange: Exchange): Found | Promise<Found>;
}

/** The names of the checks, in their order. */
export type StepName =
  | "route"
  | "method"
  | "bodySize"
  | "contentType"
  | "headers"
  | "token"
  | "customerToken"
  | "signature"
  | "timestamp"
  | "parse"
  | "mandatory"
  | "format"
  | "externalId"
  | "operation";

/**
 * Makes the receiver: a function from a web-standard Request to a Response, for Hono, Bun, Deno, Next.js route handlers, and
 * Node's http through {@link toNodeListener}. It checks in the order of the field (the standard gives none): route and method,
 * body size, headers, token, customer token, signature, time, JSON, mandatory fields, formats, X-EXTERNAL-ID, then your operation.
 * Whatever is thrown becomes 500 00 without a word of the error.
 *
 * Duplicate keys in a body: the last one wins, as in JSON.parse. A body that nests deeper than 100 levels, a limit of our own, is
 * answered with 400 00.
 * @throws TypeError when an option cannot be right: an operation that does not exist, no `key` or `verifyToken`, a `basePath` that no
 *   request can have, a `maxBodyBytes` or `timestampTolerance` that is no number, a `withCustomerToken` with nothing to verify the
 *   token
 * @example
 * const handler = createSnapHandler({
 *   key: ({ partnerId }) => keys.get(partnerId),
 *   verifyToken: (token) => tokens.has(token),
 *   operations: {
 *     qrCpmNotify: async ({ body }) => {
 *       await record(body);
 *       return { responseCode: "2007900", responseMessage: "Successful" };
 *     },
 *   },
 * });
 * @see the catalogue of response codes; errata E001, E083, E085, E118
 */
export function createSnapHandler(options: SnapHandlerOptions): SnapHandler {
  const {
    contract = published,
    clock = () => new Date(),
    onError = () => {},
    onAnswer = () => {},
    basePath = "",
    maxBodyBytes = 65_536,
    replayStore = createMemoryReplayStore(),
    validateReplies = process.env.NODE_ENV !== "production",
    withoutToken = [],
    withCustomerToken = [],
    verifyCustomerToken,
    key,
    verifyToken,
    timestampTolerance,
  } = options;
  assertOptions(options, contract);
  const byPath = new Map(
    Object.entries(contract.operations).map(([id, facts]) => [
      basePath + facts.path,
      { operation: id as OperationId, facts },
    ]),
  );

  const refuse = ({ facts }: Pick<Exchange, "facts">, status: string, caseCode: string, fill?: string): Answer => {
    const responseCode = `${status}${facts.serviceCode}${caseCode}`;
    return { responseCode, responseMessage: responseMessageOf(responseCode as ErrorCode, fill, contract.messages) };
  };

  const steps: Step[] = [
    {
      name: "method",
      run(exchange) {
        const served = exchange.request.method === "POST" && options.operations[exchange.operation];
        return served ? undefined : refuse(exchange, "405", "00");
      },
    },
    {
      name: "bodySize",
      async run(exchange) {
        const bytes = await readBody(exchange.request, maxBodyBytes);
        if (!bytes) return refuse(exchange, "400", "00");
        exchange.bytes = bytes;
        return undefined;
      },
    },
    {
      name: "contentType",
      run(exchange) {
        const contentType = exchange.request.headers.get("content-type");
        if (!contentType) return refuse(exchange, "400", "02", "Content-Type");
        return isJson(contentType) ? undefined : refuse(exchange, "400", "00");
      },
    },
    {
      name: "headers",
      run({ request, operation, caller, facts }) {
        const checked = validateHeaders(operation, request.headers, contract);
        if (!checked.valid) return checked.answer;
        caller.partnerId = request.headers.get(facts.bearer ? "x-partner-id" : "x-client-key") ?? "";
        return undefined;
      },
    },
    {
      name: "token",
      run(exchange) {
        const { facts, operation, request, caller } = exchange;
        if (!facts.bearer) return undefined;
        exchange.accessToken = bearerOf(request.headers.get("authorization"));
        if (exchange.accessToken === undefined) {
          return withoutToken.includes(operation as TransactionId) ? undefined : refuse(exchange, "401", "03");
        }
        if (verifyToken === "unchecked") return undefined;
        const good = verifyToken(exchange.accessToken, caller);
        return go(good, (yes) => (yes ? undefined : refuse(exchange, "401", "01")));
      },
    },
    {
      name: "customerToken",
      run(exchange) {
        const { facts, operation, request, caller } = exchange;
        if (!facts.bearer) return undefined;
        const header = request.headers.get("authorization-customer");
        exchange.customerToken = bearerOf(header);
        if (!verifyCustomerToken) return undefined;
        if (!header)
          return withCustomerToken.includes(operation as TransactionId) ? refuse(exchange, "401", "04") : undefined;
        const good = exchange.customerToken !== undefined && verifyCustomerToken(exchange.customerToken, caller);
        return go(good, (yes) => (yes ? undefined : refuse(exchange, "401", "02")));
      },
    },
    {
      name: "signature",
      run(exchange) {
        if (key === "unchecked") return undefined;
        return go(key(exchange.caller), (found) => {
          if (found === "unchecked") return undefined;
          if (!found || (isList(found) && found.length === 0)) {
            return refuse(exchange, "401", "00", "Unknown client");
          }
          const good = isList(found) ? found.some((one) => isSigned(exchange, one)) : isSigned(exchange, found);
          return good ? undefined : refuse(exchange, "401", "00", "Signature");
        });
      },
    },
    {
      name: "timestamp",
      run(exchange) {
        if (timestampTolerance === undefined) return undefined;
        const sent = Date.parse(exchange.request.headers.get("x-timestamp") ?? "");
        // it has no fraction of a second, so ours does not count either
        const now = Math.floor(clock().getTime() / 1000) * 1000;
        const near = Math.abs(now - sent) <= timestampTolerance * 1000;
        return near ? undefined : refuse(exchange, "400", "01", "X-TIMESTAMP");
      },
    },
    {
      name: "parse",
      run(exchange) {
        const parsed = parseObject(exchange.bytes);
        if (!parsed) return refuse(exchange, "400", "00");
        exchange.body = parsed;
        return undefined;
      },
    },
    {
      name: "mandatory",
      run(exchange) {
        exchange.validation = validateRequest(exchange.operation, exchange.body, contract);
        const { validation } = exchange;
        return !validation.valid && validation.answer.responseCode.endsWith("02") ? validation.answer : undefined;
      },
    },
    {
      name: "format",
      run: ({ validation }) => (validation.valid ? undefined : validation.answer),
    },
    {
      name: "externalId",
      run(exchange) {
        if (!exchange.facts.bearer || replayStore === "off") return undefined;
        const externalId = exchange.request.headers.get("x-external-id") ?? "";
        const claimed = replayStore.claim(exchange.caller.partnerId, externalId, snapDay(clock()));
        return go(claimed, (free) => (free ? undefined : refuse(exchange, "409", "00")));
      },
    },
    { name: "operation", run: (exchange) => serve(exchange) },
  ];

  async function serve(exchange: Exchange): Promise<Answer> {
    const { operation, facts, caller, accessToken, customerToken } = exchange;
    const { headers } = exchange.request;
    // the map's type says which body goes with which operation; here it may be any of them
    const served = options.operations as Record<OperationId, (call: SnapCall<OperationId>) => unknown>;
    const returned = served[operation]({
      operation,
      body: exchange.body as SnapCall<OperationId>["body"],
      partnerId: caller.partnerId,
      externalId: headers.get("x-external-id") ?? "",
      timestamp: headers.get("x-timestamp") ?? "",
      accessToken,
      customerToken,
      headers,
    });
    const reply = isPromise(returned) ? await returned : returned;
    const text = JSON.stringify(reply);
    // what is sent is what counts: a class or a toJSON may write something else than it seems to hold
    const sent: unknown = !validateReplies && isPlain(reply) ? reply : text && JSON.parse(text);
    assertReply(sent, operation, facts);
    const { responseCode, responseMessage } = sent;
    if (validateReplies) {
      const checked = validateResponse(operation, responseCode.slice(0, 3), sent, contract);
      if (!checked.valid) throw new SnapReplyError(operation, checked.violations);
    }
    return { responseCode, responseMessage, text, reason: reasons.get(reply as object) };
  }

  async function handle(request: Request): Promise<Response> {
    const target = wireTargetOf(request) ?? targetOf(request.url);
    const query = target.indexOf("?");
    const pathname = query < 0 ? target : target.slice(0, query);
    const found = byPath.get(pathname);
    if (!found) {
      // no service to compose a code of; the digits are ours (erratum E094)
      const nowhere = { responseCode: "4040002", responseMessage: "Invalid Routing" };
      return respond(request, pathname, undefined, "route", nowhere);
    }
    const { operation, facts } = found;
    const exchange: Exchange = {
      request,
      target,
      operation,
      facts,
      caller: { operation, partnerId: "" },
      bytes: NO_BYTES,
      accessToken: undefined,
      customerToken: undefined,
      body: undefined,
      validation: { valid: true },
    };
    let step: StepName = "route";
    try {
      for (const { name, run } of steps) {
        step = name;
        const found = run(exchange);
        const answer = found instanceof Promise ? await found : found;
        if (answer) return respond(request, pathname, operation, step, answer);
      }
    } catch (error) {
      quietly(() => onError(error, exchange.caller));
    }
    return respond(request, pathname, operation, step, refuse(exchange, "500", "00"));
  }

  function respond(
    { method }: Request,
    path: string,
    operation: OperationId | undefined,
    step: StepName,
    { responseCode, responseMessage, reason, text = JSON.stringify({ responseCode, responseMessage }) }: Answer,
  ): Response {
    const status = Number(responseCode.slice(0, 3));
    const why = reason === undefined ? undefined : { reason };
    quietly(() => onAnswer({ method, path, operation, status, responseCode, responseMessage, step, ...why }));
    const headers: Record<string, string> = { "content-type": "application/json", "x-timestamp": timestamp() };
    // HTTP asks for it where another method would do
    if (status === 405 && method !== "POST") headers.allow = "POST";
    return new Response(text, { status, headers });
  }

  /** X-TIMESTAMP of an answer: by the system's clock where the one given fails. */
  function timestamp(): string {
    try {
      return snapTimestamp(clock());
    } catch (error) {
      quietly(() => onError(error, undefined));
      return snapTimestamp(new Date());
    }
  }

  return Object.assign(handle, { maxBodyBytes });
}

const NO_BYTES = new Uint8Array();

/** Makes sure of what could only fail later, at every call. Not every caller has a compiler to tell. */
function assertOptions(options: SnapHandlerOptions, { operations }: Contract): void {
  const { basePath = "", maxBodyBytes = 0, timestampTolerance = 0, key, verifyToken } = options;
  const { withCustomerToken = [], withoutToken = [], verifyCustomerToken } = options;
  if (typeof options.operations !== "object" || options.operations === null) {
    throw new TypeError("operations is no object; give the operations that are served, each under its name.");
  }
  for (const id of [...Object.keys(options.operations), ...withCustomerToken, ...withoutToken]) {
    if (Object.hasOwn(operations, id)) continue;
    throw new TypeError(`There is no operation ${id}; there are ${Object.keys(operations).join(", ")}.`);
  }
  if (typeof key !== "function" && key !== "unchecked") {
    throw new TypeError('key is neither a function that looks up what a caller signs with nor "unchecked".');
  }
  if (typeof verifyToken !== "function" && verifyToken !== "unchecked") {
    throw new TypeError('verifyToken is neither a function that says whether a token is good nor "unchecked".');
  }
  if (
    basePath &&
    (!basePath.startsWith("/") || new URL(`http://host${basePath}`).pathname !== basePath || basePath.endsWith("/"))
  ) {
    throw new TypeError(
      `basePath is "${basePath}": start it with a slash, do not end it with one, and write it as it is sent, such as "/snap".`,
    );
  }
  if (!(maxBodyBytes >= 0)) throw new TypeError("maxBodyBytes is no number of bytes; leave it out for 64 KiB.");
  if (!(timestampTolerance >= 0)) {
    throw new TypeError("timestampTolerance is no number of seconds from 0 up; leave it out to accept any time.");
  }
  if (withCustomerToken.length > 0 && !verifyCustomerToken) {
    throw new TypeError(
      "withCustomerToken asks for a customer's token and nothing verifies it; give verifyCustomerToken.",
    );
  }
}

/** Goes on with what a callback returned. What is no promise is not waited for: each wait costs a microtask. */
function go<T>(value: T | Promise<T>, on: (value: T) => Found): Found | Promise<Found> {
  return isPromise(value) ? Promise.resolve(value).then(on) : on(value as T);
}

/** Whether JSON writes an object as it is. */
function isPlain(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype &&
    !("toJSON" in value)
  );
}

/** Makes sure of what no answer can do without, validated or not: a code of the operation's service, and a message. */
function assertReply(
  reply: unknown,
  operation: OperationId,
  { serviceCode, validateResponse: validators }: OperationContract,
): asserts reply is { responseCode: string; responseMessage: string } {
  const { responseCode, responseMessage } = (reply ?? {}) as Record<string, unknown>;
  const ours =
    typeof responseCode === "string" &&
    /^\d{7}$/.test(responseCode) &&
    responseCode.slice(3, 5) === serviceCode &&
    Object.hasOwn(validators, responseCode.slice(0, 3));
  if (!ours) {
    const expected = `a response code of service ${serviceCode}`;
    throw new SnapReplyError(operation, [{ path: "responseCode", rule: "pattern", expected }]);
  }
  if (typeof responseMessage !== "string") {
    throw new SnapReplyError(operation, [{ path: "responseMessage", rule: "type", expected: "string" }]);
  }
}

/** The token of a bearer header, or undefined when there is none. */
function bearerOf(header: string | null): string | undefined {
  return header === null ? undefined : /^Bearer +(\S+)\s*$/i.exec(header)?.[1];
}

/** Array.isArray, which does not know lists that are only read. */
const isList = (keys: SnapKey | readonly SnapKey[]): keys is readonly SnapKey[] => Array.isArray(keys);

/** @throws TypeError when what was looked up is no key, for that is no fault of the caller's */
function isSigned({ request, facts, target, bytes, accessToken, caller }: Exchange, key: SnapKey): boolean {
  if (key.type !== "asymmetric" && key.type !== "symmetric") {
    throw new TypeError('key returned no { type: "symmetric", clientSecret } or { type: "asymmetric", publicKey }.');
  }
  const signature = request.headers.get("x-signature") ?? "";
  const timestamp = request.headers.get("x-timestamp") ?? "";
  if (!facts.bearer) {
    return (
      key.type === "asymmetric" &&
      verify({ type: "token", clientKey: caller.partnerId, timestamp, publicKey: key.publicKey, signature })
    );
  }
  const input = { method: request.method, path: target, body: bytes, timestamp, signature };
  if (key.type === "asymmetric") return verify({ type: "asymmetric", ...input, publicKey: key.publicKey });
  return (
    accessToken !== undefined && verify({ type: "symmetric", ...input, accessToken, clientSecret: key.clientSecret })
  );
}

/** Path and query of a Request's URL, which is absolute and written out. Ten times faster than to parse it anew. */
function targetOf(url: string): string {
  const start = url.indexOf("/", url.indexOf("//") + 2);
  const end = url.indexOf("#", start);
  return end < 0 ? url.slice(start) : url.slice(start, end);
}
