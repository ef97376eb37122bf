// Access tokens: service 73, asked for once and kept until shortly before they expire.
import type { KeyObject } from "node:crypto";
import { operations } from "../../generated/client.ts";
import { sign } from "../snap/signature.ts";
import { snapTimestamp } from "../snap/time.ts";
import {
  checkBaseUrl,
  checkHeader,
  checkPrivateKey,
  checkTimeout,
  isBareToken,
  reasonOf,
  SnapCallError,
  startDeadline,
} from "./call-error.ts";

/** How to get tokens. */
export interface TokenProviderOptions {
  /** Where the receiver is, with its base path. */
  baseUrl: string;
  /** X-CLIENT-KEY. */
  clientKey: string;
  /** The RSA private key that signs the request: PEM text or a KeyObject. */
  privateKey: string | KeyObject;
  /** What sends requests; the global fetch by default. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** The time; the system's by default. */
  clock?: () => Date;
  /** How long a request may take, in milliseconds; 30,000 by default, 0 for no limit. */
  timeout?: number;
}

/** Gives an access token, from its cache where it can. */
export interface TokenProvider {
  (): Promise<string>;
  /** Says that a token was refused, so that the next call asks for a new one. A token that is no longer the current one is ignored. */
  invalidate(token: string): void;
}

/** A token is renewed this long before it expires, or at a tenth of its life where that is shorter. */
const MARGIN_MS = 60_000;

/**
 * Makes a provider of access tokens: one request in flight at a time, one token until shortly before it expires.
 * The provider rejects with a SnapCallError when there is no token to be had, and asks anew the next time.
 * @throws TypeError when an option cannot be right: no absolute URL, an empty clientKey, a key that is no RSA private key
 * @example createTokenProvider({ baseUrl: "https://snap.bank.example", clientKey, privateKey })
 * @see the standard's security page, access token B2B (service 73)
 */
export function createTokenProvider(options: TokenProviderOptions): TokenProvider {
  const { clock = () => new Date() } = options;
  const send = options.fetch ?? ((url: string, init: RequestInit) => fetch(url, init));
  const url = checkBaseUrl(options.baseUrl) + operations.accessTokenB2b.path;
  if (!options.clientKey) throw new TypeError("clientKey is empty; it goes into X-CLIENT-KEY.");
  const clientKey = checkHeader("clientKey", options.clientKey);
  const privateKey = checkPrivateKey(options.privateKey);
  const timeout = checkTimeout(options.timeout ?? 30_000);

  let current: { token: string; renewAt: number } | undefined;
  let inFlight: Promise<string> | undefined;

  async function request(): Promise<string> {
    const asked = clock();
    const { ok, status, body } = await exchange(snapTimestamp(asked));
    const { accessToken, expiresIn } = body;
    if (!ok) throw noToken(`status ${status}${saidBy(body)}`, status);
    if (!isBareToken(accessToken)) throw noToken(`the answer, status ${status}, has no usable accessToken`, status);
    const life = Number(expiresIn) * 1000;
    // without a life that can be read, use the token once and ask again
    if (Number.isFinite(life)) {
      current = { token: accessToken, renewAt: asked.getTime() + life - Math.min(MARGIN_MS, life / 10) };
    }
    return accessToken;
  }

  /** Asks, and returns what comes back. */
  async function exchange(timestamp: string): Promise<{ ok: boolean; status: number; body: Record<string, unknown> }> {
    const deadline = startDeadline(timeout);
    let status: number | undefined;
    try {
      const init: RequestInit = {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          "X-TIMESTAMP": timestamp,
          "X-CLIENT-KEY": clientKey,
          "X-SIGNATURE": sign({ type: "token", clientKey, timestamp, privateKey }),
        },
        body: JSON.stringify({ grantType: "client_credentials", additionalInfo: {} }),
        redirect: "error",
        signal: deadline.signal,
      };
      const response = await deadline.within(() => send(url, init));
      status = response.status;
      const text = await deadline.within(() => response.text());
      return { ok: response.ok, status, body: parse(text, status) };
    } catch (cause) {
      if (cause instanceof SnapCallError) throw cause;
      throw noToken(reasonOf(cause, deadline, status), status, cause);
    } finally {
      deadline.end();
    }
  }

  return Object.assign(
    () => {
      if (current && clock().getTime() < current.renewAt) return Promise.resolve(current.token);
      inFlight ??= request().finally(() => {
        inFlight = undefined;
      });
      return inFlight;
    },
    {
      invalidate(token: string) {
        if (current?.token === token) current = undefined;
      },
    },
  );
}

function parse(text: string, status: number): Record<string, unknown> {
  try {
    return (JSON.parse(text) ?? {}) as Record<string, unknown>;
  } catch {
    // without a cause, for it would quote the answer, which may be a token
    throw noToken(`the answer, status ${status}, is no JSON`, status);
  }
}

function noToken(why: string, status: number | undefined, cause?: unknown): SnapCallError {
  return new SnapCallError(`accessTokenB2b: no token, ${why}.`, {
    operation: "accessTokenB2b",
    externalId: "",
    outcome: "rejected",
    status,
    cause,
  });
}

/** The code and the message of a refusal, where it has them. */
function saidBy({ responseCode, responseMessage }: Record<string, unknown>): string {
  const said = [responseCode, responseMessage].filter((part) => typeof part === "string");
  return said.length > 0 ? `, ${said.join(" ")}` : "";
}
