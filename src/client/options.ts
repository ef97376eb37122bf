// How to make a client, and what is made of it.
import { randomBytes } from "node:crypto";
import { headers } from "../../generated/operations.ts";
import type { KeyOptions, RsaKeyObject } from "../snap/keys.ts";
import {
  type OperationFacts,
  type Profile,
  type PublishedProfile,
  publishedProfile,
  type TransactionFacts,
} from "../snap/profile.ts";
import { signAs } from "../snap/signature.ts";
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

interface CommonOptions<P extends Profile> {
  /** Who is called: a profile, such as `bca` of `snap-bi-contract/profiles/bca`; the published contract by default. */
  profile?: P;
  /**
   * Where the receiver is, with its base path and without the version: `https://snap.bank.example` or `https://snap.bank.example/snap`.
   * Without a path, the profile's base path is added.
   */
  baseUrl: string;
  /** Takes a baseUrl of http to another machine than this one: those on the way can read and change tokens and payments. */
  allowHttp?: boolean;
  /** X-PARTNER-ID. */
  partnerId: string;
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
   * first call, and only then. With a profile, this needs the whole of it: `import { bca } from "snap-bi-contract/profiles/bca/contract"`.
   */
  validateRequests?: boolean;
  /** Takes a private key of fewer than 2048 bits, which can be broken. */
  allowWeakKeys?: boolean;
}

/** The kinds of signature that an operation takes. */
type KindOf<Facts> = Facts extends { readonly signature: infer Kind extends SnapSignature["type"] }
  ? Kind
  : SnapSignature["type"];

/** The operations that need a token even where they are signed asymmetrically. */
type NeedsToken<Facts> = Facts extends { readonly signature: "asymmetric"; readonly bearer: true } ? Facts : never;

/** The operations that take CHANNEL-ID. */
type TakesChannel<Facts> = Facts extends
  | { readonly without: readonly (infer Name)[] }
  | { readonly fixedHeaders: { readonly [_ in infer Name]: string } }
  ? (typeof headers)["channelId"] extends Name
    ? never
    : Facts
  : Facts;

/** CHANNEL-ID, where the profile has it and leaves it to the caller. */
type ChannelOption<P extends Profile> = [TakesChannel<TransactionFacts<P>>] extends [never]
  ? { channelId?: never }
  : {
      /** CHANNEL-ID, at most 5 characters in the standard. */
      channelId: string;
    };

/** How to make a client. The asymmetric signature does without an access token, unless the profile asks for both. */
export type SnapClientOptions<P extends Profile = PublishedProfile> = CommonOptions<P> &
  ChannelOption<P> &
  (
    | ([NeedsToken<TransactionFacts<P>>] extends [never]
        ? {
            signature: Extract<SnapSignature, { type: "asymmetric" & KindOf<TransactionFacts<P>> }>;
            accessToken?: AccessToken;
          }
        : never)
    // last, for it is what the compiler speaks of
    | { signature: Extract<SnapSignature, { type: KindOf<TransactionFacts<P>> }>; accessToken: AccessToken }
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

/** A request that is to be signed: everything that the signature covers but the method, which is POST. */
interface ToSign {
  facts: OperationFacts;
  search: string;
  body: string | Uint8Array;
}
type Signer = (
  where: Pick<Settings, "baseUrl" | "basePath">,
  request: ToSign,
  timestamp: string,
  accessToken: string,
) => string;

/** The options, checked. */
export interface Settings {
  profile: Profile;
  /** The operations but for the one that gives out tokens. */
  transactions: [id: string, OperationFacts][];
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
export function settingsOf<P extends Profile>(given: SnapClientOptions<P>): Settings {
  const options = given as unknown as AnyOptions;
  const { accessToken, signature, profile = publishedProfile } = options;
  const baseUrl = checkBaseUrl(options.baseUrl, options.allowHttp, profile);
  const timeout = checkTimeout(options.timeout ?? 30_000);
  const signer = signerOf(signature, options);
  const transactions = transactionsOf(profile);
  checkKind(transactions, signature.type);
  if (accessToken === undefined && (signature.type === "symmetric" || transactions.some(needsToken))) {
    throw invalidOption("accessToken must be given: only the asymmetric signature does without one.");
  }
  if (typeof accessToken === "string") checkToken("accessToken", accessToken);
  watchConnections();
  return {
    profile,
    transactions,
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
    defaultHeaders: defaultHeadersOf(options, transactions),
    clientSecret: signature.type === "symmetric" ? signature.clientSecret : undefined,
  };
}

/** Makes what signs. A secret that is missing and a key that cannot sign are found here and not at the first call. */
function signerOf(signature: SnapSignature, { allowWeakKeys }: KeyOptions): Signer {
  const method = "POST";
  if (signature?.type === "symmetric") {
    const { type, clientSecret } = signature;
    if (!clientSecret) throw invalidOption("signature.clientSecret must not be empty.");
    return (where, { body, ...request }, timestamp, accessToken) => {
      const { path, url } = signedPathOf(where, request);
      return signAs({ type, method, path, body, timestamp, accessToken, clientSecret }, { url });
    };
  }
  if (signature?.type !== "asymmetric") throw invalidOption('signature.type must be "symmetric" or "asymmetric".');
  const { type } = signature;
  const privateKey = checkPrivateKey(signature.privateKey, { allowWeakKeys });
  return (where, { body, ...request }, timestamp) => {
    const { path, url } = signedPathOf(where, request);
    return signAs({ type, method, path, body, timestamp, privateKey, allowWeakKeys }, { url });
  };
}

/** What of the URL is signed. */
function signedPathOf(
  { baseUrl, basePath }: Pick<Settings, "baseUrl" | "basePath">,
  { facts, search }: Omit<ToSign, "body">,
): { path: string; url: string | undefined } {
  const path = facts.path + search;
  if (facts.signedPath === "without-base-path") return { path, url: undefined };
  return { path: basePath + path, url: facts.signedPath === "url" ? baseUrl + path : undefined };
}

/** The options, whatever the profile. */
type AnyOptions = CommonOptions<Profile> & { signature: SnapSignature; accessToken?: AccessToken; channelId?: string };

function transactionsOf({ operations }: Profile): [id: string, OperationFacts][] {
  return Object.entries(operations).filter(([, { signature }]) => signature !== "token");
}

const needsToken = ([, { signature, bearer }]: [string, OperationFacts]) => signature === "asymmetric" && bearer;

/** An operation that is signed in one way only cannot be called by a client that signs in the other. */
function checkKind(transactions: Settings["transactions"], type: string): void {
  const [id, kind] = transactions.flatMap(([id, { signature = type }]) => (signature === type ? [] : [id, signature]));
  if (kind) throw invalidOption(`signature.type must be "${kind}": the profile signs ${id} so.`);
}

/** Options that go into a header of the same name. */
const OPTIONAL = ["origin", "deviceId", "ipAddress", "latitude", "longitude"] as const;

function defaultHeadersOf(options: AnyOptions, transactions: Settings["transactions"]): Record<string, string> {
  const { partnerId, channelId = "", customerToken } = options;
  const hasChannel = transactions.some(
    ([, { without = [], fixedHeaders }]) => !without.includes(headers.channelId) && !fixedHeaders?.[headers.channelId],
  );
  return {
    [headers.contentType]: "application/json",
    [headers.partnerId]: checkFilled("partnerId", headers.partnerId, partnerId),
    ...(hasChannel && { [headers.channelId]: checkFilled("channelId", headers.channelId, channelId) }),
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
