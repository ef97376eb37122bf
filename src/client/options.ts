// How to make a client, and what is made of it.
import { randomBytes } from "node:crypto";
import { headers } from "../../generated/operations.ts";
import type { KeyOptions, RsaKeyObject } from "../snap/keys.ts";
import { sign } from "../snap/signature.ts";
import { invalidOption } from "../util/errors.ts";
import {
  checkBaseUrl,
  checkFilled,
  checkHeader,
  checkMaxAnswerBytes,
  checkPrivateKey,
  checkTimeout,
  checkToken,
} from "./checks.ts";
import { watchConnections } from "./connections.ts";
import { MAX_ANSWER_BYTES } from "./read-answer.ts";
import type { TokenProvider } from "./token.ts";

/** How the client signs. */
export type SnapSignature =
  | { type: "symmetric"; clientSecret: string }
  | { type: "asymmetric"; privateKey: string | RsaKeyObject };

/** The headers that the client fills in, for those who want to set one themselves. */
export type SnapHeaders = Record<(typeof headers)[Exclude<keyof typeof headers, "contentType" | "clientKey">], string>;

/** Where an access token comes from: the token, a function that gives it, or {@link createTokenProvider}. */
export type AccessToken = string | (() => string | Promise<string>) | TokenProvider;

interface CommonOptions {
  /** Where the receiver is, with its base path and without the version: `https://snap.bank.example` or `https://snap.bank.example/snap`. */
  baseUrl: string;
  /** Takes a baseUrl of http to another machine than this one: those on the way can read and change tokens and payments. */
  allowHttp?: boolean;
  /** X-PARTNER-ID. */
  partnerId: string;
  /** CHANNEL-ID, at most 5 characters. */
  channelId: string;
  /** The customer's token, sent as Authorization-Customer. */
  customerToken?: string;
  /** ORIGIN. */
  origin?: string;
  /** X-DEVICE-ID. */
  deviceId?: string;
  /** X-IP-ADDRESS. */
  ipAddress?: string;
  /** X-LATITUDE. */
  latitude?: string;
  /** X-LONGITUDE. */
  longitude?: string;
  /**
   * What sends requests; the global fetch by default. It must not follow redirects (`init.redirect` is `"manual"`), nor send a request
   * again by itself: an error then says nothing of the first try. With undici's fetch and ProxyAgent requests go through a proxy (`examples/through-a-proxy.ts`).
   */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** The time, for X-TIMESTAMP; the system's by default. */
  clock?: () => Date;
  /** Makes the X-EXTERNAL-ID of each request; 32 hex digits by default, so that it fits into originalExternalId. */
  externalId?: () => string;
  /** How long a call may take, in milliseconds, from the token to the answer's body; 30,000 by default, 0 for no limit. */
  timeout?: number;
  /** How long an answer may be, in bytes after decompression; 1,048,576 by default. One beyond it is a SnapCallError. */
  maxAnswerBytes?: number;
  /**
   * Refuses a body that breaks the contract before it is sent, with the violations: for development. The validators are loaded at the
   * first call, and only then.
   */
  validateRequests?: boolean;
  /** Takes a private key of fewer than 2048 bits, which can be broken. */
  allowWeakKeys?: boolean;
}

/** How to make a client. The asymmetric signature does without an access token. */
export type SnapClientOptions = CommonOptions &
  (
    | { signature: Extract<SnapSignature, { type: "asymmetric" }>; accessToken?: AccessToken }
    // last, for it is what the compiler speaks of
    | { signature: SnapSignature; accessToken: AccessToken }
  );

/** How one call departs from the client's options. */
export interface SnapCallOptions {
  /**
   * Headers that win over the client's own; X-TIMESTAMP and Authorization are signed as given here, unless X-SIGNATURE is. A call that sets
   * X-EXTERNAL-ID, X-TIMESTAMP or X-SIGNATURE itself is not sent again after 401 01, for that takes a new id and a new time. The
   * token is dropped all the same, so that the next call gets a new one.
   */
  headers?: Partial<SnapHeaders>;
  /** Gives up the call. */
  signal?: AbortSignal;
  /** How long this call may take, in milliseconds; 0 for no limit. */
  timeout?: number;
}

