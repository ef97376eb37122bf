// What the parts of the receiver pass on: what is known of a request, and an answer to it.

import type { OperationId } from "../../generated/operations.ts";
import type { Case } from "../../generated/response-codes.ts";
import { answerOf, type Answer as CodeAndMessage } from "../contract/answer.ts";
import type { RequestValidationResult } from "../contract/validation.ts";
import type { SnapCaller, SnapVerified } from "./options.ts";
import type { ReplayClaim, ReplayStore } from "./replay-store.ts";
import type { Route, Settings } from "./settings.ts";
import type { WireRequest } from "./target.ts";

/** What is known of a request so far. Each check adds to it. */
export interface Exchange extends Route {
  readonly request: Request;
  /** From the slash on, with the query string. */
  readonly target: string;
  /** When it came, by performance.now(). */
  readonly begun: number;
  /** Undefined where no adapter knows more than the request says. */
  readonly wire: WireRequest | undefined;
  caller: SnapCaller;
  bytes: Uint8Array;
  externalId: string;
  timestamp: string;
  /** The same in milliseconds of the epoch. */
  time: number;
  /** The headers that are looked at, under the names that the contract gives them. */
  sent: Readonly<Record<string, string>>;
  /** The receiver's time as the checks saw it, in milliseconds of the epoch; NaN until it was looked at. */
  now: number;
  accessToken: string | undefined;
  customerToken: string | undefined;
  /** The bytes of a signature that was verified, and what it was made with. */
  signature: Buffer | undefined;
  verified: SnapVerified | undefined;
  body: unknown;
  validation: RequestValidationResult;
  /** What was claimed, to be settled once the operation has ended. */
  held: Held | undefined;
}

/** An answer. */
export interface Answer extends CodeAndMessage {
  /** The whole body as JSON, where there is more to it. */
  text?: string;
  /** Why, for the log. */
  reason?: string | undefined;
  /** What was thrown. */
  error?: unknown;
  /** In how many seconds the caller may come again. */
  retryAfter?: number;
}

/** An answer, or undefined where the request passes. */
export type Found = Answer | undefined;

/** A claim that is held: what ends it, with the answer or without one. */
export interface Held {
  readonly claim: ReplayClaim;
  readonly store: ReplayStore;
}

/** A row of the catalogue as the answer. */
export function refuse(
  row: Case,
  operation: OperationId | undefined,
  { profile }: Pick<Settings, "profile">,
  fill?: string,
): Answer {
  return answerOf(profile, operation, row, fill);
}
