// Payments over HTTP: from beginning to end, pending ones as time goes by, and many calls at the same time.
import { describe, expect, test } from "vitest";
import { validateResponse } from "../../src/contract/validation.ts";
import { snapTimestamp } from "../../src/snap/time.ts";
import { json } from "../support/http.ts";
import { CLIENT_SECRET, NOW, type operationIds, TIMESTAMP, wireOf } from "../support/receiver.ts";
import {
  acknowledging,
  at,
  CAPTURED,
  cancel,
  control,
  hangingUp,
  idr,
  merchant,
  newQr,
  PENDING,
  pay,
  paymentOf,
  query,
  type Reply,
  receiver,
  replyOf,
  said,
  signature,
  start,
  startWithMerchant,
} from "./support.ts";

describe("a payment from beginning to end", () => {
  test("generate, pay, notify, query, refund, query", async () => {
    const shop = await merchant();
    const { sandbox, snap } = await start({ notify: shop.url });
    shop.trust(sandbox);

    const qrContent = await newQr(snap);
    const title = "Coffee";
    const given = { qrContent, title, subMerchantId: "sub-1", externalStoreId: "store-1" };
    const paid = await snap.qrCpmPayment(paymentOf("sale-1", given));
    expect(paid.data).toMatchObject({ responseCode: "2006000", partnerReferenceNo: "sale-1" });
    await sandbox.idle();
    const about = {
      originalPartnerReferenceNo: "sale-1",
      originalReferenceNo: (paid.data as { referenceNo: string }).referenceNo,
      merchantId: "merchant-1",
      subMerchantId: "sub-1",
      externalStoreId: "store-1",
      amount: idr("10000.00"),
    };
    expect(shop.notified).toEqual([{ ...about, latestTransactionStatus: "00", transactionStatusDesc: "success" }]);

    const queried = await query(snap, "sale-1");
    expect(queried.data).toMatchObject({ latestTransactionStatus: "00", title, paidTime: TIMESTAMP });
    const refund = { originalPartnerReferenceNo: "sale-1", partnerRefundNo: "refund-1", refundAmount: idr("4000.00") };
    expect(said(await snap.qrCpmRefund(refund))).toBe("2008000");
    expect(said(await query(snap, "sale-1"))).toBe("2006100 00");
    expect(said(await snap.qrCpmRefund({ originalPartnerReferenceNo: "sale-1", partnerRefundNo: "rest" }))).toBe(
      "2008000",
    );
    expect(said(await query(snap, "sale-1"))).toBe("2006100 04");

    await sandbox.idle();
    expect(shop.notified[1]).toEqual({ ...about, latestTransactionStatus: "04", transactionStatusDesc: "refunded" });
    expect(shop.answers.map(({ responseCode }) => responseCode)).toEqual(["2007900", "2007900"]);
    expect(sandbox.totals()).toEqual({
      payments: 1,
      captured: "10000.00",
      refunded: "10000.00",
      cancelled: "0.00",
      held: "0.00",
    });
    expect(sandbox.payments()[0]?.history.map(({ status }) => status)).toEqual(["01", "02", "00", "04"]);
  });

  test("a payment that is cancelled is notified with 05", async () => {
    const { shop, sandbox, snap } = await startWithMerchant();
    await snap.qrCpmPayment(paymentOf("sale-1", { qrContent: await newQr(snap) }));
    expect(said(await cancel(snap, "sale-1"))).toBe("2006200");
    expect(said(await query(snap, "sale-1"))).toBe("2006100 05");
    await sandbox.idle();
    expect(shop.notified.map(({ latestTransactionStatus }) => latestTransactionStatus)).toEqual(["00", "05"]);
  });

  test("a merchant may query the payment before it acknowledges, in the middle of an advance too", async () => {
    const queried: string[] = [];
    const { url, got } = await receiver(async (response) => {
      queried.push(`${snapTimestamp(sandbox.now())} ${said(await query(snap, "sale-1"))}`);
      acknowledging(response);
    });
    const { sandbox, snap } = await start({ notify: { url, signature } });
    await pay(snap, "sale-1", PENDING);
    await sandbox.advance(600);
    expect(got.map(({ status }) => status)).toEqual(["03", "00"]);
    expect(queried).toEqual([`${at(0)} 2006100 03`, `${at(5)} 2006100 00`]);
  });

  test("service 55 knows a direct debit of each status, or those that are given", async () => {
    const { snap } = await start({
      directDebits: [{ originalPartnerReferenceNo: "debit-1", latestTransactionStatus: "03" }],
    });
    const ask = async (client: typeof snap, originalPartnerReferenceNo: string) =>
      said(await client.debitStatus({ originalPartnerReferenceNo, serviceCode: "54" }));
    expect(await ask(snap, "debit-1")).toBe("2005500 03");
    expect(await ask(snap, "debit-00")).toBe("4045501");
    expect(await ask((await start()).snap, "debit-00")).toBe("2005500 00");
  });
});

