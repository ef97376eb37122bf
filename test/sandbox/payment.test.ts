// The sandbox's books: what makes a QR code and a payment (59, 60), and why they are refused.
import { describe, expect, test } from "vitest";
import { historyOf, idr, NOW, open, said } from "./ledger-support.ts";

describe("generate", () => {
  test("makes a QR code that expires after its lifetime, with a number of the day", () => {
    const { ask } = open();
    const reply = ask("qrCpmGenerate", { partnerReferenceNo: "g-1", partnerTrxDate: NOW, merchantId: "m" });
    expect(reply).toEqual({
      responseCode: "2005900",
      responseMessage: "Successful",
      referenceNo: expect.stringMatching(/^20201223\d{14}$/),
      partnerReferenceNo: "g-1",
      qrContent: expect.stringMatching(/^hQVDUFYwMW/),
      expiryTime: "2020-12-23T07:55:11+07:00",
    });
    const other = ask("qrCpmGenerate", { partnerTrxDate: NOW });
    expect(other).not.toHaveProperty("partnerReferenceNo");
    expect(other.qrContent).not.toBe(reply.qrContent);
    expect(other.referenceNo).not.toBe(reply.referenceNo);
  });

  test("the lifetime is an option, and the expiryTime of the answer counts", async () => {
    const { ask, schedule, pay } = open({ qrLifetime: 1.5 });
    const { qrContent, expiryTime } = ask("qrCpmGenerate", { partnerTrxDate: NOW });
    expect(expiryTime).toBe("2020-12-23T07:50:12+07:00");
    await schedule.advance(1000);
    expect(pay("p", { qrContent: String(qrContent) })).toBe("4036000 Transaction Expired");
  });

  test("a number that was used: 409 01 with the same content, 404 18 with other content", () => {
    const { ask } = open();
    const body = { partnerReferenceNo: "g-1", partnerTrxDate: NOW, additionalInfo: { a: 1, b: { c: 2, d: [3] } } };
    const reordered = { additionalInfo: { b: { d: [3], c: 2 }, a: 1 }, partnerTrxDate: NOW, partnerReferenceNo: "g-1" };
    expect(said(ask("qrCpmGenerate", body))).toBe("2005900 Successful");
    expect(said(ask("qrCpmGenerate", reordered))).toBe("4095901 Duplicate partnerReferenceNo");
    const other = { ...body, additionalInfo: { a: 1, b: { c: 2, d: [4] } } };
    expect(said(ask("qrCpmGenerate", other))).toBe("4045918 Inconsistent Request");
    expect(said(ask("qrCpmGenerate", body, { partnerId: "partner-b" }))).toBe("2005900 Successful");
  });

  test("calls without a number, or with an empty one, are never the same", () => {
    const { ask } = open();
    for (const given of [{}, {}, { partnerReferenceNo: "" }, { partnerReferenceNo: "" }]) {
      expect(said(ask("qrCpmGenerate", { ...given, partnerTrxDate: NOW }))).toBe("2005900 Successful");
    }
  });

  test("the number of a QR code may be used for a payment too", () => {
    const { ask, pay } = open();
    ask("qrCpmGenerate", { partnerReferenceNo: "shared", partnerTrxDate: NOW });
    expect(pay("shared")).toBe("2006000 Successful");
  });
});

