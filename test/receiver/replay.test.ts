// What is used up by a request: its X-EXTERNAL-ID on its day, and its signature where it moves money.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  createMemoryReplayStore,
  type ReplayStore,
  type SnapHandler,
  type SnapHandlerOptions,
  snapError,
} from "../../src/server.ts";
import {
  createReceiver,
  exampleOf,
  GENERAL_ERROR,
  NOW,
  newExternalId,
  PARTNER,
  RSA_PARTNER,
  requestOf,
  type Sent,
  SUCCESS,
  summary,
  type Wire,
  wireOf,
} from "../support/receiver.ts";

const CONFLICT = "4096000 Conflict";
const using = (id: string, sent: Sent = {}): Sent => ({ ...sent, headers: { ...sent.headers, "X-EXTERNAL-ID": id } });
/** A receiver as the README makes it: its own defaults, but for the clock. */
const create = (options: Partial<SnapHandlerOptions> = {}) =>
  createReceiver({ signedOnce: undefined as never, ...options });
const said = async (handler: ReturnType<typeof create>, wire: Wire, headers: Record<string, string> = {}) => {
  const { method, path, body } = wire;
  const all = { ...wire.headers, ...headers };
  const response = await handler(new Request(`http://receiver.example${path}`, { method, headers: all, body }));
  const { responseCode, responseMessage } = (await response.json()) as Record<string, string>;
  return `${responseCode} ${responseMessage}`;
};
const sent = (sent: Sent = {}, handler = create()) => said(handler, wireOf(sent));

