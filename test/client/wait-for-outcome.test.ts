// waitForOutcome: how often it asks, when it stops, and what it says. Time is vitest's: nothing waits.
import { afterEach, beforeEach, describe, expect, expectTypeOf, test, vi } from "vitest";
import {
  createSnapClient,
  type DebitStatusInProgress,
  type DebitStatusResponse,
  type PaymentOutcome,
  type QrCpmQueryInProgress,
  type QrCpmQueryResponse,
  SnapCallError,
  type SnapClient,
  waitForOutcome,
} from "../../src/index.ts";
import type { SnapApi } from "../../src/openapi-fetch.ts";
import { symmetric } from "../support/client.ts";
import { typeError } from "../support/errors.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

interface Answer {
  latestTransactionStatus?: string | undefined;
}
type Said = string | { responseCode: string } | Error | "nothing";

const failed = (code: "ERR_SNAP_NETWORK" | "ERR_SNAP_INVALID_REQUEST", outcome: "unknown" | "rejected") =>
  new SnapCallError("no answer", { operation: "qrCpmQuery", externalId: "1", code, outcome });

/** A query that says one thing after the other, the last one for ever; it keeps when it was asked. */
function saying(...all: Said[]) {
  const start = performance.now();
  const asked: number[] = [];
  const query = async (): Promise<{ data: Answer } | { error: { responseCode: string } }> => {
    asked.push(Math.round(performance.now() - start));
    const said = all[Math.min(asked.length, all.length) - 1] as Said;
    if (said instanceof Error) throw said;
    if (typeof said === "object") return { error: said };
    return { data: said === "nothing" ? {} : { latestTransactionStatus: said } };
  };
  return { query, asked };
}

/** Lets all time pass that a wait takes. */
async function passed<T>(waiting: Promise<T>): Promise<T> {
  let done = false;
  waiting.then(
    () => (done = true),
    () => (done = true),
  );
  for (let steps = 0; !done && steps < 10_000; steps += 1) await vi.advanceTimersByTimeAsync(100);
  return waiting;
}

describe("a payment that is decided", () => {
  test.each([
    ["00", "success"],
    ["04", "reversed"],
    ["05", "reversed"],
    ["06", "failed"],
  ])("status %s is %s, at once", async (status, outcome) => {
    const { query, asked } = saying(status);
    const result = await passed(waitForOutcome(query));
    expect(result).toEqual({ outcome, status, answer: { latestTransactionStatus: status } });
    expect(asked).toEqual([0]);
  });

  test("is asked for again while it is open, with pauses that grow up to a limit", async () => {
    const { query, asked } = saying("01", "02", "03", "nothing", "08", "03", "00");
    const result = await passed(waitForOutcome(query, { pause: 1000, maxPause: 5000 }));
    expect(result).toMatchObject({ outcome: "success", status: "00" });
    expect(asked).toEqual([0, 1000, 3000, 7000, 12_000, 17_000, 22_000]);
  });

  test("queries without an answer are asked again, and so are failures, limits and ids that were used", async () => {
    const { query, asked } = saying(
      failed("ERR_SNAP_NETWORK", "unknown"),
      failed("ERR_SNAP_NETWORK", "rejected"),
      { responseCode: "5006100" },
      { responseCode: "5046100" },
      { responseCode: "4296100" },
      { responseCode: "4096100" },
      { responseCode: "nonsense" },
      "00",
    );
    expect(await passed(waitForOutcome(query))).toMatchObject({ outcome: "success" });
    expect(asked).toHaveLength(8);
  });
});

describe("a payment that is not found", () => {
  test("is asked for again for the time of grace, then that is what it came to", async () => {
    for (const said of ["07", { responseCode: "4046101" }]) {
      const { query, asked } = saying(said);
      const result = await passed(waitForOutcome(query, { maxPause: 10_000 }));
      expect(result).toEqual({ outcome: "notFound", status: typeof said === "string" ? said : undefined });
      expect(asked).toEqual([0, 1000, 3000, 7000, 15_000, 25_000, 35_000, 45_000, 55_000, 65_000]);
    }
  });

  test("may turn up, and the grace begins again", async () => {
    // asked after 0, 1, 3, 7 and 15 seconds
    const again = saying("07", { responseCode: "4046101" }, "03", "07", "07", "00");
    expect(await passed(waitForOutcome(again.query, { notFoundGrace: 7000 }))).toMatchObject({ outcome: "notFound" });
    const found = saying("07", { responseCode: "4046101" }, "03", "07", "00");
    expect(await passed(waitForOutcome(found.query, { notFoundGrace: 7000 }))).toMatchObject({ outcome: "success" });
  });

  test("stays open if the time is up before the grace", async () => {
    const { query } = saying("07");
    expect(await passed(waitForOutcome(query, { timeout: 5000 }))).toEqual({
      outcome: "undecided",
      why: "timeout",
      status: "07",
      error: undefined,
    });
  });
});

