// Calls without a SNAP answer: the SnapCallError of each, with its code, and what is refused before anything is sent.
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import {
  createSnapClient,
  type SnapCallError,
  type SnapCallErrorCode,
  type SnapCallOptions,
  type SnapClientOptions,
} from "../../src/index.ts";
import {
  abortable,
  failure,
  notSent,
  SUCCESS,
  stalls,
  startPjp,
  symmetric,
  unknownOutcome,
} from "../support/client.ts";
import { typeError } from "../support/errors.ts";
import { header, json, text } from "../support/http.ts";

describe("no SNAP answer", () => {
  const options = { externalId: () => "0815" };
  const notAnObject = (status: number) =>
    unknownOutcome("ERR_SNAP_NOT_SNAP", `the answer, status ${status}, is not a JSON object with a responseCode`);
  const failed = (why: string) => unknownOutcome("ERR_SNAP_NETWORK", `the network failed (${why})`);
  const html = "<html><body>502 Bad Gateway</body></html>";

  for (const length of [true, false]) {
    describe(length ? "with a content length" : "in chunks", () => {
      test.each([
        ["a JSON array", "[1]"],
        ["a JSON string", '"ok"'],
        ["a JSON number", "1"],
        ["null", "null"],
        ["no body", ""],
        ["an object without a responseCode", '{"message":"no route and no API found"}'],
        ["an object whose responseCode is true", '{"responseCode":true}'],
      ])("%s, status 200, 404 and 502", async (_, body) => {
        for (const status of [200, 404, 502]) {
          const { url } = await startPjp(text(status, body, "application/json", length));
          const error = await failure(createSnapClient({ ...symmetric(url), ...options }).qrCpmQuery({}));
          expect(error).toMatchObject({ ...notAnObject(status), status });
        }
      });

      test.each([
        ["a page of a gateway", html],
        ["truncated JSON", JSON.stringify(SUCCESS).slice(0, -1)],
        ["JSON followed by another character", `${JSON.stringify(SUCCESS)}}`],
      ])("%s, status 200 and 502", async (_, body) => {
        const good = await startPjp(text(200, body, "application/json", length));
        const error = await failure(createSnapClient({ ...symmetric(good.url), ...options }).qrCpmQuery({}));
        expect(error).toMatchObject({
          ...unknownOutcome("ERR_SNAP_NOT_SNAP", "the answer, status 200, is not JSON"),
          status: 200,
          excerpt: body,
        });
        expect(error).not.toHaveProperty("cause");

        const bad = await startPjp(text(502, body, "text/html", length));
        const other = await failure(createSnapClient({ ...symmetric(bad.url), ...options }).qrCpmQuery({}));
        expect(other).toMatchObject({ ...notAnObject(502), status: 502, excerpt: body });
      });
    });
  }

  test("the error has the X-EXTERNAL-ID that the call was sent with", async () => {
    const { url, received } = await startPjp(text(502, html, "text/html"));
    const snap = createSnapClient(symmetric(url));
    const mine = await failure(snap.qrCpmQuery({}, { headers: { "X-EXTERNAL-ID": "mine" } }));
    const own = await failure(snap.qrCpmQuery({}));
    expect([mine.externalId, own.externalId]).toEqual(received.map((one) => header(one, "X-EXTERNAL-ID")));
    expect([mine.externalId, own.externalId]).toEqual(["mine", expect.stringMatching(/^[0-9a-f]{32}$/)]);
  });

  test("an answer of status 204, which has no body", async () => {
    const { url } = await startPjp((response) => response.writeHead(204).end());
    const error = await failure(createSnapClient({ ...symmetric(url), ...options }).qrCpmQuery({}));
    expect(error).toMatchObject({ ...notAnObject(204), status: 204 });
    expect("cause" in error).toBe(false);
  });

  test("connection refused", async () => {
    const { url, close } = await startPjp();
    await close();
    const error = await failure(createSnapClient({ ...symmetric(url), ...options }).qrCpmQuery({}));
    const why = `connect ECONNREFUSED ${url.slice("http://".length)}`;
    expect(error).toMatchObject({
      ...notSent("ERR_SNAP_NETWORK", `no connection was made (${why})`),
      cause: { name: "TypeError", message: why, code: "ECONNREFUSED" },
    });
  });

  test("connection refused at each of several addresses", async () => {
    const cause = Object.assign(new AggregateError([]), { code: "ECONNREFUSED" });
    const refused = new TypeError("fetch failed", { cause });
    const snap = createSnapClient({
      ...symmetric("http://localhost"),
      ...options,
      fetch: () => Promise.reject(refused),
    });
    const error = await failure(snap.qrCpmQuery({}));
    expect(error).toMatchObject(notSent("ERR_SNAP_NETWORK", "no connection was made (ECONNREFUSED)"));
    expect(error.cause).toMatchObject({ name: "TypeError", message: "ECONNREFUSED", code: "ECONNREFUSED" });
  });

  test("a fetch that rejects with a text", async () => {
    const snap = createSnapClient({
      ...symmetric("http://localhost"),
      ...options,
      fetch: () => Promise.reject("down"),
    });
    expect(await failure(snap.qrCpmQuery({}))).toMatchObject({ ...failed("down"), cause: { message: "down" } });
  });

  test("connection reset before the answer", async () => {
    const { url } = await startPjp((response) => response.destroy());
    const error = await failure(createSnapClient({ ...symmetric(url), ...options }).qrCpmQuery({}));
    expect(error).toMatchObject({ ...failed("other side closed"), status: undefined, cause: { name: "TypeError" } });
  });

  test.each([200, 500])("connection reset in the middle of an answer of status %i", async (status) => {
    const { url } = await startPjp((response) => {
      response.writeHead(status, { "content-length": 1000 });
      response.write('{"responseCode":');
      setTimeout(() => response.destroy(), 20);
    });
    const error = await failure(createSnapClient({ ...symmetric(url), ...options }).qrCpmQuery({}));
    expect(error).toMatchObject({ ...failed("other side closed"), status, cause: { name: "TypeError" } });
  });

  test.each(stalls)("the time limit is reached %s", async (_, answer, status, timeout) => {
    const { url } = await startPjp(answer);
    const expected = {
      ...unknownOutcome("ERR_SNAP_TIMEOUT", `no answer within ${timeout} ms`),
      status,
      cause: { name: "TimeoutError" },
    };
    const started = performance.now();
    const made = createSnapClient({ ...symmetric(url), ...options, timeout });
    expect(await failure(made.qrCpmQuery({}))).toMatchObject(expected);
    const called = createSnapClient({ ...symmetric(url), ...options });
    expect(await failure(called.qrCpmQuery({}, { timeout }))).toMatchObject(expected);
    // timers may be early by a millisecond
    expect(performance.now() - started).toBeGreaterThan(2 * timeout - 20);
  });

  test.each(stalls)("the caller aborts %s, with a reason or without", async (_, answer, status, wait) => {
    const { url } = await startPjp(answer);
    const snap = createSnapClient({ ...symmetric(url), ...options });
    for (const reason of [undefined, new Error("closing time"), "closing time"]) {
      const { signal, abort } = abortable();
      const call = failure(snap.qrCpmQuery({}, { signal }));
      setTimeout(() => abort(reason), wait);
      expect(await call).toMatchObject({
        ...unknownOutcome("ERR_SNAP_ABORTED", "given up by the caller"),
        status,
        cause: signal.reason,
      });
    }
  });

  test("if the caller has aborted before, nothing is sent, and no token is asked for", async () => {
    const { url, received } = await startPjp();
    const accessToken = () => expect.unreachable("asked for a token");
    const snap = createSnapClient({ ...symmetric(url), ...options, accessToken });
    const error = await failure(snap.qrCpmQuery({}, { signal: AbortSignal.abort() }));
    expect(error).toMatchObject({
      ...notSent("ERR_SNAP_ABORTED", "given up by the caller"),
      cause: { name: "AbortError" },
    });
    expect(received).toHaveLength(0);
  });

  test("time limit and signal work with a fetch that ignores the signal, and with an answer that never ends", async () => {
    const never = () => new Promise<never>(() => {});
    const endless = async () => new Response(new ReadableStream(), { status: 200 });
    for (const fetch of [never, endless]) {
      const snap = createSnapClient({ ...symmetric("http://127.0.0.1:9"), fetch, timeout: 60, ...options });
      expect(await failure(snap.qrCpmQuery({}))).toMatchObject(
        unknownOutcome("ERR_SNAP_TIMEOUT", "no answer within 60 ms"),
      );
      const { signal, abort } = abortable();
      const call = failure(snap.qrCpmQuery({}, { signal, timeout: 0 }));
      setTimeout(abort, 20);
      expect(await call).toMatchObject(unknownOutcome("ERR_SNAP_ABORTED", "given up by the caller"));
    }
  });

  test("a signal that is not Node's own works too, such as jsdom's", async () => {
    const { signal, abort } = abortable();
    const foreign = {
      aborted: false,
      addEventListener: (name: string, listener: () => void) => signal.addEventListener(name, listener),
      removeEventListener: () => {},
    } as unknown as AbortSignal;
    const snap = createSnapClient({
      ...symmetric("http://127.0.0.1:9"),
      fetch: () => new Promise(() => {}),
      ...options,
    });
    const call = failure(snap.qrCpmQuery({}, { signal: foreign }));
    setTimeout(abort, 20);
    expect(await call).toMatchObject(unknownOutcome("ERR_SNAP_ABORTED", "given up by the caller"));
  });

  test("a timeout of 0 means no limit, and a call leaves no timer or listener behind", async () => {
    const { url } = await startPjp((response) => setTimeout(() => json(200, SUCCESS)(response), 50));
    expect(await createSnapClient({ ...symmetric(url), timeout: 0 }).qrCpmQuery({})).toMatchObject({ data: SUCCESS });

    const { signal } = abortable();
    const listeners = { added: 0, removed: 0 };
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (...given: Parameters<typeof addEventListener>) => {
      listeners.added += 1;
      addEventListener.apply(signal, given);
    };
    signal.removeEventListener = (...given: Parameters<typeof removeEventListener>) => {
      listeners.removed += 1;
      removeEventListener.apply(signal, given);
    };
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const snap = createSnapClient({
      ...symmetric(url),
      timeout: 1_000_000,
      fetch: async () => Response.json(SUCCESS),
    });
    const before = timers();
    await snap.qrCpmQuery({}, { signal });
    await snap.qrCpmQuery({}, { signal });
    expect([listeners, timers()]).toEqual([{ added: 2, removed: 2 }, before]);
  });

  test("an error of another realm, as a test runner's fetch throws it, is described too", async () => {
    const fetch = () =>
      Promise.reject(runInNewContext('new TypeError("fetch failed", { cause: new Error("no route") })'));
    const snap = createSnapClient({ ...symmetric("http://127.0.0.1:9"), fetch, ...options });
    expect(await failure(snap.qrCpmQuery({}))).toMatchObject(failed("no route"));
  });
});

