// What `import ... from "snap-bi-contract"` gives: the client, signatures and response codes. No validators come with it.
export type { OperationId, OperationTypes, TransactionId } from "../generated/operations.ts";
export type * from "../generated/types.ts";
export { SnapCallError, type SnapCallErrorCode } from "./client/call-error.ts";
export { createSnapClient, type SnapClient, type SnapPaths } from "./client/client.ts";
export type { SnapMethods, SnapResult } from "./client/methods.ts";
export type {
  AccessToken,
  SnapCallOptions,
  SnapClientOptions,
  SnapHeaders,
  SnapSignature,
} from "./client/options.ts";
export {
  type CachedToken,
  createTokenProvider,
  type TokenCache,
  type TokenProvider,
  type TokenProviderOptions,
} from "./client/token.ts";
export {
  type PaymentOutcome,
  type QueryResult,
  type WaitOptions,
  waitForOutcome,
} from "./client/wait-for-outcome.ts";
export type { Violation } from "./contract/violation.ts";
export { certificateProblem, type KeyOptions, loadPrivateKey, loadPublicKey, type RsaKeyObject } from "./snap/keys.ts";
export type { OperationFacts, Profile, ProfileTypes, PublishedProfile, SignedPath } from "./snap/profile.ts";
export {
  type CaseCodes,
  type Category,
  describeResponseCode,
  type ErrorCode,
  formatResponseCode,
  type HttpStatus,
  nextStepOf,
  type Outcome,
  outcomeOf,
  type ParsedResponseCode,
  parseResponseCode,
  type ResponseCode,
  type ResponseCodeDescription,
  responseMessageOf,
  type ServiceCode,
  type TransactionState,
  transactionStateOf,
} from "./snap/response-codes.ts";
export {
  type AsymmetricInput,
  hashBody,
  minifyJson,
  type SignatureEncoding,
  type SignInput,
  type SnapSignatureInput,
  type SymmetricInput,
  sign,
  stringToSign,
  type TokenInput,
  type VerifyInput,
  verify,
} from "./snap/signature.ts";
export { snapTimestamp } from "./snap/time.ts";
export type { SnapErrorCode } from "./util/errors.ts";
