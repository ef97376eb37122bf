// Remembers what was used: the X-EXTERNAL-ID of a partner on a day, and the signature of a request that moves money.
import { invalidOption } from "../util/errors.ts";

/** Something that a request uses up, and that no other request may use, under any name. */
export interface ReplayUse {
  /** An `id` is an X-EXTERNAL-ID of a partner on the day of its X-TIMESTAMP; a `signature` is one, however it was written. */
  readonly kind: "id" | "signature";
  /** A text that stands for it. */
  readonly value: string;
  /** Until when it is remembered, in milliseconds of the epoch. */
  readonly until: number;
}

/** What a request claims. */
export interface ReplayClaim {
  /** Who claims: another text for each request. To claim again under the same one renews the claim. */
  readonly owner: string;
  /** Who claims them, so that no partner fills the store of another: X-PARTNER-ID, or the X-CLIENT-KEY of a request for a token. */
  readonly partnerId: string;
  /** All are claimed, or none. */
  readonly uses: readonly ReplayUse[];
  /** Tells the same body from another one. */
  readonly body: string;
  /** The receiver's time, in milliseconds of the epoch. */
  readonly now: number;
}

/**
 * What a store knows of a claim. `new`: it is the claimer's now. Otherwise a use, whose kind is told, was claimed before: by a request
 * that is not answered yet (`underWay`), by one with the same body, which was answered so (`answered`), or with another body (`otherBody`).
 */
export type ReplayState =
  | { readonly state: "new" }
  | { readonly state: "underWay"; readonly kind: ReplayUse["kind"] }
  | { readonly state: "answered"; readonly kind: ReplayUse["kind"]; readonly answer: string }
  | { readonly state: "otherBody"; readonly kind: ReplayUse["kind"] };

/**
 * Where a receiver remembers what was used. Ours are in memory and in Redis (`snap-bi-contract/redis`). For one of your own,
 * {@link checkReplayStore} says whether it keeps the rules.
 */
export interface ReplayStore {
  /**
   * For how long a claim holds that is neither settled nor renewed, in milliseconds: then its process is taken for dead, and what it
   * claimed is free. The receiver renews a claim three times as often. `Infinity` where store and process die together.
   */
  readonly lease: number;
  /**
   * Claims. Of any number of parallel claims with a use in common, exactly one gets `new`. The first use that is taken decides about
   * the state of the others.
   */
  claim(claim: ReplayClaim): ReplayState | Promise<ReplayState>;
  /**
   * Ends a claim: with the answer, the uses are kept until their time; without one, they are free again. Only its owner can.
   */
  settle(claim: ReplayClaim, answer?: string): void | Promise<void>;
}

/** What is remembered of a use. */
interface Entry {
  readonly value: string;
  readonly until: number;
  readonly owner: string;
  readonly body: string;
  /** Undefined while it is under way. */
  answer: string | undefined;
}

/** What one partner has used of one kind, in the order in which it came. */
interface Used {
  /** Of this kind, what all partners have used, by its value. */
  readonly entries: Map<string, Entry>;
  queue: Entry[];
  /** Where the queue begins: to take the first element off an array moves all others. */
  head: number;
}

const NEW = { state: "new" } as const;

/**
 * Makes a store in memory, for a receiver of one process. It forgets what has passed its time, and of a partner that uses up more
 * than it may hold the oldest: only that partner's.
 * @param maxUses how many X-EXTERNAL-IDs of a partner it remembers, and how many signatures; one takes some 250 bytes
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`) when `maxUses` is not a number from 1
 */
