// What the sandbox tells of itself and lets be done to it: GET and POST /sandbox, POST /sandbox/time, and its log.
import { connect } from "node:net";
import { expect, test } from "vitest";
import { lineOf } from "../../src/cli/log-line.ts";
import type { LogEntry } from "../../src/sandbox.ts";
import { ACCESS_TOKEN, CLIENT_SECRET, exampleOf, NOW, TIMESTAMP, wireOf } from "../support/receiver.ts";
import { exchange } from "../support/wire.ts";
import {
  acknowledging,
  at,
  cancel,
  clientOf,
  control,
  hangingUp,
  idr,
  NOTIFY,
  newQr,
  PENDING,
  pay,
  paymentOf,
  query,
  type Request,
  receiver,
  replyOf,
  said,
  signature,
  start,
} from "./support.ts";

test.each([
  ["code=4036014", "4036014 --service 60"],
  ["respond-async, Example = InsufficientFunds", "CODE --service 60"],
  ["code=4046101", "4046101 --service 61"],
])("a Prefer of the mock's is ignored, and the log says what chooses the answer: %s", async (prefer, lookUp) => {
  const entries: LogEntry[] = [];
  const { sandbox } = await start({ log: (entry) => entries.push(entry) });
  const { path, headers, body } = wireOf({ operation: "qrCpmPayment" });
  const call = (more: Record<string, string>) =>
    fetch(sandbox.url + path, { method: "POST", headers: { ...headers, ...more }, body });
  // no such QR code, and then the X-EXTERNAL-ID for the second time: as without a Prefer
  expect((await call({ prefer })).status).toBe(404);
  expect((await call({ prefer: "respond-async" })).status).toBe(409);
  expect(entries.map(({ step }) => step === "prefer")).toEqual([true, false, false]);
  expect(lineOf(entries[0] as LogEntry)).toMatch(
    new RegExp(`POST ${path} \\[--\\] - Prefer is ignored \\(prefer: .*snap-bi codes ${lookUp} says which`),
  );
});

test("GET /sandbox tells all, and no secret", async () => {
  const { url } = await receiver(acknowledging);
  const { sandbox, snap } = await start({ accessToken: ACCESS_TOKEN, notify: { url, signature } });
  await pay(snap);
  const token = await fetch(`${sandbox.url}${exampleOf.accessTokenB2b.path}`, {
    method: "POST",
    ...(({ headers, body }) => ({ headers, body }))(wireOf({ operation: "accessTokenB2b" })),
  });
  const { accessToken } = (await token.json()) as { accessToken: string };
  await sandbox.idle();
  const told = await control(sandbox, "GET", "/sandbox");
  expect([told.status, told.type]).toEqual([200, "application/json"]);
  const [payments, deliveries] = [sandbox.payments(), sandbox.deliveries()];
  const totals = { ...sandbox.totals(), deliveries: 1 };
  const directDebits = sandbox.directDebits();
  expect(told.json).toEqual({ time: TIMESTAMP, stopped: true, totals, payments, directDebits, deliveries });
  expect([payments.length, directDebits.length, deliveries.length]).toEqual([1, 7, 1]);
  for (const secret of [ACCESS_TOKEN, CLIENT_SECRET, accessToken, "PRIVATE", "seed", String(sandbox.controlKey)])
    expect(told.text).not.toContain(secret);
  const head = await control(sandbox, "HEAD", "/sandbox");
  expect([head.status, head.type, head.text]).toEqual([200, "application/json", ""]);
});

test("POST /sandbox/time moves the clock", async () => {
  const { sandbox, snap } = await start();
  await pay(snap, "sale-1", PENDING);
  const moved = async (body: string) => (await control(sandbox, "POST", "/sandbox/time", body)).text;
  expect(await moved('{"advance": 0}')).toBe(`{"time":"${TIMESTAMP}","stopped":true}`);
  expect(await moved('{"advance":4.5}')).toBe(`{"time":"${at(4)}","stopped":true}`);
  expect(said(await query(snap, "sale-1"))).toBe("2006100 03");
  expect(await moved('{"advance":0.5}')).toBe(`{"time":"${at(5)}","stopped":true}`);
  expect(said(await query(snap, "sale-1"))).toBe("2006100 00");
  expect(await moved('{"time":"2021-01-01T00:00:00Z"}')).toBe('{"time":"2021-01-01T07:00:00+07:00","stopped":true}');
  expect(await moved('{"time":"2020-01-01T07:00:00.25+07:00"}')).toBe(
    '{"time":"2020-01-01T07:00:00+07:00","stopped":true}',
  );
  expect(sandbox.now()).toEqual(new Date("2020-01-01T00:00:00.250Z"));
});