describe("with the defaults a captured request runs once", () => {
  test.each(["qrCpmPayment", "qrCpmCancel", "qrCpmNotify", "qrCpmRefund"] as const)(
    "%s, under 200 other X-EXTERNAL-IDs, partner names of one key and spellings of the signature",
    async (operation) => {
      const ran = vi.fn(() => exampleOf[operation].success);
      const handler = create({ operations: { [operation]: ran } as never });
      const wire = wireOf({ operation });
      const { service } = exampleOf[operation];
      expect(await said(handler, wire)).toBe(`200${service}00 ${exampleOf[operation].success.responseMessage}`);
      const signature = Buffer.from(wire.headers["X-SIGNATURE"] ?? "", "base64");
      for (let count = 0; count < 200; count += 1) {
        const spelling = (["base64", "base64url", "hex"] as const)[count % 3];
        const headers = { "X-EXTERNAL-ID": `other-${count}`, "X-SIGNATURE": signature.toString(spelling) };
        expect(await said(handler, wire, headers)).toBe(`409${service}00 Conflict`);
      }
      expect(ran).toHaveBeenCalledTimes(1);
    },
  );

  test("an asymmetric notification without a token, under 200 other X-EXTERNAL-IDs", async () => {
    const ran = vi.fn(() => exampleOf.qrCpmNotify.success as never);
    const handler = create({ withoutToken: ["qrCpmNotify"], operations: { qrCpmNotify: ran } });
    const wire = wireOf({ operation: "qrCpmNotify", token: null, headers: { "X-PARTNER-ID": RSA_PARTNER } });
    expect(await said(handler, wire)).toMatch("2007900");
    for (let count = 0; count < 200; count += 1)
      expect(await said(handler, wire, { "X-EXTERNAL-ID": `other-${count}` })).toBe("4097900 Conflict");
    expect(ran).toHaveBeenCalledTimes(1);
  });

  test("under another X-PARTNER-ID with the same key too", async () => {
    const handler = create({ key: () => ({ type: "symmetric", clientSecret: "client-secret-7f3b" }) });
    const wire = wireOf();
    expect(await said(handler, wire)).toBe(SUCCESS);
    expect(await said(handler, wire, { "X-PARTNER-ID": "another", "X-EXTERNAL-ID": "another" })).toBe(CONFLICT);
  });

  test.each(["1999", "2019", "9999"])("signed in %s it does not run at all", async (year) => {
    for (const operation of ["qrCpmPayment", "qrCpmNotify", "accessTokenB2b"] as const) {
      const { service } = exampleOf[operation];
      const wire = { operation, headers: { "X-TIMESTAMP": `${year}-12-23T07:50:11+07:00` } };
      expect(await sent(wire)).toBe(`400${service}01 Invalid Field Format X-TIMESTAMP`);
    }
  });

  test("signed ten minutes ago it does not run at all, and the log says by how much", async () => {
    const reasons: unknown[] = [];
    const handler = create({ onAnswer: ({ reason }) => reasons.push(reason) });
    expect(await sent({ headers: { "X-TIMESTAMP": "2020-12-23T07:40:11+07:00" } }, handler)).toBe(
      "4006001 Invalid Field Format X-TIMESTAMP",
    );
    expect(await sent({ headers: { "X-TIMESTAMP": "2020-12-23T07:55:12+07:00" } }, handler)).toBe(
      "4006001 Invalid Field Format X-TIMESTAMP",
    );
    expect(reasons).toEqual([
      "X-TIMESTAMP is 600 seconds behind the clock; 300 are accepted",
      "X-TIMESTAMP is 301 seconds ahead of the clock; 300 are accepted",
    ]);
  });

  test("across midnight in Jakarta", async () => {
    let now = new Date("2020-12-23T16:58:00Z");
    const handler = create({ clock: () => now });
    const wire = wireOf({ headers: { "X-TIMESTAMP": "2020-12-23T23:58:00+07:00" } });
    expect(await said(handler, wire)).toBe(SUCCESS);
    expect(await said(handler, wire)).toBe(CONFLICT);
    now = new Date("2020-12-23T17:00:30Z");
    expect(await said(handler, wire)).toBe(CONFLICT);
    expect(await said(handler, wire, { "X-EXTERNAL-ID": "other" })).toBe(CONFLICT);
  });

  test("across midnight in Jakarta by its X-EXTERNAL-ID alone: the day is that of X-TIMESTAMP", async () => {
    let now = new Date("2020-12-23T16:58:00Z");
    const handler = create({ clock: () => now, signedOnce: [] });
    const wire = wireOf({ headers: { "X-TIMESTAMP": "2020-12-23T23:58:00+07:00" } });
    expect(await said(handler, wire)).toBe(SUCCESS);
    now = new Date("2020-12-23T17:00:30Z");
    expect(await said(handler, wire)).toBe(CONFLICT);
  });

  test("until its time is over, to the second", async () => {
    let now = NOW;
    const handler = create({ clock: () => now, timestampTolerance: 60 });
    const wire = wireOf();
    expect(await said(handler, wire)).toBe(SUCCESS);
    now = new Date(NOW.getTime() + 60_999);
    expect(await said(handler, wire, { "X-EXTERNAL-ID": "other" })).toBe(CONFLICT);
    now = new Date(NOW.getTime() + 61_000);
    expect(await said(handler, wire, { "X-EXTERNAL-ID": "other" })).toBe("4006001 Invalid Field Format X-TIMESTAMP");
  });

  test("where two receivers with one store have clocks that differ, and where a clock is set back", async () => {
    let now = NOW.getTime();
    const replayStore = createMemoryReplayStore();
    const [ahead, behind] = [0, 55_000].map((by) => create({ replayStore, clock: () => new Date(now - by) }));
    const wire = wireOf();
    const other = { "X-EXTERNAL-ID": "other" };
    const at = (time: string) => sent({ headers: { "X-TIMESTAMP": `2020-12-23T${time}+07:00` } }, ahead);
    expect(await said(ahead as SnapHandler, wire)).toBe(SUCCESS);
    now += 350_000;
    // which is when the store forgets
    for (let count = 0; count < 20; count += 1) expect(await at("07:56:01")).toBe(count === 0 ? SUCCESS : CONFLICT);
    expect(await said(behind as SnapHandler, wire, other)).toBe(CONFLICT);
    now -= 60_000;
    expect(await said(ahead as SnapHandler, wire, other)).toBe(CONFLICT);
  });

  test("with timestampTolerance off it is remembered as long as ids: two days", async () => {
    let now = NOW;
    const handler = create({ clock: () => now, timestampTolerance: "off" });
    const wire = wireOf({ headers: { "X-TIMESTAMP": "2019-01-01T00:00:00+07:00" } });
    expect(await said(handler, wire)).toBe(SUCCESS);
    now = new Date(NOW.getTime() + 2 * 86_400_000 - 1);
    expect(await said(handler, wire, { "X-EXTERNAL-ID": "other" })).toBe(CONFLICT);
  });

  test.each(["qrCpmGenerate", "qrCpmQuery", "debitStatus"] as const)(
    "%s passes again under another X-EXTERNAL-ID, for two honest ones may be signed alike, unless signedOnce names it",
    async (operation) => {
      const wire = wireOf({ operation });
      const { service } = exampleOf[operation];
      const handler = create();
      const strict = create({ signedOnce: [operation] });
      for (const id of ["one", "two"])
        expect(await said(handler, wire, { "X-EXTERNAL-ID": id })).toMatch(`200${service}00`);
      expect(await said(strict, wire, { "X-EXTERNAL-ID": "one" })).toMatch(`200${service}00`);
      expect(await said(strict, wire, { "X-EXTERNAL-ID": "two" })).toBe(`409${service}00 Conflict`);
    },
  );

  test("a request for a token passes again, unless signedOnce names it", async () => {
    const wire = wireOf({ operation: "accessTokenB2b" });
    const handler = create();
    for (const _ of [1, 2]) expect(await said(handler, wire)).toMatch("2007300");
    const strict = create({ signedOnce: ["accessTokenB2b"] });
    const answers = await Promise.all(Array.from({ length: 100 }, () => said(strict, wire)));
    expect(answers.filter((answer) => answer.startsWith("2007300"))).toHaveLength(1);
    expect(answers.filter((answer) => answer === "4097300 Conflict")).toHaveLength(99);
  });

  test("where signatures are unchecked none is remembered, and ids are claimed as ever", async () => {
    const handler = create({ key: "unchecked" });
    const wire = wireOf();
    expect(await said(handler, wire)).toBe(SUCCESS);
    expect(await said(handler, wire, { "X-EXTERNAL-ID": "other" })).toBe(SUCCESS);
    expect(await said(handler, wire)).toBe(CONFLICT);
  });
});