describe("payment", () => {
  test("takes the money at once", () => {
    const { ask, paymentOf, payments, totals, query } = open();
    const reply = ask("qrCpmPayment", paymentOf("p-1", { title: "coffee", subMerchantId: "s", externalStoreId: "e" }));
    expect(reply).toEqual({
      responseCode: "2006000",
      responseMessage: "Successful",
      referenceNo: expect.stringMatching(/^20201223\d{14}$/),
      partnerReferenceNo: "p-1",
      transactionDate: NOW,
    });
    expect(query("p-1").latestTransactionStatus).toBe("00");
    expect(payments()).toEqual([
      {
        partnerId: "partner-a",
        partnerReferenceNo: "p-1",
        referenceNo: reply.referenceNo,
        externalId: "external-1",
        merchantId: "merchant-1",
        subMerchantId: "s",
        externalStoreId: "e",
        amount: idr("10000.00"),
        status: "00",
        captured: "10000.00",
        refunded: "0.00",
        cancelled: "0.00",
        refunds: [],
        history: [
          { status: "01", by: undefined, time: NOW },
          { status: "02", by: "accept", time: NOW },
          { status: "00", by: "capture", time: NOW },
        ],
      },
    ]);
    expect(totals()).toEqual({
      payments: 1,
      captured: "10000.00",
      refunded: "0.00",
      cancelled: "0.00",
      held: "10000.00",
    });
  });

  test("a number that was used: 409 01 with the same content, 404 18 with other content, before all else", () => {
    const { ask, paymentOf, payments } = open();
    const body = paymentOf("p-1", { additionalInfo: { a: 1, b: [{ c: 2, d: 3 }] } });
    const reordered = Object.fromEntries(Object.entries(body).reverse()) as typeof body;
    expect(said(ask("qrCpmPayment", body))).toBe("2006000 Successful");
    expect(said(ask("qrCpmPayment", { ...reordered, additionalInfo: { b: [{ d: 3, c: 2 }], a: 1 } }))).toBe(
      "4096001 Duplicate partnerReferenceNo",
    );
    for (const other of [
      { ...body, amount: idr("10000.01") },
      { ...body, amount: idr("4036014.00") },
      { ...body, qrContent: "unknown" },
      { ...body, additionalInfo: { a: "1", b: [{ c: 2, d: 3 }] } },
      { ...body, title: "x" },
    ]) {
      expect(said(ask("qrCpmPayment", other))).toBe("4046018 Inconsistent Request");
    }
    expect(payments()).toHaveLength(1);
    expect(said(ask("qrCpmPayment", { ...body, qrContent: "unknown" }, { partnerId: "partner-b" }))).toBe(
      "4046001 Transaction Not Found",
    );
  });

  test("a change to the caller's object afterwards does not change what was asked", () => {
    const { ask, paymentOf } = open();
    const body = paymentOf("p-1");
    ask("qrCpmPayment", body);
    body.amount.value = "1.00";
    expect(said(ask("qrCpmPayment", body))).toBe("4046018 Inconsistent Request");
    body.amount.value = "10000.00";
    expect(said(ask("qrCpmPayment", body))).toBe("4096001 Duplicate partnerReferenceNo");
  });

  test("an unknown QR code is 404 01", () => {
    const { pay, statusOf } = open();
    expect(pay("p", { qrContent: "hduvY..." })).toBe("4046001 Transaction Not Found");
    expect(statusOf("p")).toBe("06");
  });

  test("an expired QR code is 403 00, to the second", async () => {
    const { newQr, pay, schedule, statusOf } = open();
    const [first, second] = [newQr(), newQr()];
    await schedule.advance(299_999);
    expect(pay("in time", { qrContent: first })).toBe("2006000 Successful");
    await schedule.advance(1);
    expect(pay("late", { qrContent: second })).toBe("4036000 Transaction Expired");
    expect(statusOf("late")).toBe("06");
  });

  test("a request that has expired itself is 403 00", () => {
    const { pay } = open();
    expect(pay("at", { expiryTime: NOW })).toBe("4036000 Transaction Expired");
    expect(pay("after", { expiryTime: "2020-12-23T00:50:10Z" })).toBe("4036000 Transaction Expired");
    expect(pay("before", { expiryTime: "2020-12-23T00:50:12Z" })).toBe("2006000 Successful");
  });

  test("a QR code is used once: 404 00 unless the payment before failed", () => {
    const { newQr, pay, cancel } = open();
    const qrContent = newQr();
    expect(pay("no amount", { qrContent, amount: idr("0.00") })).toBe("4046013 Invalid Amount");
    expect(pay("failed", { qrContent, amount: idr("4036014.00") })).toBe("4036014 Insufficient Funds");
    expect(pay("first", { qrContent })).toBe("2006000 Successful");
    expect(pay("second", { qrContent })).toBe("4046000 Invalid Transaction Status");
    cancel("first");
    expect(pay("third", { qrContent })).toBe("4046000 Invalid Transaction Status");
  });

  test("a pending payment keeps its QR code until it has failed", async () => {
    const { newQr, pay, schedule } = open();
    const qrContent = newQr();
    pay("pending", { qrContent, amount: idr("2026006.00") });
    expect(pay("too early", { qrContent })).toBe("4046000 Invalid Transaction Status");
    await schedule.advance(5000);
    expect(pay("now", { qrContent })).toBe("2006000 Successful");
  });

  test("a QR code of one partner may be used for a payment of another", () => {
    const { ask, paymentOf, newQr } = open();
    const body = paymentOf("p", { qrContent: newQr() });
    expect(said(ask("qrCpmPayment", body, { partnerId: "partner-b" }))).toBe("2006000 Successful");
  });

  test("no amount, an amount of zero, or one that is not in rupiah is 404 13", () => {
    const { pay, ask, paymentOf, paymentBy } = open();
    const { amount: _, ...without } = paymentOf("without");
    expect(said(ask("qrCpmPayment", without))).toBe("4046013 Invalid Amount");
    expect(pay("zero", { amount: idr("0.00") })).toBe("4046013 Invalid Amount");
    expect(pay("dollars", { amount: { value: "10.00", currency: "USD" } })).toBe("4046013 Invalid Amount");
    expect(paymentBy("without")).not.toHaveProperty("amount");
    for (const reference of ["without", "zero", "dollars"]) expect(paymentBy(reference)?.status).toBe("06");
  });

  test("an amount over the limit is 403 02", () => {
    const { pay } = open();
    expect(pay("most", { amount: idr("10000000.00") })).toBe("2006000 Successful");
    expect(pay("more", { amount: idr("10000000.01") })).toBe("4036002 Exceeds Transaction Amount Limit");
    const generous = open({ limit: "9999999999999999.99" });
    expect(generous.pay("p", { amount: idr("9999999999999999.99") })).toBe("2006000 Successful");
    expect(generous.pay("q", { amount: idr("9999999999999999.99") })).toBe("2006000 Successful");
    expect(generous.totals().captured).toBe("19999999999999999.98");
  });

  test("the rules are looked at in their order: code, times, use, amount, limit", async () => {
    const { pay, newQr, schedule } = open();
    const everything = { amount: idr("0.00"), expiryTime: NOW };
    const [used, old] = [newQr(), newQr()];
    pay("p", { qrContent: used });
    expect(pay("a", { ...everything, qrContent: "unknown" })).toBe("4046001 Transaction Not Found");
    expect(pay("b", { ...everything, qrContent: used })).toBe("4036000 Transaction Expired");
    expect(pay("c", { amount: idr("0.00"), qrContent: used })).toBe("4046000 Invalid Transaction Status");
    expect(pay("d", { amount: { value: "99999999.00", currency: "USD" } })).toBe("4046013 Invalid Amount");
    await schedule.advance(300_000);
    expect(pay("e", { amount: idr("0.00"), qrContent: old })).toBe("4036000 Transaction Expired");
  });

  test("a refused payment stays refused: the same again is a duplicate", () => {
    const { ask, paymentOf, paymentBy, totals } = open();
    const body = paymentOf("p", { qrContent: "unknown" });
    ask("qrCpmPayment", body);
    expect(said(ask("qrCpmPayment", body))).toBe("4096001 Duplicate partnerReferenceNo");
    expect(historyOf(paymentBy("p"))).toBe("01 02 06");
    expect(totals()).toMatchObject({ payments: 1, captured: "0.00", held: "0.00" });
  });
});
