// What comes back through the proxy: the target's answer as it is, what the log finds in it, and problems where there is none.
import { once } from "node:events";
import { createServer as createTcpServer } from "node:net";
import { describe, expect, test } from "vitest";
import { type ProxyLogEntry, startSandbox } from "../../src/sandbox.ts";
import { grant } from "../client/support.ts";
import { halfway, SECRET, startPjp, TOKEN } from "../support/client.ts";
import { type Answer, json, listen, type Received, record } from "../support/http.ts";
import { GOOD, post, problemIn, providerOf, proxyTo, QUERY, TIMED, TOKEN_OPTIONS, TOKENS } from "./support.ts";

/** Answers with bytes, a status and headers. */
const answer =
  (status: number, headers: Record<string, string | string[]>, body: string | Buffer): Answer =>
  (response) =>
    response.writeHead(status, headers).end(body);

const good = answer(200, { "content-type": "application/json", ...TIMED }, JSON.stringify(GOOD));

describe("an answer comes back as it is", () => {
  test.each([
    ["200", 200, '{\n  "responseCode": "2006100", "é": 1.0 }', "application/json"],
    ["SNAP's refusal", 403, '{"responseCode":"4036114","responseMessage":"Insufficient Funds"}', "application/json"],
    ["a gateway's page", 502, "<html><body>Bad Gateway</body></html>", "text/html"],
    ["Latin-1 and a byte order mark", 200, Buffer.from([0xef, 0xbb, 0xbf, 0xe9, 0x00]), "text/plain; charset=latin1"],
    ["nothing", 500, "", "text/plain"],
    ["a status of its own", 299, "{}", "application/json"],
  ])("%s", async (_, status, body, type) => {
    const cookies = ["a=1; Path=/", "b=2"];
    const pjp = await startPjp(
      answer(status, { "content-type": type, ...TIMED, "set-cookie": cookies, etag: '"1"' }, body),
    );
    const proxy = await proxyTo(pjp.url);
    const response = await fetch(proxy.url + QUERY, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    expect([response.status, Buffer.from(await response.arrayBuffer())]).toEqual([status, Buffer.from(body)]);
    expect(response.headers.get("content-type")).toBe(type);
    expect(response.headers.getSetCookie()).toEqual(cookies);
    expect(Object.fromEntries(response.headers)).toMatchObject({ ...TIMED, etag: '"1"' });
    expect(proxy.entries).toMatchObject([
      { status, by: "target", path: QUERY, service: "61", operation: "qrCpmQuery" },
    ]);
  });

  test("204, which has no body", async () => {
    const proxy = await proxyTo((await startPjp((response) => response.writeHead(204).end())).url);
    const response = await post(proxy.url + QUERY);
    expect([response.status, await response.text(), response.headers.get("content-length")]).toEqual([204, "", null]);
  });
});

/** What the log finds in an answer to a query. */
async function findingsOf(status: number, headers: Record<string, string>, body: unknown): Promise<ProxyLogEntry> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const pjp = await startPjp(answer(status, { "content-type": "application/json", ...TIMED, ...headers }, text));
  const { url, entries } = await proxyTo(pjp.url);
  const response = await post(url + QUERY);
  expect([response.status, await response.text()]).toEqual([status, text]);
  expect(entries).toHaveLength(1);
  return entries[0] as ProxyLogEntry;
}

