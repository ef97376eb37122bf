// The error of a call that has no SNAP answer.
import { isNativeError } from "node:util/types";
import type { OperationId } from "../../generated/operations.ts";
import type { Outcome } from "../../generated/response-codes.ts";
import type { SnapErrorCode } from "../util/errors.ts";
import type { Deadline } from "./deadline.ts";
import { RedirectError } from "./redirect.ts";

/** Why a call has no SNAP answer. */
export type SnapCallErrorCode = Extract<
  SnapErrorCode,
  | "ERR_SNAP_NO_TOKEN"
  | "ERR_SNAP_TIMEOUT"
  | "ERR_SNAP_ABORTED"
  | "ERR_SNAP_NETWORK"
  | "ERR_SNAP_NOT_SNAP"
  | "ERR_SNAP_CONTRADICTION"
>;

/** What is known of a call that failed. */
export interface SnapCallErrorDetails {
  operation: OperationId;
  externalId: string;
  code: SnapCallErrorCode;
  outcome: "unknown" | "rejected";
  status?: number | undefined;
  /** What failed, or what came back instead of an answer. */
  cause?: unknown;
}

/**
 * Thrown when a call has no SNAP answer: the network failed, the time ran out, or what came back is a redirect, is not a JSON object
 * with a responseCode, or contradicts its HTTP status. Unless `outcome` says otherwise it may have happened all the same: query before you
 * try again.
 */
export class SnapCallError extends Error {
  override readonly name = "SnapCallError";
  /** Which of these it is, for programs. */
  readonly code: SnapCallErrorCode;
  /** The operation called. */
  readonly operation: OperationId;
  /** The X-EXTERNAL-ID of the request; empty for a request for a token, which has none. */
  readonly externalId: string;
  /** `unknown`, or `rejected` when it was never sent: without a token, or given up before. */
  readonly outcome: Extract<Outcome, "unknown" | "rejected">;
  /** The HTTP status, where there was an answer. */
  readonly status: number | undefined;
  constructor(message: string, details: SnapCallErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = details.code;
    this.operation = details.operation;
    this.externalId = details.externalId;
    this.outcome = details.outcome;
    this.status = details.status;
  }
}

/** Why sending a request or reading its answer failed. */
export function reasonOf(
  cause: unknown,
  { expired }: Deadline,
  status: number | undefined,
): { code: SnapCallErrorCode; why: string } {
  if (expired) return expired;
  if (cause instanceof RedirectError) return { code: "ERR_SNAP_NOT_SNAP", why: cause.message };
  if (cause instanceof SyntaxError) {
    return { code: "ERR_SNAP_NOT_SNAP", why: `the answer, status ${status}, is not JSON` };
  }
  return { code: "ERR_SNAP_NETWORK", why: `the network failed (${describe(cause)})` };
}

/** What an error says; ours say it themselves. undici's says "fetch failed", and why in the cause, which has only a code when several addresses were tried. */
export function describe(cause: unknown): string {
  if (cause instanceof SnapCallError) return cause.message;
  // in a realm of its own, such as a test runner's, the global fetch throws errors of another
  if (!(cause instanceof Error || isNativeError(cause)))
    return typeof cause === "object" ? "not an Error" : String(cause);
  const { message, code } = (cause.cause ?? {}) as { message?: unknown; code?: unknown };
  return String(message || code || cause.message);
}
