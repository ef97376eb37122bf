// The proxy's own failures, as problem details (RFC 9457). A target's answer is never one of them.
import { SnapCallError } from "../client/call-error.ts";
import { type Problem, problem } from "../host/problem.ts";

/** A failure of the proxy itself. */
export class ProxyFailure extends Error {
  override readonly name = "ProxyFailure";
  readonly problem: Problem;
  readonly headers: Record<string, string>;
  constructor(of: Problem, headers: Record<string, string> = {}) {
    super(of.detail);
    this.problem = of;
    this.headers = headers;
  }
}

/** What is told of a call that has no answer: what became of it, beside the problem. */
interface CallProblem extends Problem {
  code: string;
  outcome: string;
  externalId?: string;
}

/**
 * The failure that an error of a call is; undefined for one that is not the target's or the caller's.
 * 504 is for a target that is too slow, 502 for everything else that keeps an answer away, and 400 for what cannot be signed.
 */
export function failureOf(error: unknown): ProxyFailure | undefined {
  if (error instanceof ProxyFailure) return error;
  if (error instanceof SnapCallError) {
    const { code, outcome, externalId, message } = error;
    const isSlow = code === "ERR_SNAP_TIMEOUT";
    const title =
      code === "ERR_SNAP_NO_TOKEN"
        ? "The proxy got no access token"
        : isSlow
          ? "The target did not answer in time"
          : "The target gave no answer that can be passed on";
    const about: CallProblem = { ...problem(isSlow ? 504 : 502, title, message), code, outcome };
    return new ProxyFailure(externalId ? { ...about, externalId } : about);
  }
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return code === "ERR_SNAP_INVALID_ARGUMENT"
    ? new ProxyFailure(problem(400, "The request cannot be signed", String(message)))
    : undefined;
}