describe("a payment that stays open", () => {
  test("is undecided when the time is up, with the last status and the last failure", async () => {
    const error = failed("ERR_SNAP_NETWORK", "unknown");
    const { query, asked } = saying("03", error);
    expect(await passed(waitForOutcome(query, { timeout: 20_000 }))).toEqual({
      outcome: "undecided",
      why: "timeout",
      status: "03",
      error,
    });
    expect(asked).toEqual([0, 1000, 3000, 7000, 15_000]);
  });

  test("takes five minutes unless told otherwise, and leaves no timer behind", async () => {
    const { query, asked } = saying("03");
    const started = performance.now();
    expect(await passed(waitForOutcome(query))).toMatchObject({ outcome: "undecided", why: "timeout" });
    expect(performance.now() - started).toBeCloseTo(300_000, -3);
    expect(asked).toHaveLength(14);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("ends with a signal, in a pause, in a query and before the first one", async () => {
    const aborted = (status?: string) => ({ outcome: "undecided", why: "aborted", status, error: undefined });
    const { query } = saying("03");
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error("closing time")), 1500);
    expect(await passed(waitForOutcome(query, { signal: controller.signal }))).toEqual(aborted("03"));
    expect(vi.getTimerCount()).toBe(0);
    const other = new AbortController();
    setTimeout(() => other.abort(), 1500);
    const never = () => new Promise<never>(() => {});
    expect(await passed(waitForOutcome(never, { signal: other.signal }))).toEqual(aborted());
    const unasked = () => expect.unreachable("asked");
    expect(await passed(waitForOutcome(unasked, { signal: AbortSignal.abort() }))).toEqual(aborted());
  });

  test("gives each query the signal, so that the last one ends in time too", async () => {
    let given: AbortSignal | undefined;
    const query = ({ signal }: { signal: AbortSignal }) => {
      given = signal;
      return new Promise<never>(() => {});
    };
    expect(await passed(waitForOutcome(query, { timeout: 5000 }))).toMatchObject({ why: "timeout" });
    expect(given?.aborted).toBe(true);
  });

  test.each(["4006101", "4016100", "4036101", "4056100", "4046102"])(
    "%s ends it: the query is refused",
    async (code) => {
      const { query, asked } = saying("03", { responseCode: code });
      expect(await passed(waitForOutcome(query))).toEqual({
        outcome: "undecided",
        why: "refused",
        status: "03",
        error: { responseCode: code },
      });
      expect(asked).toHaveLength(2);
    },
  );
});

describe("what cannot be asked", () => {
  test.each<[string, Error]>([
    ["a mistake in the call", new TypeError("body must be text or bytes")],
    ["a body that breaks the contract", failed("ERR_SNAP_INVALID_REQUEST", "rejected")],
  ])("%s is thrown at once", async (_, error) => {
    await expect(waitForOutcome(saying(error).query)).rejects.toBe(error);
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each([
    ["timeout", "timeout must be a number of milliseconds from 0 (no limit) to 2147483647."],
    ["pause", "pause must be a number of milliseconds from 0 to 2147483647."],
    ["maxPause", "maxPause must be a number of milliseconds from 0 to 2147483647."],
    ["notFoundGrace", "notFoundGrace must be a number of milliseconds from 0 to 2147483647."],
  ])("%s must be a time", async (name, message) => {
    for (const value of [-1, Number.NaN, 2 ** 31]) {
      await expect(waitForOutcome(saying("00").query, { [name]: value })).rejects.toStrictEqual(
        typeError("ERR_SNAP_INVALID_OPTION", message),
      );
    }
  });
});

test("a client's query and its answer are typed, of 61, of 55 and of openapi-fetch", async () => {
  vi.useRealTimers();
  const status = { responseCode: "2006100", responseMessage: "Successful", latestTransactionStatus: "00" };
  const fetch = async () => Response.json(status);
  const snap: SnapClient = createSnapClient({ ...symmetric("http://127.0.0.1:9"), fetch });
  const query = () => waitForOutcome((options) => snap.qrCpmQuery({}, options));
  const debit = (request: Parameters<SnapClient["debitStatus"]>[0]) =>
    waitForOutcome((options) => snap.debitStatus(request, options));
  const other = (api: SnapApi) =>
    waitForOutcome((options) => api.POST("/v1.0/qr/qr-cpm-query", { body: {}, ...options }));
  expectTypeOf(query).returns.resolves.toEqualTypeOf<PaymentOutcome<QrCpmQueryResponse | QrCpmQueryInProgress>>();
  expectTypeOf(debit).returns.resolves.toEqualTypeOf<PaymentOutcome<DebitStatusResponse | DebitStatusInProgress>>();
  expectTypeOf(other).returns.resolves.toEqualTypeOf<PaymentOutcome<QrCpmQueryResponse | QrCpmQueryInProgress>>();
  expectTypeOf<PaymentOutcome<Answer>["outcome"]>().toEqualTypeOf<
    "success" | "failed" | "reversed" | "notFound" | "undecided"
  >();
  expectTypeOf<PaymentOutcome<Answer>>().not.toBeAny();
  expect(await query()).toEqual({ outcome: "success", status: "00", answer: status });
});