describe("X-EXTERNAL-ID", () => {
  const receiver = createReceiver();

  test("used before on the same day is a conflict, for another operation too", async () => {
    const id = newExternalId();
    expect(await sent(using(id), receiver)).toBe(SUCCESS);
    expect(await sent(using(id), receiver)).toBe(CONFLICT);
    expect(await sent(using(id, { operation: "qrCpmQuery" }), receiver)).toBe("4096100 Conflict");
  });

  test("may be used by two partners", async () => {
    const id = newExternalId();
    expect(await sent(using(id), receiver)).toBe(SUCCESS);
    expect(await sent(using(id, { headers: { "X-PARTNER-ID": RSA_PARTNER } }), receiver)).toBe(SUCCESS);
    // side by side, name and id of both are the same text
    const handler = createReceiver({ key: () => ({ type: "symmetric", clientSecret: "client-secret-7f3b" }) });
    for (const [name, other] of Object.entries({ "pjp:a": "1", pjp: "a:1" }))
      expect(await sent(using(other, { headers: { "X-PARTNER-ID": name } }), handler)).toBe(SUCCESS);
  });

  test("may be used again on the next day of X-TIMESTAMP, which begins at 17:00 UTC", async () => {
    let now = "";
    const handler = createReceiver({ clock: () => new Date(now) });
    const send = async (time: string) => {
      now = `2020-12-${time}Z`;
      const [timestamp] = now.split(".");
      return (
        await handler(requestOf(using("same", { headers: { "X-TIMESTAMP": `${timestamp?.replace("Z", "")}Z` } })))
      ).status;
    };
    expect(await send("22T16:59:58")).toBe(200);
    expect(await send("22T16:59:59")).toBe(409);
    expect(await send("22T17:00:00")).toBe(200);
    expect(await send("23T00:00:00")).toBe(409);
    expect(await send("23T16:59:59")).toBe(409);
    expect(await send("23T17:00:00")).toBe(200);
  });

  test("sent 200 times at once passes once, with a store that takes its time", async () => {
    const inner = createMemoryReplayStore();
    const replayStore: ReplayStore = {
      ...inner,
      async claim(claim) {
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
        return inner.claim(claim);
      },
    };
    const ran = vi.fn(async () => exampleOf.qrCpmPayment.success as never);
    const handler = createReceiver({ replayStore, operations: { qrCpmPayment: ran } });
    const answers = await Promise.all(
      Array.from({ length: 200 }, async () => summary(await handler(requestOf(using("same"))))),
    );
    expect(answers.filter((answer) => answer === SUCCESS)).toHaveLength(1);
    expect(answers.filter((answer) => answer === CONFLICT)).toHaveLength(199);
    expect(ran).toHaveBeenCalledTimes(1);
  });

  test("may be used twice if replayStore is off", async () => {
    const handler = create({ replayStore: "off" });
    for (const _ of [1, 2]) expect(await sent(using("same"), handler)).toBe(SUCCESS);
  });

  test("says in the log whose it is", async () => {
    const reasons: unknown[] = [];
    let release = () => {};
    const handler = create({
      onAnswer: ({ reason }) => reason && reasons.push(reason),
      onError: () => {},
      operations: {
        qrCpmPayment: async () => {
          await new Promise<void>((resolve) => {
            release = resolve;
          });
          return exampleOf.qrCpmPayment.success as never;
        },
      },
    });
    const wire = wireOf();
    const first = said(handler, wire);
    await vi.waitFor(() => expect(release).not.toHaveLength(1));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await said(handler, wire)).toBe(CONFLICT);
    release();
    await first;
    expect(await said(handler, wire)).toBe(CONFLICT);
    expect(await said(handler, wire, { "X-EXTERNAL-ID": "other" })).toBe(CONFLICT);
    expect(reasons).toEqual([
      "the X-EXTERNAL-ID is that of a request that is under way",
      "the X-EXTERNAL-ID is that of a request that was answered",
      "the signature is that of a request that was answered",
    ]);
  });
});

