// The store in memory, and the rules that every store keeps.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkReplayStore } from "../../src/receiver/check-replay-store.ts";
import { createMemoryReplayStore, type ReplayClaim, type ReplayState, type ReplayStore } from "../../src/server.ts";
import { thrown, typeError } from "../support/errors.ts";

const NOW = Date.parse("2020-12-23T00:50:11Z");
let owners = 0;
const claimOf = (value: string, changes: Partial<ReplayClaim> = {}): ReplayClaim => {
  owners += 1;
  const uses = [{ kind: "id", value: `${changes.partnerId}\n${value}`, until: NOW + 60_000 }] as const;
  return { owner: `owner-${owners}`, partnerId: "partner", uses, body: "body", now: NOW, ...changes };
};
/** Claims and settles a use, and says what it was before. */
async function used(store: ReplayStore, value: string, changes: Partial<ReplayClaim> = {}): Promise<string> {
  const claim = claimOf(value, changes);
  const { state } = await store.claim(claim);
  if (state === "new") await store.settle(claim, "an answer");
  return state;
}

describe("the store in memory", () => {
  test("keeps the rules of a store", () => checkReplayStore(createMemoryReplayStore()));

  test("forgets the oldest of a partner that uses more than maxUses, and nothing of another partner", async () => {
    const store = createMemoryReplayStore({ maxUses: 3 });
    expect(await used(store, "mine", { partnerId: "quiet" })).toBe("new");
    for (const value of ["a", "b", "c", "d"]) expect(await used(store, value, { partnerId: "noisy" })).toBe("new");
    for (const value of ["b", "c", "d"]) expect(await used(store, value, { partnerId: "noisy" })).toBe("answered");
    expect(await used(store, "a", { partnerId: "noisy" })).toBe("new");
    for (let count = 0; count < 1000; count += 1) await used(store, `n${count}`, { partnerId: "noisy" });
    expect(await used(store, "mine", { partnerId: "quiet" })).toBe("answered");
  });

  test("never forgets what is under way", async () => {
    const store = createMemoryReplayStore({ maxUses: 3 });
    const slow = claimOf("slow");
    await store.claim(slow);
    for (let count = 0; count < 100; count += 1) await used(store, `n${count}`);
    expect((await store.claim(claimOf("slow"))).state).toBe("underWay");
    await store.settle(slow, "late");
    expect(await store.claim(claimOf("slow"))).toEqual({ state: "answered", kind: "id", answer: "late" });
  });

  test("what is freed and used again is not forgotten with what it was before", async () => {
    const store = createMemoryReplayStore({ maxUses: 3 });
    const first = claimOf("a");
    await store.claim(first);
    await store.settle(first);
    for (const value of ["b", "a"]) expect(await used(store, value)).toBe("new");
    expect(await used(store, "c")).toBe("new");
    expect(await used(store, "a")).toBe("answered");
  });

  test("a claim costs no more once the oldest are forgotten", async () => {
    const kept = { store: createMemoryReplayStore(), claimed: 0 };
    const full = { store: createMemoryReplayStore({ maxUses: 140_000 }), claimed: 0 };
    const claims = async (of: typeof kept, count: number) => {
      const started = process.cpuUsage();
      for (let end = of.claimed + count; of.claimed < end; of.claimed += 1) await used(of.store, `n${of.claimed}`);
      return process.cpuUsage(started).user;
    };
    for (const of of [kept, full]) await claims(of, 200_000);
    const rounds: [number, number][] = [];
    for (let round = 0; round < 8; round += 1) rounds.push([await claims(kept, 2000), await claims(full, 2000)]);
    const [below, beyond] = [0, 1].map((at) => Math.min(...rounds.map((one) => one[at] ?? 0))) as [number, number];
    // where each claim walked past all that was forgotten it was thirty times as much
    expect(beyond).toBeLessThan(below * 5);
  });

  test("forgets what is over, of a partner that calls no more as well", async () => {
    const store = createMemoryReplayStore();
    for (let count = 0; count < 500; count += 1) await used(store, String(count), { partnerId: `gone-${count % 50}` });
    const later = NOW + 61_000;
    for (let count = 0; count < 4000; count += 1) await used(store, `later-${count}`, { now: later });
    for (let count = 0; count < 500; count += 1)
      expect(await used(store, String(count), { partnerId: `gone-${count % 50}`, now: later })).toBe("new");
  });

  test.each([0, -1, 0.5, Number.NaN, "many"])("refuses maxUses of %s", (maxUses) => {
    expect(thrown(() => createMemoryReplayStore({ maxUses: maxUses as number }))).toStrictEqual(
      typeError("ERR_SNAP_INVALID_OPTION", "maxUses must be a number, 1 or more; leave it out for 1,000,000."),
    );
  });

  test("any claims, in any order: the first of a partner and a value is new, and no other", async () => {
    const claim = fc.record({
      partnerId: fc.oneof(fc.constantFrom("a", "ab", "b"), fc.string({ maxLength: 3 })),
      value: fc.oneof(fc.constantFrom("c", "bc", "1"), fc.string({ maxLength: 3 })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(claim, { maxLength: 200 }), async (claims) => {
        const store = createMemoryReplayStore({ maxUses: 200 });
        const seen = new Set<string>();
        for (const { partnerId, value } of claims) {
          const key = JSON.stringify([partnerId, value]);
          expect(await used(store, value, { partnerId })).toBe(seen.has(key) ? "answered" : "new");
          seen.add(key);
        }
      }),
      { numRuns: 300, seed: 20201223 },
    );
  });
});

describe("checkReplayStore", () => {
  /** A store with a mistake: what it makes of each call of a right one. */
  const broken = (change: (right: ReplayStore) => Partial<ReplayStore>): ReplayStore => {
    const right = createMemoryReplayStore();
    return { ...right, ...change(right) };
  };
  const always = (state: ReplayState) => broken(() => ({ claim: () => state }));

  test.each<[string, string, ReplayStore]>([
    ["remembers nothing", "what is claimed is under way for everybody else", always({ state: "new" })],
    [
      "knows no owner",
      "its owner can claim it again, which renews it",
      broken((right) => ({
        claim: (claim) => right.claim({ ...claim, owner: String(Math.random()) }),
      })),
    ],
    [
      "forgets the body",
      "once settled with an answer, the same body gets that answer, and another body `otherBody`",
      broken((right) => ({ claim: (claim) => right.claim({ ...claim, body: "" }) })),
    ],
    [
      "drops an empty answer",
      "an empty answer is an answer",
      broken((right) => ({
        settle: (claim, answer) => right.settle(claim, answer || undefined),
      })),
    ],
    [
      "frees nothing",
      "once settled without an answer, all its uses are free",
      broken((right) => ({
        settle: (claim, answer) => right.settle(claim, answer ?? ""),
      })),
    ],
    [
      "claims one by one",
      "a claim with one use that is taken claims none of the others",
      broken((right) => ({
        async claim(claim) {
          for (const use of claim.uses) {
            const state = await right.claim({ ...claim, uses: [use] });
            if (state.state !== "new") return state;
          }
          return { state: "new" };
        },
      })),
    ],
    [
      "tells partners apart by their name alone",
      "what is used is used for every partner",
      broken((right) => ({
        claim: (claim) =>
          right.claim({ ...claim, uses: claim.uses.map((use) => ({ ...use, value: claim.partnerId + use.value })) }),
        settle: (claim, answer) =>
          right.settle(
            { ...claim, uses: claim.uses.map((use) => ({ ...use, value: claim.partnerId + use.value })) },
            answer,
          ),
      })),
    ],
    [
      "takes a line for a value",
      "uses of different kinds and values never collide, whatever they consist of",
      broken((right) => {
        const first = (claim: ReplayClaim) => ({
          ...claim,
          uses: claim.uses.map((use) => ({ ...use, value: use.value.split("\n")[0] ?? "" })),
        });
        return {
          claim: (claim) => right.claim(first(claim)),
          settle: (claim, answer) => right.settle(first(claim), answer),
        };
      }),
    ],
    [
      "never forgets",
      "a use is free once its time is over",
      broken((right) => ({
        claim: (claim) => right.claim({ ...claim, now: 0 }),
      })),
    ],
  ])("names the rule that a store breaks that %s", async (_, rule, store) => {
    await expect(checkReplayStore(store)).rejects.toThrow(`The replay store breaks a rule: ${rule}.`);
  });

  test("names the rule of leases that a store breaks", async () => {
    const store = { ...createMemoryReplayStore(), lease: 50 };
    await expect(checkReplayStore(store)).rejects.toThrow(
      "The replay store breaks a rule: a claim that is neither settled nor renewed is free when its lease ends.",
    );
  });

  test("refuses a lease that it would have to wait for", async () => {
    await expect(checkReplayStore({ ...createMemoryReplayStore(), lease: 60_000 })).rejects.toThrow(
      "The store's lease must be at most 5000 ms to be checked, but is 60000.",
    );
  });
});