const NOT_A_YEAR = "The time must be a valid Date of the years 0 to 9998. ";
test.each([
  ["", ""],
  ["{", ""],
  ["null", ""],
  ["[]", ""],
  ["5", ""],
  ["{}", ""],
  ['{"advance":"5"}', ""],
  ['{"advance":-1}', "A duration must be a number, 0 or more, but is -1000 ms. "],
  ['{"advance":1e12}', NOT_A_YEAR],
  ['{"advance":1e999}', "A duration must be a number, 0 or more, but is Infinity ms. "],
  ['{"advance":5,"time":"2021-01-01T00:00:00Z"}', ""],
  ['{"time":"5"}', ""],
  ['{"time":"2021-01-01"}', ""],
  ['{"time":"2021-01-01T00:00:00"}', ""],
  ['{"time":"2021-13-01T00:00:00Z"}', ""],
  ['{"time":"2020-02-30T00:00:00Z"}', ""],
  ['{"time":"2020-02-28T25:00:00Z"}', ""],
  ['{"time":"9999-01-01T00:00:00Z"}', NOT_A_YEAR],
  ['{"time":"+012345-01-01T00:00:00Z"}', ""],
  ['{"time":1609459200000}', ""],
  ['{"resume":false}', ""],
  ['{"resume":1}', ""],
  ['{"resume":true,"advance":1}', ""],
])("POST /sandbox/time refuses %j", async (body, why) => {
  const { sandbox } = await start();
  const { status, type, json } = await control(sandbox, "POST", "/sandbox/time", body);
  expect([status, type]).toEqual([400, "application/problem+json"]);
  expect(json).toEqual({
    type: "about:blank",
    title: "The sandbox does not understand this",
    status: 400,
    detail: `${why}POST /sandbox/time takes {"advance": SECONDS} or {"time": "2020-12-23T07:50:11+07:00"}, which stop the clock, or {"resume": true}, which lets it go on.`,
  });
  expect(sandbox.now()).toEqual(NOW);
});

test("POST /sandbox/time refuses a body beyond 64 kB", async () => {
  const { sandbox } = await start();
  const { status } = await control(sandbox, "POST", "/sandbox/time", `{"advance":5}${" ".repeat(1_000_000)}`);
  expect([status, sandbox.now()]).toEqual([400, NOW]);
});

test("a caller that hangs up in the middle of POST /sandbox/time harms nothing", async () => {
  const { sandbox } = await start();
  const { hostname, port } = new URL(sandbox.url);
  for (const length of ["Content-Length: 1000", "Content-Length: 1000000", "Transfer-Encoding: chunked"]) {
    await new Promise((resolve) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write(
          `POST /sandbox/time HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer ${sandbox.controlKey}\r\n${length}\r\n\r\n{"advance"`,
        );
        setTimeout(() => socket.resetAndDestroy(), 20);
      });
      socket.on("error", () => {}).on("close", resolve);
    });
  }
  expect((await control(sandbox, "POST", "/sandbox/time", '{"advance":1}')).text).toBe(
    `{"time":"${at(1)}","stopped":true}`,
  );
});

test("a path that only begins like it is not an operation, and not found", async () => {
  const { sandbox } = await start();
  for (const path of ["/sandboxes", "/", "/v1.0/sandbox", "//sandbox"]) {
    expect((await control(sandbox, "POST", path)).text).toBe(
      '{"responseCode":"4040002","responseMessage":"Invalid Routing"}',
    );
  }
});

