// Access tokens: service 73, asked for once and kept until shortly before they expire.
import { fixedValues, headers, operations } from "../../generated/operations.ts";
import type { RsaKeyObject } from "../snap/keys.ts";
import { type Profile, publishedProfile } from "../snap/profile.ts";
import { sign } from "../snap/signature.ts";
import { snapTimestamp } from "../snap/time.ts";
import { excerptOf } from "../util/foreign-text.ts";
import { isObject } from "../util/json-text.ts";
import { causeOf, reasonOf, SnapCallError, type SnapCallErrorDetails } from "./call-error.ts";
import {
  checkBaseUrl,
  checkFilled,
  checkMaxAnswerBytes,
  checkPath,
  checkPrivateKey,
  checkTimeout,
  isBareToken,
} from "./checks.ts";
import { startDeadline } from "./deadline.ts";
import { MAX_ANSWER_BYTES, parseAnswer, readAnswer } from "./read-answer.ts";
import { refuseRedirect } from "./redirect.ts";

/** How to get tokens. */
export interface TokenProviderOptions {
  /** Where the receiver is, with its base path and without the version. */
  baseUrl: string;
  /** Takes a baseUrl of http to another machine than this one: those on the way can read and change tokens. */
  allowHttp?: boolean;
  /** Who is called: a profile, which says where tokens are given out; the published contract by default. */
  profile?: Profile;
  /** Where tokens are given out, in place of the standard's path: `/authorization/v1/access-token/b2b`. */
  path?: string;
  /** X-CLIENT-KEY. */
  clientKey: string;
  /** The RSA private key that signs the request: PEM text or a KeyObject. */
  privateKey: string | RsaKeyObject;
  /** Takes a private key of fewer than 2048 bits, which can be broken. */
  allowWeakKeys?: boolean;
  /** What sends requests; the global fetch by default. It must not follow redirects: `init.redirect` is `"manual"`. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** The time; the system's by default. */
  clock?: () => Date;
  /** How long a request may take, in milliseconds; 30,000 by default, 0 for no limit. */
  timeout?: number;
  /** Where several processes share the token, so that one of them asks for it: createRedisTokenCache, for example. */
  cache?: TokenCache;
  /** How long an answer may be, in bytes after decompression; 1,048,576 by default. */
  maxAnswerBytes?: number;
}

/** A token, and until when it is used, in milliseconds of the epoch. */
export interface CachedToken {
  token: string;
  renewAt: number;
}

/** Where processes share access tokens. */
export interface TokenCache {
  /** The token that is kept under a name, or the one that `ask` gets; of all processes one asks, and the others wait for it. */
  get(name: string, ask: () => Promise<CachedToken>): Promise<CachedToken>;
  /** Forgets a token that was refused; another one stays. */
  forget(name: string, token: string): Promise<void>;
}

/** Gives an access token, from its cache where it can. */
export interface TokenProvider {
  (): Promise<string>;
  /** Says that a token was refused, so that the next call asks for a new one. A token that is not the current one is ignored. */
  invalidate(token: string): void;
}

/** A token is renewed this long before it expires, or at a tenth of its life where that is shorter. */
const MARGIN_MS = 60_000;

/** The options, checked. */
interface Settings {
  url: string;
  clientKey: string;
  privateKey: RsaKeyObject;
  allowWeakKeys: boolean | undefined;
  timeout: number;
  maxAnswerBytes: number;
  send: (url: string, init: RequestInit) => Promise<Response>;
}

function urlOf({ baseUrl, allowHttp, profile = publishedProfile, path }: TokenProviderOptions): string {
  const own = profile.operations.accessTokenB2b?.path ?? operations.accessTokenB2b.path;
  return checkBaseUrl(baseUrl, allowHttp, profile) + checkPath(path ?? own);
}

/** What came back. */
interface TokenAnswer {
  ok: boolean;
  status: number;
  body: Record<string, unknown>;
  /** What the request proved itself with. */
  signature: string;
}

/**
 * Makes a provider of access tokens: one request in flight at a time, one token until shortly before it expires.
 * The provider rejects with a SnapCallError when it gets no token, and asks again the next time.
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`, `ERR_SNAP_INVALID_KEY`) when an option cannot be right: a relative URL, an empty
 *   clientKey, a key that is not an RSA private key
 * @example createTokenProvider({ baseUrl: "https://snap.bank.example", clientKey, privateKey })
 * @see the standard's security page, access token B2B (service 73)
 */