/** Signs a request: everything that the signature covers but the method, which is POST. */
type Signer = (path: string, body: string | Uint8Array, timestamp: string, accessToken: string) => string;

/** The options, checked. */
export interface Settings {
  /** Without a trailing slash. */
  baseUrl: string;
  /** The path of `baseUrl`: empty, or `/snap`. */
  basePath: string;
  timeout: number;
  maxAnswerBytes: number;
  validateRequests: boolean;
  accessToken: AccessToken | undefined;
  sign: Signer;
  send: (url: string, init: RequestInit) => Promise<Response>;
  clock: () => Date;
  newExternalId: () => string;
  /** Those that every request has. */
  defaultHeaders: Record<string, string>;
  /** What an error must not repeat, beside what stands in the headers. */
  clientSecret: string | undefined;
}

/**
 * Checks the options.
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`, `ERR_SNAP_INVALID_KEY`) when one cannot be right
 */
export function settingsOf(options: SnapClientOptions): Settings {
  const { accessToken, signature } = options;
  const baseUrl = checkBaseUrl(options.baseUrl, options.allowHttp);
  const timeout = checkTimeout(options.timeout ?? 30_000);
  const signer = signerOf(signature, options);
  if (accessToken === undefined && signature.type === "symmetric") {
    throw invalidOption("accessToken must be given: only the asymmetric signature does without one.");
  }
  if (typeof accessToken === "string") checkToken("accessToken", accessToken);
  watchConnections();
  return {
    baseUrl,
    basePath: new URL(baseUrl).pathname.replace(/\/$/, ""),
    timeout,
    maxAnswerBytes: checkMaxAnswerBytes(options.maxAnswerBytes ?? MAX_ANSWER_BYTES),
    validateRequests: options.validateRequests ?? false,
    accessToken,
    sign: signer,
    send: options.fetch ?? ((url, init) => fetch(url, init)),
    clock: options.clock ?? (() => new Date()),
    newExternalId: options.externalId ?? (() => randomBytes(16).toString("hex")),
    defaultHeaders: defaultHeadersOf(options),
    clientSecret: signature.type === "symmetric" ? signature.clientSecret : undefined,
  };
}

/** Makes what signs. A secret that is missing and a key that cannot sign are found here and not at the first call. */
function signerOf(signature: SnapSignature, { allowWeakKeys }: KeyOptions): Signer {
  const method = "POST";
  if (signature?.type === "symmetric") {
    const { type, clientSecret } = signature;
    if (!clientSecret) throw invalidOption("signature.clientSecret must not be empty.");
    return (path, body, timestamp, accessToken) =>
      sign({ type, method, path, body, timestamp, accessToken, clientSecret });
  }
  if (signature?.type !== "asymmetric") throw invalidOption('signature.type must be "symmetric" or "asymmetric".');
  const { type } = signature;
  const privateKey = checkPrivateKey(signature.privateKey, { allowWeakKeys });
  return (path, body, timestamp) => sign({ type, method, path, body, timestamp, privateKey, allowWeakKeys });
}

/** Options that go into a header of the same name. */
const OPTIONAL = ["origin", "deviceId", "ipAddress", "latitude", "longitude"] as const;

function defaultHeadersOf(options: SnapClientOptions): Record<string, string> {
  const { partnerId, channelId, customerToken } = options;
  return {
    [headers.contentType]: "application/json",
    [headers.partnerId]: checkFilled("partnerId", headers.partnerId, partnerId),
    [headers.channelId]: checkFilled("channelId", headers.channelId, channelId),
    ...(customerToken && { [headers.authorizationCustomer]: `Bearer ${checkToken("customerToken", customerToken)}` }),
    ...Object.fromEntries(
      OPTIONAL.flatMap((name) => (options[name] ? [[headers[name], checkHeader(name, options[name])]] : [])),
    ),
  };
}

const canonical = new Map<string, string>(Object.values(headers).map((name) => [name.toLowerCase(), name]));

/** Headers under the names that the standard gives them, however they are written, and without those that are undefined. */
export function checkHeaders(given: Partial<SnapHeaders>): Partial<SnapHeaders> {
  const checked: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) checked[canonical.get(name.toLowerCase()) ?? name] = checkHeader(name, value);
  }
  return checked;
}