describe.each(["conflict", "idempotent"] as const)("an operation that fails, under %s", (replayPolicy) => {
  test("by throwing uses up neither id nor signature", async () => {
    let fails = true;
    const handler = create({
      replayPolicy,
      onError: () => {},
      operations: {
        qrCpmPayment: () => {
          if (fails) throw new Error("the database is away");
          return exampleOf.qrCpmPayment.success as never;
        },
      },
    });
    const wire = wireOf();
    expect(await said(handler, wire)).toBe(GENERAL_ERROR);
    expect(await said(handler, wire, { "X-EXTERNAL-ID": "other" })).toBe(GENERAL_ERROR);
    fails = false;
    expect(await said(handler, wire)).toBe(SUCCESS);
    expect(await said(handler, wire, { "X-EXTERNAL-ID": "other" })).toBe(CONFLICT);
  });

  test.each([
    ["by returning an error", () => snapError("4036014"), "4036014 Insufficient Funds"],
    ["by returning what breaks the contract", () => ({ responseCode: "2006000" }) as never, GENERAL_ERROR],
  ])("%s uses them up", async (_, operation, answer) => {
    const ran = vi.fn(operation);
    const handler = create({ replayPolicy, onError: () => {}, operations: { qrCpmPayment: ran } });
    const wire = wireOf();
    expect(await said(handler, wire)).toBe(answer);
    expect(await said(handler, wire)).toBe(replayPolicy === "conflict" ? CONFLICT : answer);
    expect(await said(handler, wire, { "X-EXTERNAL-ID": "other" })).toBe(CONFLICT);
    expect(ran).toHaveBeenCalledTimes(1);
  });
});

describe("under the policy idempotent", () => {
  const later = { "X-TIMESTAMP": "2020-12-23T07:51:00+07:00" };

  test("the same id with the same body gets the stored answer, signed again or not; with another body a conflict", async () => {
    let runs = 0;
    const handler = create({
      replayPolicy: "idempotent",
      operations: {
        qrCpmPayment: () => {
          runs += 1;
          return { ...exampleOf.qrCpmPayment.success, referenceNo: `run ${runs}` } as never;
        },
      },
    });
    const read = async (sent: Sent) => {
      const response = await handler(requestOf(sent));
      return { status: response.status, body: await response.json() };
    };
    const first = await read(using("one"));
    expect(first).toMatchObject({ status: 200, body: { referenceNo: "run 1" } });
    expect(await read(using("one"))).toEqual(first);
    expect(await read(using("one", { headers: later }))).toEqual(first);
    const body = { ...exampleOf.qrCpmPayment.request, merchantId: "another" };
    expect(await sent(using("one", { body }), handler)).toBe(CONFLICT);
    expect(await read(using("two", { headers: later }))).toMatchObject({ body: { referenceNo: "run 2" } });
    expect(runs).toBe(2);
  });

  test("who sends a captured signature under another id gets no answer of the first", async () => {
    const handler = create({ replayPolicy: "idempotent" });
    const wire = wireOf();
    expect(await said(handler, wire)).toBe(SUCCESS);
    expect(await said(handler, wire, { "X-EXTERNAL-ID": "other" })).toBe(CONFLICT);
  });

  test("the same id and body at another operation is 409 00, not the first operation's answer", async () => {
    const handler = create({ replayPolicy: "idempotent" });
    const body = { ...exampleOf.qrCpmQuery.request, ...exampleOf.qrCpmCancel.request };
    expect(await sent(using("one", { operation: "qrCpmCancel", body }), handler)).toMatch("2006200");
    expect(await sent(using("one", { operation: "qrCpmQuery", body }), handler)).toBe("4096100 Conflict");
    expect(await sent(using("one", { operation: "qrCpmCancel", body, headers: later }), handler)).toMatch("2006200");
  });

  test("a token is never given out again for a captured request", async () => {
    const handler = create({ replayPolicy: "idempotent", signedOnce: ["accessTokenB2b"] });
    const wire = wireOf({ operation: "accessTokenB2b" });
    expect(await said(handler, wire)).toMatch("2007300");
    expect(await said(handler, wire)).toBe("4097300 Conflict");
  });
});

