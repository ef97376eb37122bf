// What a request uses up, claimed before the operation runs and settled when it has ended.
import { hash, randomUUID } from "node:crypto";
import { Conflict } from "../../generated/cases.ts";
import { hashBody } from "../snap/signature.ts";
import { snapDay } from "../snap/time.ts";
import { ignoreErrors, isPromise } from "../util/callbacks.ts";
import { invalidArgument } from "../util/errors.ts";
import { type Exchange, type Found, refuse } from "./checks.ts";
import type { ReplayClaim, ReplayState, ReplayStore, ReplayUse } from "./replay-store.ts";
import type { Settings } from "./settings.ts";

const DAY_MS = 86_400_000;

/** A claim that is held: what ends it, with the answer or without one. */
export interface Held {
  readonly claim: ReplayClaim;
  readonly store: ReplayStore;
}

/** Claims what the request uses up; an answer where it was used before. */
export function claimUses(exchange: Exchange, settings: Settings): Found | Promise<Found> {
  const { replayStore: store } = settings;
  if (store === "off") return undefined;
  const claim = claimOf(exchange, settings);
  if (claim.uses.length === 0) return undefined;
  const held = { claim, store };
  const claimed = (state: ReplayState): Found => {
    if (isKnown(state)) return answerTo(state, exchange, settings);
    if (state?.state !== "new") throw invalidArgument("replayStore.claim must return a ReplayState.");
    exchange.held = held;
    return undefined;
  };
  const failed = (error: unknown): never => {
    // it may have claimed all the same, and nothing will run
    void free(held, settings, () => {});
    throw error;
  };
  try {
    const state = store.claim(claim);
    return isPromise(state) ? Promise.resolve(state as Promise<ReplayState>).then(claimed, failed) : claimed(state);
  } catch (error) {
    return failed(error);
  }
}

function claimOf(exchange: Exchange, settings: Settings): ReplayClaim {
  const { caller, bytes } = exchange;
  return {
    owner: randomUUID(),
    partnerId: caller.partnerId,
    uses: usesOf(exchange, settings),
    // under the other policy a body makes no difference
    body: settings.replayPolicy === "idempotent" ? hashBody(bytes) : "",
    now: settings.clock().getTime(),
  };
}

function usesOf(exchange: Exchange, settings: Settings): ReplayUse[] {
  const { facts, caller, externalId, signature, operation, timestamp } = exchange;
  const { timestampTolerance: tolerance, signedOnce, clock } = settings;
  const uses: ReplayUse[] = [];
  const time = Date.parse(timestamp);
  // the day that was signed, so that midnight makes nothing new; without a tolerance any day may come at any time
  const day = snapDay(new Date(time));
  const keptUntil = tolerance === "off" ? clock().getTime() + 2 * DAY_MS : endOf(day) + tolerance * 1000;
  // none of them can hold a line feed: a day, and two values of headers
  if (facts.bearer) uses.push({ kind: "id", value: `${day}\n${caller.partnerId}\n${externalId}`, until: keptUntil });
  if (signature && signedOnce.includes(operation)) {
    const value = hash("sha256", signature, "base64url");
    // a second more, for the tolerance looks at whole seconds
    uses.push({ kind: "signature", value, until: tolerance === "off" ? keptUntil : time + (tolerance + 1) * 1000 });
  }
  return uses;
}

/** The end of a day in Jakarta. */
const endOf = (day: string) => Date.parse(`${day}T00:00:00+07:00`) + DAY_MS;

type Known = Exclude<ReplayState, { state: "new" }>;
const isKnown = (state: ReplayState): state is Known => ["underWay", "answered", "otherBody"].includes(state?.state);

const WHAT = { id: "the X-EXTERNAL-ID", signature: "the signature" } as const;

function answerTo(state: Known, { operation }: Exchange, settings: Settings): Found {
  // who sends a signature again without its id is not the one whom the answer is for
  if (settings.replayPolicy === "idempotent" && state.state === "answered" && state.kind === "id" && state.answer) {
    const { responseCode, responseMessage } = JSON.parse(state.answer) as {
      responseCode: string;
      responseMessage: string;
    };
    return { responseCode, responseMessage, text: state.answer, reason: "answered before" };
  }
  const how = {
    underWay: "of a request that is under way",
    answered: "of a request that was answered",
    otherBody: "of a request with another body",
  }[state.state];
  return { ...refuse(Conflict, operation, settings), reason: `${WHAT[state.kind]} is that ${how}` };
}

/** Keeps a claim from running out while its operation is under way. @returns what ends that */
export function keepAlive({ claim, store }: Held, settings: Settings, onError: (error: unknown) => void): () => void {
  if (!Number.isFinite(store.lease)) return () => {};
  const renew = async () => {
    await store.claim({ ...claim, now: settings.clock().getTime() });
  };
  const timer = setInterval(() => renew().catch(onError), store.lease / 3);
  // it keeps no process running: the operation does, or nothing
  timer.unref?.();
  return () => clearInterval(timer);
}

/**
 * Ends a claim: with an answer, or without one when nothing happened. Where the store cannot be told, it is told again until it can,
 * for what has run must not be free.
 * @throws what the store throws
 */
export function settle(held: Held, settings: Settings, answer: string | undefined): void | Promise<void> {
  const { claim, store } = held;
  const kept = answer === undefined || settings.replayPolicy === "idempotent" ? answer : "";
  const failed = (error: unknown): never => {
    if (kept !== undefined) settleLater(held, kept);
    throw error;
  };
  try {
    const settled = store.settle(claim, kept);
    return isPromise(settled) ? Promise.resolve(settled as Promise<void>).catch(failed) : undefined;
  } catch (error) {
    return failed(error);
  }
}

/** How often a store that could not be told is told again before it is given up, and the longest pause between. */
const TRIES = 100;
const LONGEST_PAUSE_MS = 30_000;

function settleLater({ claim, store }: Held, answer: string, tried = 0): void {
  if (tried === TRIES) return;
  const pause = Math.min(500 * 2 ** tried, LONGEST_PAUSE_MS);
  const timer = setTimeout(async () => {
    try {
      await store.settle(claim, answer);
    } catch {
      settleLater({ claim, store }, answer, tried + 1);
    }
  }, pause);
  timer.unref?.();
}

/** Frees a claim whose operation threw. What goes wrong is reported, for the answer is an error anyway. */
export async function free(held: Held, settings: Settings, onError: (error: unknown) => void): Promise<void> {
  try {
    await settle(held, settings, undefined);
  } catch (error) {
    ignoreErrors(() => onError(error));
  }
}
