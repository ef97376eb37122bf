// The headers of a request, and how far X-TIMESTAMP may be from the clock.
import { describe, expect, test } from "vitest";
import { answerTo, createReceiver, NOW, requestOf, SUCCESS, TIMESTAMP } from "../support/receiver.ts";

const receiver = createReceiver();

describe("headers", () => {
  const mandatory = ["X-TIMESTAMP", "X-SIGNATURE", "X-PARTNER-ID", "X-EXTERNAL-ID", "CHANNEL-ID"];

  test.each(mandatory)("%s is named if it is missing, and if it is empty", async (name) => {
    for (const value of [undefined, "", "  "]) {
      expect(await answerTo(receiver, { headers: { [name]: value } })).toBe(`4006002 Invalid Mandatory Field ${name}`);
    }
  });

  test.each([
    ["X-TIMESTAMP", "2020-12-23T07:50:11.000+07:00"],
    ["X-TIMESTAMP", "2020-12-23 07:50:11"],
    ["X-PARTNER-ID", "x".repeat(37)],
    ["X-EXTERNAL-ID", "x".repeat(37)],
    ["CHANNEL-ID", "123456"],
    ["X-DEVICE-ID", "x".repeat(401)],
  ])("%s is named if its format is wrong: %s", async (name, value) => {
    expect(await answerTo(receiver, { headers: { [name]: value } })).toBe(`4006001 Invalid Field Format ${name}`);
  });

  test("a missing header is named before a wrong one, and the first of several", async () => {
    const broken = { "X-TIMESTAMP": "now", "CHANNEL-ID": "123456" };
    expect(await answerTo(receiver, { headers: broken })).toBe("4006001 Invalid Field Format X-TIMESTAMP");
    const all = { ...broken, "X-EXTERNAL-ID": undefined, "CHANNEL-ID": undefined };
    expect(await answerTo(receiver, { headers: all })).toBe("4006002 Invalid Mandatory Field X-EXTERNAL-ID");
  });

  test("letters beyond ASCII pass in a header that may hold them", async () => {
    expect(await answerTo(receiver, { headers: { "X-DEVICE-ID": "caf\xe9\xff" } })).toBe(SUCCESS);
  });
});

describe("X-TIMESTAMP", () => {
  const OUTSIDE = "4006001 Invalid Field Format X-TIMESTAMP";
  const at = (timestamp: string) => ({ headers: { "X-TIMESTAMP": timestamp } });

  test("may be any time if the tolerance is off", async () => {
    const handler = createReceiver({ timestampTolerance: "off" });
    expect(await answerTo(handler, at("1999-01-01T00:00:00Z"))).toBe(SUCCESS);
    expect(await answerTo(handler, at("2999-01-01T00:00:00-12:00"))).toBe(SUCCESS);
  });

  test("may differ from the clock by 300 seconds by default, in both directions, in any time zone", async () => {
    const handler = createReceiver();
    expect(await answerTo(handler, at("2020-12-23T07:45:11+07:00"))).toBe(SUCCESS);
    expect(await answerTo(handler, at("2020-12-23T07:55:11+07:00"))).toBe(SUCCESS);
    expect(await answerTo(handler, at("2020-12-22T19:50:11-05:00"))).toBe(SUCCESS);
    expect(await answerTo(handler, at("2020-12-23T07:45:10+07:00"))).toBe(OUTSIDE);
    expect(await answerTo(handler, at("2020-12-23T07:55:12+07:00"))).toBe(OUTSIDE);
    expect(await answerTo(handler, at("2020-12-23T07:50:11Z"))).toBe(OUTSIDE);
  });

  test("must be of the same second if the tolerance is 0", async () => {
    const handler = createReceiver({ timestampTolerance: 0 });
    expect(await answerTo(handler, at(TIMESTAMP))).toBe(SUCCESS);
    expect(await answerTo(handler, at("2020-12-23T07:50:12+07:00"))).toBe(OUTSIDE);
    // X-TIMESTAMP has no fraction
    const late = createReceiver({ timestampTolerance: 0, clock: () => new Date(NOW.getTime() + 999) });
    expect(await answerTo(late, at(TIMESTAMP))).toBe(SUCCESS);
  });

  test("of an answer is the clock's second, forwards and backwards, whichever receiver answered before", async () => {
    let now = NOW.getTime();
    const moved = createReceiver({ timestampTolerance: "off", clock: () => new Date(now) });
    const still = createReceiver();
    const answered = async (handler: typeof still) => (await handler(requestOf())).headers.get("x-timestamp");
    for (const [by, expected] of [
      [0, "2020-12-23T07:50:11+07:00"],
      [999, "2020-12-23T07:50:11+07:00"],
      [1000, "2020-12-23T07:50:12+07:00"],
      [-1, "2020-12-23T07:50:10+07:00"],
      [-NOW.getTime() - 1, "1970-01-01T06:59:59+07:00"],
    ] as const) {
      now = NOW.getTime() + by;
      expect(await answered(moved)).toBe(expected);
      expect(await answered(still)).toBe(TIMESTAMP);
    }
  });
});
