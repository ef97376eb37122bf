// What `import ... from "snap-bi-contract/server"` gives: the receiver, for those who are called by SNAP.
export type { OperationId, OperationTypes, TransactionId } from "../generated/operations.ts";
export type { Contract } from "./contract/contract.ts";
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
  SnapCall,
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
export { SnapReplyError } from "./receiver/reply.ts";
export { SnapError, snapError } from "./receiver/snap-error.ts";
export { WireRequest } from "./receiver/target.ts";
