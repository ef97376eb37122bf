// The checks of the receiver. A new one is a function here, and a line in the list at the end.
import {
  BadRequest,
  CustomerTokenNotFound,
  InvalidCustomerToken,
  InvalidFieldFormat,
  InvalidMandatoryField,
  InvalidToken,
  RequestedFunctionIsNotSupported,
  TokenNotFound,
  TooManyRequests,
  Unauthorized,
} from "../../generated/cases.ts";
import { headers as names, type TransactionId } from "../../generated/operations.ts";
import { type RequestValidationResult, validateHeaderValues, validateRequest } from "../contract/validation.ts";
import { isCase } from "../snap/response-codes.ts";
import { whenReady } from "../util/callbacks.ts";
import { invalidArgument } from "../util/errors.ts";
import { CONTENT_LENGTH, isJson, parseObject, readBody } from "./body.ts";
import { type Exchange, type Found, refuse } from "./exchange.ts";
import type { SnapAdmission, SnapKey, StepName } from "./options.ts";
import { claimUses } from "./replay.ts";
import type { Settings } from "./settings.ts";
import { verifiedBy } from "./signature.ts";

type Check = (exchange: Exchange, settings: Settings) => Found | Promise<Found>;

function method({ request, operation }: Exchange, settings: Settings): Found {
  const served = request.method === "POST" && settings.operations[operation];
  return served ? undefined : refuse(RequestedFunctionIsNotSupported, operation, settings);
}

function admit(exchange: Exchange, settings: Settings): Found | Promise<Found> {
  const { request, operation, facts, target, wire, sent } = exchange;
  if (!settings.admit) return undefined;
  const partnerId = partnerIn(sent, facts);
  const arrival = { operation, partnerId, path: target, headers: request.headers, remoteAddress: wire?.remoteAddress };
  return whenReady(settings.admit(arrival), (admission: SnapAdmission) => {
    const retryAfter = typeof admission === "object" ? admission?.retryAfter : undefined;
    if (typeof retryAfter === "number" && retryAfter >= 0)
      return { ...refuse(TooManyRequests, operation, settings), retryAfter: Math.ceil(retryAfter) };
    if (typeof admission === "object")
      throw invalidArgument("admit must return true, false or { retryAfter: seconds }.");
    return decided("admit", admission) ? undefined : refuse(Unauthorized, operation, settings, "Not admitted");
  });
}

/** Who calls, by the header that the operation has for it. */
function partnerIn(sent: Exchange["sent"], { signature }: Exchange["facts"]): string {
  return (signature === "token" ? undefined : sent[names.partnerId]) ?? sent[names.clientKey] ?? "";
}

async function bodySize(exchange: Exchange, settings: Settings): Promise<Found> {
  const read = await readBody(
    exchange.request,
    exchange.sent[CONTENT_LENGTH],
    settings.maxBodyBytes,
    exchange.wire !== undefined,
  );
  if (typeof read === "string") return { ...refuse(BadRequest, exchange.operation, settings), reason: read };
  exchange.bytes = read;
  return undefined;
}

function contentType({ sent, operation }: Exchange, settings: Settings): Found {
  const value = sent[names.contentType];
  if (!value) return refuse(InvalidMandatoryField, operation, settings, names.contentType);
  return isJson(value) ? undefined : refuse(BadRequest, operation, settings);
}

function headers(exchange: Exchange, { profile }: Settings): Found {
  const { sent, operation, caller, facts } = exchange;
  const checked = validateHeaderValues(operation, sent, profile);
  if (!checked.valid) return withReason(checked);
  const value = (name: string) => sent[name] ?? "";
  caller.partnerId = partnerIn(sent, facts);
  exchange.externalId = value(names.externalId);
  exchange.timestamp = value(names.timestamp);
  exchange.time = Date.parse(exchange.timestamp);
  return undefined;
}

function token(exchange: Exchange, settings: Settings): Found | Promise<Found> {
  const { facts, operation, caller } = exchange;
  const { verifyToken, withoutToken } = settings;
  if (!facts.bearer) return undefined;
  exchange.accessToken = bearerIn(exchange.sent[names.authorization]);
  if (exchange.accessToken === undefined) {
    const isFree = withoutToken.includes(operation as TransactionId);
    return isFree ? undefined : refuse(TokenNotFound, operation, settings);
  }
  if (verifyToken === "unchecked") return undefined;
  const good = verifyToken(exchange.accessToken, caller);
  return whenReady(good, (yes) =>
    decided("verifyToken", yes) ? undefined : refuse(InvalidToken, operation, settings),
  );
}

