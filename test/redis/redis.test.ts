// The replay store on a real Redis server: its rules, several processes, a server that dies, is slow, or comes back.
import { type ChildProcess, fork } from "node:child_process";
import { describe, expect, onTestFinished, test } from "vitest";
import { createRedisReplayStore } from "../../src/redis.ts";
import { checkReplayStore, type ReplayClaim } from "../../src/server.ts";
import { thrown, typeError } from "../support/errors.ts";
import { createReceiver, exampleOf, GENERAL_ERROR, requestOf, SUCCESS, summary, wireOf } from "../support/receiver.ts";
import { connected, startRedis } from "./server.ts";

/** Starts processes that share a store, and keeps what they say they have run. */
async function startWorkers(count: number, url: string, lease: number, timeout: number) {
  const ran: string[] = [];
  const workers: { url: string; child: ChildProcess }[] = await Promise.all(
    Array.from({ length: count }, async () => {
      const child = fork(new URL("worker.ts", import.meta.url), [url, String(lease), String(timeout)], {
        execArgv: ["--import", "tsx"],
      });
      onTestFinished(() => void child.kill("SIGKILL"));
      child.on("message", (message: { ran?: string }) => message.ran && ran.push(message.ran));
      const own = await new Promise<string>((resolve, reject) => {
        child.on("message", (message: { url?: string }) => message.url && resolve(message.url));
        child.once("exit", (code) => reject(new Error(`a worker ended with ${code}`)));
      });
      return { url: own, child };
    }),
  );
  return { workers, ran };
}

async function pay(url: string, reference: string, id = reference): Promise<string> {
  const body = { ...exampleOf.qrCpmPayment.request, partnerReferenceNo: reference };
  const wire = wireOf({ body, headers: { "X-EXTERNAL-ID": id } });
  const response = await fetch(url + wire.path, { method: "POST", headers: wire.headers, body: wire.body });
  const { responseCode } = (await response.json()) as { responseCode: string };
  return responseCode;
}

const claimOf = (value: string): ReplayClaim => ({
  owner: crypto.randomUUID(),
  partnerId: "partner",
  uses: [{ kind: "id", value, until: Date.now() + 60_000 }],
  body: "",
  now: Date.now(),
});

test("keeps the rules of a store", { timeout: 60_000 }, async () => {
  const client = await connected((await startRedis()).url);
  await checkReplayStore(createRedisReplayStore({ client, lease: 300 }));
});

test("claims in one round trip, under keys that hold no partner's text and no secret, each with an end", async () => {
  const client = await connected((await startRedis()).url);
  await client.configResetStat();
  const handler = createReceiver({ replayStore: createRedisReplayStore({ client }), signedOnce: ["qrCpmPayment"] });
  expect(await summary(await handler(requestOf()), "qrCpmPayment")).toBe(SUCCESS);
  const stats = await client.info("commandstats");
  // the claim, and its end
  expect(stats).toMatch(/cmdstat_eval:calls=2,/);
  const keys = await client.keys("*");
  expect(keys.sort()).toEqual([
    expect.stringMatching(/^\{snap\}:id:[\w-]{43}$/),
    expect.stringMatching(/^\{snap\}:signature:[\w-]{43}$/),
  ]);
  for (const key of keys) expect(await client.pTTL(key)).toBeGreaterThan(0);
});

test("4 processes x 500 parallel calls of one id: exactly one runs", { timeout: 120_000 }, async () => {
  const { url } = await startRedis();
  const { workers, ran } = await startWorkers(4, url, 60_000, 60_000);
  const calls = workers.flatMap((worker) => Array.from({ length: 500 }, () => pay(worker.url, "one")));
  const codes = await Promise.all(calls);
  expect(codes.filter((code) => code === "2006000")).toHaveLength(1);
  expect(codes.filter((code) => code === "4096000")).toHaveLength(1999);
  expect(ran).toEqual(["one"]);
});

