// The sandbox's books: amounts and merchants that force an answer.
import { describe, expect, test } from "vitest";
import type { TransactionId } from "../../generated/operations.ts";
import { catalogue } from "../../generated/response-codes.ts";
import { type ScenarioService, scenarioOf, scenarioRules, scenarios } from "../../src/sandbox/scenarios.ts";
import { describeResponseCode } from "../../src/snap/response-codes.ts";
import { historyOf, idr, NOW, open, said, serviceOf } from "./ledger-support.ts";

describe("scenarios of payments", () => {
  test("an amount forces a code, whatever the QR code", () => {
    const { pay, statusOf, paymentBy } = open();
    expect(pay("p", { qrContent: "unknown", amount: idr("4036014.00") })).toBe("4036014 Insufficient Funds");
    expect(statusOf("p")).toBe("06");
    expect(historyOf(paymentBy("p"))).toBe("01 02 06");
    expect(pay("q", { qrContent: "unknown", amount: idr("4036014.99") })).toBe("4036014 Insufficient Funds");
  });

  test("403 and 404 leave a failed payment, other refusals leave nothing; every code of the catalogue is forced", () => {
    const keys = Object.keys(catalogue).filter((key) => !["20000", "20200", "50400"].includes(key));
    expect(keys).toHaveLength(60);
    for (const key of keys) {
      const { pay, query, ask, payments } = open();
      const code = `${key.slice(0, 3)}60${key.slice(3)}`;
      const body = { qrContent: "unknown", amount: idr(`${code}.00`) };
      expect(pay("p", body).slice(0, 7)).toBe(code);
      if (key.startsWith("403") || key.startsWith("404")) {
        expect(query("p").latestTransactionStatus, code).toBe("06");
        expect(pay("p", body)).toBe("4096001 Duplicate partnerReferenceNo");
      } else {
        expect(said(ask("qrCpmQuery", { originalPartnerReferenceNo: "p" })), code).toBe(
          "4046101 Transaction Not Found",
        );
        expect(payments()).toEqual([]);
        expect(pay("p", body).slice(0, 7)).toBe(code);
      }
    }
  });

  test("the message names what forced the answer", () => {
    const { pay } = open();
    expect(pay("p", { amount: idr("4006001.00") })).toBe("4006001 Invalid Field Format amount.value");
    expect(pay("p", { amount: idr("4016000.00") })).toBe("4016000 Unauthorized. [Sandbox scenario]");
  });

  test("504 although the money is taken", () => {
    const { pay, query, paymentBy } = open();
    expect(pay("p", { qrContent: "any", amount: idr("5046000.00") })).toBe("5046000 Timeout");
    expect(query("p")).toMatchObject({ latestTransactionStatus: "00", paidTime: NOW });
    expect(paymentBy("p")?.captured).toBe("5046000.00");
  });

  test("202, then success", async () => {
    const { ask, paymentOf, statusOf, paymentBy, schedule } = open({ settleAfter: 7 });
    expect(ask("qrCpmPayment", paymentOf("p", { amount: idr("2026000.00") }))).toEqual({
      responseCode: "2026000",
      responseMessage: "Request In Progress",
      referenceNo: expect.any(String),
      partnerReferenceNo: "p",
      transactionDate: NOW,
    });
    expect(paymentBy("p")).toMatchObject({ status: "03", captured: "0.00" });
    await schedule.advance(6999);
    expect(statusOf("p")).toBe("03");
    await schedule.advance(1);
    expect(paymentBy("p")).toMatchObject({ status: "00", captured: "2026000.00" });
    expect(paymentBy("p")?.history.at(-1)).toEqual({
      status: "00",
      by: "settle",
      time: "2020-12-23T07:50:18+07:00",
    });
  });

  test.each([
    ["2006000.00", "2006000 Successful", "01 02 00", "01 02 00"],
    ["2006006.00", "2006000 Successful", "01 02 06", "01 02 06"],
    ["2006003.00", "2006000 Successful", "01 02 03", "01 02 03 00"],
    ["2026000.00", "2026000 Request In Progress", "01 02 03", "01 02 03 00"],
    ["2026006.00", "2026000 Request In Progress", "01 02 03", "01 02 03 06"],
    ["2026003.00", "2026000 Request In Progress", "01 02 03", "01 02 03"],
    ["5046000.00", "5046000 Timeout", "01 02 00", "01 02 00"],
  ])("%s is answered with %s and goes %s, then %s", async (value, answer, first, last) => {
    const { pay, paymentBy, schedule } = open();
    expect(pay("p", { qrContent: "any", amount: idr(value) })).toBe(answer);
    expect(historyOf(paymentBy("p"))).toBe(first);
    await schedule.advance(4999);
    expect(historyOf(paymentBy("p"))).toBe(first);
    await schedule.advance(1);
    expect(historyOf(paymentBy("p"))).toBe(last);
    await schedule.advance(86_400_000);
    expect(historyOf(paymentBy("p"))).toBe(last);
  });

  test("an amount that is not a code of service 60, or not in rupiah, is an amount like any other", () => {
    const { pay } = open();
    for (const value of ["4036099.00", "4035914.00", "4036114.00", "40360140.00", "04036014.00", "403601.00"]) {
      const answer = value === "40360140.00" ? "4036002 Exceeds Transaction Amount Limit" : "2006000 Successful";
      expect(pay(`p ${value}`, { amount: idr(value) }), value).toBe(answer);
    }
    expect(pay("dollars", { amount: { value: "4036014.00", currency: "USD" } })).toBe("4046013 Invalid Amount");
  });

  test("every row of the table has its own value, of its service", () => {
    const rows = scenarios.map(({ service, value }) => `${service} ${value}`);
    expect(new Set(rows).size).toBe(rows.length);
    for (const row of scenarios) {
      expect(row.answer.slice(3, 5)).toBe(row.service);
      expect(describeResponseCode(row.answer)).toBeDefined();
      expect(scenarioOf(row.service, row.value)).toBe(row);
      expect(row.description).toMatch(/^[A-Z].*\.$/);
    }
  });

  test("rows and rules together decide every code but the 200s, each code once", () => {
    for (const service of ["59", "60", "61", "62", "80", "55"] as const satisfies readonly ScenarioService[]) {
      for (const key of Object.keys(catalogue)) {
        const code = `${key.slice(0, 3)}${service}${key.slice(3)}`;
        const found = scenarioOf(service, service === "60" ? `${code}.00` : code);
        const row = scenarios.some((each) => each.service === service && each.value.startsWith(code));
        const rules = scenarioRules.filter(
          ({ services, statuses }) => services.includes(service) && statuses.some((status) => key.startsWith(status)),
        );
        expect(found === undefined, code).toBe(key === "20000" && service !== "60");
        if (found) expect(found.answer, code).toBe(code);
        if (found && !row) expect(rules, code).toHaveLength(1);
      }
    }
    expect(scenarioOf("61", undefined)).toBeUndefined();
    expect(scenarioOf("61", "4046001")).toBeUndefined();
    expect(scenarioOf("61", "merchant")).toBeUndefined();
    expect(scenarioOf("80", "2028000.00")).toBeUndefined();
  });
});

