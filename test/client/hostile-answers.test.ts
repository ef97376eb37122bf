// Answers that are too much: bombs, trickles, depths, and pages that repeat what was sent. What comes back must be an error soon, and
// must not bring a secret into a log.
import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createSnapClient, createTokenProvider, type SnapCallError } from "../../src/index.ts";
import { createSnapApi } from "../../src/openapi-fetch.ts";
import { excerptOf } from "../../src/util/foreign-text.ts";
import { failure, privateKey, SECRET, SUCCESS, startPjp, symmetric, TOKEN, unknownOutcome } from "../support/client.ts";
import { type Answer, json, text } from "../support/http.ts";

const options = { externalId: () => "0815" };
const tooLong = (status: number) => `the answer, status ${status}, is longer than 1048576 bytes (maxAnswerBytes)`;

/** 200 MB of blanks, compressed twice: some 500 bytes on the wire. */
const bomb = gzipSync(gzipSync(Buffer.alloc(200_000_000, " ")));
const explode: Answer = (response) => {
  response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip, gzip" });
  response.end(bomb);
};

describe("an answer that is too large", () => {
  test("compressed twice, is given up soon and does not fill the memory: methods, fetch, openapi-fetch and token", async () => {
    const { url } = await startPjp(explode);
    const snap = createSnapClient({ ...symmetric(url), ...options });
    const api = createSnapApi({ ...symmetric(url), ...options });
    const provide = createTokenProvider({ baseUrl: url, clientKey: "the-client", privateKey });
    const request = () => new Request(`${url}/v1.0/qr/qr-cpm-query`, { method: "POST", body: "{}" });
    const calls: (() => Promise<unknown>)[] = [
      () => snap.qrCpmQuery({}),
      () => snap.fetch(request()),
      () => api.POST("/v1.0/qr/qr-cpm-query", { body: {} }),
      () => provide(),
    ];
    for (const call of calls) {
      const before = process.memoryUsage().rss;
      const started = performance.now();
      expect(await failure(call())).toMatchObject({ code: "ERR_SNAP_TOO_LARGE", status: 200 });
      expect(performance.now() - started).toBeLessThan(5000);
      expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
    }
  });

  test.each([200, 502])("of status %i says so, whatever its Content-Length", async (status) => {
    for (const length of [true, false]) {
      const { url } = await startPjp(text(status, " ".repeat(1_048_577), "application/json", length));
      const error = await failure(createSnapClient({ ...symmetric(url), ...options }).qrCpmQuery({}));
      expect(error).toMatchObject({ ...unknownOutcome("ERR_SNAP_TOO_LARGE", tooLong(status)), status });
      expect(error).not.toHaveProperty("cause");
    }
  });

  test("is measured by maxAnswerBytes, to the byte", async () => {
    const body = JSON.stringify(SUCCESS);
    const { url } = await startPjp(text(200, body, "application/json"));
    const limited = (maxAnswerBytes: number) => createSnapClient({ ...symmetric(url), ...options, maxAnswerBytes });
    expect(await limited(body.length).qrCpmQuery({})).toMatchObject({ data: SUCCESS });
    expect(await failure(limited(body.length - 1).qrCpmQuery({}))).toMatchObject({ code: "ERR_SNAP_TOO_LARGE" });
  });

  test("nests 101 levels, also where the caller reads it; 100 are taken", async () => {
    const deep = (levels: number) => `{"responseCode":"2006100","a":${"[".repeat(levels)}${"]".repeat(levels)}}`;
    const { url } = await startPjp((response, _, number) =>
      text(200, deep(number === 1 ? 99 : 100), "application/json")(response),
    );
    const snap = createSnapClient({ ...symmetric(url), ...options });
    expect(await snap.qrCpmQuery({})).toMatchObject({ data: { responseCode: "2006100" } });
    const why = "the answer, status 200, nests deeper than 100 levels";
    const tooDeep = unknownOutcome("ERR_SNAP_TOO_LARGE", why);
    expect(await failure(snap.qrCpmQuery({}))).toMatchObject(tooDeep);
    const request = new Request(`${url}/v1.0/qr/qr-cpm-query`, { method: "POST", body: "{}" });
    expect(await failure(snap.fetch(request))).toMatchObject(tooDeep);
  });

  test("a body without a reader, as other fetches give it, is held to the limit too", async () => {
    const foreign = (body: string) =>
      ({ ok: true, status: 200, body: {}, text: async () => body }) as unknown as Response;
    const snap = (body: string) =>
      createSnapClient({ ...symmetric("http://127.0.0.1:9"), ...options, fetch: async () => foreign(body) });
    expect(await snap(JSON.stringify(SUCCESS)).qrCpmQuery({})).toMatchObject({ data: SUCCESS });
    expect(await failure(snap(" ".repeat(1_048_577)).qrCpmQuery({}))).toMatchObject({ code: "ERR_SNAP_TOO_LARGE" });
  });
});

test("the time limit holds while a body trickles, for calls and for tokens", async () => {
  const trickle: Answer = (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    const timer = setInterval(() => response.write(" "), 5);
    response.once("close", () => clearInterval(timer));
  };
  const { url } = await startPjp(trickle);
  const timeout = 150;
  const provide = createTokenProvider({ baseUrl: url, clientKey: "the-client", privateKey, timeout });
  for (const call of [() => createSnapClient({ ...symmetric(url), timeout }).qrCpmQuery({}), () => provide()]) {
    const started = performance.now();
    expect(await failure(call())).toMatchObject({ code: "ERR_SNAP_TIMEOUT", status: 200 });
    expect(performance.now() - started).toBeLessThan(2000);
  }
});