export function createTokenProvider(options: TokenProviderOptions): TokenProvider {
  const { clock = () => new Date(), allowWeakKeys } = options;
  const settings: Settings = {
    url: urlOf(options),
    clientKey: checkFilled("clientKey", headers.clientKey, options.clientKey),
    privateKey: checkPrivateKey(options.privateKey, { allowWeakKeys }),
    allowWeakKeys,
    timeout: checkTimeout(options.timeout ?? 30_000),
    maxAnswerBytes: checkMaxAnswerBytes(options.maxAnswerBytes ?? MAX_ANSWER_BYTES),
    send: options.fetch ?? ((url, init) => fetch(url, init)),
  };
  const { cache } = options;
  const name = `${settings.url} ${settings.clientKey}`;
  let current: CachedToken | undefined;
  let inFlight: Promise<string> | undefined;
  let forgotten: Promise<void> | undefined;

  async function fresh(): Promise<CachedToken> {
    const asked = clock();
    const { token, lifetime } = tokenIn(await ask(settings, snapTimestamp(asked)));
    // without a lifetime that can be read, use the token once and ask again
    const used = Number.isFinite(lifetime) ? lifetime - Math.min(MARGIN_MS, lifetime / 10) : 0;
    return { token, renewAt: asked.getTime() + used };
  }

  /** From the cache where there is one; one that fails keeps nobody from calling. */
  async function shared(): Promise<CachedToken> {
    if (!cache) return fresh();
    await forgotten;
    try {
      const cached = await cache.get(name, fresh);
      // others write there too, and what is not a token would stay until it runs out
      if (isBareToken(cached?.token) && Number.isFinite(cached.renewAt)) return cached;
    } catch (error) {
      if (error instanceof SnapCallError) throw error;
    }
    return fresh();
  }

  async function request(): Promise<string> {
    current = await shared();
    return current.token;
  }

  const provide = () => {
    if (current && clock().getTime() < current.renewAt) return Promise.resolve(current.token);
    inFlight ??= request().finally(() => {
      inFlight = undefined;
    });
    return inFlight;
  };
  return Object.assign(provide, {
    invalidate(token: string) {
      if (current?.token !== token) return;
      current = undefined;
      forgotten = cache?.forget(name, token).catch(() => {});
    },
  });
}

/** Asks, and returns what comes back. */
async function ask(settings: Settings, timestamp: string): Promise<TokenAnswer> {
  const { url, clientKey, privateKey, allowWeakKeys, timeout, send } = settings;
  const deadline = startDeadline(timeout);
  const signature = sign({ type: "token", clientKey, timestamp, privateKey, allowWeakKeys });
  let status: number | undefined;
  try {
    const signed = {
      [headers.contentType]: "application/json",
      [headers.timestamp]: timestamp,
      [headers.clientKey]: clientKey,
      [headers.signature]: signature,
    };
    const init: RequestInit = {
      method: "POST",
      headers: signed,
      body: JSON.stringify({ grantType: fixedValues.accessTokenB2b.grantType, additionalInfo: {} }),
      redirect: "manual",
      signal: deadline.signal,
    };
    const response = await deadline.race(() => send(url, init));
    status = response.status || undefined;
    refuseRedirect(response, url, signed);
    const text = await deadline.race(() => readAnswer(response, settings.maxAnswerBytes, deadline.signal));
    const body = parseAnswer(text);
    // without an excerpt, for it would quote the answer, which may be a token
    if (body === undefined)
      throw noToken(`the answer, status ${status}, is not JSON`, { code: "ERR_SNAP_NOT_SNAP", status });
    return { ok: response.ok, status: response.status, body: isObject(body) ? body : {}, signature };
  } catch (error) {
    if (error instanceof SnapCallError) throw error;
    const { code, why } = reasonOf(error, deadline, status, [signature]);
    throw noToken(why, { code, status, cause: causeOf(error, deadline, [signature]) });
  } finally {
    deadline.end();
  }
}

/** The token in an answer, and its lifetime in milliseconds. */
function tokenIn({ ok, status, body, signature }: TokenAnswer): { token: string; lifetime: number } {
  const { accessToken, expiresIn, responseCode } = body;
  // the code counts, for some PJPs answer everything with status 200
  if (!ok || /^[345]/.test(String(responseCode))) {
    const said = codeAndMessage(body, [signature, String(accessToken ?? "")]);
    throw noToken(`status ${status}${said}`, { code: "ERR_SNAP_NO_TOKEN", status });
  }
  if (!isBareToken(accessToken)) {
    throw noToken(`the answer, status ${status}, has no usable accessToken`, { code: "ERR_SNAP_NO_TOKEN", status });
  }
  return { token: accessToken, lifetime: Number(expiresIn) * 1000 };
}

function noToken(why: string, details: Pick<SnapCallErrorDetails, "code" | "status" | "cause">): SnapCallError {
  const about = { operation: "accessTokenB2b", externalId: "", outcome: "rejected" } as const;
  return new SnapCallError(`accessTokenB2b: no token, ${why}.`, { ...about, ...details });
}

/** The code and the message of an error answer, where it has them. */
function codeAndMessage({ responseCode, responseMessage }: Record<string, unknown>, secrets: string[]): string {
  const parts = [responseCode, responseMessage].filter((part) => typeof part === "string");
  return parts.length > 0 ? `, ${excerptOf(parts.join(" "), secrets)}` : "";
}
