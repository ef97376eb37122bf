// A receiver under test, and callers that sign for it as any partner would.
import { expect } from "vitest";
import type { OperationId } from "../../generated/operations.ts";
import { validateResponse } from "../../src/contract/validation.ts";
import {
  createSnapHandler,
  type SnapAnswered,
  type SnapHandler,
  type SnapHandlerOptions,
  type SnapOperations,
} from "../../src/server.ts";
import { type SignatureEncoding, sign } from "../../src/snap/signature.ts";
import { operations } from "./contract.ts";
import { privateKey, publicKey } from "./keys.ts";
import type { Body } from "./random.ts";

export const PARTNER = "82150823919040624621823174737537";
/** Who signs with an RSA key. */
export const RSA_PARTNER = "962489e9-de5d-4eb7-92a4-b07d44d64bf4";
export const CLIENT_SECRET = "client-secret-7f3b";
export const ACCESS_TOKEN = "access-token-51c0";
export const CUSTOMER_TOKEN = "customer-token-9d2e";
export const TIMESTAMP = "2020-12-23T07:50:11+07:00";
/** TIMESTAMP, as the clock has it. */
export const NOW = new Date("2020-12-23T00:50:11Z");
export { privateKey, publicKey };
/** What a payment is answered with. */
export const SUCCESS = "2006000 Request has been processed successfully";
export const BAD_REQUEST = "4006000 Bad Request";
export const GENERAL_ERROR = "5006000 General Error";
export const UNSUPPORTED = "4056000 Requested Function Is Not Supported";

interface Example {
  path: string;
  service: string;
  request: Body;
  success: Body;
  inProgress: Body;
}
/** Path, service code, and the bodies that the contract gives as examples. */
export const exampleOf = Object.fromEntries<Example>(
  operations.map(({ operationId, path, service, requestBody, responses }) => [
    operationId,
    {
      path,
      service,
      request: requestBody.content["application/json"].examples.Published.value,
      success: responses["200"]?.content["application/json"].examples.Successful?.value ?? {},
      inProgress: { responseCode: `202${service}00`, responseMessage: "Request In Progress" },
    },
  ]),
) as Record<OperationId, Example>;
export const operationIds = Object.keys(exampleOf) as OperationId[];

/** Operations that all answer with the contract's example. */
export const allServed = Object.fromEntries(
  operationIds.map((id) => [id, () => exampleOf[id].success]),
) as unknown as SnapOperations;

/** A receiver that knows the two partners, the token and the customer's token, and serves everything. */
export function createReceiver(options: Partial<SnapHandlerOptions> = {}): SnapHandler {
  return createSnapHandler({
    key: ({ partnerId }) => {
      if (partnerId === PARTNER) return { type: "symmetric", clientSecret: CLIENT_SECRET };
      return partnerId === RSA_PARTNER ? { type: "asymmetric", publicKey } : undefined;
    },
    verifyToken: (token) => token === ACCESS_TOKEN,
    verifyCustomerToken: (token) => token === CUSTOMER_TOKEN,
    operations: allServed,
    clock: () => NOW,
    validateReplies: true,
    // the tests send the same call again and again
    signedOnce: [],
    ...options,
  });
}

let made = 0;
/** An X-EXTERNAL-ID that nobody used yet. */
export function newExternalId(): string {
  made += 1;
  return `external-${made}`;
}

/** What is sent, and how it is signed. */
export interface Sent {
  operation?: OperationId;
  method?: string;
  /** Path and query. */
  path?: string;
  /** An object is sent as JSON. */
  body?: Body | string | Uint8Array;
  /** Headers that win over the usual ones; undefined leaves one out. They are signed as given here. */
  headers?: Record<string, string | undefined>;
  /** What Authorization carries after `Bearer `; null for no such header. */
  token?: string | null;
  clientSecret?: string;
  encoding?: SignatureEncoding;
}

/** What goes over the wire. */
export interface Wire {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | Uint8Array;
}