test("the log has one entry for each request and each delivery, and no secret", async () => {
  const { url } = await receiver((response, _, tries) => (tries === 1 ? hangingUp : acknowledging)(response));
  const { sandbox, snap, entries } = await start({ notify: { url, signature }, accessToken: ACCESS_TOKEN });
  await pay(snap);
  await query(snap, "sale-2");
  await sandbox.idle();
  await control(sandbox, "POST", "/sandbox/time", '{"advance":1}');
  await control(sandbox, "GET", "/sandbox");
  await control(sandbox, "GET", "/nowhere");
  await exchange(Number(new URL(sandbox.url).port), "hello\r\n\r\n");
  const summary = ({ time, method, path, service, status, responseCode, step }: LogEntry) =>
    [time, method, path, service, status, responseCode, step].join(" ").replaceAll("  ", " - ");
  // the answer to the payment and its notification do not wait for each other
  expect(entries.map(summary).sort()).toEqual(
    [
      `${TIMESTAMP} POST ${exampleOf.qrCpmPayment.path} 60 200 2006000 operation`,
      `${TIMESTAMP} POST ${exampleOf.qrCpmQuery.path} 61 404 4046101 operation`,
      `${TIMESTAMP} POST ${NOTIFY} 79 0 - notify`,
      `${at(1)} POST ${NOTIFY} 79 200 2007900 notify`,
      `${at(1)} POST /sandbox/time - 200 - control`,
      `${at(1)} GET /sandbox - 200 - control`,
      `${at(1)} GET /nowhere - 404 4040002 route`,
      `${at(1)} - - - 400 - http`,
    ].sort(),
  );
  expect(entries.find(({ step }) => step === "route")?.hint).toBe("/docs lists the paths");
  for (const secret of [ACCESS_TOKEN, CLIENT_SECRET]) expect(JSON.stringify(entries)).not.toContain(secret);
});

