// What `import ... from "snap-bi-contract/server"` gives: the receiver, for those who are called by SNAP.
export type { OperationId, OperationTypes, TransactionId } from "../generated/operations.ts";
export type { Contract } from "./contract/contract.ts";
export type { SnapCall } from "./receiver/call.ts";
export { checkReplayStore } from "./receiver/check-replay-store.ts";
export {
  type BareAnswer,
  createSnapHandler,
  type Refused,
  type RefusedStatus,
  type SnapHandler,
} from "./receiver/handler.ts";
export type {
  BodyForm,
  SnapAdmission,
  SnapAnswered,
  SnapArrival,
  SnapCaller,
  SnapContext,
  SnapHandlerOptions,
  SnapKey,
  SnapKeys,
  SnapOperations,
  SnapReply,
  SnapVerified,
  StepName,
} from "./receiver/options.ts";
export {
  createMemoryReplayStore,
  type ReplayClaim,
  type ReplayState,
  type ReplayStore,
  type ReplayUse,
} from "./receiver/replay-store.ts";
export { SnapError, SnapReplyError, snapError } from "./receiver/reply.ts";
export { WireRequest } from "./receiver/target.ts";