test("a server that is killed in the middle of load and started again: every call is answered, and nothing that answered runs twice", {
  timeout: 120_000,
}, async () => {
  const redis = await startRedis();
  const lease = 1500;
  const { workers, ran } = await startWorkers(2, redis.url, lease, 1000);
  const answers = new Map<string, string>();
  let isOver = false;
  const load = async (caller: number) => {
    for (let count = 0; !isOver; count += 1) {
      const reference = `${caller}-${count}`;
      answers.set(reference, await pay(workers[caller % 2]?.url ?? "", reference));
    }
  };
  const loads = Array.from({ length: 16 }, (_, caller) => load(caller));
  const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  await pause(1000);
  await redis.kill();
  await pause(1000);
  await redis.start();
  await pause(1500);
  isOver = true;
  await Promise.all(loads);
  const codes = new Set(answers.values());
  expect([...codes].sort()).toEqual(["2006000", "5006000"]);
  // longer than a lease: what a dead server left under way is free again, and what was answered is not
  await pause(lease * 2);
  const answered = [...answers].filter(([, code]) => code === "2006000").map(([reference]) => reference);
  const again = await Promise.all(answered.map((reference, at) => pay(workers[at % 2]?.url ?? "", reference)));
  expect(new Set(again)).toEqual(new Set(["4096000"]));
  const runsOf = (reference: string) => ran.filter((other) => other === reference).length;
  expect(answered.filter((reference) => runsOf(reference) !== 1)).toEqual([]);
  expect(answered.length).toBeGreaterThan(100);
});

test("a process that dies under way leaves its claim until the lease ends, and no longer", {
  timeout: 60_000,
}, async () => {
  const client = await connected((await startRedis()).url);
  const dead = createRedisReplayStore({ client, lease: 400 });
  const claim = claimOf("one");
  await dead.claim(claim);
  expect(await dead.claim(claimOf("one"))).toEqual({ state: "underWay", kind: "id" });
  await expect.poll(() => client.keys("*"), { timeout: 5000 }).toEqual([]);
  expect(await dead.claim(claimOf("one"))).toEqual({ state: "new" });
});

describe("a server that does not answer", () => {
  test("is given up after a limit, and the call answered with 500 00", async () => {
    const redis = await startRedis();
    const client = await connected(redis.url);
    const errors: unknown[] = [];
    const replayStore = createRedisReplayStore({ client, timeout: 200 });
    const handler = createReceiver({ replayStore, onError: (error) => errors.push(error) });
    redis.freeze();
    const begun = performance.now();
    expect(await summary(await handler(requestOf()))).toBe(GENERAL_ERROR);
    expect(performance.now() - begun).toBeLessThan(5000);
    expect(errors).toEqual([
      typeError(
        "ERR_SNAP_TIMEOUT",
        "Redis must answer within 200 ms, but did not; see whether it is overloaded or away.",
      ),
    ]);
    redis.thaw();
    expect(await summary(await handler(requestOf()))).toBe(SUCCESS);
  });

  test("because it is away fails at once", async () => {
    const redis = await startRedis();
    const client = await connected(redis.url);
    const handler = createReceiver({ replayStore: createRedisReplayStore({ client }), onError: () => {} });
    await redis.kill();
    await expect.poll(() => client.isReady).toBe(false);
    expect(await summary(await handler(requestOf()))).toBe(GENERAL_ERROR);
    await redis.start();
    await expect.poll(() => client.isReady, { timeout: 10_000 }).toBe(true);
    expect(await summary(await handler(requestOf()))).toBe(SUCCESS);
  });
});

const LEASE = "lease must be a whole number of milliseconds from 1 to 2147483647; leave it out for 60,000.";
const TIMEOUT = "timeout must be a number of milliseconds from 1 to 2147483647; leave it out for 2,000.";
const PREFIX = 'prefix must be text without braces, and not empty; leave it out for "snap".';

test.each<[object, string]>([
  [{ client: {} }, 'client must be a client of node-redis: createClient of the package "redis" makes one.'],
  ...[0, 1.5, Number.POSITIVE_INFINITY, 2 ** 31].map((lease) => [{ lease }, LEASE] as [object, string]),
  ...[-1, Number.POSITIVE_INFINITY, 2 ** 31].map((timeout) => [{ timeout }, TIMEOUT] as [object, string]),
  ...["", "}", "{snap}", 5].map((prefix) => [{ prefix }, PREFIX] as [object, string]),
])("refuses %o", (options, message) => {
  const client = { eval: () => Promise.resolve(0) };
  expect(thrown(() => createRedisReplayStore({ client, ...options } as never))).toStrictEqual(
    typeError("ERR_SNAP_INVALID_OPTION", message),
  );
});
