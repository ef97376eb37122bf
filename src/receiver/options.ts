// How to make a receiver, and what it tells.
import type { OperationId, OperationTypes, TransactionId } from "../../generated/operations.ts";
import type { ErrorCode } from "../../generated/response-codes.ts";
import type { Contract, PublishedContract } from "../contract/contract.ts";
import type { RsaKeyObject } from "../snap/keys.ts";
import type { BodiesById, BodiesOf, SignedPath, TypesOf } from "../snap/profile.ts";
import type { ReplayStore } from "./replay-store.ts";
import type { SnapError } from "./snap-error.ts";

/** A call that passed every check. Secrets, and what is large, are not shown by `inspect` and not copied by `{ ...call }`. */
export interface SnapCall<Id extends OperationId, Types extends BodiesById = OperationTypes> {
  readonly operation: Id;
  /**
   * The parsed body. What is beyond the contract, `additionalInfo` above all, is as JSON.parse reads it: a number beyond 2^53 is
   * rounded, and of two equal keys the last one counts. `rawBody` has what was sent.
   */
  readonly body: BodiesOf<Types, Id>["request"];
  /** X-PARTNER-ID; the X-CLIENT-KEY of a request for a token. */
  readonly partnerId: string;
  /** X-EXTERNAL-ID; empty for a request for a token. */
  readonly externalId: string;
  /** X-TIMESTAMP. */
  readonly timestamp: string;
  /** Path and query as they came. */
  readonly path: string;
  /** The bytes that were signed, as they came: evidence, together with path, timestamp and X-SIGNATURE. */
  readonly rawBody: Uint8Array;
  readonly headers: Headers;
  /** The access token without `Bearer `, where one was sent. */
  readonly accessToken: string | undefined;
  /** The customer's token without `Bearer `, where one was sent; verified if `verifyCustomerToken` is given. */
  readonly customerToken: string | undefined;
  /** Aborted when the caller is gone, or when `operationTimeout` has run out: nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** What an operation answers: its 200 or 202 body, or an error of its own service. */
export type SnapReply<Id extends OperationId, Types extends BodiesById = OperationTypes> =
  | BodiesOf<Types, Id>["success"]
  | BodiesOf<Types, Id>["inProgress"]
  | SnapError<ErrorCode<OperationTypes[Id]["serviceCode"]>>;

/** The operations that a receiver serves. */
export type SnapOperations<Types extends BodiesById = OperationTypes> = {
  [Id in keyof Types & OperationId]?: (
    call: SnapCall<Id, Types>,
  ) => SnapReply<Id, Types> | Literals<Id> | Promise<SnapReply<Id, Types> | Literals<Id>>;
};

/**
 * What nothing can be. Before the compiler knows the profile, it has no other hint that `tokenType: "Bearer"` of an operation without
 * a parameter is more than a string.
 */
type Literals<Id extends OperationId> = OperationTypes[Id]["success"] & { readonly "~": never };

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

/** A request at the door: nothing in it is proven. */
export interface SnapArrival extends SnapCaller {
  path: string;
  headers: Headers;
  /** The caller's address, where the adapter knows it. */
  remoteAddress: string | undefined;
}

/** Whether a request is let in: `false` refuses it (401 00), `retryAfter` asks it to come again in so many seconds (429 00). */
export type SnapAdmission = boolean | { retryAfter: number };

/** What of the body may have been hashed: it without white space, or it parsed and written again, as PHP's clients do. */
export type BodyForm = "minified" | "rewritten";

/** What a signature was made with: which of the keys, and which form of the body. */
export interface SnapVerified {
  /** Its place among those that `key` returned, from 0. */
  key: number;
  type: SnapKey["type"];
  /** Undefined of a request for a token, whose signature covers no body. */
  bodyForm: BodyForm | undefined;
}

/** Who called what, for a log. */
export interface SnapContext extends SnapCaller {
  externalId: string;
  /** Milliseconds since the request came. */
  duration: number;
  /** The caller's address, where the adapter knows it. */
  remoteAddress?: string;
}

/** The steps of a receiver, in their order: the checks, then your operation. `http`: what came never became a request. */
export type StepName =
  | "http"
  | "route"
  | "method"
  | "admit"
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
  /** Undefined where there was none: what came is not HTTP, or for a path of no operation. */
  responseCode: string | undefined;
  responseMessage: string;
  /** The step that answered: the check that failed, or `operation`. */
  step: StepName;
  /** X-PARTNER-ID, or X-CLIENT-KEY, as far as the request came; proven once the signature is. */
  partnerId?: string;
  /** X-EXTERNAL-ID. */
  externalId?: string;
  /** Milliseconds from the request to the answer. */
  duration?: number;
  /** The caller's address, where the adapter knows it. */
  remoteAddress?: string;
  /** What the signature was made with. */
  verified?: SnapVerified;
  /** Why, where there is more to say: the reason that the operation gave to {@link snapError}, or what is wrong with the body. */
  reason?: string;
  /** What was thrown, where the answer is 500 00 because of that; `onError` is told of it too. */
  error?: unknown;
}

