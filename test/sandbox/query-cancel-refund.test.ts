// The sandbox's books: what is asked and done afterwards (61, 62, 79, 80), and direct debits (55).
import { describe, expect, test } from "vitest";
import { statusNames } from "../../generated/response-codes.ts";
import { defaultDebits } from "../../src/sandbox/scenarios.ts";
import { historyOf, idr, NOW, open, said } from "./ledger-support.ts";

describe("query", () => {
  test("a payment is found by each reference and by all of them", () => {
    const { ask, paymentOf, paymentBy } = open();
    ask("qrCpmPayment", paymentOf("p", { title: "coffee" }), { externalId: "e-1" });
    const { referenceNo = "" } = paymentBy("p") ?? {};
    const all = { originalPartnerReferenceNo: "p", originalReferenceNo: referenceNo, originalExternalId: "e-1" };
    const found = {
      responseCode: "2006100",
      responseMessage: "Successful",
      ...all,
      title: "coffee",
      latestTransactionStatus: "00",
      transactionStatusDesc: "success",
      paidTime: NOW,
    };
    expect(ask("qrCpmQuery", all)).toEqual(found);
    for (const [name, value] of Object.entries(all)) expect(ask("qrCpmQuery", { [name]: value })).toEqual(found);
    const padded = { originalPartnerReferenceNo: "", originalReferenceNo: referenceNo, originalExternalId: "" };
    expect(ask("qrCpmQuery", padded)).toEqual(found);
  });

  test("no reference, an unknown one, or references of different payments are 404 01", () => {
    const { ask, pay, paymentBy } = open();
    pay("p");
    pay("q");
    const { referenceNo = "" } = paymentBy("q") ?? {};
    for (const body of [
      {},
      { originalPartnerReferenceNo: "", originalReferenceNo: "", originalExternalId: "" },
      { originalPartnerReferenceNo: "unknown" },
      { originalPartnerReferenceNo: "p", originalReferenceNo: referenceNo },
      { originalPartnerReferenceNo: "p", originalExternalId: "other" },
      // a reference of another kind
      { originalReferenceNo: "p" },
      { originalExternalId: referenceNo },
    ]) {
      expect(said(ask("qrCpmQuery", body)), JSON.stringify(body)).toBe("4046101 Transaction Not Found");
    }
  });

  test("another partner's payments are not found", () => {
    const { ask, pay, paymentBy } = open();
    pay("p");
    const { referenceNo = "" } = paymentBy("p") ?? {};
    for (const body of [
      { originalPartnerReferenceNo: "p" },
      { originalReferenceNo: referenceNo },
      { originalExternalId: "external-1" },
    ]) {
      expect(said(ask("qrCpmQuery", body, { partnerId: "partner-b" }))).toBe("4046101 Transaction Not Found");
    }
  });

  test("of several payments with one X-EXTERNAL-ID, which a new day allows, the latest is found", () => {
    const { ask, pay } = open();
    pay("first");
    pay("second");
    expect(ask("qrCpmQuery", { originalExternalId: "external-1" }).originalPartnerReferenceNo).toBe("second");
    const both = { originalPartnerReferenceNo: "first", originalExternalId: "external-1" };
    expect(ask("qrCpmQuery", both).originalPartnerReferenceNo).toBe("first");
  });

  test("an X-EXTERNAL-ID too long for the field is left out", () => {
    const { ask, paymentOf, query } = open();
    ask("qrCpmPayment", paymentOf("fits"), { externalId: "x".repeat(32) });
    ask("qrCpmPayment", paymentOf("too long"), { externalId: "962489e9-de5d-4eb7-92a4-b07d44d64bf4" });
    expect(query("fits").originalExternalId).toBe("x".repeat(32));
    expect(query("too long")).not.toHaveProperty("originalExternalId");
    expect(query("fits")).not.toHaveProperty("title");
  });

  test("paidTime is when the money was taken, and the last change of what was never paid", async () => {
    const { pay, query, cancel, refund, schedule } = open();
    pay("pending", { amount: idr("2026000.00") });
    pay("undecided", { amount: idr("2026003.00") });
    pay("failed", { amount: idr("4036014.00") });
    pay("refunded");
    expect(query("pending")).toMatchObject({ transactionStatusDesc: "pending", paidTime: NOW });
    await schedule.advance(60_000);
    cancel("undecided");
    refund("refunded", "r");
    await schedule.advance(60_000);
    expect(query("pending")).toMatchObject({ latestTransactionStatus: "00", paidTime: "2020-12-23T07:50:16+07:00" });
    expect(query("failed")).toMatchObject({ transactionStatusDesc: "failed", paidTime: NOW });
    expect(query("refunded")).toMatchObject({ transactionStatusDesc: "refunded", paidTime: NOW });
    expect(query("undecided")).toMatchObject({
      transactionStatusDesc: "cancelled",
      paidTime: "2020-12-23T07:51:16+07:00",
    });
  });
});

