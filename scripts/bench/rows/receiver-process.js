// A process of its own with the built receiver on the Redis that it is told: [redisUrl, clientSecret, accessToken, reply].
import { createClient } from "redis";

const [entry = "", redisUrl = "", clientSecret = "", accessToken = "", reply = ""] = process.argv.slice(2);
const { createSnapHandler } = await import(`${entry}/server.js`);
const { createSnapServer } = await import(`${entry}/node.js`);
const { createRedisReplayStore } = await import(`${entry}/redis.js`);
const client = await createClient({ url: redisUrl, disableOfflineQueue: true }).connect();
const handler = createSnapHandler({
  key: () => ({ type: "symmetric", clientSecret }),
  verifyToken: (/** @type {string} */ token) => token === accessToken,
  validateReplies: false,
  replayStore: createRedisReplayStore({ client }),
  operations: { qrCpmPayment: () => JSON.parse(reply) },
});
process.send?.(await createSnapServer(handler).listen(0, "127.0.0.1"));