describe("an operation that takes too long", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  test.each(["conflict", "idempotent"] as const)(
    "is answered with 504 00, told so, and keeps id and signature until it settles: %s",
    async (replayPolicy) => {
      const ends: { resolve: (value: never) => void; reject: (error: Error) => void }[] = [];
      const signals: AbortSignal[] = [];
      const errors: unknown[] = [];
      const reasons: unknown[] = [];
      const handler = create({
        replayPolicy,
        operationTimeout: 5000,
        onError: (error) => errors.push(error),
        onAnswer: ({ reason }) => reasons.push(reason),
        operations: {
          qrCpmPayment: ({ signal }) => {
            signals.push(signal);
            return new Promise((resolve, reject) => ends.push({ resolve, reject }));
          },
        },
      });
      const late = async (wire: Wire, headers: Record<string, string> = {}) => {
        const answer = said(handler, wire, headers);
        await vi.advanceTimersByTimeAsync(5000);
        return answer;
      };
      const returns = wireOf();
      const throws = wireOf({ body: { ...exampleOf.qrCpmPayment.request, merchantId: "other" } });
      for (const wire of [returns, throws]) {
        expect(await late(wire)).toBe("5046000 Timeout");
        expect(await said(handler, wire)).toBe(CONFLICT);
        expect(await said(handler, wire, { "X-EXTERNAL-ID": "another" })).toBe(CONFLICT);
      }
      expect(signals.map(({ reason }) => String(reason))).toEqual(
        Array(2).fill("TimeoutError: the operation did not answer within 5000 ms"),
      );
      expect(reasons[0]).toBe("the operation did not answer within 5000 ms");
      const error = new Error("after all");
      ends[0]?.resolve(exampleOf.qrCpmPayment.success as never);
      ends[1]?.reject(error);
      await vi.advanceTimersByTimeAsync(0);
      expect(errors).toEqual([error]);
      // what returned is used up, and repeated where the policy says so; what threw is free
      expect(await said(handler, returns)).toBe(replayPolicy === "conflict" ? CONFLICT : SUCCESS);
      expect(await late(throws)).toBe("5046000 Timeout");
      expect(ends).toHaveLength(3);
    },
  );
});