describe("cancel", () => {
  test("the money of a payment is given back", async () => {
    const { ask, pay, paymentBy, totals, schedule } = open();
    pay("p");
    await schedule.advance(1000);
    expect(ask("qrCpmCancel", { originalPartnerReferenceNo: "p", amount: idr("0000010000.00") })).toEqual({
      responseCode: "2006200",
      responseMessage: "Successful",
      originalPartnerReferenceNo: "p",
      originalReferenceNo: paymentBy("p")?.referenceNo,
      originalExternalId: "external-1",
      cancelTime: "2020-12-23T07:50:12+07:00",
      transactionDate: NOW,
    });
    expect(paymentBy("p")).toMatchObject({
      status: "05",
      captured: "10000.00",
      refunded: "0.00",
      cancelled: "10000.00",
    });
    expect(totals()).toMatchObject({ captured: "10000.00", cancelled: "10000.00", held: "0.00" });
  });

  test("an unknown payment, another partner's, or references that do not belong together are 404 01", () => {
    const { ask, pay, cancel, paymentBy } = open();
    pay("p");
    pay("q");
    const { referenceNo = "" } = paymentBy("q") ?? {};
    expect(cancel("unknown")).toBe("4046201 Transaction Not Found");
    expect(cancel("p", { originalReferenceNo: referenceNo })).toBe("4046201 Transaction Not Found");
    expect(cancel("p", { originalExternalId: "other" })).toBe("4046201 Transaction Not Found");
    expect(said(ask("qrCpmCancel", { originalPartnerReferenceNo: "p" }, { partnerId: "partner-b" }))).toBe(
      "4046201 Transaction Not Found",
    );
    expect(cancel("q", { originalReferenceNo: referenceNo })).toBe("2006200 Successful");
  });

  test("another amount than the payment's is 404 13", () => {
    const { ask, pay, paymentOf, cancel, statusOf } = open();
    pay("p");
    for (const amount of [idr("10000.01"), idr("5000.00"), idr("0.00"), { value: "10000.00", currency: "USD" }]) {
      expect(cancel("p", { amount })).toBe("4046213 Invalid Amount");
    }
    expect(statusOf("p")).toBe("00");
    const { amount: _, ...without } = paymentOf("without");
    ask("qrCpmPayment", without);
    expect(cancel("without", { amount: idr("0.00") })).toBe("4046213 Invalid Amount");
  });

  test("a pending payment is cancelled when it would have settled", async () => {
    for (const value of ["2026000.00", "2026006.00", "2006003.00"]) {
      const { pay, cancel, paymentBy, totals, schedule } = open();
      pay("p", { amount: idr(value) });
      await schedule.advance(2000);
      expect(cancel("p")).toBe("2026200 Request In Progress");
      expect(cancel("p")).toBe("2026200 Request In Progress");
      await schedule.advance(2999);
      expect(paymentBy("p")?.status).toBe("03");
      await schedule.advance(1);
      expect(historyOf(paymentBy("p"))).toBe("01 02 03 05");
      expect(paymentBy("p")).toMatchObject({ captured: "0.00", cancelled: "0.00" });
      expect(totals().captured).toBe("0.00");
      expect(cancel("p")).toBe("4046200 Invalid Transaction Status");
    }
  });

  test("a payment that would be pending for ever is cancelled a little after the call", async () => {
    const { ask, pay, cancel, paymentBy, schedule } = open();
    pay("p", { amount: idr("2026003.00") });
    await schedule.advance(60_000);
    expect(ask("qrCpmCancel", { originalPartnerReferenceNo: "p" })).toEqual({
      responseCode: "2026200",
      responseMessage: "Request In Progress",
      originalPartnerReferenceNo: "p",
      originalReferenceNo: paymentBy("p")?.referenceNo,
      originalExternalId: "external-1",
      transactionDate: NOW,
    });
    await schedule.advance(4999);
    expect(cancel("p")).toBe("2026200 Request In Progress");
    await schedule.advance(1);
    expect(historyOf(paymentBy("p"))).toBe("01 02 03 05");
    await schedule.advance(60_000);
    expect(historyOf(paymentBy("p"))).toBe("01 02 03 05");
  });

  test("a payment that is refunded, even in part, cancelled or failed is 404 00", () => {
    const { pay, cancel, refund } = open();
    for (const reference of ["refunded", "in part", "cancelled"]) pay(reference);
    pay("failed", { amount: idr("4036014.00") });
    refund("refunded", "r1");
    refund("in part", "r2", { refundAmount: idr("0.01") });
    cancel("cancelled");
    for (const reference of ["refunded", "in part", "cancelled", "failed"]) {
      expect(cancel(reference), reference).toBe("4046200 Invalid Transaction Status");
    }
  });
});