describe("scenarios of direct debits", () => {
  test("originalPartnerReferenceNo forces every code but 200 00, and another service's code is a number like any other", () => {
    const { ask } = open();
    const asked = (number: string) => ask("debitStatus", { originalPartnerReferenceNo: number, serviceCode: "54" });
    const keys = Object.keys(catalogue).filter((key) => key !== "20000");
    expect(keys).toHaveLength(62);
    for (const key of keys) {
      const code = `${key.slice(0, 3)}55${key.slice(3)}`;
      expect(said(asked(code)).slice(0, 7)).toBe(code);
    }
    expect(said(asked("5006100"))).toBe("4045501 Transaction Not Found");
    expect(said(asked("debit-00"))).toBe("2005500 Successful");
  });
});

describe("scenarios by merchantId", () => {
  test("404 08 and any other code is answered, and nothing changes", () => {
    const { ask, pay, payments, totals, changes } = open();
    pay("p");
    const before = JSON.stringify([payments(), totals(), changes]);
    const merchantOf = (service: string) => ({ merchantId: `404${service}08` });
    expect(said(ask("qrCpmGenerate", { partnerReferenceNo: "g", partnerTrxDate: NOW, ...merchantOf("59") }))).toBe(
      "4045908 Invalid Merchant",
    );
    expect(said(ask("qrCpmQuery", { originalPartnerReferenceNo: "p", ...merchantOf("61") }))).toBe(
      "4046108 Invalid Merchant",
    );
    expect(said(ask("qrCpmCancel", { originalPartnerReferenceNo: "p", ...merchantOf("62") }))).toBe(
      "4046208 Invalid Merchant",
    );
    expect(
      said(ask("qrCpmRefund", { originalPartnerReferenceNo: "p", partnerRefundNo: "r", ...merchantOf("80") })),
    ).toBe("4048008 Invalid Merchant");
    expect(JSON.stringify([payments(), totals(), changes])).toBe(before);
    // not even the numbers of the calls are used up
    expect(said(ask("qrCpmGenerate", { partnerReferenceNo: "g", partnerTrxDate: NOW }))).toBe("2005900 Successful");
    expect(said(ask("qrCpmRefund", { originalPartnerReferenceNo: "p", partnerRefundNo: "r" }))).toBe(
      "2008000 Successful",
    );
  });

  test("every code of the four services is answered, also without a payment", () => {
    for (const key of Object.keys(catalogue)) {
      if (key === "20000") continue;
      const { ask } = open();
      const merchantOf = (service: string) => ({ merchantId: `${key.slice(0, 3)}${service}${key.slice(3)}` });
      const own = (id: TransactionId) => (key === "20200" || key === "50400" ? `404${serviceOf[id]}01` : undefined);
      const reference = { originalPartnerReferenceNo: "unknown" };
      const ofService = (id: TransactionId) => `${key.slice(0, 3)}${serviceOf[id]}${key.slice(3)}`;
      expect(ask("qrCpmGenerate", { partnerTrxDate: NOW, ...merchantOf("59") }).responseCode).toBe(
        ofService("qrCpmGenerate"),
      );
      expect(ask("qrCpmQuery", { ...reference, ...merchantOf("61") }).responseCode).toBe(ofService("qrCpmQuery"));
      const cancelled = key === "20200" ? own("qrCpmCancel") : ofService("qrCpmCancel");
      expect(ask("qrCpmCancel", { ...reference, ...merchantOf("62") }).responseCode).toBe(cancelled);
      const refunded = own("qrCpmRefund") ?? ofService("qrCpmRefund");
      expect(ask("qrCpmRefund", { ...reference, partnerRefundNo: "r", ...merchantOf("80") }).responseCode).toBe(
        refunded,
      );
    }
  });

  test("a 200, and another service's code, are merchants like any other", () => {
    const { ask, pay, statusOf } = open();
    pay("p");
    for (const merchantId of ["2006100", "4046208", "4046199"]) {
      expect(said(ask("qrCpmQuery", { originalPartnerReferenceNo: "p", merchantId }))).toBe("2006100 Successful");
    }
    expect(said(ask("qrCpmCancel", { originalPartnerReferenceNo: "p", merchantId: "2006200" }))).toBe(
      "2006200 Successful",
    );
    expect(statusOf("p")).toBe("05");
  });

  test("2026200: answered 202, cancelled a little later, and nothing else meanwhile", async () => {
    const { pay, cancel, refund, statusOf, paymentBy, totals, schedule } = open();
    pay("p");
    expect(cancel("p", { merchantId: "2026200" })).toBe("2026200 Request In Progress");
    expect(statusOf("p")).toBe("00");
    expect(cancel("p")).toBe("2026200 Request In Progress");
    expect(refund("p", "r")).toBe("4048000 Invalid Transaction Status");
    await schedule.advance(5000);
    expect(paymentBy("p")).toMatchObject({ status: "05", captured: "10000.00", cancelled: "10000.00" });
    expect(totals().held).toBe("0.00");
    expect(cancel("p")).toBe("4046200 Invalid Transaction Status");
    expect(historyOf(paymentBy("p"))).toBe("01 02 00 05");
  });

  test("2026200 does not make a payment cancellable that is not", () => {
    const { pay, cancel } = open();
    pay("failed", { amount: idr("4036014.00") });
    expect(cancel("failed", { merchantId: "2026200" })).toBe("4046200 Invalid Transaction Status");
  });

  test("2028000: answered 202, refunded a little later; the same call again then says so", async () => {
    const { ask, pay, cancel, refund, paymentBy, totals, schedule } = open();
    pay("p");
    const body = { originalPartnerReferenceNo: "p", partnerRefundNo: "r", merchantId: "2028000" };
    const first = ask("qrCpmRefund", body);
    expect(first).toEqual({
      responseCode: "2028000",
      responseMessage: "Request In Progress",
      originalPartnerReferenceNo: "p",
      originalReferenceNo: paymentBy("p")?.referenceNo,
      originalExternalId: "external-1",
      refundNo: expect.stringMatching(/^20201223\d{14}$/),
      partnerRefundNo: "r",
      refundAmount: idr("10000.00"),
    });
    expect(ask("qrCpmRefund", body)).toEqual(first);
    expect(paymentBy("p")).toMatchObject({ status: "00", refunded: "0.00", refunds: [{ status: "03" }] });
    // what is on its way is not there to be given back again
    expect(refund("p", "r2", { refundAmount: idr("0.01") })).toBe("4048013 Invalid Amount");
    expect(cancel("p")).toBe("4046200 Invalid Transaction Status");
    await schedule.advance(5000);
    expect(paymentBy("p")).toMatchObject({ status: "04", refunded: "10000.00", refunds: [{ status: "00" }] });
    expect(totals().held).toBe("0.00");
    const { responseCode, responseMessage, ...fields } = first;
    expect(ask("qrCpmRefund", body)).toEqual({
      responseCode: "2008000",
      responseMessage: "Successful",
      ...fields,
      refundTime: "2020-12-23T07:50:16+07:00",
    });
  });

  test("5048000: answered 504 although the money was given back; the same call again says so", () => {
    const { ask, pay, paymentBy } = open();
    pay("p");
    const body = { originalPartnerReferenceNo: "p", partnerRefundNo: "r", merchantId: "5048000" };
    expect(ask("qrCpmRefund", body)).toEqual({ responseCode: "5048000", responseMessage: "Timeout" });
    expect(paymentBy("p")).toMatchObject({ status: "04", refunded: "10000.00" });
    expect(ask("qrCpmRefund", body)).toMatchObject({ responseCode: "2008000", refundTime: NOW });
    expect(paymentBy("p")?.refunded).toBe("10000.00");
  });
});