describe("the log says", () => {
  test("nothing of an answer that keeps the contract", async () => {
    const entry = await findingsOf(200, {}, GOOD);
    expect(entry).toMatchObject({ responseCode: "2006100", responseMessage: "Successful", tries: 1, findings: [] });
    expect(entry).not.toHaveProperty("hint");
    expect(entry.duration).toBeGreaterThanOrEqual(0);
    expect(entry.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$/);
  });

  test.each([
    ["a field of a wrong format", 200, {}, { ...GOOD, paidTime: "yesterday" }, ["paidTime must be a time such as"]],
    [
      "a field that is missing",
      200,
      {},
      { ...GOOD, latestTransactionStatus: undefined },
      ["latestTransactionStatus is missing"],
    ],
    [
      "a code of another service",
      200,
      {},
      { ...GOOD, responseCode: "2006000" },
      ["responseCode 2006000 must be of service 61, but is of 60"],
    ],
    [
      "a code that contradicts the status",
      200,
      {},
      { responseCode: "4016101", responseMessage: "Invalid Token (B2B)" },
      ["responseCode 4016101 contradicts the HTTP status, which is 200"],
    ],
    [
      "a code that nobody knows",
      403,
      {},
      { responseCode: "4036199", responseMessage: "?" },
      ["responseCode 4036199 is not in the catalogue"],
    ],
    [
      "a code that is not one",
      403,
      {},
      { responseCode: "00", responseMessage: "?" },
      ['responseCode must have 7 digits, but is "00"'],
    ],
    ["a code that is missing", 403, {}, { responseMessage: "?" }, ["responseCode is missing"]],
    [
      "a status that the contract does not have",
      418,
      {},
      { responseCode: "4186100", responseMessage: "?" },
      ["responseCode 4186100 is not in the catalogue", "the status must be one of 200, 202, 400"],
    ],
    [
      "a time that is not one",
      200,
      { "x-timestamp": "1608684611" },
      GOOD,
      ['header X-TIMESTAMP must be a time such as 2020-12-23T07:50:11+07:00, but is "1608684611"'],
    ],
    [
      "another type",
      200,
      { "content-type": "text/json" },
      GOOD,
      ['header Content-Type must be application/json, but is "text/json"'],
    ],
    [
      "a page",
      502,
      { "content-type": "text/html" },
      "<h1>Bad\u001b[31m Gateway</h1>",
      ["the body must be a JSON object, but it is text/html: <h1>Bad\\u001b[31m Gateway</h1>"],
    ],
    ["a list", 200, {}, "[]", ["the body must be a JSON object, but it is application/json: []"]],
    ["nothing at all", 200, {}, "", ["the body must be a JSON object, but it is empty"]],
  ])("%s", async (_, status, headers, body, expected) => {
    const { findings } = await findingsOf(status, headers, body);
    for (const finding of expected) expect(findings.join("\n")).toContain(finding);
    // the enum of codes, which is long, stands for no second word on the same
    expect(findings.join("\n")).not.toContain("responseCode must be one of");
  });

  test("that X-TIMESTAMP is missing", async () => {
    const { url } = await startPjp(json(200, GOOD));
    const proxy = await proxyTo(url);
    await post(proxy.url + QUERY);
    expect(proxy.entries[0]?.findings).toEqual([
      "header X-TIMESTAMP must be a time such as 2020-12-23T07:50:11+07:00, but is missing",
    ]);
  });

  test("which headers the caller set itself, of a refusal that may come from them", async () => {
    const refusal = { responseCode: "4016100", responseMessage: "Unauthorized. [Signature]" };
    const { url } = await startPjp(
      answer(401, { "content-type": "application/json", ...TIMED }, JSON.stringify(refusal)),
    );
    const proxy = await proxyTo(url, { replaceHeaders: ["X-EXTERNAL-ID"] });
    await post(proxy.url + QUERY, "{}", { "x-signature": "a", "x-timestamp": "b", "x-external-id": "c", origin: "d" });
    await post(proxy.url + QUERY);
    expect(proxy.entries.map(({ hint }) => hint)).toEqual([
      "the caller set X-TIMESTAMP, X-SIGNATURE itself; leave it out for the proxy to fill it in, or start the proxy with --replace NAME (option replaceHeaders)",
      undefined,
    ]);
  });

  test("nothing that proves who calls, though an answer repeats it all", async () => {
    const parrot: Answer = (response, { headers }: Received) => {
      const told = JSON.stringify({ responseCode: headers.authorization, responseMessage: headers["x-signature"] });
      response.writeHead(401, { "content-type": `text/html; ${SECRET}`, "x-timestamp": String(headers.authorization) });
      response.end(told);
    };
    const page: Answer = (response, { headers }) => {
      response.writeHead(500, { "content-type": "text/html" }).end(`<p>${headers.authorization} ${SECRET}`);
    };
    for (const each of [parrot, page]) {
      const proxy = await proxyTo((await startPjp(each)).url, { customerToken: "the-customer-token" });
      await post(proxy.url + QUERY);
      const told = JSON.stringify(proxy.entries);
      for (const secret of [TOKEN, SECRET, "Bearer", "the-customer-token"]) expect(told).not.toContain(secret);
      expect(told).toContain("left out, for it repeats a secret");
    }
  });

  test("what went wrong in a log of one's own: nothing, for it is swallowed", async () => {
    const { url } = await startPjp(good);
    const proxy = await proxyTo(url, { log: () => expect.unreachable() });
    expect((await post(proxy.url + QUERY)).status).toBe(200);
  });
});

