// What the client and the token provider share: the error of a call that has no SNAP answer, the time limit of a call, and the
// checks of what they are given.
import type { KeyObject } from "node:crypto";
import { setMaxListeners } from "node:events";
import { isNativeError } from "node:util/types";
import type { OperationId } from "../../generated/client.ts";
import type { Outcome } from "../snap/response-codes.ts";
import { loadPrivateKey, sign } from "../snap/signature.ts";

/**
 * Thrown when a call has no SNAP answer: the network failed, the time ran out, or what came back is no JSON object with a
 * responseCode, or one that its status contradicts. Unless `outcome` says otherwise it may have happened all the same: query before you try again.
 */
export class SnapCallError extends Error {
  override readonly name = "SnapCallError";
  /** The operation called. */
  readonly operation: OperationId;
  /** The X-EXTERNAL-ID of the request; empty for a request for a token, which has none. */
  readonly externalId: string;
  /** `unknown`, or `rejected` when it was never sent: there was no token, or it was given up before. */
  readonly outcome: Extract<Outcome, "unknown" | "rejected">;
  /** The HTTP status, where there was an answer. */
  readonly status: number | undefined;
  constructor(
    message: string,
    details: {
      operation: OperationId;
      externalId: string;
      outcome: "unknown" | "rejected";
      status?: number | undefined;
      /** What failed, or what came back instead of an answer. */
      cause?: unknown;
    },
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.operation = details.operation;
    this.externalId = details.externalId;
    this.outcome = details.outcome;
    this.status = details.status;
  }
}

/** The time limit of a call, and the caller's own signal. */
export interface Deadline {
  /** For what can be given up. */
  readonly signal: AbortSignal;
  /** Once the signal has fired: why, in words. */
  readonly over: string | undefined;
  /** Waits for what need not look at the signal; rejects with the signal's reason when that fires first. */
  within<T>(run: () => T | Promise<T>): Promise<T>;
  /** Takes the timer and the listener away. */
  end(): void;
}

/**
 * Starts a time limit. AbortSignal.timeout and AbortSignal.any would do, but cost more, leave a timer behind each call and grow
 * a long-lived signal of the caller's.
 * @param timeout milliseconds; 0 for no limit
 */
export function startDeadline(timeout: number, given?: AbortSignal): Deadline {
  const controller = new AbortController();
  const { signal } = controller;
  let over: string | undefined;
  const expire = () => {
    over ??= `no answer within ${timeout} ms`;
    controller.abort(new DOMException(over, "TimeoutError"));
  };
  const giveUp = () => {
    over ??= "given up by the caller";
    controller.abort(given?.reason);
  };
  const timer = timeout > 0 ? setTimeout(expire, timeout) : undefined;
  if (given?.aborted) giveUp();
  else if (given) {
    // one signal may stand for any number of calls at once; fetch lifts Node's warning of a leak too
    if (given instanceof EventTarget) setMaxListeners(0, given);
    given.addEventListener("abort", giveUp);
  }
  return {
    signal,
    get over() {
      return over;
    },
    within: (run) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        signal.addEventListener("abort", () => reject(signal.reason));
        Promise.resolve(run()).then(resolve, reject);
      }),
    end() {
      clearTimeout(timer);
      given?.removeEventListener("abort", giveUp);
    },
  };
}

/** Why sending a request or reading its answer failed, in words. */
export function reasonOf(cause: unknown, { over }: Deadline, status: number | undefined): string {
  if (over) return over;
  if (cause instanceof SyntaxError) return `the answer, status ${status}, is no JSON`;
  return `the network failed (${describe(cause)})`;
}

/** What an error says; ours say it themselves. undici's says "fetch failed", and why in the cause, which has only a code when several addresses were tried. */
export function describe(cause: unknown): string {
  if (cause instanceof SnapCallError) return cause.message;
  // in a realm of its own, such as a test runner's, the global fetch throws errors of another
  if (!(cause instanceof Error || isNativeError(cause)))
    return typeof cause === "object" ? "it is no Error" : String(cause);
  const { message, code } = (cause.cause ?? {}) as { message?: unknown; code?: unknown };
  return String(message || code || cause.message);
}

/** The URL that requests go to: absolute, http or https, without query, fragment, credentials or trailing slash. */
export function checkBaseUrl(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new TypeError('baseUrl is no absolute http or https URL; give one such as "https://snap.bank.example".');
  }
  if (url.search || url.hash || url.username || url.password) {
    throw new TypeError("baseUrl has a query, a fragment or credentials; give scheme, host and base path only.");
  }
  return url.origin + url.pathname.replace(/\/+$/, "");
}

/** A time limit in milliseconds, as far as timers reach. */
export function checkTimeout(timeout: number): number {
  if (timeout >= 0 && timeout <= 0x7fffffff) return timeout;
  throw new TypeError("timeout is no number of milliseconds from 0 (no limit) to 2147483647.");
}

/** What a header is given, without blanks around it. fetch would quote a bad one, be it a secret, in its error. */
export function checkHeader(name: string, value: string): string {
  if (typeof value === "string" && !/[^\t\x20-\x7e\x80-\xff]/.test(value)) return value.replace(/^[\t ]+|[\t ]+$/g, "");
  throw new TypeError(`${name} is no header value: it is no text, or has a character beyond Latin-1 or a line break.`);
}

/** Whether something is a token as it stands behind `Bearer `. */
export function isBareToken(token: unknown): token is string {
  return typeof token === "string" && /^[\x21-\x7e]+$/.test(token);
}

/** A private key, loaded. It signs once here, so that one that cannot is found before the first call. */
export function checkPrivateKey(key: string | KeyObject): KeyObject {
  const privateKey = typeof key === "string" ? loadPrivateKey(key) : key;
  sign({ type: "token", clientKey: "-", timestamp: "-", privateKey });
  return privateKey;
}