/** A call for each code: what is done about it, and what the error says of it. */
const kinds = {
  ERR_SNAP_NO_TOKEN: { made: { accessToken: () => Promise.reject(new Error("sealed")) }, outcome: "rejected" },
  ERR_SNAP_TIMEOUT: { made: { timeout: 20, fetch: () => new Promise<never>(() => {}) }, outcome: "unknown" },
  ERR_SNAP_ABORTED: { call: { signal: AbortSignal.abort() }, outcome: "rejected" },
  ERR_SNAP_NETWORK: { made: { fetch: () => Promise.reject(new TypeError("fetch failed")) }, outcome: "unknown" },
  ERR_SNAP_NOT_SNAP: { made: { fetch: async () => new Response("{}", { status: 404 }) }, outcome: "unknown" },
  ERR_SNAP_TOO_LARGE: { made: { maxAnswerBytes: 9, fetch: async () => Response.json(SUCCESS) }, outcome: "unknown" },
  ERR_SNAP_INVALID_REQUEST: { made: { validateRequests: true }, outcome: "rejected" },
  ERR_SNAP_CONTRADICTION: { made: { fetch: async () => Response.json(SUCCESS, { status: 500 }) }, outcome: "unknown" },
} satisfies Record<
  SnapCallErrorCode,
  { made?: Partial<SnapClientOptions>; call?: SnapCallOptions; outcome: SnapCallError["outcome"] }