/** A port on which nobody listens. */
async function nobody(): Promise<string> {
  const server = createTcpServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return `http://127.0.0.1:${port}`;
}

describe("without an answer there is a problem", () => {
  const title = "The target gave no answer that can be passed on";

  test("502, where the target is down: it was never sent", async () => {
    const target = await nobody();
    const proxy = await proxyTo(target, { externalId: () => "0815", token: TOKEN_OPTIONS });
    const detail = `qrCpmQuery 0815: not sent, no connection was made (connect ECONNREFUSED ${new URL(target).host})`;
    expect(await problemIn(await post(proxy.url + QUERY))).toEqual({
      ...{ type: "about:blank", title, status: 502, detail },
      ...{ code: "ERR_SNAP_NETWORK", outcome: "rejected", externalId: "0815" },
    });
    expect(await problemIn(await post(proxy.url + TOKENS))).toMatchObject({
      ...{ title, status: 502, code: "ERR_SNAP_NETWORK", outcome: "rejected" },
      detail: `accessTokenB2b: no answer, no connection was made (connect ECONNREFUSED ${new URL(target).host}).`,
    });
    expect(proxy.entries).toMatchObject([
      { status: 502, by: "proxy", responseMessage: detail, responseCode: undefined, externalId: "0815", findings: [] },
      { status: 502, by: "proxy", service: "73", externalId: undefined },
    ]);
  });

  test.each([
    ["does not answer", (() => {}) as Answer],
    ["stops in the middle of its answer", halfway],
  ])("504, where the target %s in time", async (_, each) => {
    const { url } = await startPjp(each);
    const proxy = await proxyTo(url, { timeout: 200, token: TOKEN_OPTIONS });
    const problem = await problemIn(await post(proxy.url + QUERY, "{}", { "X-EXTERNAL-ID": "1" }));
    expect(problem).toEqual({
      ...{ type: "about:blank", title: "The target did not answer in time", status: 504 },
      detail: "qrCpmQuery 1: no answer within 200 ms. It may have happened: query before you try again.",
      ...{ code: "ERR_SNAP_TIMEOUT", outcome: "unknown", externalId: "1" },
    });
    expect(await problemIn(await post(proxy.url + TOKENS))).toMatchObject({ status: 504, code: "ERR_SNAP_TIMEOUT" });
  });

  test("502, where it breaks off", async () => {
    const { url } = await startPjp((response) => {
      response.writeHead(200, { "content-length": 100 });
      response.write("{", () => response.destroy());
    });
    const proxy = await proxyTo(url);
    expect(await problemIn(await post(proxy.url + QUERY))).toMatchObject({
      ...{ status: 502, code: "ERR_SNAP_NETWORK", outcome: "unknown" },
    });
  });

  test("502, where it leads elsewhere, which is not followed", async () => {
    const { url } = await startPjp(answer(307, { location: "https://elsewhere.example/path?a=1" }, ""));
    const proxy = await proxyTo(url, { token: TOKEN_OPTIONS });
    for (const path of [QUERY, TOKENS]) {
      const problem = await problemIn(await post(proxy.url + path));
      expect(problem).toMatchObject({ status: 502, code: "ERR_SNAP_NOT_SNAP" });
      expect(problem.detail).toContain("is a redirect to https://elsewhere.example/path, which is not followed");
    }
  });

  test("502, where it is longer than it may be, without reading it all", async () => {
    let written = 0;
    const endless: Answer = (response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const chunk = Buffer.alloc(65_536, " ");
      const more = () => {
        while (!response.destroyed && written < 1e9) {
          written += chunk.length;
          if (!response.write(chunk)) return void response.once("drain", more);
        }
      };
      more();
    };
    const { url } = await record(endless);
    const proxy = await proxyTo(url, { maxAnswerBytes: 100_000, token: TOKEN_OPTIONS });
    for (const path of [QUERY, TOKENS]) {
      written = 0;
      const problem = await problemIn(await post(proxy.url + path));
      expect(problem).toMatchObject({ status: 502, code: "ERR_SNAP_TOO_LARGE" });
      expect(problem.detail).toContain("is longer than 100000 bytes (maxAnswerBytes)");
      expect(written).toBeLessThan(2e7);
    }
  });

  test("502, where no token is given, or 504 where it comes too late", async () => {
    const refusal = { responseCode: "4017300", responseMessage: "Unauthorized. [Unknown client]" };
    const refusing = await startPjp(json(401, refusal));
    const proxy = await proxyTo(refusing.url, { accessToken: providerOf(refusing.url) });
    const problem = await problemIn(await post(proxy.url + QUERY));
    expect(problem).toMatchObject({
      status: 502,
      title: "The proxy got no access token",
      code: "ERR_SNAP_NO_TOKEN",
      outcome: "rejected",
    });
    expect(problem.detail).toContain("status 401, 4017300 Unauthorized. [Unknown client]");

    const silent = await startPjp(() => {});
    const slow = await proxyTo(silent.url, { accessToken: providerOf(silent.url), timeout: 100 });
    expect(await problemIn(await post(slow.url + QUERY))).toMatchObject({ status: 504, outcome: "rejected" });
  });

  test("400, for what cannot be signed, and 500 for a function that fails, of which it tells nothing", async () => {
    const { url, received } = await startPjp(grant);
    const proxy = await proxyTo(url);
    const twice = await post(proxy.url + QUERY, "{}", { authorization: "Bearer Bearer a" });
    expect(await problemIn(twice)).toMatchObject({
      title: "The request cannot be signed",
      status: 400,
      detail: 'accessToken must be the bare token, without "Bearer "; the signature covers nothing else.',
    });
    const failing = await proxyTo(url, {
      externalId: () => {
        throw new Error(SECRET);
      },
    });
    expect(await problemIn(await post(failing.url + QUERY))).toEqual({
      ...{ type: "about:blank", title: "The proxy failed", status: 500, detail: "An unexpected Error." },
    });
    expect(received).toEqual([]);
  });
});

