// What a request uses up, claimed before the operation runs and settled when it has ended.
import { Conflict } from "../../generated/cases.ts";
import { hashBody } from "../snap/signature.ts";
import { endOfSnapDay, snapDay } from "../snap/time.ts";
import { ignoreErrors, isPromise } from "../util/callbacks.ts";
import { invalidArgument } from "../util/errors.ts";
import { type Exchange, type Found, type Held, refuse } from "./exchange.ts";
import type { ReplayClaim, ReplayState, ReplayUse } from "./replay-store.ts";
import type { Settings } from "./settings.ts";

const DAY_MS = 86_400_000;

/** How far the clocks of receivers with one store may differ, or one be set back: what is forgotten must be too old for all of them. */
const CLOCKS_DIFFER_MS = 60_000;

/** Claims what the request uses up; an answer where it was used before. */
export function claimUses(exchange: Exchange, settings: Settings): Found | Promise<Found> {
  const { replayStore: store } = settings;
  if (store === "off") return undefined;
  const claim = claimOf(exchange, settings);
  if (claim.uses.length === 0) return undefined;
  const held = { claim, store };
  let state: ReplayState | Promise<ReplayState>;
  try {
    state = store.claim(claim);
  } catch (error) {
    return giveUp(held, settings, error);
  }
  if (!isPromise(state)) return claimed(state, held, exchange, settings);
  return Promise.resolve(state as Promise<ReplayState>).then(
    (known) => claimed(known, held, exchange, settings),
    (error) => giveUp(held, settings, error),
  );
}

function claimed(state: ReplayState, held: Held, exchange: Exchange, settings: Settings): Found {
  if (state?.state === "new") {
    exchange.held = held;
    return undefined;
  }
  if (isKnown(state)) return answerTo(state, exchange, settings);
  throw invalidArgument("replayStore.claim must return a ReplayState.");
}

/** The store failed: it may have claimed all the same, and nothing will run. */
function giveUp(held: Held, settings: Settings, error: unknown): never {
  void free(held, settings, () => {});
  throw error;
}

function claimOf(exchange: Exchange, settings: Settings): ReplayClaim {
  const { caller, bytes, operation } = exchange;
  // with any time accepted, nobody has looked at the clock yet
  if (Number.isNaN(exchange.now)) exchange.now = settings.clock().getTime();
  return {
    owner: settings.nextOwner(),
    partnerId: caller.partnerId,
    uses: usesOf(exchange, settings),
    // the answer of one operation is none of another; under the other policy a body makes no difference
    body: settings.replayPolicy === "idempotent" ? `${operation} ${hashBody(bytes)}` : "",
    now: exchange.now,
  };
}

function usesOf(exchange: Exchange, settings: Settings): ReplayUse[] {
  const { caller, externalId, signature, operation, timestamp, time, now } = exchange;
  const { timestampTolerance: tolerance, signedOnce } = settings;
  const uses: ReplayUse[] = [];
  // the day that was signed, so that midnight makes nothing new; without a tolerance any day may come at any time
  const day = timestamp.endsWith(JAKARTA) ? timestamp.slice(0, 10) : snapDay(new Date(time));
  const kept = tolerance === "off" ? 0 : tolerance * 1000 + CLOCKS_DIFFER_MS;
  const keptUntil = tolerance === "off" ? now + 2 * DAY_MS : endOfSnapDay(time) + kept;
  // none of them can hold a line feed: a day, and two values of headers
  if (externalId !== "")
    uses.push({ kind: "id", value: `${day}\n${caller.partnerId}\n${externalId}`, until: keptUntil });
  if (signature && signedOnce.includes(operation)) {
    // its last 256 bits tell it from any other
    const value = signature.toString("base64url", signature.length - 32);
    uses.push({ kind: "signature", value, until: tolerance === "off" ? keptUntil : time + kept });
  }
  return uses;
}

/** How times of Jakarta end. */
const JAKARTA = "+07:00";

type Known = Exclude<ReplayState, { state: "new" }>;
const KNOWN: readonly unknown[] = ["underWay", "answered", "otherBody"] satisfies Known["state"][];
const isKnown = (state: ReplayState): state is Known => KNOWN.includes(state?.state);

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

/** A longer time makes a timer fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Keeps a claim from running out while its operation is under way. @returns what ends that */
export function keepAlive({ claim, store }: Held, settings: Settings, onError: (error: unknown) => void): () => void {
  if (!Number.isFinite(store.lease)) return () => {};
  const renew = async () => {
    await store.claim({ ...claim, now: settings.clock().getTime() });
  };
  const timer = setInterval(() => renew().catch(onError), Math.min(store.lease / 3, LONGEST_TIMER_MS));
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
  try {
    const settled = store.settle(claim, kept);
    if (!isPromise(settled)) return undefined;
    return Promise.resolve(settled as Promise<void>).catch((error) => notSettled(held, kept, error));
  } catch (error) {
    return notSettled(held, kept, error);
  }
}

function notSettled(held: Held, answer: string | undefined, error: unknown): never {
  if (answer !== undefined) settleLater(held, answer);
  throw error;
}

/** For how long a store that could not be told is told again, and the longest pause between. */
const GIVEN_UP_AFTER_MS = 3_000_000;
const LONGEST_PAUSE_MS = 30_000;

function settleLater({ claim, store }: Held, answer: string, pause = 500, waited = 0): void {
  if (waited > GIVEN_UP_AFTER_MS) return;
  // a store that is back must be told before the claim's lease ends, or what has run would be free
  const wait = Math.min(pause, LONGEST_PAUSE_MS, store.lease / 6);
  const timer = setTimeout(async () => {
    try {
      await store.settle(claim, answer);
    } catch {
      settleLater({ claim, store }, answer, pause * 2, waited + wait);
    }
  }, wait);
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
