// A process of the test of several processes: a receiver on the shared store, whose operation counts its runs in Redis.
import { createClient } from "redis";
import { createSnapServer } from "../../src/node.ts";
import { createRedisReplayStore } from "../../src/redis.ts";
import { createReceiver, exampleOf } from "../support/receiver.ts";

const [url = "", lease = "", timeout = ""] = process.argv.slice(2);
const client = createClient({ url, disableOfflineQueue: true, socket: { reconnectStrategy: 50 } });
client.on("error", () => {});
await client.connect();
const handler = createReceiver({
  replayStore: createRedisReplayStore({ client, lease: Number(lease), timeout: Number(timeout) }),
  onError: () => {},
  operations: {
    qrCpmPayment: async ({ body }) => {
      process.send?.({ ran: body.partnerReferenceNo });
      await new Promise((resolve) => setTimeout(resolve, 5));
      return exampleOf.qrCpmPayment.success as never;
    },
  },
});
const server = createSnapServer(handler);
process.send?.({ url: await server.listen(0, "127.0.0.1") });