describe("time", () => {
  test("a QR code is good until it expires, and not from then on", async () => {
    const { sandbox, snap } = await start({ qrLifetime: 300 });
    const [first, second] = [await newQr(snap), await newQr(snap)];
    await sandbox.advance(299);
    expect(said(await snap.qrCpmPayment(paymentOf("sale-1", { qrContent: first })))).toBe("2006000");
    await sandbox.advance(1);
    expect(said(await snap.qrCpmPayment(paymentOf("sale-2", { qrContent: second })))).toBe("4036000");
  });

  test("a pending payment is decided when its time has come, by amount", async () => {
    const { sandbox, snap } = await start({ settleAfter: 5 });
    expect(said(await pay(snap, "good", "2026000.00"))).toBe("2026000");
    expect(said(await pay(snap, "bad", "2026006.00"))).toBe("2026000");
    await sandbox.advance(4.999);
    expect(said(await query(snap, "good"))).toBe("2006100 03");
    await sandbox.advance(0.001);
    expect(said(await query(snap, "good"))).toBe("2006100 00");
    expect(said(await query(snap, "bad"))).toBe("2006100 06");
    expect(sandbox.now()).toEqual(new Date(NOW.getTime() + 5000));
  });

  test.each([
    ["5046000.00", "5046000", "2006100 00"],
    ["4036014.00", "4036014", "2006100 06"],
    ["2006006.00", "2006000", "2006100 06"],
    ["5006000.00", "5006000", "4046101"],
  ])("an amount of %s is answered with %s, and a query then with %s", async (value, answered, then) => {
    const { snap } = await start();
    expect(said(await pay(snap, "sale-1", value))).toBe(answered);
    expect(said(await query(snap, "sale-1"))).toBe(then);
  });

  test("a payment that was answered with a time-out is not paid twice", async () => {
    const { sandbox, snap } = await start();
    expect(said(await pay(snap, "sale-1", "5046000.00"))).toBe("5046000");
    expect(said(await pay(snap, "sale-1", "5046000.00"))).toBe("4096001");
    expect(sandbox.totals()).toMatchObject({ payments: 1, captured: "5046000.00" });
  });

  test("advances that are asked for at the same time are done one after the other", async () => {
    const { url } = await receiver(json(500, {}));
    const { sandbox, snap } = await start({ notify: { url, signature } });
    await pay(snap, "sale-1", PENDING);
    await Promise.all([sandbox.advance(3), sandbox.advance(3), sandbox.advance(50)]);
    expect(sandbox.now()).toEqual(new Date(NOW.getTime() + 56_000));
    const times = (status: string) =>
      sandbox
        .deliveries()
        .filter(({ body }) => body.latestTransactionStatus === status)
        .map(({ time }) => time);
    // 03 is given up at 7, for 00 was notified since
    expect(times("03")).toEqual(at(0, 1, 3, 7));
    expect(times("00")).toEqual(at(5, 6, 8, 12, 20, 36));
  });

  test("a time or duration that is not valid is refused, and the clock stays", async () => {
    const { sandbox } = await start();
    await expect(sandbox.advance(-1)).rejects.toThrow(RangeError);
    await expect(sandbox.advance(Number.NaN)).rejects.toThrow(RangeError);
    await expect(sandbox.setTime(new Date("never"))).rejects.toThrow(RangeError);
    expect(sandbox.now()).toEqual(NOW);
  });

  test("by the system's clock a notification is sent again too", async () => {
    let acknowledged = () => {};
    const done = new Promise<void>((resolve) => {
      acknowledged = resolve;
    });
    const { url } = await receiver((response, _, tries) => {
      (tries < 3 ? hangingUp : acknowledging)(response);
      if (tries === 3) acknowledged();
    });
    const notify = { url, signature, retryDelays: [0.01, 0.01] };
    const { sandbox, snap } = await start({ clock: "system", notify });
    expect(said(await pay(snap))).toBe("2006000");
    await done;
    await sandbox.idle();
    expect(sandbox.deliveries().map(({ retryIn }) => retryIn)).toEqual([0.01, 0.01, undefined]);
    expect(sandbox.now().getTime() - Date.now()).toBeLessThan(1000);
  });
});

