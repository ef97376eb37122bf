// What an operation returns: held against the contract, and written down as JSON.
import type { OperationId } from "../../generated/operations.ts";
import { validateResponse } from "../contract/validation.ts";
import type { Violation } from "../contract/violation.ts";
import type { Answer, Exchange } from "./exchange.ts";
import type { Settings } from "./settings.ts";
import { SnapError } from "./snap-error.ts";

/** Reported to `onError` when an operation returns what breaks the contract. */
export class SnapReplyError extends Error {
  override readonly name = "SnapReplyError";
  readonly code = "ERR_SNAP_INVALID_REPLY";
  readonly violations: Violation[];
  constructor(operation: OperationId, violations: Violation[]) {
    super(
      `${operation} returned a body that breaks the contract: ${violations.map(({ message }) => message).join("; ")}.`,
    );
    this.violations = violations;
  }
}

/**
 * What an operation returned, held against the contract and written down.
 * @throws SnapReplyError when it breaks the contract
 */
export function answerWith(reply: unknown, exchange: Exchange, settings: Settings): Answer & { text: string } {
  const text = JSON.stringify(reply);
  // what is sent is what counts: a class or a toJSON may write something else than it seems to hold
  const sent: unknown = !settings.validateReplies && isPlain(reply) ? reply : text && JSON.parse(text);
  assertReply(sent, exchange);
  const { responseCode, responseMessage } = sent;
  if (settings.validateReplies) {
    const checked = validateResponse(exchange.operation, responseCode.slice(0, 3), sent, settings.profile);
    if (!checked.valid) throw new SnapReplyError(exchange.operation, checked.violations);
  }
  return { responseCode, responseMessage, text, reason: reply instanceof SnapError ? reply.reason : undefined };
}

/** Whether JSON writes an object as it is. */
function isPlain(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype &&
    !("toJSON" in value)
  );
}

/** Makes sure of what no answer can do without, validated or not: a code of the operation's service, and a message. */
function assertReply(
  reply: unknown,
  { operation, facts: { serviceCode, validateResponse: validators } }: Exchange,
): asserts reply is { responseCode: string; responseMessage: string } {
  const { responseCode, responseMessage } = (reply ?? {}) as Record<string, unknown>;
  const ours =
    typeof responseCode === "string" &&
    /^\d{7}$/.test(responseCode) &&
    responseCode.slice(3, 5) === serviceCode &&
    Object.hasOwn(validators, responseCode.slice(0, 3));
  if (!ours) throw broken("responseCode", "enum", `a response code of service ${serviceCode}`);
  if (typeof responseMessage !== "string") throw broken("responseMessage", "type", "a string");

  function broken(path: string, rule: string, expected: string): SnapReplyError {
    return new SnapReplyError(operation, [{ path, rule, expected, message: `${path} must be ${expected}` }]);
  }
}