describe("refund", () => {
  test("without an amount all is given back", () => {
    const { ask, pay, paymentBy, totals } = open();
    pay("p");
    const reply = ask("qrCpmRefund", { originalPartnerReferenceNo: "p", partnerRefundNo: "r", additionalInfo: null });
    expect(reply).toEqual({
      responseCode: "2008000",
      responseMessage: "Successful",
      originalPartnerReferenceNo: "p",
      originalReferenceNo: paymentBy("p")?.referenceNo,
      originalExternalId: "external-1",
      refundNo: expect.stringMatching(/^20201223\d{14}$/),
      partnerRefundNo: "r",
      refundAmount: idr("10000.00"),
      refundTime: NOW,
    });
    expect(paymentBy("p")).toMatchObject({
      status: "04",
      refunded: "10000.00",
      refunds: [{ partnerRefundNo: "r", refundNo: reply.refundNo, amount: "10000.00", status: "00" }],
    });
    expect(totals()).toMatchObject({ refunded: "10000.00", held: "0.00" });
  });

  test("in parts leaves the payment a success until the last part", () => {
    const { ask, pay, refund, paymentBy } = open();
    pay("p");
    expect(refund("p", "r1", { refundAmount: idr("3000.50") })).toBe("2008000 Successful");
    expect(paymentBy("p")).toMatchObject({ status: "00", refunded: "3000.50" });
    expect(refund("p", "r2", { refundAmount: idr("6999.51") })).toBe("4048013 Invalid Amount");
    expect(refund("p", "r3", { refundAmount: idr("6999.49") })).toBe("2008000 Successful");
    expect(paymentBy("p")).toMatchObject({ status: "00", refunded: "9999.99" });
    const last = ask("qrCpmRefund", { originalPartnerReferenceNo: "p", partnerRefundNo: "r4" });
    expect(last.refundAmount).toEqual(idr("0.01"));
    expect(paymentBy("p")).toMatchObject({ status: "04", refunded: "10000.00" });
    // a number whose refund was refused is still free, but there is nothing left
    expect(refund("p", "r2")).toBe("4048000 Invalid Transaction Status");
  });

  test("the same again is answered the same, also when all is refunded; other content is 404 18", async () => {
    const { ask, pay, refund, paymentBy, schedule } = open();
    pay("p");
    pay("q");
    const body = { originalPartnerReferenceNo: "p", partnerRefundNo: "r", additionalInfo: { a: 1, b: 2 } };
    const first = ask("qrCpmRefund", body);
    await schedule.advance(3_600_000);
    const reordered = { ...body, additionalInfo: { b: 2, a: 1 } };
    expect(JSON.stringify(ask("qrCpmRefund", reordered, { externalId: "external-2" }))).toBe(JSON.stringify(first));
    expect(paymentBy("p")?.refunded).toBe("10000.00");
    expect(refund("p", "r")).toBe("4048018 Inconsistent Request");
    expect(refund("q", "r", { additionalInfo: { a: 1, b: 2 } })).toBe("4048018 Inconsistent Request");
    expect(paymentBy("q")?.refunded).toBe("0.00");
  });

  test("partners do not share numbers", () => {
    const { ask, paymentOf, pay, refund } = open();
    pay("p");
    ask("qrCpmPayment", paymentOf("p"), { partnerId: "partner-b" });
    expect(refund("p", "r")).toBe("2008000 Successful");
    const other = { originalPartnerReferenceNo: "p", partnerRefundNo: "r", reason: "other content" };
    expect(said(ask("qrCpmRefund", other, { partnerId: "partner-b" }))).toBe("2008000 Successful");
  });

  test("an unknown payment, or references that do not belong together, are 404 01", () => {
    const { ask, pay, refund } = open();
    pay("p");
    expect(refund("unknown", "r")).toBe("4048001 Transaction Not Found");
    expect(refund("p", "r", { originalReferenceNo: "unknown" })).toBe("4048001 Transaction Not Found");
    const body = { originalPartnerReferenceNo: "p", partnerRefundNo: "r" };
    expect(said(ask("qrCpmRefund", body, { partnerId: "partner-b" }))).toBe("4048001 Transaction Not Found");
    expect(refund("p", "r")).toBe("2008000 Successful");
  });

  test("a payment that is not a success is 404 00", () => {
    const { pay, cancel, refund } = open();
    pay("pending", { amount: idr("2026000.00") });
    pay("failed", { amount: idr("4036014.00") });
    for (const reference of ["cancelled", "refunded"]) pay(reference);
    cancel("cancelled");
    refund("refunded", "r");
    for (const reference of ["pending", "failed", "cancelled", "refunded"]) {
      expect(refund(reference, `of ${reference}`), reference).toBe("4048000 Invalid Transaction Status");
    }
  });

  test("an amount of zero, in another currency, or above what is left is 404 13", () => {
    const { pay, refund, paymentBy } = open();
    pay("p");
    for (const refundAmount of [idr("0.00"), idr("10000.01"), { value: "1.00", currency: "USD" }]) {
      expect(refund("p", "r", { refundAmount })).toBe("4048013 Invalid Amount");
    }
    expect(paymentBy("p")?.refunds).toEqual([]);
  });

  test("a refund in progress counts as given back already", async () => {
    const { pay, refund, paymentBy, schedule } = open();
    pay("p");
    expect(refund("p", "r1", { merchantId: "2028000", refundAmount: idr("4000.00") })).toBe(
      "2028000 Request In Progress",
    );
    expect(refund("p", "r2", { refundAmount: idr("6000.01") })).toBe("4048013 Invalid Amount");
    expect(refund("p", "r3")).toBe("2008000 Successful");
    expect(paymentBy("p")).toMatchObject({ status: "00", refunded: "6000.00" });
    expect(refund("p", "r4")).toBe("4048013 Invalid Amount");
    await schedule.advance(5000);
    expect(paymentBy("p")).toMatchObject({ status: "04", refunded: "10000.00" });
  });
});