test("the same seed, time and calls give the same answers and the same books, byte by byte", async () => {
  let notified = 0;
  const { url } = await receiver((response) => {
    // by the payment would be as good; both runs get the same answers in the same order
    notified += 1;
    (notified % 3 === 0 ? acknowledging : json(500, {}))(response);
  });

  async function run(seed: number | string): Promise<string[]> {
    notified = 0;
    let made = 0;
    const { sandbox } = await start({ seed, notify: { url, signature }, clientSecret: CLIENT_SECRET });
    const all: string[] = [];
    const ask = async (operation: (typeof operationIds)[number], body: object) => {
      made += 1;
      const headers = operation === "accessTokenB2b" ? {} : { "X-EXTERNAL-ID": `call-${made}` };
      const { path, ...wire } = wireOf({ operation, body: body as Record<string, unknown>, headers });
      const response = await fetch(sandbox.url + path, wire);
      const text = await response.text();
      all.push(`${response.status} ${response.headers.get("x-timestamp")} ${text}`);
      expect(validateResponse(operation, response.status, JSON.parse(text))).toEqual({ valid: true });
      await sandbox.idle();
      return JSON.parse(text) as Reply;
    };
    await ask("accessTokenB2b", { grantType: "client_credentials" });
    for (const [index, value] of ["10000.00", "2026000.00", "2026006.00", "4036014.00", "5046000.00"].entries()) {
      const { qrContent = "" } = await ask("qrCpmGenerate", { partnerTrxDate: TIMESTAMP });
      await ask("qrCpmPayment", paymentOf(`sale-${index}`, { qrContent, amount: idr(value) }));
      await ask("qrCpmQuery", { originalPartnerReferenceNo: `sale-${index}` });
      await sandbox.advance(3);
    }
    await ask("qrCpmRefund", { originalPartnerReferenceNo: "sale-0", partnerRefundNo: "refund-0" });
    await ask("qrCpmCancel", { originalPartnerReferenceNo: "sale-4" });
    await ask("accessTokenB2b", { grantType: "client_credentials" });
    await sandbox.advance(86_400);
    return [...all, (await control(sandbox, "GET", "/sandbox")).text];
  }

  const first = await run(42);
  expect(await run(42)).toEqual(first);
  expect(await run("42")).toEqual([...first.slice(0, -1), first.at(-1)?.replace('"seed":42', '"seed":"42"')]);
  expect(await run(43)).not.toEqual(first);
  expect(first.at(-1)?.match(/"attempt":/g)?.length).toBeGreaterThan(15);
});