>;

describe("every SnapCallError has a code", () => {
  const unreachable = () => expect.unreachable("sent");

  test.each(Object.entries(kinds))("%s", async (code, kind) => {
    const { made, call, outcome } = { made: {}, call: {}, ...kind };
    const snap = createSnapClient({ ...symmetric("http://127.0.0.1:9"), fetch: unreachable, ...made });
    // what is too long counts with validateRequests only
    const query = { originalReferenceNo: "x".repeat(65) };
    expect(await failure(snap.qrCpmQuery(query, call))).toMatchObject({ name: "SnapCallError", code, outcome });
  });
});

describe("what cannot be sent rejects with the plain error, and nothing is sent", () => {
  const circular: Record<string, unknown> = {};
  circular.self = circular;
  const notBody = "body must be text or bytes; pass what goes over the wire, not the parsed object.";
  const noToken = "accessToken must not be empty; pass the token of the Authorization header.";

  test.each<[string, object, SnapCallOptions, Error | ErrorConstructor]>([
    ["a body that contains itself", { additionalInfo: circular }, {}, TypeError],
    ["a BigInt in the body", { additionalInfo: { a: 1n } }, {}, TypeError],
    ["no body", undefined as unknown as object, {}, typeError("ERR_SNAP_INVALID_ARGUMENT", notBody)],
    ["an empty Authorization", {}, { headers: { Authorization: "" } }, typeError("ERR_SNAP_INVALID_ARGUMENT", noToken)],
  ])("%s", async (_, body, options, error) => {
    const { url, received } = await startPjp();
    await expect(createSnapClient(symmetric(url)).qrCpmQuery(body, options)).rejects.toThrow(error);
    expect(received).toHaveLength(0);
  });

  test("a clock without a time", async () => {
    const { url, received } = await startPjp();
    const snap = createSnapClient({ ...symmetric(url), clock: () => new Date(Number.NaN) });
    await expect(snap.qrCpmQuery({})).rejects.toThrow(RangeError);
    expect(received).toHaveLength(0);
  });

  test("a time limit that is not a number of milliseconds", async () => {
    const { url, received } = await startPjp();
    for (const timeout of [-1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31]) {
      await expect(createSnapClient(symmetric(url)).qrCpmQuery({}, { timeout })).rejects.toThrow(
        typeError(
          "ERR_SNAP_INVALID_OPTION",
          "timeout must be a number of milliseconds from 0 (no limit) to 2147483647.",
        ),
      );
    }
    expect(received).toHaveLength(0);
  });
});
