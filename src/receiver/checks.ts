// The checks of the receiver. A new one is a function here, and a line in the list at the end.
import {
  BadRequest,
  Conflict,
  CustomerTokenNotFound,
  InvalidCustomerToken,
  InvalidFieldFormat,
  InvalidMandatoryField,
  InvalidToken,
  RequestedFunctionIsNotSupported,
  TokenNotFound,
  Unauthorized,
} from "../../generated/cases.ts";
import { headers as names, type OperationId, type TransactionId } from "../../generated/operations.ts";
import type { Case } from "../../generated/response-codes.ts";
import { answerOf, type Answer as CodeAndMessage } from "../contract/answer.ts";
import type { OperationContract } from "../contract/contract.ts";
import { type RequestValidationResult, validateHeaders, validateRequest } from "../contract/validation.ts";
import { isCase } from "../snap/response-codes.ts";
import { verify } from "../snap/signature.ts";
import { snapDay } from "../snap/time.ts";
import { whenReady } from "../util/callbacks.ts";
import { invalidArgument } from "../util/errors.ts";
import { isJson, parseObject, readBody } from "./body.ts";
import type { Settings, SnapCaller, SnapKey, StepName } from "./options.ts";

/** What is known of a request so far. Each check adds to it. */
export interface Exchange {
  readonly request: Request;
  /** From the slash on, with the query string. */
  readonly target: string;
  readonly operation: OperationId;
  readonly facts: OperationContract;
  caller: SnapCaller;
  bytes: Uint8Array;
  externalId: string;
  timestamp: string;
  accessToken: string | undefined;
  customerToken: string | undefined;
  body: unknown;
  validation: RequestValidationResult;
}

/** An answer. */
export interface Answer extends CodeAndMessage {
  /** The whole body as JSON, where there is more to it. */
  text?: string;
  /** Why, for the log. */
  reason?: string | undefined;
  /** What was thrown. */
  error?: unknown;
}

/** An answer, or undefined where the request passes. */
export type Found = Answer | undefined;

type Check = (exchange: Exchange, settings: Settings) => Found | Promise<Found>;

function method({ request, operation }: Exchange, settings: Settings): Found {
  const served = request.method === "POST" && settings.operations[operation];
  return served ? undefined : refuse(RequestedFunctionIsNotSupported, operation, settings);
}

async function bodySize(exchange: Exchange, settings: Settings): Promise<Found> {
  const read = await readBody(exchange.request, settings.maxBodyBytes);
  if (typeof read === "string") return { ...refuse(BadRequest, exchange.operation, settings), reason: read };
  exchange.bytes = read;
  return undefined;
}

function contentType({ request, operation }: Exchange, settings: Settings): Found {
  const value = request.headers.get(names.contentType);
  if (!value) return refuse(InvalidMandatoryField, operation, settings, names.contentType);
  return isJson(value) ? undefined : refuse(BadRequest, operation, settings);
}

function headers(exchange: Exchange, { contract }: Settings): Found {
  const { request, operation, caller, facts } = exchange;
  const checked = validateHeaders(operation, request.headers, contract);
  if (!checked.valid) return checked.answer;
  const value = (name: string) => request.headers.get(name) ?? "";
  caller.partnerId = value(facts.bearer ? names.partnerId : names.clientKey);
  exchange.externalId = value(names.externalId);
  exchange.timestamp = value(names.timestamp);
  return undefined;
}

function token(exchange: Exchange, settings: Settings): Found | Promise<Found> {
  const { facts, operation, request, caller } = exchange;
  const { verifyToken, withoutToken } = settings;
  if (!facts.bearer) return undefined;
  exchange.accessToken = bearerIn(request.headers.get(names.authorization));
  if (exchange.accessToken === undefined) {
    const isFree = withoutToken.includes(operation as TransactionId);
    return isFree ? undefined : refuse(TokenNotFound, operation, settings);
  }
  if (verifyToken === "unchecked") return undefined;
  const good = verifyToken(exchange.accessToken, caller);
  return whenReady(good, (yes) => (yes ? undefined : refuse(InvalidToken, operation, settings)));
}

function customerToken(exchange: Exchange, settings: Settings): Found | Promise<Found> {
  const { facts, operation, request, caller } = exchange;
  const { verifyCustomerToken, withCustomerToken } = settings;
  if (!facts.bearer) return undefined;
  const header = request.headers.get(names.authorizationCustomer);
  exchange.customerToken = bearerIn(header);
  if (!verifyCustomerToken) return undefined;
  if (!header) {
    const isMandatory = withCustomerToken.includes(operation as TransactionId);
    return isMandatory ? refuse(CustomerTokenNotFound, operation, settings) : undefined;
  }
  const good = exchange.customerToken !== undefined && verifyCustomerToken(exchange.customerToken, caller);
  return whenReady(good, (yes) => (yes ? undefined : refuse(InvalidCustomerToken, operation, settings)));
}

