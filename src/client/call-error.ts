// The error of a call that has no SNAP answer.
import { isNativeError } from "node:util/types";
import type { OperationId } from "../../generated/operations.ts";
import type { Outcome } from "../../generated/response-codes.ts";
import type { Violation } from "../contract/violation.ts";
import type { SnapErrorCode } from "../util/errors.ts";
import { excerptOf } from "../util/foreign-text.ts";
import { neverConnected } from "./connections.ts";
import type { Deadline } from "./deadline.ts";
import { TooLarge } from "./read-answer.ts";
import { RedirectError } from "./redirect.ts";

/** Why a call has no SNAP answer. */
export type SnapCallErrorCode = Extract<
  SnapErrorCode,
  | "ERR_SNAP_INVALID_REQUEST"
  | "ERR_SNAP_NO_TOKEN"
  | "ERR_SNAP_TIMEOUT"
  | "ERR_SNAP_ABORTED"
  | "ERR_SNAP_NETWORK"
  | "ERR_SNAP_NOT_SNAP"
  | "ERR_SNAP_TOO_LARGE"
  | "ERR_SNAP_CONTRADICTION"
>;

/** What is known of a call that failed. */
export interface SnapCallErrorDetails {
  operation: OperationId;
  externalId: string;
  code: SnapCallErrorCode;
  outcome: "unknown" | "rejected";
  status?: number | undefined;
  excerpt?: string | undefined;
  violations?: readonly Violation[] | undefined;
  /** What failed. */
  cause?: unknown;
}

/**
 * Thrown when a call has no SNAP answer: the network failed, the time ran out, or what came back is a redirect, is not a JSON object with a
 * responseCode, is too large, or contradicts its HTTP status or the service that was called. Unless `outcome` says otherwise it may
 * have happened all the same: query before you try again. It holds no secret or token, and little of what came back.
 */
export class SnapCallError extends Error {
  override readonly name = "SnapCallError";
  /** Which of these it is, for programs. */
  readonly code: SnapCallErrorCode;
  /** The operation called. */
  readonly operation: OperationId;
  /** The X-EXTERNAL-ID of the request; empty for a request for a token, which has none. */
  readonly externalId: string;
  /**
   * `unknown`, or `rejected` when it was never sent: without a token, given up before, with a body that breaks the contract, or
   * because no connection was made.
   */
  readonly outcome: Extract<Outcome, "unknown" | "rejected">;
  /** The HTTP status, where there was an answer. */
  readonly status: number | undefined;
  /** The beginning of what came back instead of an answer: at most 200 printable characters, nothing where it repeats a secret. */
  declare readonly excerpt?: string;
  /** What breaks the contract (`validateRequests`). */
  declare readonly violations?: readonly Violation[];
  constructor(message: string, details: SnapCallErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = details.code;
    this.operation = details.operation;
    this.externalId = details.externalId;
    this.outcome = details.outcome;
    this.status = details.status;
    if (details.excerpt) this.excerpt = details.excerpt;
    if (details.violations) this.violations = details.violations;
  }
}

/** Why sending a request or reading its answer failed, and whether it was never sent. */
export function reasonOf(
  cause: unknown,
  { expired }: Deadline,
  status: number | undefined,
  secrets: readonly string[],
): { code: SnapCallErrorCode; why: string; neverSent?: boolean } {
  if (expired) return expired;
  if (cause instanceof TooLarge)
    return { code: "ERR_SNAP_TOO_LARGE", why: `the answer, status ${status}, ${cause.message}` };
  if (cause instanceof RedirectError) return { code: "ERR_SNAP_NOT_SNAP", why: cause.message };
  const what = describe(cause, secrets);
  return status === undefined && neverConnected(cause)
    ? { code: "ERR_SNAP_NETWORK", why: `no connection was made (${what})`, neverSent: true }
    : { code: "ERR_SNAP_NETWORK", why: `the network failed (${what})` };
}

/** What an error says; ours say it themselves. undici's says "fetch failed", and why in the cause, which has only a code when several addresses were tried. */
export function describe(cause: unknown, secrets: readonly string[]): string {
  if (cause instanceof SnapCallError) return cause.message;
  // in a realm of its own, such as a test runner's, the global fetch throws errors of another
  if (!isError(cause)) return typeof cause === "object" ? "not an Error" : excerptOf(String(cause), secrets);
  const { message, code } = innerOf(cause);
  return excerptOf(String(message || code || cause.message), secrets);
}

/**
 * What may be kept of what failed: our own errors and the caller's reason for giving up as they are, of others name, message and
 * code. The error of a fetch of one's own may hold the whole request.
 */
export function causeOf(cause: unknown, deadline: Deadline, secrets: readonly string[]): unknown {
  if (deadline.expired) return deadline.signal.reason;
  if (cause instanceof SnapCallError || cause instanceof RedirectError) return cause;
  if (cause instanceof TooLarge) return undefined;
  const brief = new Error(describe(cause, secrets));
  if (!isError(cause)) return brief;
  const code = innerOf(cause).code ?? (cause as { code?: unknown }).code;
  const known = Object.entries({ name: cause.name, code }).filter(
    ([, value]) => typeof value === "string" && value !== "Error" && value === excerptOf(value, secrets),
  );
  return Object.assign(brief, Object.fromEntries(known));
}

const isError = (value: unknown): value is Error => value instanceof Error || isNativeError(value);

const innerOf = ({ cause }: Error) => (cause ?? {}) as { message?: unknown; code?: unknown };
