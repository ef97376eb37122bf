// What `import ... from "snap-bi-contract"` gives: the client, signatures and response codes. No validators come with it.
export type { OperationId, OperationTypes, SnapMethods, SnapResult, TransactionId } from "../generated/client.ts";
export type * from "../generated/types.ts";
export { SnapCallError } from "./client/call-error.ts";
export {
  type AccessToken,
  createSnapClient,
  type SnapCallOptions,
  type SnapClient,
  type SnapClientOptions,
  type SnapHeaders,
  type SnapPaths,
  type SnapSignature,
} from "./client/client.ts";
export { createTokenProvider, type TokenProvider, type TokenProviderOptions } from "./client/token.ts";
export * from "./snap/response-codes.ts";
export {
  type AsymmetricInput,
  hashBody,
  loadPrivateKey,
  loadPublicKey,
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