function customerToken(exchange: Exchange, settings: Settings): Found | Promise<Found> {
  const { facts, operation, caller } = exchange;
  const { verifyCustomerToken, withCustomerToken } = settings;
  if (facts.signature === "token") return undefined;
  const header = exchange.sent[names.authorizationCustomer];
  exchange.customerToken = bearerIn(header);
  if (!verifyCustomerToken) return undefined;
  if (!header) {
    const isMandatory = withCustomerToken.includes(operation as TransactionId);
    return isMandatory ? refuse(CustomerTokenNotFound, operation, settings) : undefined;
  }
  const good = exchange.customerToken !== undefined && verifyCustomerToken(exchange.customerToken, caller);
  return whenReady(good, (yes) =>
    decided("verifyCustomerToken", yes) ? undefined : refuse(InvalidCustomerToken, operation, settings),
  );
}

function signature(exchange: Exchange, settings: Settings): Found | Promise<Found> {
  const { key } = settings;
  if (key === "unchecked") return undefined;
  return whenReady(key(exchange.caller), (found) => {
    if (found === "unchecked") return undefined;
    const keys = found === undefined ? [] : isList(found) ? found : [found];
    if (keys.length === 0) return refuse(Unauthorized, exchange.operation, settings, "Unknown client");
    return verifiedBy(keys, exchange, settings)
      ? undefined
      : refuse(Unauthorized, exchange.operation, settings, "Signature");
  });
}

function timestamp(exchange: Exchange, settings: Settings): Found {
  const { timestampTolerance: tolerance, clock } = settings;
  if (tolerance === "off") return undefined;
  // it has no fraction of a second, so ours does not count either
  exchange.now = clock().getTime();
  const ahead = exchange.time / 1000 - Math.floor(exchange.now / 1000);
  if (Math.abs(ahead) <= tolerance) return undefined;
  if (Number.isNaN(ahead)) throw invalidArgument("clock must return a Date that is a time.");
  const where = ahead > 0 ? "ahead of" : "behind";
  const reason = `${names.timestamp} is ${Math.abs(ahead)} seconds ${where} the clock; ${tolerance} are accepted`;
  return { ...refuse(InvalidFieldFormat, exchange.operation, settings, names.timestamp), reason };
}

function parse(exchange: Exchange, settings: Settings): Found {
  const parsed = parseObject(exchange.bytes);
  if (typeof parsed === "string") return { ...refuse(BadRequest, exchange.operation, settings), reason: parsed };
  exchange.body = parsed;
  return undefined;
}

function mandatory(exchange: Exchange, { profile }: Settings): Found {
  exchange.validation = validateRequest(exchange.operation, exchange.body, profile);
  const { validation } = exchange;
  if (validation.valid || !isCase(validation.answer.responseCode, InvalidMandatoryField)) return undefined;
  return withReason(validation);
}

function format(exchange: Exchange, settings: Settings): Found {
  const { validation, references, body, operation } = exchange;
  if (!validation.valid) return withReason(validation);
  const unfit = references.find((name) => UNFIT.test(String((body as Record<string, unknown>)[name] ?? "")));
  return unfit === undefined ? undefined : refuse(InvalidFieldFormat, operation, settings, unfit);
}

/** The answer to what breaks the contract, and for the log how. */
function withReason({ answer, violations }: Exclude<RequestValidationResult, { valid: true }>): Found {
  const said = violations.map(({ message }) => message).join("; ");
  return { ...answer, reason: said.slice(0, MAX_REASON) };
}

/** How much of that a log gets: a body may break the contract in a thousand places. */
const MAX_REASON = 300;

/** What no database and no log keeps as it is: control characters, halves of a surrogate pair, nothing that is seen (erratum E121). */
const UNFIT = /[\p{Cc}\p{Cs}]|^[\p{Z}\p{Cf}]+$/u;

/** The checks, in their order: that of the field, for the standard gives none. */
export const CHECKS = {
  method,
  admit,
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
  externalId: claimUses,
} satisfies Record<Exclude<StepName, "http" | "route" | "operation">, Check>;

/** The token of a bearer header, or undefined when there is none. */
function bearerIn(header: string | undefined): string | undefined {
  return header === undefined ? undefined : /^Bearer +(\S+)\s*$/i.exec(header)?.[1];
}

/** Array.isArray, which does not know lists that are only read. */
const isList = (keys: SnapKey | readonly SnapKey[]): keys is readonly SnapKey[] => Array.isArray(keys);

/** What a callback decided. Only a boolean counts: what is merely truthy, such as `{ valid: false }`, is a mistake, and lets nobody in. */
function decided(name: string, answer: boolean): boolean {
  if (answer === true || answer === false) return answer;
  throw invalidArgument(
    `${name} must return true or false, or a promise of it, but returned a value of type ${typeof answer}.`,
  );
}