/** A signed call: symmetric, or as the RSA partner or the service ask for it. */
export function wireOf(sent: Sent = {}): Wire {
  const { operation = "qrCpmPayment", method = "POST", clientSecret = CLIENT_SECRET, encoding = "base64" } = sent;
  const { path = exampleOf[operation].path, token = ACCESS_TOKEN, body: given = exampleOf[operation].request } = sent;
  const body = typeof given === "string" || given instanceof Uint8Array ? given : JSON.stringify(given);
  const isTokenRequest = operation === "accessTokenB2b";
  const headers: Record<string, string | undefined> = {
    "Content-Type": "application/json",
    "X-TIMESTAMP": TIMESTAMP,
    ...(isTokenRequest
      ? { "X-CLIENT-KEY": RSA_PARTNER }
      : { "X-PARTNER-ID": PARTNER, "X-EXTERNAL-ID": newExternalId(), "CHANNEL-ID": "95221" }),
    ...(!isTokenRequest && token !== null && { Authorization: `Bearer ${token}` }),
    ...sent.headers,
  };
  // a broken header breaks nothing here: the receiver is to notice it
  const timestamp = headers["X-TIMESTAMP"] || "-";
  const clientKey = headers["X-CLIENT-KEY"] || "-";
  const input = { method, path, body, timestamp };
  let signature: string;
  if (isTokenRequest) signature = sign({ type: "token", clientKey, timestamp, privateKey, encoding });
  else if (headers["X-PARTNER-ID"] === RSA_PARTNER)
    signature = sign({ type: "asymmetric", ...input, privateKey, encoding });
  else signature = sign({ type: "symmetric", ...input, accessToken: token ?? "-", clientSecret, encoding });
  const all = { "X-SIGNATURE": signature, ...headers };
  return {
    method,
    path,
    headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Wire["headers"],
    body,
  };
}

/** A signed call as a web-standard Request. */
export function requestOf(sent: Sent = {}): Request {
  const { method, path, headers, body } = wireOf(sent);
  const bodiless = method === "GET" || method === "HEAD";
  return new Request(`http://receiver.example${path}`, { method, headers, ...(!bodiless && { body }) });
}

/** An answer, read. */
export interface Answer {
  status: number;
  responseCode: string;
  responseMessage: string;
  body: Body;
}

/** Reads an answer and makes sure of what holds for every one: status, headers, and a body that the contract accepts. */
export async function read(response: Response, operation?: OperationId): Promise<Answer> {
  const body = (await response.json()) as Body;
  const { responseCode, responseMessage } = body as { responseCode: string; responseMessage: string };
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(response.headers.get("x-timestamp")).toBe(TIMESTAMP);
  expect(String(response.status)).toBe(responseCode.slice(0, 3));
  if (response.status >= 400) expect(Object.keys(body)).toEqual(["responseCode", "responseMessage"]);
  if (operation) expect(validateResponse(operation, response.status, body)).toEqual({ valid: true });
  return { status: response.status, responseCode, responseMessage, body };
}

/** Sends a call and returns how it was answered, as `4006002 Invalid Mandatory Field merchantId`. */
export async function answerTo(handler: SnapHandler, sent: Sent = {}): Promise<string> {
  return summary(await handler(requestOf(sent)), sent.path ? undefined : (sent.operation ?? "qrCpmPayment"));
}

/** An answer's code and message. */
export async function summary(response: Response, operation?: OperationId): Promise<string> {
  const { responseCode, responseMessage } = await read(response, operation);
  return `${responseCode} ${responseMessage}`;
}

/** What is told of an answer, but for who called and how long it took. */
export function withoutContext(answered: SnapAnswered): SnapAnswered {
  const { partnerId: _p, externalId: _e, duration: _d, verified: _v, remoteAddress: _r, ...rest } = answered;
  return rest;
}

/** A receiver that keeps what it reports. */
export function createWatched(options: Partial<SnapHandlerOptions> = {}): {
  handler: SnapHandler;
  errors: unknown[];
  answers: SnapAnswered[];
} {
  const errors: unknown[] = [];
  const answers: SnapAnswered[] = [];
  const handler = createReceiver({
    onError: (error) => errors.push(error),
    onAnswer: (answered) => answers.push(withoutContext(answered)),
    ...options,
  });
  return { handler, errors, answers };
}
