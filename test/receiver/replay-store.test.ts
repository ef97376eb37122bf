// The store in memory of the X-EXTERNAL-IDs of a day.
import fc from "fast-check";
import { expect, test } from "vitest";
import { createMemoryReplayStore } from "../../src/receiver/replay-store.ts";
import { thrown, typeError } from "../support/errors.ts";

const DAYS = ["2020-12-21", "2020-12-22", "2020-12-23", "2020-12-24"] as const;
const [before, yesterday, today, tomorrow] = DAYS;

test("an id can be claimed once by a partner on a day", async () => {
  const store = createMemoryReplayStore();
  expect(await store.claim("partner", "id", today)).toBe(true);
  expect(await store.claim("partner", "id", today)).toBe(false);
  expect(await store.claim("partner", "id", tomorrow)).toBe(true);
  expect(await store.claim("partner", "other", today)).toBe(true);
  expect(await store.claim("partner", "ID", today)).toBe(true);
});

test("partners do not share ids, however their names and the ids are split", async () => {
  const store = createMemoryReplayStore();
  for (const [partnerId, externalId] of [
    ["a", "bc"],
    ["ab", "c"],
    ["", "abc"],
    ["abc", ""],
    ["a:b", "c"],
    ["a", "b:c"],
    ["a b", "c"],
    ["__proto__", "constructor"],
  ] as const) {
    expect(await store.claim(partnerId, externalId, today), `${partnerId}|${externalId}`).toBe(true);
    expect(await store.claim(partnerId, externalId, today), `${partnerId}|${externalId}`).toBe(false);
  }
});

test("of parallel claims of one id exactly one is granted", async () => {
  const store = createMemoryReplayStore();
  const claims = await Promise.all(Array.from({ length: 1000 }, () => store.claim("partner", "id", today)));
  expect(claims.filter(Boolean)).toHaveLength(1);
});

test("no claim is lost if the day changes back and forth", async () => {
  const store = createMemoryReplayStore();
  for (const id of ["first", "second"]) {
    expect(await store.claim("partner", id, yesterday)).toBe(true);
    expect(await store.claim("partner", id, today)).toBe(true);
  }
  for (const _ of [1, 2, 3]) {
    for (const day of [yesterday, today]) {
      for (const id of ["first", "second"]) expect(await store.claim("partner", id, day)).toBe(false);
    }
  }
});

test("the days before yesterday are forgotten, today and yesterday are not", async () => {
  const store = createMemoryReplayStore();
  for (const day of [before, yesterday, today]) expect(await store.claim("partner", "id", day)).toBe(true);
  expect(await store.claim("partner", "id", today)).toBe(false);
  expect(await store.claim("partner", "id", yesterday)).toBe(false);
  expect(await store.claim("partner", "id", before)).toBe(true);
});

test("today is not forgotten because a call of yesterday comes late", async () => {
  const store = createMemoryReplayStore();
  for (const day of [today, yesterday, tomorrow]) expect(await store.claim("partner", "id", day)).toBe(true);
  expect(await store.claim("partner", "id", today)).toBe(false);
});

test("yesterday may be in another month or year", async () => {
  const store = createMemoryReplayStore();
  for (const day of ["2020-12-30", "2020-12-31", "2021-01-01"]) expect(await store.claim("p", "id", day)).toBe(true);
  expect(await store.claim("p", "id", "2020-12-31")).toBe(false);
  expect(await store.claim("p", "id", "2021-01-01")).toBe(false);
});

test("today is not forgotten because the clock ran ahead and was set back", async () => {
  const store = createMemoryReplayStore();
  for (const day of ["2098-12-31", "2099-01-01", "2099-01-02"]) await store.claim("partner", "id", day);
  expect(await store.claim("partner", "id", today)).toBe(true);
  expect(await store.claim("partner", "id", today)).toBe(false);
  expect(await store.claim("partner", "id", tomorrow)).toBe(true);
  expect(await store.claim("partner", "id", tomorrow)).toBe(false);
  expect(await store.claim("partner", "id", today)).toBe(false);
});

test("if a day has more than maxIds, its oldest id is forgotten, and none of another day", async () => {
  const store = createMemoryReplayStore({ maxIds: 3 });
  await store.claim("partner", "a", yesterday);
  for (const id of ["a", "b", "c"]) expect(await store.claim("partner", id, today)).toBe(true);
  for (const id of ["a", "b", "c"]) expect(await store.claim("partner", id, today)).toBe(false);
  expect(await store.claim("partner", "d", today)).toBe(true);
  for (const id of ["b", "c", "d"]) expect(await store.claim("partner", id, today)).toBe(false);
  expect(await store.claim("partner", "a", today)).toBe(true);
  expect(await store.claim("partner", "b", today)).toBe(true);
  expect(await store.claim("partner", "a", yesterday)).toBe(false);
});

test("a million ids of a day are remembered by default, and not one more", async () => {
  const store = createMemoryReplayStore();
  for (let id = 0; id <= 1_000_000; id += 1) if (!(await store.claim("partner", String(id), today))) throw new Error();
  expect(await store.claim("partner", "1", today)).toBe(false);
  expect(await store.claim("partner", "1000000", today)).toBe(false);
  expect(await store.claim("partner", "0", today)).toBe(true);
});

test("any claims, in any order: the first of a partner, an id and a day is granted, and no other", async () => {
  const claim = fc.record({
    partnerId: fc.oneof(fc.constantFrom("a", "ab", "b"), fc.string({ maxLength: 3 })),
    externalId: fc.oneof(fc.constantFrom("c", "bc", "1"), fc.string({ maxLength: 3 })),
    // two days, for a third would have one forgotten
    day: fc.constantFrom(yesterday, today),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(claim, { maxLength: 200 }), async (claims) => {
      const store = createMemoryReplayStore({ maxIds: 200 });
      const results = await Promise.all(
        claims.map(({ partnerId, externalId, day }) => store.claim(partnerId, externalId, day)),
      );
      const seen = new Set<string>();
      for (const [at, one] of claims.entries()) {
        const key = JSON.stringify(one);
        expect(results[at]).toBe(!seen.has(key));
        seen.add(key);
      }
    }),
    { numRuns: 300, seed: 20201223 },
  );
});

test.each([0, -1, 0.5, Number.NaN, "many"])("maxIds of %s is refused", (maxIds) => {
  expect(thrown(() => createMemoryReplayStore({ maxIds: maxIds as number }))).toStrictEqual(
    typeError("ERR_SNAP_INVALID_OPTION", "maxIds must be a number, 1 or more; leave it out for 1,000,000."),
  );
});