describe("calls at the same time", () => {
  const MANY = 50;
  const many = <T>(one: (index: number) => Promise<T>) =>
    Promise.all(Array.from({ length: MANY }, (_, index) => one(index)));
  const count = (all: string[], wanted: string) => all.filter((each) => each === wanted).length;

  test("fifty payments with one QR code: one is made", async () => {
    const { shop, sandbox, snap } = await startWithMerchant();
    const qrContent = await newQr(snap);
    const all = await many(async (index) => said(await snap.qrCpmPayment(paymentOf(`sale-${index}`, { qrContent }))));
    expect([count(all, "2006000"), count(all, "4046000")]).toEqual([1, MANY - 1]);
    expect(sandbox.totals()).toMatchObject({ payments: MANY, captured: "10000.00" });
    await sandbox.idle();
    const statuses = shop.notified.map(({ latestTransactionStatus }) => latestTransactionStatus);
    expect([count(statuses, "00"), count(statuses, "06")]).toEqual([1, MANY - 1]);
  });

  test("fifty payments with one partnerReferenceNo: one is made", async () => {
    const { sandbox, snap } = await start();
    const all = await many(async () => said(await pay(snap, "sale-1", CAPTURED)));
    expect([count(all, "2006000"), count(all, "4096001")]).toEqual([1, MANY - 1]);
    expect(sandbox.totals()).toMatchObject({ payments: 1, captured: CAPTURED });
  });

  test("fifty refunds with one partnerRefundNo: the same refund, once", async () => {
    const { sandbox, snap } = await start();
    await snap.qrCpmPayment(paymentOf("sale-1", { qrContent: await newQr(snap) }));
    const refund = { originalPartnerReferenceNo: "sale-1", partnerRefundNo: "refund-1", refundAmount: idr("100.00") };
    const all = await many(async () => replyOf(await snap.qrCpmRefund(refund)));
    expect(new Set(all.map(({ responseCode, refundNo }) => `${responseCode} ${refundNo}`)).size).toBe(1);
    expect(all[0]).toMatchObject({ responseCode: "2008000", refundNo: expect.stringMatching(/^\d+$/) });
    expect(sandbox.totals()).toMatchObject({ refunded: "100.00", held: "9900.00" });
  });

  test("fifty refunds with different numbers: never more than was paid", async () => {
    const { sandbox, snap } = await start();
    await snap.qrCpmPayment(paymentOf("sale-1", { qrContent: await newQr(snap) }));
    const all = await many(async (index) =>
      said(
        await snap.qrCpmRefund({
          originalPartnerReferenceNo: "sale-1",
          partnerRefundNo: `refund-${index}`,
          refundAmount: idr("300.00"),
        }),
      ),
    );
    // 33 times 300 is 9900, and the hundred that are left are too few for one more
    expect([count(all, "2008000"), count(all, "4048013")]).toEqual([33, MANY - 33]);
    expect(sandbox.totals()).toMatchObject({ captured: "10000.00", refunded: "9900.00", held: "100.00" });
    expect(said(await query(snap, "sale-1"))).toBe("2006100 00");
  });

  test("refunds and cancellations mixed: the money goes back once", async () => {
    const { sandbox, snap } = await start();
    await snap.qrCpmPayment(paymentOf("sale-1", { qrContent: await newQr(snap) }));
    const original = { originalPartnerReferenceNo: "sale-1" };
    const refundOf = (index: number) => ({
      ...original,
      partnerRefundNo: `refund-${index}`,
      refundAmount: idr("10000.00"),
    });
    await many(async (index) =>
      said(index % 2 ? await snap.qrCpmCancel(original) : await snap.qrCpmRefund(refundOf(index))),
    );
    const { refunded, cancelled, held } = sandbox.totals();
    expect([refunded, cancelled].sort()).toEqual(["0.00", "10000.00"]);
    expect(held).toBe("0.00");
  });

  test("fifty calls with one X-EXTERNAL-ID: one gets through", async () => {
    const { sandbox, snap } = await start({}, { externalId: () => "the-same" });
    const all = await many(async (index) => said(await pay(snap, `sale-${index}`)));
    expect([count(all, "2006000"), count(all, "4096000")]).toEqual([1, MANY - 1]);
    expect(sandbox.totals().payments).toBe(1);
  });

  test("fifty requests for a token: fifty tokens, each good", async () => {
    const { sandbox } = await start({ accessToken: "another" });
    const tokens = await many(async () => {
      const { path, ...wire } = wireOf({ operation: "accessTokenB2b" });
      return ((await (await fetch(sandbox.url + path, wire)).json()) as { accessToken: string }).accessToken;
    });
    expect(new Set(tokens).size).toBe(MANY);
    for (const token of [tokens[0], tokens[MANY - 1]] as string[]) {
      const { path, ...wire } = wireOf({ token });
      expect((await fetch(sandbox.url + path, wire)).status).not.toBe(401);
    }
  });

  test("the clock is moved meanwhile: every payment is in the books, and notified at its own time", async () => {
    const { sandbox, snap } = await startWithMerchant();
    const paying = many((index) => pay(snap, `sale-${index}`, PENDING));
    await Promise.all([paying, sandbox.advance(10), sandbox.advance(10)]);
    await sandbox.advance(10);
    expect(sandbox.totals()).toMatchObject({ payments: MANY, captured: "101300000.00" });
    const timesOf = (status: string) =>
      new Map(
        sandbox
          .payments()
          .map(({ partnerReferenceNo, history }) => [
            partnerReferenceNo,
            history.find((step) => step.status === status)?.time,
          ]),
      );
    for (const { time, body, responseCode } of sandbox.deliveries()) {
      expect([responseCode, time]).toEqual([
        "2007900",
        timesOf(body.latestTransactionStatus).get(body.originalPartnerReferenceNo ?? ""),
      ]);
    }
    expect(sandbox.deliveries()).toHaveLength(2 * MANY);
  });
});
