// A replay store that several processes share, on Redis or Valkey.
import { hash } from "node:crypto";
import type { ReplayClaim, ReplayState, ReplayStore, ReplayUse } from "../receiver/replay-store.ts";
import { invalidOption } from "../util/errors.ts";
import { checkRedisOptions, LONGEST_MS, limited, type RedisClient } from "./redis-client.ts";

/** How to make a store on Redis. */
export interface RedisReplayStoreOptions {
  /**
   * A connected client of node-redis (package `redis`), made with `disableOfflineQueue: true`: otherwise a call waits while the server
   * is away, where it had better be answered with 500 00.
   */
  client: RedisClient;
  /** What the keys begin with; `"snap"` by default. */
  prefix?: string;
  /** For how long a claim of a process that died holds, in milliseconds; 60,000 by default. */
  lease?: number;
  /** After how many milliseconds the server counts as away; 2,000 by default. */
  timeout?: number;
}

/**
 * Claims all keys or none. A key's value is `owner LF body` while it is under way, and `= LF body LF answer` once it is settled.
 * ARGV: owner, body, lease in milliseconds.
 */
const CLAIM = `
for i, key in ipairs(KEYS) do
  local held = redis.call("GET", key)
  if held and held:sub(1, #ARGV[1] + 1) ~= ARGV[1] .. "\\n" then return {i, held} end
end
for _, key in ipairs(KEYS) do redis.call("SET", key, ARGV[1] .. "\\n" .. ARGV[2], "PX", ARGV[3]) end
return {0, ""}`;

/** Ends a claim. ARGV: owner, body, "1" for an answer or "0" to free, the answer, and of each key the milliseconds to keep it. */
const SETTLE = `
for i, key in ipairs(KEYS) do
  local held = redis.call("GET", key)
  local ours = held and held:sub(1, #ARGV[1] + 1) == ARGV[1] .. "\\n"
  if ARGV[3] == "0" then
    if ours then redis.call("DEL", key) end
  elseif (ours or not held) and tonumber(ARGV[4 + i]) > 0 then
    redis.call("SET", key, "=\\n" .. ARGV[2] .. "\\n" .. ARGV[4], "PX", ARGV[4 + i])
  elseif ours then
    redis.call("DEL", key)
  end
end
return 1`;

/**
 * Makes a replay store on Redis or Valkey, for a receiver of several processes. A claim is one round trip. While the server is away,
 * calls are answered with 500 00. Run it with `appendonly yes` and `appendfsync always`, or what was claimed last may be lost with
 * it, and with `maxmemory-policy noeviction`.
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`) when an option cannot be right
 * @example
 * const client = await createClient({ url, disableOfflineQueue: true }).on("error", log).connect();
 * createSnapHandler({ replayStore: createRedisReplayStore({ client }), ... });
 */
export function createRedisReplayStore(options: RedisReplayStoreOptions): ReplayStore {
  const { client, prefix = "snap", lease = 60_000, timeout = 2000 } = options;
  checkRedisOptions(client, timeout, prefix);
  // Redis takes no fractions
  if (!(Number.isInteger(lease) && lease >= 1 && lease <= LONGEST_MS)) {
    throw invalidOption(
      `lease must be a whole number of milliseconds from 1 to ${LONGEST_MS}; leave it out for 60,000.`,
    );
  }

  /** Hashed, so that no two are the same whatever they consist of; with braces, so that all lie in one slot of a cluster. */
  const keysOf = ({ uses }: ReplayClaim): string[] =>
    uses.map(({ kind, value }) => `{${prefix}}:${kind}:${hash("sha256", value, "base64url")}`);
  const run = (script: string, claim: ReplayClaim, args: string[]) =>
    limited(client.eval(script, { keys: keysOf(claim), arguments: [claim.owner, claim.body, ...args] }), timeout);

  return {
    lease,
    async claim(claim) {
      const [place, held] = (await run(CLAIM, claim, [String(lease)])) as [number, string];
      const taken = claim.uses[place - 1];
      return taken ? stateOf(held, taken.kind, claim.body) : { state: "new" };
    },
    async settle(claim, answer) {
      const lifetimes = claim.uses.map(({ until }) => String(Math.ceil(until - claim.now)));
      await run(SETTLE, claim, [answer === undefined ? "0" : "1", answer ?? "", ...lifetimes]);
    },
  };
}

function stateOf(held: string, kind: ReplayUse["kind"], body: string): ReplayState {
  const [owner, ...rest] = held.split("\n");
  if (owner !== "=") return { state: "underWay", kind };
  const [earlier, ...answer] = rest;
  return earlier === body ? { state: "answered", kind, answer: answer.join("\n") } : { state: "otherBody", kind };
}
