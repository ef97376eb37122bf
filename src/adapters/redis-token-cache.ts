// An access token that several processes share, on Redis or Valkey.
import { hash, randomUUID } from "node:crypto";
import type { CachedToken, TokenCache } from "../client/token.ts";
import { checkRedisOptions, limited, type RedisClient } from "./redis-client.ts";

/** How to make a cache on Redis. */
export interface RedisTokenCacheOptions {
  /** A connected client of node-redis (package `redis`), made with `disableOfflineQueue: true`. */
  client: RedisClient;
  /** What the keys begin with; `"snap"` by default. */
  prefix?: string;
  /** After how many milliseconds the server counts as away; 2,000 by default. */
  timeout?: number;
}

/** How long the others wait for the process that asks before one of them asks itself. */
const LOCK_MS = 35_000;
/** How often they look. */
const PAUSE_MS = 50;

/** Deletes a key whose value ends as told. ARGV: the end. */
const DELETE_IF = `
local held = redis.call("GET", KEYS[1])
if held and held:sub(-#ARGV[1]) == ARGV[1] then return redis.call("DEL", KEYS[1]) end
return 0`;

/**
 * Makes a cache for `createTokenProvider`, so that all processes use one token and one of them asks for it. The token stands in Redis
 * in the clear, until it is renewed: who can read that server can call in your name as far as a token goes.
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`) when an option cannot be right
 * @example createTokenProvider({ baseUrl, clientKey, privateKey, cache: createRedisTokenCache({ client }) })
 */
export function createRedisTokenCache(options: RedisTokenCacheOptions): TokenCache {
  const { client, prefix = "snap", timeout = 2000 } = options;
  checkRedisOptions(client, timeout, prefix);
  const keyOf = (name: string) => `{${prefix}}:token:${hash("sha256", name, "base64url")}`;
  const deleteIf = (key: string, end: string) =>
    limited(client.eval(DELETE_IF, { keys: [key], arguments: [end] }), timeout);

  /** Asks if nobody else does; undefined if somebody does. */
  async function askAlone(key: string, ask: () => Promise<CachedToken>): Promise<CachedToken | undefined> {
    const lock = `${key}:lock`;
    const owner = randomUUID();
    if ((await limited(client.set(lock, owner, { PX: LOCK_MS, NX: true }), timeout)) === null) return undefined;
    try {
      const asked = await ask();
      const lifetime = Math.floor(asked.renewAt - Date.now());
      const value = `${asked.renewAt}\n${asked.token}`;
      // the token is good, whether it can be kept or not
      if (lifetime > 0) await limited(client.set(key, value, { PX: lifetime }), timeout).catch(() => {});
      return asked;
    } finally {
      await deleteIf(lock, owner).catch(() => {});
    }
  }

  return {
    async get(name, ask) {
      const key = keyOf(name);
      for (;;) {
        const kept = tokenIn(await limited(client.get(key), timeout));
        const token = kept ?? (await askAlone(key, ask));
        if (token) return token;
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    },
    async forget(name, token) {
      await deleteIf(keyOf(name), `\n${token}`);
    },
  };
}

function tokenIn(value: unknown): CachedToken | undefined {
  if (typeof value !== "string") return undefined;
  const [renewAt = "", token = ""] = value.split("\n");
  return Number(renewAt) > Date.now() ? { token, renewAt: Number(renewAt) } : undefined;
}
