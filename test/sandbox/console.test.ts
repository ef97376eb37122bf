// The console over HTTP: who gets it, what it tells and what it keeps to itself.
import { request as httpRequest } from "node:http";
import { describe, expect, expectTypeOf, onTestFinished, test } from "vitest";
import type { Delivery, Payment, ShownRequest, Update } from "../../scripts/console/client/shapes.ts";
import type { ConsoleRequest } from "../../src/host/console-view.ts";
import { MAX_BODY_BYTES, MAX_REQUESTS } from "../../src/host/requests.ts";
import { type PaymentRecord, startMock, type Delivery as Told } from "../../src/sandbox.ts";
import { ACCESS_TOKEN, CLIENT_SECRET } from "../support/receiver.ts";
import { acknowledging, clientOf, idr, pay, paymentOf, query, receiver, said, signature, start } from "./support.ts";

const authorized = (key: string | undefined) => ({ headers: { authorization: `Bearer ${key}` } });

/** Follows the stream of a server: what came so far, and a wait for an update that a condition holds for. */
async function follow(url: string, init: RequestInit = {}) {
  const end = new AbortController();
  onTestFinished(() => end.abort());
  const response = await fetch(`${url}/console/events`, { ...init, signal: end.signal });
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/event-stream"]);
  const updates: Update[] = [];
  let text = "";
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const until = async (isIt: (update: Update) => boolean): Promise<Update> => {
    for (;;) {
      const found = updates.find(isIt);
      if (found) return found;
      const { done, value } = (await reader?.read()) ?? { done: true, value: "" };
      if (done) throw new Error("the stream ended");
      text += value;
      const events = text.split("\n\n");
      text = events.pop() ?? "";
      for (const event of events) if (event.startsWith("data: ")) updates.push(JSON.parse(event.slice(6)) as Update);
    }
  };
  return { updates, until };
}

/** What is downloaded. */
async function all(url: string, key: string | undefined) {
  const response = await fetch(`${url}/console/all`, authorized(key));
  const text = await response.text();
  return { text, ...(JSON.parse(text) as { requests: ShownRequest[]; payments: Payment[]; deliveries: Delivery[] }) };
}

test("the page knows the shapes that the server sends", () => {
  expectTypeOf<ConsoleRequest>().toExtend<ShownRequest>();
  expectTypeOf<PaymentRecord>().toExtend<Payment>();
  expectTypeOf<Told>().toExtend<Delivery>();
});

