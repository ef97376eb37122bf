// What it costs to remember what was used: in memory, below its cap and beyond it; in Redis; and with two processes on one Redis.
import { type ChildProcess, fork, spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import freePort from "get-port";
import { createClient } from "redis";
import { root } from "../../redocly/run.ts";
import { alternate, compare, median } from "../measure.ts";
import {
  accessToken,
  clientSecret,
  type Extent,
  fixed,
  incoming,
  path,
  type Row,
  reply,
  say,
  text,
} from "../subject.ts";

type Store = import("../../../src/server.ts").ReplayStore;
const dist = pathToFileURL(join(root, "dist")).href;

/** Claims and settles as a receiver does for a payment. */
async function use(store: Store, times: number): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    const now = Date.now();
    const [id, signature] = [randomUUID(), randomUUID()];
    const uses = [
      { kind: "id", value: id, until: now + 86_400_000 },
      { kind: "signature", value: signature, until: now + 300_000 },
    ] as const;
    const claim = { owner: id, partnerId: "partner", uses, body: "", now };
    if ((await store.claim(claim)).state !== "new") throw new Error("not new");
    await store.settle(claim, "");
  }
}

export async function claiming({ rounds }: Extent): Promise<Row[]> {
  const { createMemoryReplayStore } = (await import(`${dist}/server.js`)) as typeof import("../../../src/server.ts");
  say(`claiming in memory, below the cap and beyond it, in ${rounds} rounds`);
  const beyond = createMemoryReplayStore({ maxUses: 10_000 });
  await use(beyond, 200_000);
  const below = createMemoryReplayStore();
  const taken = await alternate(
    { below: (times) => use(below, times), beyond: (times) => use(beyond, times) },
    { rounds, times: 40 },
  );
  const ratio = compare(taken.beyond, taken.below);
  const memory = {
    what: `claim in memory beyond the cap (${fixed(median(taken.beyond), 1)} us)`,
    against: `below it (${fixed(median(taken.below), 1)} us)`,
    measured: fixed(ratio),
    aim: "at most 1.50",
    met: ratio <= 1.5,
  };
  return [memory, ...(await onRedis(rounds))];
}

/** Rows that need a Redis; one that says so where there is none. */
async function onRedis(rounds: number): Promise<Row[]> {
  if (spawnSync("redis-server", ["--version"]).error) {
    return [
      { what: "claim in Redis", against: "-", measured: "redis-server is missing", aim: "installed", met: false },
    ];
  }
  const folder = mkdtempSync(join(tmpdir(), "snap-bench-redis-"));
  const port = await freePort();
  const durable = ["--appendonly", "yes", "--appendfsync", "always", "--save", ""];
  const server = spawn("redis-server", ["--port", String(port), "--dir", folder, ...durable], { stdio: "ignore" });
  const url = `redis://127.0.0.1:${port}`;
  try {
    return [await claimOnRedis(url, rounds), await processesOnRedis(url)];
  } finally {
    server.kill("SIGKILL");
    await once(server, "exit");
    rmSync(folder, { recursive: true, force: true });
  }
}

async function claimOnRedis(url: string, rounds: number): Promise<Row> {
  say("claiming in Redis, each write on the disk before it is answered");
  const { createRedisReplayStore } = (await import(`${dist}/redis.js`)) as typeof import("../../../src/redis.ts");
  const client = await createClient({ url, socket: { reconnectStrategy: 50 } })
    .on("error", () => {})
    .connect();
  const store = createRedisReplayStore({ client });
  const works = { ours: (times: number) => use(store, times), bare: (times: number) => setTwice(times) };
  async function setTwice(times: number) {
    for (let count = 0; count < times; count += 1) {
      await client.set(randomUUID(), "1", { PX: 300_000, NX: true });
      await client.set(randomUUID(), "1", { PX: 300_000 });
    }
  }
  const taken = await alternate(works, { rounds: Math.ceil(rounds / 20), times: 20 });
  const ratio = compare(taken.ours, taken.bare);
  client.destroy();
  return {
    what: `claim and settle in Redis (${fixed(median(taken.ours), 0)} us)`,
    against: `two bare SETs on the same connection (${fixed(median(taken.bare), 0)} us)`,
    measured: fixed(ratio),
    aim: "at most 2.00",
    met: ratio <= 2,
  };
}

async function processesOnRedis(url: string): Promise<Row> {
  say("receiving over HTTP with one and with two processes on one Redis");
  const processes: { child: ChildProcess; url: string }[] = await Promise.all(
    [1, 2].map(async () => {
      const args = [dist, url, clientSecret, accessToken, JSON.stringify(reply)];
      const child = fork(join(import.meta.dirname, "receiver-process.js"), args);
      const [at] = (await once(child, "message")) as [string];
      return { child, url: at };
    }),
  );
  try {
    const [first] = processes;
    const one = await perSecond(first ? [first.url] : []);
    const two = await perSecond(processes.map((each) => each.url));
    return {
      what: "receiver on Redis over HTTP: requests a second of two processes",
      against: `one process (${one.toFixed(0)}), client and Redis on the same cores`,
      measured: two.toFixed(0),
      aim: "shown",
      met: true,
    };
  } finally {
    for (const { child } of processes) child.kill();
  }
}

/** How many payments a second the receivers answer, 16 at a time. */
async function perSecond(urls: string[]): Promise<number> {
  const requests = incoming(text, 2000);
  const start = performance.now();
  const worker = async () => {
    for (let request = requests.pop(); request; request = requests.pop()) {
      const { method, headers } = request;
      const url = urls[requests.length % urls.length] + path;
      const { status } = await fetch(url, { method, headers, body: await request.text() });
      if (status !== 200) throw new Error(`answered ${status}`);
    }
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  return (2000 / (performance.now() - start)) * 1000;
}
