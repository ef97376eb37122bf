// What `import ... from "snap-bi-contract/server"` gives: the receiver, for those who are called by SNAP.
export type { OperationId, OperationTypes, TransactionId } from "../generated/client.ts";
export type { Contract } from "./contract/contract.ts";
export {
  createSnapHandler,
  type SnapAnswered,
  type SnapCall,
  type SnapCaller,
  SnapError,
  type SnapHandler,
  type SnapHandlerOptions,
  type SnapKey,
  type SnapKeys,
  type SnapOperations,
  type SnapReply,
  SnapReplyError,
  type StepName,
  snapError,
} from "./receiver/handler.ts";
export { toNodeListener } from "./receiver/node-listener.ts";
export { createMemoryReplayStore, type ReplayStore } from "./receiver/replay-store.ts";