test("a caller that hangs up gives the call up", async () => {
  let gone = () => {};
  const isGone = new Promise<void>((resolve) => {
    gone = resolve;
  });
  const { url } = await listen((request, response) => {
    request.resume();
    response.once("close", gone);
  });
  // without a limit of time, which would end the call too
  const proxy = await proxyTo(url, { timeout: 0 });
  const controller = new AbortController();
  const called = fetch(proxy.url + QUERY, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
    signal: controller.signal,
  });
  setTimeout(() => controller.abort(), 100);
  await expect(called).rejects.toThrow("aborted");
  await isGone;
  await expect
    .poll(() => proxy.entries)
    .toMatchObject([{ status: 0, by: "proxy", responseMessage: "the caller hung up", tries: 1 }]);
}, 10_000);

test("many calls at once keep their answers and log lines apart", async () => {
  const sandbox = await startSandbox({ clientSecret: SECRET, accessToken: TOKEN });
  try {
    const proxy = await proxyTo(sandbox.url);
    const ids = Array.from({ length: 50 }, (_, at) => `many-${at}`);
    const answers = await Promise.all(
      ids.map(async (partnerReferenceNo) => {
        const body = { partnerReferenceNo, merchantId: "1", partnerTrxDate: "2020-12-23T07:50:11+07:00" };
        const own = { "X-EXTERNAL-ID": partnerReferenceNo };
        const response = await post(`${proxy.url}/v1.0/qr/qr-cpm-generate`, JSON.stringify(body), own);
        return (await response.json()) as { partnerReferenceNo: string };
      }),
    );
    expect(answers.map((one) => one.partnerReferenceNo)).toEqual(ids);
    expect(proxy.entries.map(({ externalId }) => externalId).sort()).toEqual([...ids].sort());
  } finally {
    await sandbox.close();
  }
});
