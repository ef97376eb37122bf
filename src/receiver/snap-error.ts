// An error as an operation returns it.
import type { OperationId } from "../../generated/operations.ts";
import type { ErrorCode } from "../../generated/response-codes.ts";
import { answerOf, type CodeOf, type ErrorCase } from "../contract/answer.ts";
import { published } from "../contract/contract.ts";
import { responseMessageOf } from "../snap/response-codes.ts";

/** An error answer: what an operation returns instead of its 200 or 202 body. Make one with {@link snapError}. */
export class SnapError<Code extends ErrorCode = ErrorCode> {
  readonly responseCode: Code;
  readonly responseMessage: string;
  readonly #reason: string | undefined;
  constructor(responseCode: Code, responseMessage: string, reason?: string) {
    this.responseCode = responseCode;
    this.responseMessage = responseMessage;
    this.#reason = reason;
  }
  /** Why, for the log: the caller is told only where the message has a place for it. */
  get reason(): string | undefined {
    return this.#reason;
  }
}

/**
 * Makes an error answer with the catalogue's message.
 * @param responseCode all seven digits; the service must be that of the operation that returns it
 * @param reason fills the message's placeholder, where it has one: a reason, or the dotted name of a field; `onAnswer` is told of it
 * @throws TypeError (`ERR_SNAP_UNKNOWN_RESPONSE_CODE`) when the catalogue does not have the code
 * @example return snapError("4036014") // Insufficient Funds
 * @example return snapError("4016000", "Key expired") // Unauthorized. [Key expired]
 */
export function snapError<Code extends ErrorCode>(responseCode: Code, reason?: string): SnapError<Code> {
  return new SnapError(responseCode, responseMessageOf(responseCode, reason), reason);
}

/** The same by operation and row of the catalogue, for backends of our own. */
export function errorAnswer<Id extends OperationId, Row extends ErrorCase>(
  operation: Id,
  row: Row,
  reason?: string,
): SnapError<CodeOf<Id, Row> & ErrorCode> {
  const { responseCode, responseMessage } = answerOf(published, operation, row, reason);
  return new SnapError(responseCode as CodeOf<Id, Row> & ErrorCode, responseMessage, reason);
}
