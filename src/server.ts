// What `import ... from "snap-bi-contract/server"` gives: the receiver, for those who are called by SNAP.
export type { OperationId, OperationTypes, TransactionId } from "../generated/operations.ts";
export { type NodeRequest, type NodeResponse, toNodeListener } from "./adapters/node-listener.ts";
export type { Contract } from "./contract/contract.ts";
export { createSnapHandler, type SnapHandler } from "./receiver/handler.ts";
export type {
  SnapAnswered,
  SnapCall,
  SnapCaller,
  SnapHandlerOptions,
  SnapKey,
  SnapKeys,
  SnapOperations,
  SnapReply,
  StepName,
} from "./receiver/options.ts";
export { createMemoryReplayStore, type ReplayStore } from "./receiver/replay-store.ts";
export { SnapError, SnapReplyError, snapError } from "./receiver/reply.ts";
export { WireRequest } from "./receiver/target.ts";