export function createMemoryReplayStore({ maxUses = 1_000_000 }: { maxUses?: number } = {}): ReplayStore {
  if (!(maxUses >= 1)) throw invalidOption("maxUses must be a number, 1 or more; leave it out for 1,000,000.");
  const kinds = { id: new Map<string, Entry>(), signature: new Map<string, Entry>() };
  const partners = { id: new Map<string, Used>(), signature: new Map<string, Used>() };
  let claims = 0;
  let rotation = all();
  function* all(): Generator<[of: Map<string, Used>, partnerId: string, used: Used]> {
    for (const of of Object.values(partners)) for (const [partnerId, used] of of) yield [of, partnerId, used];
  }

  function usedBy(partnerId: string, kind: ReplayUse["kind"]): Used {
    const known = partners[kind].get(partnerId);
    if (known) return known;
    const used: Used = { entries: kinds[kind], queue: [], head: 0 };
    partners[kind].set(partnerId, used);
    return used;
  }

  /** A partner that calls no more is forgotten by and by. */
  function sweepAnother(now: number): void {
    claims += 1;
    if (claims % 8 !== 0) return;
    let next = rotation.next();
    if (next.done) {
      rotation = all();
      next = rotation.next();
    }
    if (next.done) return;
    const [of, partnerId, used] = next.value;
    sweep(used, now);
    if (used.head === used.queue.length) of.delete(partnerId);
  }

  return {
    lease: Number.POSITIVE_INFINITY,
    claim({ owner, partnerId, uses, body, now }) {
      let isRenewal = false;
      for (const { kind, value } of uses) {
        const entry = kinds[kind].get(value);
        if (entry === undefined) continue;
        if (entry.owner === owner) isRenewal = true;
        else if (!isOver(entry, now)) return stateOf(entry, kind, body);
      }
      if (isRenewal) return NEW;
      sweepAnother(now);
      for (const { kind, value, until } of uses) {
        const entry = { value, until, owner, body, answer: undefined };
        const used = usedBy(partnerId, kind);
        used.entries.set(value, entry);
        used.queue.push(entry);
        sweep(used, now);
        if (used.queue.length - used.head > maxUses) forgetOldest(used);
      }
      return NEW;
    },
    settle({ owner, uses }, answer) {
      for (const { kind, value } of uses) {
        const entry = kinds[kind].get(value);
        if (entry?.owner !== owner) continue;
        if (answer === undefined) kinds[kind].delete(value);
        else entry.answer = answer;
      }
    },
  };
}

function stateOf({ answer, body: earlier }: Entry, kind: ReplayUse["kind"], body: string): ReplayState {
  if (answer === undefined) return { state: "underWay", kind };
  return earlier === body ? { state: "answered", kind, answer } : { state: "otherBody", kind };
}

/** What is under way is not over, however long it takes. */
const isOver = ({ until, answer }: Entry, now: number) => answer !== undefined && until <= now;

/** How many entries are looked at with each claim: more than it adds, so that what is over is gone by and by. */
const SWEPT = 4;

function sweep(used: Used, now: number): void {
  for (let count = 0; count < SWEPT; count += 1) {
    const first = used.queue[used.head];
    // what was freed goes when its time is over
    if (first === undefined || first.until > now) return;
    if (first.answer === undefined && !isGone(used, first)) return;
    dropFirst(used, first);
  }
}

/** What is under way stays: it would be free for another. */
function forgetOldest(used: Used): void {
  for (let count = 0; count < SWEPT; count += 1) {
    const first = used.queue[used.head];
    if (!first) return;
    const isUnderWay = !isGone(used, first) && first.answer === undefined;
    dropFirst(used, first);
    if (!isUnderWay) return;
    used.entries.set(first.value, first);
    used.queue.push(first);
  }
}

/** Whether an entry was freed, and perhaps claimed again since. */
const isGone = ({ entries }: Used, entry: Entry) => entries.get(entry.value) !== entry;

function dropFirst(used: Used, first: Entry): void {
  if (!isGone(used, first)) used.entries.delete(first.value);
  used.head += 1;
  if (used.head < 1024 || used.head * 2 < used.queue.length) return;
  used.queue = used.queue.slice(used.head);
  used.head = 0;
}
