// The codes of the errors that are thrown, for programs that tell them apart: messages may change, codes do not.

/**
 * What went wrong, for programs: the `code` of every error that this package throws.
 *
 * - `ERR_SNAP_INVALID_OPTION`: an option of a `create...` or `start...` function cannot be right
 * - `ERR_SNAP_INVALID_ARGUMENT`: an argument of another function cannot be right
 * - `ERR_SNAP_INVALID_KEY`: a key cannot be read, or is not of the kind that is needed
 * - `ERR_SNAP_UNKNOWN_OPERATION`: the contract does not have the operation
 * - `ERR_SNAP_UNKNOWN_RESPONSE_CODE`: the catalogue does not have the response code
 * - `ERR_SNAP_NO_TOKEN`: an access token to call with is missing
 * - `ERR_SNAP_TIMEOUT`: the time limit ran out
 * - `ERR_SNAP_ABORTED`: the caller gave up the call
 * - `ERR_SNAP_INVALID_REQUEST`: a request breaks the contract, and `validateRequests` says that it must not
 * - `ERR_SNAP_NETWORK`: the network failed
 * - `ERR_SNAP_NOT_SNAP`: what came back is not JSON, or not a SNAP answer, such as a redirect
 * - `ERR_SNAP_TOO_LARGE`: what came back is longer, or nested deeper, than it may be
 * - `ERR_SNAP_CONTRADICTION`: the responseCode of an answer contradicts its HTTP status, or is not one of the service that was called
 * - `ERR_SNAP_INVALID_REPLY`: an operation of the receiver returned what breaks the contract
 * - `ERR_SNAP_BODY_CONSUMED`: the body of a request was read before it came to the receiver
 * - `ERR_SNAP_MISSING_PEER`: a package that only this feature needs is not installed
 */
export type SnapErrorCode =
  | "ERR_SNAP_INVALID_OPTION"
  | "ERR_SNAP_INVALID_ARGUMENT"
  | "ERR_SNAP_INVALID_KEY"
  | "ERR_SNAP_UNKNOWN_OPERATION"
  | "ERR_SNAP_UNKNOWN_RESPONSE_CODE"
  | "ERR_SNAP_NO_TOKEN"
  | "ERR_SNAP_TIMEOUT"
  | "ERR_SNAP_ABORTED"
  | "ERR_SNAP_INVALID_REQUEST"
  | "ERR_SNAP_NETWORK"
  | "ERR_SNAP_NOT_SNAP"
  | "ERR_SNAP_TOO_LARGE"
  | "ERR_SNAP_CONTRADICTION"
  | "ERR_SNAP_INVALID_REPLY"
  | "ERR_SNAP_BODY_CONSUMED"
  | "ERR_SNAP_MISSING_PEER";

/** A TypeError with a code. */
export function typeError(code: SnapErrorCode, message: string, cause?: unknown): TypeError & { code: SnapErrorCode } {
  return Object.assign(new TypeError(message, cause === undefined ? undefined : { cause }), { code });
}

/** The error for an option that cannot be right. The message says what the option must be, what it is, and what to do. */
export const invalidOption = (message: string, cause?: unknown) => typeError("ERR_SNAP_INVALID_OPTION", message, cause);

/** The error for an argument that cannot be right. */
export const invalidArgument = (message: string) => typeError("ERR_SNAP_INVALID_ARGUMENT", message);
