// The rules of a replay store, for those who write one of their own.
import { randomUUID } from "node:crypto";
import type { ReplayClaim, ReplayState, ReplayStore, ReplayUse } from "./replay-store.ts";

/** The longest lease that is waited for. */
const MAX_LEASE_MS = 5000;
const MINUTE_MS = 60_000;

/** A rule: what must hold, and whether it does. */
type Rule = [rule: string, holds: (store: ReplayStore) => Promise<boolean>];

/**
 * Checks that a replay store keeps the rules that a receiver relies on. Use it in the tests of a store of your own; it takes some two
 * leases, so make the store with a short one.
 * @param store a store that nobody else uses meanwhile; its `lease` is `Infinity`, or at most 5,000 ms
 * @throws Error that names the rule that the store breaks
 * @example test("my store", () => checkReplayStore(createMyStore({ lease: 500 })));
 */
export async function checkReplayStore(store: ReplayStore): Promise<void> {
  if (Number.isFinite(store.lease) && store.lease > MAX_LEASE_MS) {
    throw new Error(`The store's lease must be at most ${MAX_LEASE_MS} ms to be checked, but is ${store.lease}.`);
  }
  for (const [rule, holds] of [...RULES, ...(Number.isFinite(store.lease) ? RULES_OF_LEASES : [])]) {
    if (!(await holds(store))) throw new Error(`The replay store breaks a rule: ${rule}.`);
  }
}

/** A text that no other check uses. */
const unused = (): string => randomUUID();

const use = (kind: ReplayUse["kind"], value = unused(), lifetime = MINUTE_MS): ReplayUse => ({
  kind,
  value,
  until: Date.now() + lifetime,
});

function claimOf(uses: ReplayUse[], changes: Partial<ReplayClaim> = {}): ReplayClaim {
  return { owner: unused(), partnerId: "a partner", uses, body: "a body", now: Date.now(), ...changes };
}

/** The same uses, claimed by another request. */
const another = (claim: ReplayClaim, changes: Partial<ReplayClaim> = {}): ReplayClaim => ({
  ...claim,
  owner: unused(),
  now: Date.now(),
  ...changes,
});

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const isNew = async (store: ReplayStore, claim: ReplayClaim) => (await store.claim(claim)).state === "new";
const same = (state: ReplayState, expected: ReplayState) =>
  JSON.stringify(Object.entries(state).sort()) === JSON.stringify(Object.entries(expected).sort());

const RULES: Rule[] = [
  [
    "what is claimed is under way for everybody else",
    async (store) => {
      const claim = claimOf([use("id")]);
      const first = await isNew(store, claim);
      return first && same(await store.claim(another(claim)), { state: "underWay", kind: "id" });
    },
  ],
  [
    "its owner can claim it again, which renews it",
    async (store) => {
      const claim = claimOf([use("id"), use("signature")]);
      return (await isNew(store, claim)) && (await isNew(store, claim));
    },
  ],
  [
    "once settled with an answer, the same body gets that answer, and another body `otherBody`",
    async (store) => {
      const claim = claimOf([use("id")]);
      await store.claim(claim);
      await store.settle(claim, '{"responseCode":"2006000","note":"é\\n"}');
      const answered = { state: "answered", kind: "id", answer: '{"responseCode":"2006000","note":"é\\n"}' } as const;
      const other = await store.claim(another(claim, { body: "another body" }));
      return same(await store.claim(another(claim)), answered) && same(other, { state: "otherBody", kind: "id" });
    },
  ],
  [
    "an empty answer is an answer",
    async (store) => {
      const claim = claimOf([use("signature")]);
      await store.claim(claim);
      await store.settle(claim, "");
      return same(await store.claim(another(claim)), { state: "answered", kind: "signature", answer: "" });
    },
  ],
  [
    "once settled without an answer, all its uses are free",
    async (store) => {
      const claim = claimOf([use("id"), use("signature")]);
      await store.claim(claim);
      await store.settle(claim);
      return isNew(store, another(claim));
    },
  ],
  [
    "nobody but its owner can settle a claim",
    async (store) => {
      const claim = claimOf([use("id")]);
      await store.claim(claim);
      await store.settle(another(claim));
      await store.settle(another(claim), "forged");
      return (await store.claim(another(claim))).state === "underWay";
    },
  ],
  [
    "a claim with one use that is taken claims none of the others",
    async (store) => {
      const signature = use("signature");
      const id = use("id");
      await store.claim(claimOf([use("id"), signature]));
      const state = await store.claim(claimOf([id, signature]));
      return same(state, { state: "underWay", kind: "signature" }) && isNew(store, claimOf([id]));
    },
  ],
  [
    "of many parallel claims exactly one gets `new`",
    async (store) => {
      const claim = claimOf([use("id"), use("signature")]);
      const states = await Promise.all(Array.from({ length: 50 }, async () => store.claim(another(claim))));
      return states.filter(({ state }) => state === "new").length === 1;
    },
  ],
  [
    "what is used is used for every partner",
    async (store) => {
      const claim = claimOf([use("signature")]);
      await store.claim(claim);
      return !(await isNew(store, another(claim, { partnerId: "another partner" })));
    },
  ],
  [
    "uses of different kinds and values never collide, whatever they consist of",
    async (store) => {
      const own = unused();
      const texts = ["a\nb", "a:b", "a", "", "id", "A", "a\u0000", "{a}", "a b", "é", "*", "x".repeat(300)];
      for (const text of texts) {
        for (const kind of ["id", "signature"] as const) {
          for (const value of [`${own}${text}`, `${own}\n${text}`, `${text}:${own}`]) {
            if (!(await isNew(store, claimOf([use(kind, value)])))) return false;
          }
        }
      }
      return true;
    },
  ],
  [
    "a use is free once its time is over",
    async (store) => {
      const claim = claimOf([use("id", unused(), 150)]);
      await store.claim(claim);
      await store.settle(claim, "an answer");
      const before = await isNew(store, another(claim));
      await wait(300);
      return !before && isNew(store, another(claim));
    },
  ],
];

/** Of a store that outlives the processes that claim. */
const RULES_OF_LEASES: Rule[] = [
  [
    "a claim that is neither settled nor renewed is free when its lease ends",
    async (store) => {
      const claim = claimOf([use("id"), use("signature")]);
      await store.claim(claim);
      await wait(store.lease * 1.3);
      return isNew(store, another(claim));
    },
  ],
  [
    "a claim that is renewed stays its owner's",
    async (store) => {
      const claim = claimOf([use("id"), use("signature")]);
      await store.claim(claim);
      for (let renewals = 0; renewals < 4; renewals += 1) {
        await wait(store.lease / 3);
        await store.claim({ ...claim, now: Date.now() });
      }
      return (await store.claim(another(claim))).state === "underWay";
    },
  ],
  [
    "a claim that is settled late is kept, unless somebody else has claimed since",
    async (store) => {
      const claim = claimOf([use("id")]);
      await store.claim(claim);
      await wait(store.lease * 1.3);
      await store.settle(claim, "late");
      const kept = (await store.claim(another(claim))).state === "answered";
      const lost = claimOf([use("id")]);
      await store.claim(lost);
      await wait(store.lease * 1.3);
      await store.claim(another(lost));
      await store.settle(lost, "too late");
      return kept && (await store.claim(another(lost))).state === "underWay";
    },
  ],
];
