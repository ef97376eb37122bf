// What `import ... from "snap-bi-contract/redis"` gives: what several processes share, on Redis or Valkey.
export type { RedisClient } from "./adapters/redis-client.ts";
export { createRedisReplayStore, type RedisReplayStoreOptions } from "./adapters/redis-replay-store.ts";
export { createRedisTokenCache, type RedisTokenCacheOptions } from "./adapters/redis-token-cache.ts";