describe("a page that repeats what was sent", () => {
  const log = vi.spyOn(console, "error");
  beforeEach(() => void log.mockImplementation(() => {}));
  afterEach(() => void log.mockReset());

  const forms: [string, (value: string) => string][] = [
    ["as it is", (value) => value],
    ["in JSON with escaped slashes", (value) => value.replaceAll("/", "\\/")],
    ["for a URL", encodeURIComponent],
    ["for HTML", (value) => value.replace(/[+/=]/g, (sign) => `&#${sign.charCodeAt(0)};`)],
    ["in lower case", (value) => value.toLowerCase()],
  ];
  const token = "abcDEF/12345678+xyz==";
  const customer = "customer/ABCDEFGH12+3=";

  test.each(forms)("%s: no token, secret or signature is in the error, however it is shown", async (_, form) => {
    for (const [status, type] of [
      [502, "text/html"],
      [200, "application/json"],
      [200, "text/html"],
      [200, "code"],
    ] as const) {
      for (const name of ["authorization", "authorization-customer", "x-signature"]) {
        let repeated = "";
        const { url } = await startPjp((response, { headers }) => {
          repeated = form(String(headers[name]).replace("Bearer ", ""));
          const page = JSON.stringify({ echo: repeated });
          const body = type === "code" ? JSON.stringify({ responseCode: repeated }) : page;
          text(status, type === "text/html" ? `<p>${repeated}</p>` : body, "text/html")(response);
        });
        const snap = createSnapClient({ ...symmetric(url), accessToken: token, customerToken: customer });
        const error = await failure(snap.qrCpmQuery({}));
        console.error(error);
        const shown = [inspect(error, { depth: null, showHidden: true }), JSON.stringify(error), error.stack];
        expect(shown.join()).not.toContain(repeated);
        expect(error.excerpt).toBe("(left out, for it repeats a secret)");
      }
    }
  });

  test("the error of a fetch of one's own is kept without what it carries", async () => {
    const headers = { Authorization: `Bearer ${TOKEN}` };
    const failed = Object.assign(new Error("socket hang up"), { code: "ECONNRESET", config: { headers } });
    const fetch = () => Promise.reject(failed);
    const snap = createSnapClient({ ...symmetric("http://127.0.0.1:9"), ...options, fetch });
    const error = await failure(snap.qrCpmQuery({}));
    expect(error).toMatchObject(unknownOutcome("ERR_SNAP_NETWORK", "the network failed (socket hang up)"));
    expect(error.cause).toMatchObject({ message: "socket hang up", code: "ECONNRESET" });
    const quoting = () => Promise.reject(new Error(`no route for Bearer ${TOKEN} / ${SECRET}`));
    const other = createSnapClient({ ...symmetric("http://127.0.0.1:9"), ...options, fetch: quoting });
    expect(await failure(other.qrCpmQuery({}))).toMatchObject(
      unknownOutcome("ERR_SNAP_NETWORK", "the network failed ((left out, for it repeats a secret))"),
    );
  });

  test("a secret of three characters or fewer hides nothing: any text has it", async () => {
    const { url } = await startPjp(text(502, "<p>try again</p>", "text/html"));
    const error = await createSnapClient({ ...symmetric(url), accessToken: "t" })
      .qrCpmQuery({})
      .catch((reason: SnapCallError) => reason);
    expect(error).toMatchObject({ excerpt: "<p>try again</p>" });
  });

  test("client, provider and openapi-fetch show no secret of their own", () => {
    const client = createSnapClient({ ...symmetric("https://x.example"), customerToken: "the-customer" });
    const api = createSnapApi({ ...symmetric("https://x.example"), customerToken: "the-customer" });
    const provide = createTokenProvider({ baseUrl: "https://x.example", clientKey: "c", privateKey });
    for (const made of [client, api, provide]) {
      const shown = [inspect(made, { depth: null, showHidden: true }), String(made), JSON.stringify(made)].join();
      for (const secret of [TOKEN, SECRET, "the-customer", "PRIVATE"]) expect(shown).not.toContain(secret);
    }
  });
});

describe("what is kept of an answer", () => {
  const excerptFor = async (body: string): Promise<SnapCallError["excerpt"]> => {
    const { url } = await startPjp(text(502, body, "text/html"));
    return (await failure(createSnapClient(symmetric(url)).qrCpmQuery({}))).excerpt;
  };

  test("is 200 printable characters, and what steers a terminal or a log is escaped", async () => {
    expect(await excerptFor("x".repeat(300))).toBe("x".repeat(200));
    expect(await excerptFor("a\r\nb\u001b[31mc\u202ed\u2028e\u0000\u0085\u200b")).toBe(
      "a\\u000d\\u000ab\\u001b[31mc\\u202ed\\u2028e\\u0000\\u0085\\u200b",
    );
    expect(await excerptFor("\u0000".repeat(300))).toHaveLength(200);
    expect(await excerptFor("")).toBeUndefined();
  });

  test("holds no half of a character", () => {
    expect(excerptOf("😀".repeat(150))).toBe("😀".repeat(100));
    expect(excerptOf(`x${"😀".repeat(150)}`)).toBe(`x${"😀".repeat(99)}\\ud83d`);
    expect(excerptOf("\ud83d")).toBe("\\ud83d");
  });
});

test("a header with 32,000 blanks inside takes time as its length does, not its square", async () => {
  const { url } = await startPjp(json(200, SUCCESS));
  const value = `a${" ".repeat(32_000)}b`;
  const started = performance.now();
  for (let times = 0; times < 20; times += 1)
    createSnapClient({ ...symmetric(url), deviceId: ` \t${value}\t `, origin: value });
  // 40 of them took half a minute when a regular expression searched from each blank to the end
  expect(performance.now() - started).toBeLessThan(3000);
});