describe("the page", () => {
  test.each(["/", "/sandbox", "/sandbox?from=here"])("a browser gets it at %s, without a key", async (path) => {
    const { sandbox } = await start();
    const answer = await fetch(sandbox.url + path, { headers: { accept: "text/html,*/*;q=0.8" } });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    expect(answer.headers.get("content-security-policy")).toBe("frame-ancestors 'none'");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    const page = await answer.text();
    const [, policy] = /Content-Security-Policy" content="([^"]+)"/.exec(page) ?? [];
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'$/,
    );
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\/|@import|url\(/);
    expect(page.length).toBeLessThan(30_000);
  });

  test("programs get JSON at /sandbox, with a line for each member", async () => {
    const { sandbox } = await start();
    const answer = await fetch(`${sandbox.url}/sandbox`, authorized(sandbox.controlKey));
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(await answer.text()).toMatch(/^\{\n {2}"time": "2020-12-23T07:50:11\+07:00",\n/);
  });
});

describe("who may read it", () => {
  test.each(["/console/events", "/console/all"])("%s asks for the control key", async (path) => {
    const { sandbox } = await start();
    for (const init of [{}, authorized("another"), { headers: { accept: "text/html" } }]) {
      const answer = await fetch(sandbox.url + path, init);
      expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
      expect(await answer.json()).toMatchObject({ title: "The sandbox asks for its control key" });
    }
    const inAddress = await fetch(`${sandbox.url}${path}?key=${sandbox.controlKey}`);
    expect(inAddress.status).toBe(401);
  });

  test("no page of another site may, and a name that is not of this machine does not lead to it", async () => {
    const { sandbox } = await start({ controlKey: "the-key" });
    const headers = { authorization: "Bearer the-key", origin: "https://evil.example" };
    const foreign = await fetch(`${sandbox.url}/console/all`, { headers });
    expect(foreign.status).toBe(403);
    expect(foreign.headers.get("access-control-allow-origin")).toBeNull();
    const local = { authorization: "Bearer the-key", origin: "http://localhost:3000" };
    // answered, as control is, but no page can read it
    expect(
      (await fetch(`${sandbox.url}/console/all`, { headers: local })).headers.get("access-control-allow-origin"),
    ).toBe(null);
    for (const path of ["/console/all", "/console/events", "/"]) {
      const status = await new Promise((resolve) => {
        const { port } = new URL(sandbox.url);
        const asked = {
          port,
          path,
          headers: { host: "evil.example", authorization: "Bearer the-key", accept: "text/html" },
        };
        httpRequest({ host: "127.0.0.1", ...asked }, ({ statusCode }) => resolve(statusCode)).end();
      });
      expect(status).toBe(400);
    }
  });

  test("a page of the server's own address may move the clock, by whatever name it is called", async () => {
    const { sandbox } = await start({ allowHosts: ["pjp.test"], controlKey: "the-key" });
    const { port } = new URL(sandbox.url);
    const post = (origin: string) =>
      new Promise((resolve) => {
        const headers = {
          host: `pjp.test:${port}`,
          origin,
          authorization: "Bearer the-key",
          "content-type": "application/json",
        };
        httpRequest({ host: "127.0.0.1", port, path: "/sandbox/time", method: "POST", headers }, ({ statusCode }) =>
          resolve(statusCode),
        ).end('{"advance":1}');
      });
    expect(await post(`http://pjp.test:${port}`)).toBe(200);
    expect(await post("http://other.test")).toBe(403);
  });

  test("what does not exist is named, with what there is", async () => {
    const { sandbox } = await start({ controlKey: "the-key" });
    const answer = await fetch(`${sandbox.url}/console/constructor`, authorized("the-key"));
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ detail: "There are GET /console/events and GET /console/all." });
  });
});

