// X-EXTERNAL-ID: used once per partner and day, also if requests come at the same time.
import { describe, expect, test, vi } from "vitest";
import { createMemoryReplayStore, type ReplayStore } from "../../src/server.ts";
import {
  answerTo,
  createReceiver,
  GENERAL_ERROR,
  newExternalId,
  PARTNER,
  RSA_PARTNER,
  requestOf,
  type Sent,
  SUCCESS,
  summary,
} from "../support/receiver.ts";
import { throwing } from "./support.ts";

const receiver = createReceiver();

describe("X-EXTERNAL-ID", () => {
  const CONFLICT = "4096000 Conflict";
  const using = (id: string, sent: Sent = {}): Sent => ({ ...sent, headers: { ...sent.headers, "X-EXTERNAL-ID": id } });
  const asyncStore = (): ReplayStore => {
    const inner = createMemoryReplayStore();
    return {
      async claim(partnerId, externalId, day) {
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
        return inner.claim(partnerId, externalId, day);
      },
    };
  };

  test("used before on the same day is a conflict, for another operation too", async () => {
    const id = newExternalId();
    expect(await answerTo(receiver, using(id))).toBe(SUCCESS);
    expect(await answerTo(receiver, using(id))).toBe(CONFLICT);
    expect(await answerTo(receiver, using(id, { operation: "qrCpmQuery" }))).toBe("4096100 Conflict");
  });

  test("may be used by two partners", async () => {
    const id = newExternalId();
    expect(await answerTo(receiver, using(id))).toBe(SUCCESS);
    expect(await answerTo(receiver, using(id, { headers: { "X-PARTNER-ID": RSA_PARTNER } }))).toBe(SUCCESS);
  });

  test("is used up even if the operation then fails", async () => {
    const handler = createReceiver(throwing(new Error("no")));
    const id = newExternalId();
    expect(await answerTo(handler, using(id))).toBe(GENERAL_ERROR);
    expect(await answerTo(handler, using(id))).toBe(CONFLICT);
  });

  test("may be used again on the next day, which begins at 17:00 UTC", async () => {
    let now = "";
    const handler = createReceiver({ clock: () => new Date(now) });
    const send = async (time: string) => {
      now = `2020-12-${time}Z`;
      return (await handler(requestOf(using("same")))).status;
    };
    expect(await send("22T16:59:58")).toBe(200);
    expect(await send("22T16:59:59.999")).toBe(409);
    expect(await send("22T17:00:00")).toBe(200);
    expect(await send("23T00:00:00")).toBe(409);
    expect(await send("23T16:59:59")).toBe(409);
    expect(await send("22T16:59:59")).toBe(409);
    expect(await send("23T17:00:00")).toBe(200);
  });

  test("is claimed for the receiver's day, whatever day X-TIMESTAMP says", async () => {
    const claim = vi.fn(() => Promise.resolve(true));
    const handler = createReceiver({ replayStore: { claim } });
    await answerTo(handler, using("one", { headers: { "X-TIMESTAMP": "2019-01-01T00:00:00Z" } }));
    expect(claim.mock.calls).toEqual([[PARTNER, "one", "2020-12-23"]]);
  });

  test.each([
    ["the store in memory", () => createMemoryReplayStore()],
    ["a store over a network", asyncStore],
  ])("sent 200 times at once passes once, with %s", async (_, createStore) => {
    let served = 0;
    const handler = createReceiver({
      replayStore: createStore(),
      operations: {
        qrCpmPayment: async () => {
          served += 1;
          await new Promise((resolve) => setTimeout(resolve, 2));
          return { responseCode: "2006000", responseMessage: "Successful", referenceNo: "1" };
        },
      },
    });
    const requests = Array.from({ length: 200 }, () => requestOf(using("same")));
    const answers = await Promise.all(requests.map(async (request) => summary(await handler(request))));
    expect(answers.filter((answer) => answer === "2006000 Successful")).toHaveLength(1);
    expect(answers.filter((answer) => answer === CONFLICT)).toHaveLength(199);
    expect(served).toBe(1);
  });

  test("may be used twice if replayStore is off", async () => {
    const handler = createReceiver({ replayStore: "off" });
    for (const _ of [1, 2]) expect(await answerTo(handler, using("same"))).toBe(SUCCESS);
  });
});