describe("notify", () => {
  test("a notification of a known payment is acknowledged, from any partner, and changes nothing", () => {
    const { ask, pay, payments, paymentBy, changes } = open();
    pay("p");
    const before = JSON.stringify([payments(), changes]);
    const { referenceNo = "" } = paymentBy("p") ?? {};
    const says = { merchantId: "m", latestTransactionStatus: "06" as const };
    for (const reference of [{ originalPartnerReferenceNo: "p" }, { originalReferenceNo: referenceNo }]) {
      expect(ask("qrCpmNotify", { ...reference, ...says }, { partnerId: "pjp" })).toEqual({
        responseCode: "2007900",
        responseMessage: "Successful",
      });
    }
    expect(JSON.stringify([payments(), changes])).toBe(before);
  });

  test("an unknown payment, or no reference, is 404 01", () => {
    const { ask, pay } = open();
    pay("p");
    const says = { merchantId: "m", latestTransactionStatus: "00" as const };
    for (const reference of [{}, { originalPartnerReferenceNo: "unknown" }, { originalReferenceNo: "unknown" }]) {
      expect(said(ask("qrCpmNotify", { ...reference, ...says }))).toBe("4047901 Transaction Not Found");
    }
  });
});

describe("debit status", () => {
  test("there is one direct debit of each status but 07", () => {
    const { ask } = open();
    expect(defaultDebits.map(({ latestTransactionStatus }) => latestTransactionStatus)).toEqual(
      Object.keys(statusNames)
        .filter((status) => status !== "07")
        .sort(),
    );
    for (const debit of defaultDebits) {
      const { originalPartnerReferenceNo, latestTransactionStatus } = debit;
      expect(originalPartnerReferenceNo).toBe(`debit-${latestTransactionStatus}`);
      expect(ask("debitStatus", { originalPartnerReferenceNo, serviceCode: "54" })).toEqual({
        responseCode: "2005500",
        responseMessage: "Successful",
        originalReferenceNo: `20201029777700000000${latestTransactionStatus}`,
        originalPartnerReferenceNo,
        serviceCode: "54",
        latestTransactionStatus,
        transactionStatusDesc: statusNames[latestTransactionStatus],
        transAmount: idr("10000.00"),
      });
    }
  });

  test("an unknown one is 404 01", () => {
    const { ask } = open();
    expect(said(ask("debitStatus", { originalPartnerReferenceNo: "debit-07", serviceCode: "54" }))).toBe(
      "4045501 Transaction Not Found",
    );
  });

  test("direct debits can be given", () => {
    const { ask } = open({ directDebits: [{ originalPartnerReferenceNo: "mine", latestTransactionStatus: "04" }] });
    expect(ask("debitStatus", { originalPartnerReferenceNo: "mine", serviceCode: "54" })).toEqual({
      responseCode: "2005500",
      responseMessage: "Successful",
      originalPartnerReferenceNo: "mine",
      serviceCode: "54",
      latestTransactionStatus: "04",
      transactionStatusDesc: "refunded",
    });
    expect(ask("debitStatus", { originalPartnerReferenceNo: "debit-00", serviceCode: "54" }).responseCode).toBe(
      "4045501",
    );
  });
});
