// The access token that several processes share: one of them asks, a refused one is forgotten, and nobody waits for a dead one.
import { expect, test } from "vitest";
import { createTokenProvider } from "../../src/index.ts";
import { createRedisTokenCache } from "../../src/redis.ts";
import { json, record } from "../support/http.ts";
import { privateKey } from "../support/keys.ts";
import { connected, startRedis } from "./server.ts";

/** A PJP that gives out token-1, token-2 and so on. */
const startPjp = (delay = 0, status = 200) =>
  record((response, _, number) => {
    const responseCode = status === 200 ? "2007300" : "5007300";
    const body = {
      responseCode,
      responseMessage: "x",
      accessToken: `token-${number}`,
      tokenType: "Bearer",
      expiresIn: "900",
    };
    setTimeout(() => json(status, body)(response), delay);
  });

/** Providers as so many processes have them. */
async function providersOf(count: number, redisUrl: string, baseUrl: string) {
  const providers = Array.from({ length: count }, async () => {
    const client = await connected(redisUrl);
    const cache = createRedisTokenCache({ client, timeout: 5000 });
    return createTokenProvider({ baseUrl, clientKey: "client", privateKey, cache });
  });
  return Promise.all(providers);
}

test("20 processes that start at once ask for one token", async () => {
  const redis = await startRedis();
  const pjp = await startPjp(300);
  const providers = await providersOf(20, redis.url, pjp.url);
  const tokens = await Promise.all(providers.map((provide) => provide()));
  expect(new Set(tokens)).toEqual(new Set(["token-1"]));
  expect(pjp.received).toHaveLength(1);
});

test("a token that was refused is forgotten for all, and a newer one is not", async () => {
  const redis = await startRedis();
  const pjp = await startPjp();
  const [one, two] = await providersOf(2, redis.url, pjp.url);
  if (!one || !two) throw new Error("no providers");
  expect([await one(), await two()]).toEqual(["token-1", "token-1"]);
  one.invalidate("token-1");
  expect(await one()).toBe("token-2");
  // the other process learns of it later, with the old token
  two.invalidate("token-1");
  expect(await two()).toBe("token-2");
  expect(pjp.received).toHaveLength(2);
});

test("a PJP that refuses is told to the process that asks, and the next one asks again", async () => {
  const redis = await startRedis();
  const pjp = await startPjp(0, 500);
  const [one, two] = await providersOf(2, redis.url, pjp.url);
  for (const provide of [one, two]) await expect(provide?.()).rejects.toMatchObject({ code: "ERR_SNAP_NO_TOKEN" });
  expect(pjp.received).toHaveLength(2);
});

test("without the server each process asks for itself", async () => {
  const redis = await startRedis();
  const pjp = await startPjp();
  const [one] = await providersOf(1, redis.url, pjp.url);
  await redis.kill();
  expect(await one?.()).toBe("token-1");
});

test("the token is kept under a key without the client's name, and no longer than it is used", async () => {
  const redis = await startRedis();
  const pjp = await startPjp();
  const client = await connected(redis.url);
  const [one] = await providersOf(1, redis.url, pjp.url);
  await one?.();
  const keys = await client.keys("*");
  expect(keys).toEqual([expect.stringMatching(/^\{snap\}:token:[\w-]{43}$/)]);
  const left = await client.pTTL(keys[0] ?? "");
  expect(left).toBeGreaterThan(800_000);
  expect(left).toBeLessThanOrEqual(840_000);
});

test.each(["99999999999999\n", "99999999999999\nnot a token", "99999999999999", "99999999999999\n\u0000"])(
  "what stands in the token's place and is not one, %j, keeps nobody from calling",
  async (value) => {
    const redis = await startRedis();
    const pjp = await startPjp();
    const client = await connected(redis.url);
    const [first, one] = await providersOf(2, redis.url, pjp.url);
    await first?.();
    const [key = ""] = await client.keys("*");
    await client.set(key, value);
    expect(await one?.()).toBe("token-2");
  },
);