describe("what it tells", () => {
  test("a request with headers, body, answer and the check that answered; tokens and secrets are masked", async () => {
    const { sandbox, snap } = await start();
    await pay(snap);
    await fetch(`${sandbox.url}/v1.0/access-token/b2b`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-client-secret": CLIENT_SECRET,
        cookie: "session=abcdef",
        authorization: `Bearer ${ACCESS_TOKEN}`,
      },
      body: JSON.stringify({ grantType: "client_credentials", clientSecret: CLIENT_SECRET, repeated: ACCESS_TOKEN }),
    });
    const { requests, text } = await all(sandbox.url, sandbox.controlKey);
    const [payment, token] = requests;
    expect(payment).toMatchObject({
      ...{ number: 1, operation: "qrCpmPayment", service: "60", status: 200, responseCode: "2006000" },
      ...{ method: "POST", path: "/v1.0/qr/qr-cpm-payment", step: "operation", time: "2020-12-23T07:50:11+07:00" },
    });
    expect(JSON.parse(payment?.body ?? "")).toMatchObject({ partnerReferenceNo: "sale-1" });
    expect(JSON.parse(payment?.answer ?? "")).toMatchObject({ responseCode: "2006000" });
    const headers = Object.fromEntries(payment?.headers ?? []);
    expect(headers.Authorization).toMatch(/^Bearer .{0,4}\*\*\* \(\d+ characters\)$/);
    expect(headers["X-SIGNATURE"]).toMatch(/^.{4}\*\*\* \(88 characters\)$/);
    expect(headers["X-EXTERNAL-ID"]).toBe(payment?.externalId);
    expect(token).toMatchObject({ operation: "accessTokenB2b", step: "headers" });
    for (const secret of [CLIENT_SECRET, ACCESS_TOKEN, "session=abcdef", String(sandbox.controlKey)])
      expect(text).not.toContain(secret);
  });

  test("a token that is given out is masked in its answer", async () => {
    const mock = await startMock();
    onTestFinished(() => mock.close());
    const answer = await fetch(`${mock.url}/v1.0/access-token/b2b`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-timestamp": "2020-12-23T07:50:11+07:00",
        "x-client-key": "me",
        "x-signature": "s",
      },
      body: JSON.stringify({ grantType: "client_credentials" }),
    });
    const { accessToken } = (await answer.json()) as { accessToken: string };
    const { text, requests } = await all(mock.url, undefined);
    expect(accessToken.length).toBeGreaterThan(20);
    expect(text).not.toContain(accessToken);
    expect(requests[0]?.answer).toContain(
      `"accessToken":"${accessToken.slice(0, 4)}*** (${accessToken.length} characters)"`,
    );
  });

  test("a refused signature: what was sent beside what was expected, and what the doctor says", async () => {
    const { sandbox } = await start();
    const { until } = await follow(sandbox.url, authorized(sandbox.controlKey));
    const wrong = clientOf(sandbox, { signature: { type: "symmetric", clientSecret: ` ${CLIENT_SECRET}` } });
    expect(said(await query(wrong, "sale-1"))).toBe("4016100");
    const { requests } = await until(({ requests: [one] }) => one?.doctor !== undefined);
    const [request] = requests;
    expect(request).toMatchObject({ number: 1, step: "signature", responseCode: "4016100" });
    expect(request?.doctor).toMatch(/^the signature was probably wrong because /);
    expect(request?.signed?.kind).toBe("symmetric");
    expect(request?.signed?.parts.map(({ part }) => part)).toEqual([
      "method",
      "path",
      "access token",
      "SHA-256 of the body",
      "timestamp",
      "signature",
    ]);
    expect(request?.signed?.stringToSign).toMatch(
      /^POST:\/v1\.0\/qr\/qr-cpm-query:.{0,4}\*\*\* \(\d+ characters\):[\da-f]{64}:2020-12-23T07:50:11\+07:00$/,
    );
    const text = JSON.stringify(request);
    for (const secret of [CLIENT_SECRET, ACCESS_TOKEN]) expect(text).not.toContain(secret);
  });

  test("updates come by themselves: the request, the payment and its history, the clock, notifications, a reset", async () => {
    const shop = await receiver(acknowledging);
    const { sandbox, snap } = await start({ notify: { url: shop.url, signature } });
    const { updates, until } = await follow(sandbox.url, authorized(sandbox.controlKey));
    const first = await until(() => true);
    expect(first).toMatchObject({ kind: "sandbox", first: 1, requests: [], state: { stopped: true, payments: [] } });
    expect(first.fixed?.statusNames["04"]).toBe("refunded");
    await pay(snap, "sale-1", "2026000.00");
    const paid = await until(({ state }) => state?.payments.length === 1);
    expect(paid.state?.payments[0]).toMatchObject({ partnerReferenceNo: "sale-1", status: "03" });
    expect(paid.fixed).toBeUndefined();
    await sandbox.advance(5);
    const settled = await until(({ state }) => state?.payments[0]?.status === "00" && state.deliveries.length === 2);
    expect(settled.state?.payments[0]?.history.map(({ status }) => status)).toEqual(["01", "02", "03", "00"]);
    expect(settled.state?.time).toBe("2020-12-23T07:50:16+07:00");
    expect(settled.state?.deliveries[0]).toMatchObject({ attempt: 1, responseCode: "2007900" });
    await sandbox.reset();
    const empty = await until(({ first: oldest }) => oldest === 2);
    expect(empty).toMatchObject({ requests: [], state: { payments: [], deliveries: [] } });
    // each request is sent once
    expect(updates.flatMap(({ requests }) => requests)).toHaveLength(1);
  });
});