function signature(exchange: Exchange, settings: Settings): Found | Promise<Found> {
  const { key } = settings;
  if (key === "unchecked") return undefined;
  return whenReady(key(exchange.caller), (found) => {
    if (found === "unchecked") return undefined;
    const keys = found === undefined ? [] : isList(found) ? found : [found];
    if (keys.length === 0) return refuse(Unauthorized, exchange.operation, settings, "Unknown client");
    const good = keys.some((each) => isSignedWith(each, exchange));
    return good ? undefined : refuse(Unauthorized, exchange.operation, settings, "Signature");
  });
}

function timestamp(exchange: Exchange, settings: Settings): Found {
  const { timestampTolerance, clock } = settings;
  if (timestampTolerance === undefined) return undefined;
  // it has no fraction of a second, so ours does not count either
  const now = Math.floor(clock().getTime() / 1000) * 1000;
  const near = Math.abs(now - Date.parse(exchange.timestamp)) <= timestampTolerance * 1000;
  return near ? undefined : refuse(InvalidFieldFormat, exchange.operation, settings, names.timestamp);
}

function parse(exchange: Exchange, settings: Settings): Found {
  exchange.body = parseObject(exchange.bytes);
  return exchange.body ? undefined : refuse(BadRequest, exchange.operation, settings);
}

function mandatory(exchange: Exchange, { contract }: Settings): Found {
  exchange.validation = validateRequest(exchange.operation, exchange.body, contract);
  const { validation } = exchange;
  if (validation.valid || !isCase(validation.answer.responseCode, InvalidMandatoryField)) return undefined;
  return validation.answer;
}

function format({ validation }: Exchange): Found {
  return validation.valid ? undefined : validation.answer;
}

function externalId(exchange: Exchange, settings: Settings): Found | Promise<Found> {
  const { replayStore, clock } = settings;
  if (!exchange.facts.bearer || replayStore === "off") return undefined;
  const claimed = replayStore.claim(exchange.caller.partnerId, exchange.externalId, snapDay(clock()));
  return whenReady(claimed, (free) => (free ? undefined : refuse(Conflict, exchange.operation, settings)));
}

/** The checks, in their order: that of the field, for the standard gives none. */
export const CHECKS = {
  method,
  bodySize,
  contentType,
  headers,
  token,
  customerToken,
  signature,
  timestamp,
  parse,
  mandatory,
  format,
  externalId,
} satisfies Record<Exclude<StepName, "route" | "operation">, Check>;

/** A row of the catalogue as the answer. */
export function refuse(
  row: Case,
  operation: OperationId | undefined,
  { contract }: Pick<Settings, "contract">,
  fill?: string,
): Answer {
  return answerOf(contract, operation, row, fill);
}

/** The token of a bearer header, or undefined when there is none. */
function bearerIn(header: string | null): string | undefined {
  return header === null ? undefined : /^Bearer +(\S+)\s*$/i.exec(header)?.[1];
}

/** Array.isArray, which does not know lists that are only read. */
const isList = (keys: SnapKey | readonly SnapKey[]): keys is readonly SnapKey[] => Array.isArray(keys);

/** @throws TypeError when what was looked up is not a key, which is not the caller's fault */
function isSignedWith(key: SnapKey, exchange: Exchange): boolean {
  const { request, facts, target, bytes, accessToken, caller } = exchange;
  if (key.type !== "asymmetric" && key.type !== "symmetric") {
    throw invalidArgument(
      'key must return { type: "symmetric", clientSecret } or { type: "asymmetric", publicKey }, a list of them, or undefined.',
    );
  }
  const received = request.headers.get(names.signature) ?? "";
  const common = { timestamp: exchange.timestamp, signature: received };
  if (!facts.bearer) {
    if (key.type !== "asymmetric") return false;
    return verify({ type: "token", clientKey: caller.partnerId, publicKey: key.publicKey, ...common });
  }
  const input = { method: request.method, path: target, body: bytes, ...common };
  if (key.type === "asymmetric") return verify({ type: "asymmetric", ...input, publicKey: key.publicKey });
  return (
    accessToken !== undefined && verify({ type: "symmetric", ...input, accessToken, clientSecret: key.clientSecret })
  );
}
