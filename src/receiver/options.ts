// How to make a receiver, and what is made of it.
import type { OperationId, OperationTypes, TransactionId } from "../../generated/operations.ts";
import type { ErrorCode } from "../../generated/response-codes.ts";
import { type Contract, type OperationContract, published } from "../contract/contract.ts";
import type { RsaKeyObject } from "../snap/keys.ts";
import { invalidOption, typeError } from "../util/errors.ts";
import { createMemoryReplayStore, type ReplayStore } from "./replay-store.ts";
import type { SnapError } from "./reply.ts";

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

/** What an operation answers: its 200 or 202 body, or an error of its own service. */
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
  | { type: "asymmetric"; publicKey: string | RsaKeyObject };

/** What a caller's signature may be made with: a key, any of several while one replaces another, or `"unchecked"` for a mock. */
export type SnapKeys = SnapKey | readonly SnapKey[] | "unchecked";

/** Who calls what, for the callbacks that look up and decide. */
export interface SnapCaller {
  operation: OperationId;
  /** X-PARTNER-ID, or X-CLIENT-KEY of a request for a token. Not proven yet when a token is verified or a key looked up. */
  partnerId: string;
}

/** The steps of a receiver, in their order: the checks, then your operation. */
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

/** How one request was answered. It holds no secret, token or body, but for `error`, which is what your code threw. */
export interface SnapAnswered {
  method: string;
  path: string;
  operation: OperationId | undefined;
  status: number;
  responseCode: string;
  responseMessage: string;
  /** The step that answered: the check that failed, or `operation`. */
  step: StepName;
  /** Why, where there is more to say: the reason that the operation gave to {@link snapError}, or what is wrong with the body. */
  reason?: string;
  /** What was thrown, where the answer is 500 00 because of that; `onError` is told of it too. */
  error?: unknown;
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
  /** Told of everything that an operation or a callback throws, and of replies that break the contract ({@link SnapReplyError}). */
  onError?: (error: unknown, caller: SnapCaller | undefined) => void;
  /** Told of every answer, for a log. */
  onAnswer?: (answered: SnapAnswered) => void;
}

/** The options, checked, with their defaults. */
export interface Settings
  extends Required<Omit<SnapHandlerOptions, "basePath" | "verifyCustomerToken" | "timestampTolerance">>,
    Pick<SnapHandlerOptions, "verifyCustomerToken" | "timestampTolerance"> {
  /** The contract's operations by path, with the base path. */
  routes: ReadonlyMap<string, { operation: OperationId; facts: OperationContract }>;
}

/**
 * Checks the options and fills in the defaults.
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`, `ERR_SNAP_UNKNOWN_OPERATION`) when one cannot be right
 */
export function settingsOf(options: SnapHandlerOptions): Settings {
  const { basePath = "", contract = published } = options;
  const settings = {
    clock: () => new Date(),
    onError: () => {},
    onAnswer: () => {},
    maxBodyBytes: 65_536,
    validateReplies: process.env.NODE_ENV !== "production",
    withoutToken: [],
    withCustomerToken: [],
    ...(Object.fromEntries(
      Object.entries(options).filter(([, value]) => value !== undefined),
    ) as unknown as SnapHandlerOptions),
    contract,
  };
  checkOperations(settings);
  checkCallbacks(settings);
  checkBasePath(basePath);
  checkNumbers(settings);
  const routes = Object.entries(contract.operations).map(
    ([id, facts]) => [basePath + facts.path, { operation: id as OperationId, facts }] as const,
  );
  return { ...settings, replayStore: settings.replayStore ?? createMemoryReplayStore(), routes: new Map(routes) };
}

type Unchecked = Omit<Settings, "replayStore" | "routes">;

// each makes sure of what could only fail later, at every call; not every user has a compiler to tell

function checkOperations({ operations, contract, withCustomerToken, withoutToken }: Unchecked): void {
  if (typeof operations !== "object" || operations === null) {
    throw invalidOption("operations must be an object that has each operation served under its name.");
  }
  const known = Object.keys(contract.operations);
  for (const id of [...Object.keys(operations), ...withCustomerToken, ...withoutToken]) {
    if (Object.hasOwn(contract.operations, id)) continue;
    throw typeError("ERR_SNAP_UNKNOWN_OPERATION", `An operation must be one of ${known.join(", ")}, but is ${id}.`);
  }
}

function checkCallbacks({ key, verifyToken, withCustomerToken, verifyCustomerToken }: Unchecked): void {
  if (typeof key !== "function" && key !== "unchecked") {
    throw invalidOption('key must be a function that returns what the caller signs with, or "unchecked".');
  }
  if (typeof verifyToken !== "function" && verifyToken !== "unchecked") {
    throw invalidOption('verifyToken must be a function that says whether a token is good, or "unchecked".');
  }
  if (withCustomerToken.length > 0 && !verifyCustomerToken) {
    throw invalidOption("withCustomerToken needs verifyCustomerToken, or nothing verifies the customer's token.");
  }
}

function checkBasePath(basePath: string): void {
  const isPath = basePath.startsWith("/") && new URL(`http://host${basePath}`).pathname === basePath;
  if (basePath === "" || (isPath && !basePath.endsWith("/"))) return;
  throw invalidOption(
    `basePath must start with a slash, not end with one, and be written as it is sent, such as "/snap"; it is "${basePath}".`,
  );
}

function checkNumbers({ maxBodyBytes, timestampTolerance = 0 }: Unchecked): void {
  if (!(maxBodyBytes >= 0)) throw invalidOption("maxBodyBytes must be a number of bytes; leave it out for 64 KiB.");
  if (!(timestampTolerance >= 0)) {
    throw invalidOption("timestampTolerance must be a number of seconds, 0 or more; leave it out to accept any time.");
  }
}