test(`the latest ${MAX_REQUESTS} requests are kept, of a body the first ${MAX_BODY_BYTES} bytes`, async () => {
  const { sandbox, snap } = await start({ clientSecret: undefined as never, controlKey: "the-key" });
  const long = "x".repeat(MAX_BODY_BYTES);
  await fetch(`${sandbox.url}/v1.0/qr/qr-cpm-query`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "Bearer t" },
    body: JSON.stringify({ long }),
  });
  const { requests: one } = await all(sandbox.url, "the-key");
  expect(one[0]).toMatchObject({ number: 1 });
  expect(one[0]?.body.length).toBeLessThanOrEqual(MAX_BODY_BYTES);
  for (let at = 0; at < MAX_REQUESTS; at += 1) await query(snap, `sale-${at}`);
  const { requests } = await all(sandbox.url, "the-key");
  expect([requests.length, requests[0]?.number, requests.at(-1)?.number]).toEqual([MAX_REQUESTS, 2, MAX_REQUESTS + 1]);
});

describe("the next call", () => {
  const next = (url: string, key: string | undefined, body: object) =>
    fetch(`${url}/sandbox/next`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });

  test("comes out as it is told, once, whatever stands in it", async () => {
    const { sandbox, snap } = await start();
    const told = await next(sandbox.url, sandbox.controlKey, { code: "4036014" });
    expect([told.status, await told.json()]).toEqual([200, { forced: ["4036014"] }]);
    expect(said(await query(snap, "sale-1"))).toBe("4046101");
    expect(said(await pay(snap, "sale-1"))).toBe("4036014");
    expect(said(await pay(snap, "sale-2"))).toBe("2006000");
    await next(sandbox.url, sandbox.controlKey, { code: "2026006" });
    expect(said(await snap.qrCpmPayment(paymentOf("sale-3", { amount: idr("1.00") })))).toBe("2026000");
    await sandbox.advance(5);
    expect(said(await query(snap, "sale-3"))).toBe("2006100 06");
    await next(sandbox.url, sandbox.controlKey, { code: "5006100" });
    expect(said(await pay(snap, "sale-4"))).toBe("2006000");
    expect(said(await query(snap, "sale-4"))).toBe("5006100");
    await next(sandbox.url, sandbox.controlKey, { code: "5046200" });
    await sandbox.reset();
    expect(said(await snap.qrCpmCancel({ originalPartnerReferenceNo: "sale-1" }))).toBe("4046201");
  });

  test.each([
    {},
    { code: "9999999" },
    { code: 4036014 },
    { code: "5046099" },
    { code: "4045401" },
    { code: "4036014", more: 1 },
  ])("%j is refused with what it takes", async (body) => {
    const { sandbox } = await start({ controlKey: "the-key" });
    const answer = await next(sandbox.url, "the-key", body);
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as { detail: string }).detail).toMatch(
      /^POST \/sandbox\/next takes \{"code": CODE\}, /,
    );
  });

  test("asks for the control key", async () => {
    const { sandbox } = await start();
    expect((await next(sandbox.url, "another", { code: "4036014" })).status).toBe(401);
  });
});

describe("the mock", () => {
  test("has the same list, with what never became a request", async () => {
    const mock = await startMock();
    onTestFinished(() => mock.close());
    await fetch(`${mock.url}/v1.0/qr/qr-cpm-query`, { method: "POST" });
    await fetch(`${mock.url}/v1.0/qr/qr-cpm-query`, { method: "POST", headers: { prefer: "code=999" } });
    const { until } = await follow(mock.url);
    const { kind, requests, state } = await until(() => true);
    expect([kind, state]).toEqual(["mock", undefined]);
    expect(requests.map(({ step, status }) => [step, status])).toEqual([
      ["contentType", 400],
      ["prefer", 404],
    ]);
  });

  test("shows it to nobody where others can reach it", async () => {
    const mock = await startMock({ host: "0.0.0.0" });
    onTestFinished(() => mock.close());
    const answer = await fetch(`http://127.0.0.1:${new URL(mock.url).port}/console/all`);
    expect([answer.status, await answer.json()]).toMatchObject([403, { title: "The console is not for others" }]);
  });
});