/** How to make a receiver. */
export interface SnapHandlerOptions<P extends Contract = PublishedContract> {
  /** The operations served; a call of another operation of the contract is answered with 405 00. */
  operations: SnapOperations<TypesOf<P>>;
  /**
   * Whose dialect is spoken: the whole of a profile, such as `bca` of `snap-bi-contract/profiles/bca/contract`; the published contract by
   * default. It says paths, headers, kinds of signature and bodies.
   */
  profile?: P;
  /**
   * Looks up what a caller signs with; undefined or an empty list for an unknown caller (401 00). `"unchecked"` accepts any
   * signature, for a mock.
   */
  key: ((caller: SnapCaller) => SnapKeys | undefined | Promise<SnapKeys | undefined>) | "unchecked";
  /** Takes RSA keys of fewer than 2048 bits, which can be broken: for tests, and for a partner that has no other yet. */
  allowWeakKeys?: boolean;
  /** Refuses a signature whose key's certificate is not valid yet or no longer (401 00). By default `onError` is told, and it passes. */
  refuseExpiredCertificates?: boolean;
  /** Whether an access token is good, and this caller's. `"unchecked"` accepts any token, for a mock. */
  verifyToken: ((token: string, caller: SnapCaller) => boolean | Promise<boolean>) | "unchecked";
  /** Operations that accept an asymmetric signature without a token, such as a PJP's notification. */
  withoutToken?: readonly TransactionId[];
  /** Whether a customer's token is good. Left out, `customerToken` is handed over as it came, unverified. */
  verifyCustomerToken?: (token: string, caller: SnapCaller) => boolean | Promise<boolean>;
  /** Operations that a customer's token is mandatory for (401 04). Needs `verifyCustomerToken`. */
  withCustomerToken?: readonly TransactionId[];
  /** Looks at a request before its body, token and signature: for limits of rate and lists of addresses. */
  admit?: (arrival: SnapArrival) => SnapAdmission | Promise<SnapAdmission>;
  /** What stands before `/v1.0` in the path; the signature covers it. By default what the profile says: nothing, in the standard. */
  basePath?: string;
  /** An operation at a path of its own, in place of base path and path: `{ qrCpmNotify: "/callbacks/qris" }`. */
  paths?: Readonly<Partial<Record<OperationId, string>>>;
  /** The URL that partners call, `https://pay.example/snap`, where a proxy takes off its path or they sign all of it. */
  publicUrl?: string;
  /**
   * Which path was signed: `"as-sent"`, which is the standard's; `"without-base-path"`; or `"url"`, the whole URL from the scheme on,
   * which needs `publicUrl`. By default what the profile says of the operation.
   */
  signedPath?: SignedPath;
  /** Which forms of the body may have been hashed; `["minified"]`, the standard's, by default. */
  bodyForms?: readonly BodyForm[];
  /**
   * By how many seconds X-TIMESTAMP may differ from the clock; 300 by default. `"off"` accepts any time: what is captured today is
   * good as long as its X-EXTERNAL-ID and signature are not remembered any more, which is two days.
   */
  timestampTolerance?: number | "off";
  /** Where is remembered what was used; in memory by default, which is for one process. `"off"` remembers nothing, for a mock. */
  replayStore?: ReplayStore | "off";
  /**
   * What a second request with the same X-EXTERNAL-ID gets: `"conflict"`, 409 00 as the standard has it; or `"idempotent"`, the
   * answer of the first one once more if operation and body are the same, and 409 00 if not.
   */
  replayPolicy?: "conflict" | "idempotent";
  /**
   * Operations whose signature counts once, whatever X-EXTERNAL-ID it comes under (no signature covers that). By default those that
   * move money or tell of it: 60, 62, 79 and 80. Two honest queries may be signed alike within a second.
   */
  signedOnce?: readonly OperationId[];
  /** After how many milliseconds an operation that has not answered is answered with 504 00; 25,000 by default. It runs on. */
  operationTimeout?: number;
  /** The longest body accepted; 64 KiB by default. */
  maxBodyBytes?: number;
  /** The time; the system's by default. */
  clock?: () => Date;
  /** Whether replies are validated. By default they are unless NODE_ENV is `production`. A reply that breaks the contract becomes 500 00. */
  validateReplies?: boolean;
  /**
   * Told of everything that an operation or a callback throws, of replies that break the contract ({@link SnapReplyError}), and of
   * keys that cannot be read. Left out, errors go to stderr, without the request's secrets.
   */
  onError?: (error: unknown, context: SnapContext | undefined) => void;
  /** Told of every answer, for a log. The channel `snap-bi-contract:answer` of `node:diagnostics_channel` has it too. */
  onAnswer?: (answered: SnapAnswered) => void;
}