test("the log says why a call was refused, which the caller is not told, and has no QR code", async () => {
  const { sandbox, snap, entries } = await start({ limit: "20000.00" });
  const stranger = clientOf(sandbox, { partnerId: "stranger" });
  const generate = (partnerReferenceNo: string, merchantId: string) =>
    snap.qrCpmGenerate({ partnerTrxDate: TIMESTAMP, partnerReferenceNo, merchantId });
  const qrContent = String(replyOf(await generate("qr-1", "m-1")).qrContent);
  const qrCodes = [qrContent, await newQr(snap), await newQr(snap), await newQr(snap)];
  const payWith = (partnerReferenceNo: string, qr: number, given: Partial<Request<"qrCpmPayment">> = {}) =>
    snap.qrCpmPayment(paymentOf(partnerReferenceNo, { qrContent: qrCodes[qr] ?? "none", ...given }));
  const references = (originalPartnerReferenceNo: string) => ({ originalPartnerReferenceNo });
  const refund = (original: string, partnerRefundNo: string, value: string, currency = "IDR") =>
    snap.qrCpmRefund({ ...references(original), partnerRefundNo, refundAmount: { value, currency } });
  const calls: [call: () => Promise<unknown>, logged: string][] = [
    [() => generate("qr-1", "m-1"), "4095901 the same was sent before"],
    [() => generate("qr-1", "m-2"), "4045918 the number was used before, with another content"],
    [() => payWith("sale-1", 0), "2006000 undefined"],
    [() => payWith("sale-1", 0), "4096001 the same was sent before; its status is 00, success"],
    [() => payWith("sale-1", 1), "4046018 the number was used before, with another content"],
    [() => payWith("sale-2", 0), "4046000 this QR code was used for sale-1; its status is 00, success"],
    [() => payWith("sale-3", 9), "4046001 no QR code of this sandbox; scenario amounts take any"],
    [() => payWith("sale-4", 1, { expiryTime: TIMESTAMP }), `4036000 expiryTime is over: ${TIMESTAMP}`],
    [() => payWith("sale-5", 1, { amount: idr("20000.01") }), "4036002 above the limit of 20000.00"],
    [
      () => payWith("sale-6", 1, { amount: { value: "1.00", currency: "USD" } }),
      "4046013 it needs an amount in IDR above zero and has 1.00 USD",
    ],
    [() => payWith("sale-7", 9, { amount: idr("4036014.00") }), "4036014 Sandbox scenario"],
    [() => payWith("sale-8", 9, { amount: idr("4006001.00") }), "4006001 undefined"],
    [() => payWith("sale-8", 9, { amount: idr("4006000.00") }), "4006000 Sandbox scenario"],
    [() => query(snap, "sale-9"), "4046101 no payment has the references given"],
    [() => snap.qrCpmQuery({ merchantId: "m-1" }), "4046101 no reference is given"],
    [() => query(stranger, "sale-1"), "4046101 the payment is of another X-PARTNER-ID"],
    [
      () => snap.qrCpmCancel({ ...references("sale-1"), amount: idr("1.00") }),
      "4046213 the payment is of 10000.00 IDR",
    ],
    [() => cancel(snap, "sale-9"), "4046201 no payment has the references given"],
    [() => cancel(snap, "sale-2"), "4046200 its status is 06, failed"],
    [() => refund("sale-1", "refund-1", "4000.00"), "2008000 undefined"],
    [() => refund("sale-1", "refund-1", "4000.01"), "4048018 the number was used before, with another content"],
    [() => refund("sale-1", "refund-2", "6000.01"), "4048013 6000.00 IDR can still be refunded"],
    [() => refund("sale-9", "refund-2", "1.00"), "4048001 no payment has the references given"],
    [() => refund("sale-2", "refund-2", "1.00"), "4048000 its status is 06, failed"],
    [() => cancel(snap, "sale-1"), "4046200 some of it is refunded"],
    [() => payWith("sale-10", 2), "2006000 undefined"],
    [() => snap.qrCpmCancel({ ...references("sale-10"), merchantId: "2026200" }), "2026200 undefined"],
    [() => refund("sale-10", "refund-3", "1.00"), "4048000 it is being cancelled"],
    [
      () => snap.debitStatus({ ...references("debit-9"), serviceCode: "54" }),
      "4045501 the sandbox was seeded with no such debit",
    ],
    [
      async () => {
        await sandbox.advance(300);
        return payWith("sale-11", 3);
      },
      `4036000 the QR code expired at ${at(300)}`,
    ],
  ];
  for (const [call, logged] of calls) {
    entries.length = 0;
    await call();
    expect(entries.map(({ responseCode, hint }) => `${responseCode} ${hint}`)).toEqual([logged]);
    expect(entries[0]).not.toHaveProperty("reason");
    for (const code of qrCodes) expect(JSON.stringify(entries)).not.toContain(code);
    if (logged.startsWith("4046000"))
      expect(lineOf({ ...(entries[0] as LogEntry), partnerId: "shop-1", externalId: "id-1", duration: 1.25 })).toBe(
        "07:50:11 POST /v1.0/qr/qr-cpm-payment [60] 4046000 Invalid Transaction Status (this QR code was used for sale-1; its status is 00, success)  partner shop-1  id id-1  1.3 ms",
      );
  }
});

test.each([
  [
    "throws",
    () => {
      throw new Error("full");
    },
  ],
  ["rejects", () => Promise.reject(new Error("full"))],
])("a log that %s changes nothing", async (_, log) => {
  const { url } = await receiver(acknowledging);
  const { sandbox, snap } = await start({ log: log as () => void, notify: { url, signature } });
  expect(said(await pay(snap))).toBe("2006000");
  await sandbox.advance(1);
  expect(sandbox.deliveries()).toMatchObject([{ responseCode: "2007900" }]);
  expect((await control(sandbox, "GET", "/sandbox")).status).toBe(200);
});

test.each([
  ["PUT", "/sandbox", 405, "The sandbox does not do this", "GET, HEAD, POST"],
  ["GET", "/sandbox/time", 405, "The sandbox does not do this", "POST"],
  ["GET", "/sandbox/payments", 404, "The sandbox does not have this", null],
  ["GET", "/sandbox/", 404, "The sandbox does not have this", null],
])("%s %s is answered with %i, and what there is", async (method, path, status, title, allow) => {
  const { sandbox } = await start();
  const answer = await control(sandbox, method, path);
  expect([answer.status, answer.type, answer.allow]).toEqual([status, "application/problem+json", allow]);
  const detail = "There are GET /sandbox, POST /sandbox, POST /sandbox/time and POST /sandbox/next.";
  expect(answer.json).toEqual({ type: "about:blank", title, status, detail });
});