describe("a store that fails", () => {
  const failing = (change: Partial<ReplayStore>): ReplayStore => ({ ...createMemoryReplayStore(), ...change });

  test("when it is told of an answer has the call answered with 500 00, and is told again until it can", async () => {
    vi.useFakeTimers();
    const inner = createMemoryReplayStore();
    let isAway = true;
    const settle = vi.fn(async (...all: Parameters<ReplayStore["settle"]>) => {
      if (isAway) throw new Error("away");
      return inner.settle(...all);
    });
    const errors: unknown[] = [];
    const handler = create({ replayStore: { ...inner, settle }, onError: (error) => errors.push(error) });
    const wire = wireOf();
    expect(await said(handler, wire)).toBe(GENERAL_ERROR);
    expect(errors.map(String)).toEqual(["Error: away"]);
    expect(await said(handler, wire)).toBe(CONFLICT);
    isAway = false;
    await vi.advanceTimersByTimeAsync(60_000);
    vi.useRealTimers();
    expect(settle.mock.results).toHaveLength(2);
    expect(await said(handler, wire)).toBe(CONFLICT);
  });

  test("is told of an answer before the lease ends, once it is back", async () => {
    vi.useFakeTimers();
    const inner = createMemoryReplayStore();
    const begun = Date.now();
    const times: number[] = [];
    const settle = vi.fn(async (...all: Parameters<ReplayStore["settle"]>) => {
      times.push(Date.now() - begun);
      if (Date.now() - begun < 2000) throw new Error("away");
      return inner.settle(...all);
    });
    const handler = create({ replayStore: { ...inner, lease: 3000, settle }, onError: () => {} });
    expect(await sent({}, handler)).toBe(GENERAL_ERROR);
    await vi.advanceTimersByTimeAsync(60_000);
    vi.useRealTimers();
    expect(times.at(-1)).toBeLessThan(3000);
  });

  test("for longer than a timer holds is renewed in time, and not all the time", async () => {
    vi.useFakeTimers();
    const inner = createMemoryReplayStore();
    const claim = vi.fn(inner.claim);
    const success = exampleOf.qrCpmPayment.success as never;
    const qrCpmPayment = () => new Promise<never>((resolve) => setTimeout(() => resolve(success), 1000));
    const handler = create({ replayStore: { ...inner, claim, lease: 1e12 }, operations: { qrCpmPayment } });
    const answer = sent({}, handler);
    await vi.advanceTimersByTimeAsync(1000);
    vi.useRealTimers();
    expect(await answer).toBe(SUCCESS);
    expect(claim).toHaveBeenCalledTimes(1);
  });

  test("after it has claimed has the call answered with 500 00, and keeps nothing: the same call passes then", async () => {
    const inner = createMemoryReplayStore();
    let fails = true;
    const replayStore = failing({
      ...inner,
      async claim(claim) {
        const state = await inner.claim(claim);
        if (fails) throw new Error("no answer in time");
        return state;
      },
    });
    const handler = create({ replayStore, onError: () => {} });
    const wire = wireOf();
    expect(await said(handler, wire)).toBe(GENERAL_ERROR);
    fails = false;
    expect(await said(handler, wire)).toBe(SUCCESS);
  });

  test.each([true, false, undefined, "new", { state: "fresh" }])(
    "by returning %j has it answered with 500 00",
    async (state) => {
      const errors: unknown[] = [];
      const handler = create({
        replayStore: failing({ claim: () => state as never }),
        onError: (error) => errors.push(error),
      });
      expect(await sent({}, handler)).toBe(GENERAL_ERROR);
      expect(errors.map(String)).toEqual(["TypeError: replayStore.claim must return a ReplayState."]);
    },
  );

  test("is renewed while an operation runs, three times a lease", async () => {
    vi.useFakeTimers();
    const inner = createMemoryReplayStore();
    const claim = vi.fn(inner.claim);
    const handler = create({
      replayStore: { ...inner, claim, lease: 900 },
      operations: {
        qrCpmPayment: () =>
          new Promise((resolve) => setTimeout(() => resolve(exampleOf.qrCpmPayment.success as never), 1000)),
      },
    });
    const answer = sent({}, handler);
    await vi.advanceTimersByTimeAsync(2000);
    vi.useRealTimers();
    expect(await answer).toBe(SUCCESS);
    expect(new Set(claim.mock.calls.map(([{ owner }]) => owner)).size).toBe(1);
    expect(claim).toHaveBeenCalledTimes(4);
  });

  test("is told who calls, and nothing that it need not know", async () => {
    const claim = vi.fn(createMemoryReplayStore().claim);
    const handler = create({ replayStore: failing({ claim }) });
    await sent(using("one"), handler);
    expect(claim.mock.calls[0]?.[0]).toEqual({
      owner: expect.stringMatching(/^[0-9a-f-]{36}-\d+$/),
      partnerId: PARTNER,
      uses: [
        { kind: "id", value: `2020-12-23\n${PARTNER}\none`, until: Date.parse("2020-12-24T00:06:00+07:00") },
        { kind: "signature", value: expect.stringMatching(/^[\w-]{43}$/), until: NOW.getTime() + 360_000 },
      ],
      body: "",
      now: NOW.getTime(),
    });
  });
});
