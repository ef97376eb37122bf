// The sandbox's books: every business rule by name, with the code and the message that it answers with.
import { describe, expect, expectTypeOf, test } from "vitest";
import type { OperationTypes, TransactionId } from "../../generated/client.ts";
import { catalogue } from "../../generated/response-codes.ts";
import { validateRequest, validateResponse } from "../../src/contract/validation.ts";
import {
  createLedger,
  type LedgerCall,
  type LedgerOperations,
  type LedgerOptions,
  type PaymentRecord,
} from "../../src/sandbox/ledger.ts";
import {
  INITIAL_STATUS,
  isFinal,
  moved,
  type PaymentEvent,
  type PaymentStatus,
  paymentMoves,
  statusNames,
} from "../../src/sandbox/payment-states.ts";
import { createRandom, newQrContent } from "../../src/sandbox/random.ts";
import {
  defaultDebits,
  type ScenarioService,
  scenarioOf,
  scenarioRules,
  scenarios,
} from "../../src/sandbox/scenarios.ts";
import { createSchedule } from "../../src/sandbox/schedule.ts";
import type { SnapOperations } from "../../src/server.ts";
import { describeResponseCode } from "../../src/snap/response-codes.ts";

const START = new Date("2020-12-23T00:50:11Z");
/** START, as SNAP has it. */
const NOW = "2020-12-23T07:50:11+07:00";
const LATER = "2020-12-23T08:50:11+07:00";

type Request<Id extends TransactionId> = OperationTypes[Id]["request"];
type Reply = Record<string, unknown> & { responseCode: string; responseMessage: string };

/** A ledger with a clock that stands still, and calls that hold both sides to the contract. */
function open(options: Partial<LedgerOptions> & { seed?: number | string } = {}) {
  const errors: unknown[] = [];
  const changes: PaymentRecord[] = [];
  const schedule = createSchedule({ start: START, onError: (error) => errors.push(error) });
  const ledger = createLedger({
    schedule,
    random: createRandom(options.seed ?? 1),
    onChange: (payment) => changes.push(payment),
    ...options,
  });

  /** Calls an operation; returns the body of its answer. */
  function ask<Id extends TransactionId>(
    id: Id,
    body: Request<Id>,
    caller: Partial<Omit<LedgerCall<Id>, "body">> = {},
  ): Reply {
    expect(validateRequest(id, body)).toEqual({ valid: true });
    const operation = ledger.operations[id] as (call: LedgerCall<Id>) => unknown;
    const reply = operation({ partnerId: "partner-a", externalId: "external-1", ...caller, body }) as Reply;
    const wire = JSON.parse(JSON.stringify(reply)) as Reply;
    expect(wire.responseCode.slice(3, 5)).toBe(serviceOf[id]);
    expect(validateResponse(id, wire.responseCode.slice(0, 3), wire)).toEqual({ valid: true });
    expect(errors).toEqual([]);
    return wire;
  }

  /** Makes a QR code. */
  const newQr = () => String(ask("qrCpmGenerate", { partnerTrxDate: NOW }).qrContent);

  /** A request for a payment; of ten thousand rupiah with a new QR code where nothing else is said. */
  function paymentOf(partnerReferenceNo: string, given: Partial<Request<"qrCpmPayment">> = {}) {
    return {
      partnerReferenceNo,
      qrContent: given.qrContent ?? newQr(),
      amount: idr("10000.00"),
      merchantId: "merchant-1",
      expiryTime: LATER,
      ...given,
    };
  }

  /** Pays; returns the answer in words. */
  const pay = (partnerReferenceNo: string, given: Partial<Request<"qrCpmPayment">> = {}) =>
    said(ask("qrCpmPayment", paymentOf(partnerReferenceNo, given)));

  const query = (originalPartnerReferenceNo: string) => ask("qrCpmQuery", { originalPartnerReferenceNo });
  const statusOf = (reference: string) => query(reference).latestTransactionStatus;
  const cancel = (originalPartnerReferenceNo: string, given: Partial<Request<"qrCpmCancel">> = {}) =>
    said(ask("qrCpmCancel", { originalPartnerReferenceNo, ...given }));
  const refund = (
    originalPartnerReferenceNo: string,
    partnerRefundNo: string,
    given: Partial<Request<"qrCpmRefund">> = {},
  ) => said(ask("qrCpmRefund", { originalPartnerReferenceNo, partnerRefundNo, ...given }));
  const paymentBy = (reference: string) =>
    ledger.payments().find(({ partnerReferenceNo }) => partnerReferenceNo === reference);

  return {
    ...ledger,
    schedule,
    changes,
    errors,
    ask,
    newQr,
    paymentOf,
    pay,
    query,
    statusOf,
    cancel,
    refund,
    paymentBy,
  };
}

const serviceOf: Record<TransactionId, string> = {
  qrCpmGenerate: "59",
  qrCpmPayment: "60",
  qrCpmQuery: "61",
  qrCpmCancel: "62",
  qrCpmNotify: "79",
  qrCpmRefund: "80",
  debitStatus: "55",
};
const idr = (value: string) => ({ value, currency: "IDR" });
const said = ({ responseCode, responseMessage }: Reply) => `${responseCode} ${responseMessage}`;
const historyOf = (payment: PaymentRecord | undefined) => payment?.history.map(({ status }) => status).join(" ");

describe("the states of a payment", () => {
  test("every move leads from a stored status to another, and each move out of a status has a name of its own", () => {
    const names = paymentMoves.map(({ from, by }) => `${from} ${by}`);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(9);
    for (const { from, to, by, cause } of paymentMoves) {
      expect(from).not.toBe(to);
      expect(moved(from, by)).toBe(to);
      expect(cause).toMatch(/^[A-Z].*\.$/);
    }
  });

  test("04, 05 and 06 are final, and every status but 01 is led to", () => {
    const stored = (Object.keys(statusNames) as PaymentStatus[]).filter((status) => String(status) !== "07");
    expect(stored.filter(isFinal)).toEqual(["04", "05", "06"]);
    expect([INITIAL_STATUS, ...new Set(paymentMoves.map(({ to }) => to))].sort()).toEqual(stored.sort());
  });

  test("a move that is not in the table does not compile, and throws", () => {
    // @ts-expect-error nothing leads out of a failed payment
    expect(() => moved("06", "capture")).toThrow("A payment of status 06 does not capture; see the table of moves.");
    // @ts-expect-error a pending payment is not refunded
    expect(() => moved("03", "refund")).toThrow("A payment of status 03 does not refund");
    // @ts-expect-error 07 is never stored
    expect(() => moved("07", "accept")).toThrow("A payment of status 07 does not accept");
    expectTypeOf(moved("02", "capture")).toEqualTypeOf<"00">();
    expectTypeOf<PaymentEvent<"06">>().toBeNever();
    expectTypeOf<PaymentEvent<"03">>().toEqualTypeOf<"settle" | "fail" | "withdraw">();
    expectTypeOf<PaymentStatus>().not.toBeAny();
  });
});

describe("random", () => {
  test("the same seed and calls give the same answers, another seed others", () => {
    const draw = (seed: number | string) => {
      const random = createRandom(seed);
      return [random.digits(14), random.bytes(40).toString("hex"), newQrContent(random)];
    };
    expect(draw("demo")).toEqual(draw("demo"));
    expect(draw(1)).toEqual(draw("1"));
    expect(draw(1)).not.toEqual(draw(2));
    expect(createRandom(1).digits(14)).toBe("83997123673303");
  });

  test("gives as many digits and bytes as asked for, each digit about as often", () => {
    const random = createRandom(1);
    for (const count of [0, 1, 4, 14, 31, 32, 33, 64, 100]) {
      expect(random.digits(count)).toMatch(new RegExp(`^\\d{${count}}$`));
      expect(random.bytes(count)).toHaveLength(count);
    }
    const counts = new Map<string, number>();
    for (const digit of Array.from({ length: 2000 }, () => random.digits(10)).join("")) {
      counts.set(digit, (counts.get(digit) ?? 0) + 1);
    }
    for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });

  test("a QR code's text is an EMV payload that a QRIS reader takes apart", () => {
    const text = newQrContent(createRandom(1));
    expect(text).toMatch(/^hQVDUFYwMW[A-Za-z0-9+/]+=*$/);
    expect(text.length).toBeLessThanOrEqual(512);
    const [indicator, template] = elementsOf(Buffer.from(text, "base64"));
    expect([indicator?.tag, indicator?.value.toString()]).toEqual(["85", "CPV01"]);
    expect(template?.tag).toBe("61");
    const parts = Object.fromEntries(elementsOf(template?.value).map(({ tag, value }) => [tag, value]));
    expect(Object.keys(parts).sort()).toEqual(["4f", "50", "5a", "5f20", "5f2d", "63", "9f25"]);
    expect(parts["4f"]?.toString("hex")).toBe("a0000006022020");
    expect(parts["50"]?.toString()).toBe("QRISCPM");
    expect(parts["5a"]?.toString("hex")).toMatch(/^9360\d{15}f$/);
    expect(parts["9f25"]?.toString("hex")).toBe(parts["5a"]?.toString("hex").slice(15, 19));
    expect(elementsOf(parts["63"])[0]?.tag).toBe("9f74");
  });
});

/** Takes an EMV payload of short lengths apart. */
function elementsOf(bytes: Buffer = Buffer.alloc(0)): { tag: string; value: Buffer }[] {
  const elements: { tag: string; value: Buffer }[] = [];
  for (let at = 0; at < bytes.length; ) {
    // a tag whose low five bits are all set has a second byte
    const tagLength = ((bytes[at] ?? 0) & 0x1f) === 0x1f ? 2 : 1;
    const length = bytes[at + tagLength] ?? 0;
    expect(length).toBeLessThan(0x80);
    const start = at + tagLength + 1;
    elements.push({
      tag: bytes.subarray(at, at + tagLength).toString("hex"),
      value: bytes.subarray(start, start + length),
    });
    at = start + length;
    expect(at).toBeLessThanOrEqual(bytes.length);
  }
  return elements;
}

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

  test("the lifetime is an option, and what was told counts", async () => {
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

  test("no number, or an empty one, names nothing", () => {
    const { ask } = open();
    for (const given of [{}, {}, { partnerReferenceNo: "" }, { partnerReferenceNo: "" }]) {
      expect(said(ask("qrCpmGenerate", { ...given, partnerTrxDate: NOW }))).toBe("2005900 Successful");
    }
  });

  test("a number is one service's: the same one may name a payment", () => {
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

  test("a QR code that one partner had made may be paid with by another", () => {
    const { ask, paymentOf, newQr } = open();
    const body = paymentOf("p", { qrContent: newQr() });
    expect(said(ask("qrCpmPayment", body, { partnerId: "partner-b" }))).toBe("2006000 Successful");
  });

  test("no amount, none above zero, or one that is not in rupiah is 404 13", () => {
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

  test("a refused payment has its outcome: the same again is a duplicate", () => {
    const { ask, paymentOf, paymentBy, totals } = open();
    const body = paymentOf("p", { qrContent: "unknown" });
    ask("qrCpmPayment", body);
    expect(said(ask("qrCpmPayment", body))).toBe("4096001 Duplicate partnerReferenceNo");
    expect(historyOf(paymentBy("p"))).toBe("01 02 06");
    expect(totals()).toMatchObject({ payments: 1, captured: "0.00", held: "0.00" });
  });
});

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

  test("what is no code of service 60 in rupiah is an amount like any other", () => {
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
    for (const service of ["59", "60", "61", "62", "80"] as const satisfies readonly ScenarioService[]) {
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

  test("every code of the four services is answered, also where there is no payment", () => {
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

  test("2028000: answered 202, refunded a little later; the same again then tells", async () => {
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

  test("5048000: answered 504 although the money was given back; the same again tells", () => {
    const { ask, pay, paymentBy } = open();
    pay("p");
    const body = { originalPartnerReferenceNo: "p", partnerRefundNo: "r", merchantId: "5048000" };
    expect(ask("qrCpmRefund", body)).toEqual({ responseCode: "5048000", responseMessage: "Timeout" });
    expect(paymentBy("p")).toMatchObject({ status: "04", refunded: "10000.00" });
    expect(ask("qrCpmRefund", body)).toMatchObject({ responseCode: "2008000", refundTime: NOW });
    expect(paymentBy("p")?.refunded).toBe("10000.00");
  });
});

describe("query", () => {
  test("finds a payment by each reference and by all of them", () => {
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
  test("gives the money of a payment back", async () => {
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

  test("what is refunded, even in part, cancelled or failed is 404 00", () => {
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
  test("without an amount gives all back", () => {
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

  test("what is not a success is 404 00", () => {
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

  test("nothing, another currency, or more than is left is 404 13", () => {
    const { pay, refund, paymentBy } = open();
    pay("p");
    for (const refundAmount of [idr("0.00"), idr("10000.01"), { value: "1.00", currency: "USD" }]) {
      expect(refund("p", "r", { refundAmount })).toBe("4048013 Invalid Amount");
    }
    expect(paymentBy("p")?.refunds).toEqual([]);
  });

  test("what is in progress counts as given back already", async () => {
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
  test("takes note of a known payment, whoever tells, and changes nothing", () => {
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

  test("an unknown payment, or none, is 404 01", () => {
    const { ask, pay } = open();
    pay("p");
    const says = { merchantId: "m", latestTransactionStatus: "00" as const };
    for (const reference of [{}, { originalPartnerReferenceNo: "unknown" }, { originalReferenceNo: "unknown" }]) {
      expect(said(ask("qrCpmNotify", { ...reference, ...says }))).toBe("4047901 Transaction Not Found");
    }
  });
});

describe("debit status", () => {
  test("knows one direct debit of each status but 07", () => {
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

  test("they can be given", () => {
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

describe("changes", () => {
  const told = (changes: PaymentRecord[]) =>
    changes.map(({ partnerReferenceNo, status }) => `${partnerReferenceNo} ${status}`);

  test("tells of 00, 03, 04, 05 and 06, with what a notification needs", async () => {
    const { pay, cancel, refund, changes, schedule, paymentBy } = open();
    pay("a", { subMerchantId: "s", externalStoreId: "e" });
    expect(changes).toEqual([paymentBy("a")]);
    expect(changes[0]).toMatchObject({
      partnerId: "partner-a",
      partnerReferenceNo: "a",
      merchantId: "merchant-1",
      subMerchantId: "s",
      externalStoreId: "e",
      amount: idr("10000.00"),
      status: "00",
    });
    refund("a", "r1", { refundAmount: idr("1.00") });
    refund("a", "r2");
    pay("b", { amount: idr("2026006.00") });
    pay("c", { amount: idr("4036014.00") });
    pay("d");
    cancel("d");
    await schedule.advance(5000);
    expect(told(changes)).toEqual(["a 00", "a 04", "b 03", "c 06", "d 00", "d 05", "b 06"]);
  });

  test("what is told is a copy of that moment", () => {
    const { pay, refund, changes, payments } = open();
    pay("p");
    refund("p", "r");
    expect(changes.map(({ refunded, history }) => [refunded, history.length])).toEqual([
      ["0.00", 3],
      ["10000.00", 4],
    ]);
    (changes[0] as { status: string }).status = "06";
    (payments()[0] as { amount: { value: string } }).amount.value = "1.00";
    expect(payments()[0]).toMatchObject({ status: "04", amount: idr("10000.00") });
  });

  test("who is told may call the ledger, and finds everything written down", () => {
    const seen: unknown[] = [];
    const books = open({
      onChange: ({ partnerReferenceNo, status }) => {
        seen.push(`${partnerReferenceNo} ${status}`);
        if (status === "00") seen.push(books.refund(partnerReferenceNo, "r", { refundAmount: idr("10000.00") }));
      },
    });
    expect(books.pay("p")).toBe("2006000 Successful");
    expect(seen).toEqual(["p 00", "p 04", "2008000 Successful"]);
  });

  test("what is thrown there changes neither answers nor books", async () => {
    const unhandled: unknown[] = [];
    const keep = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", keep);
    const throwing = open({
      onChange: () => {
        throw new Error("no");
      },
    });
    const rejecting = open({ onChange: async () => Promise.reject(new Error("no")) });
    for (const { pay, statusOf, schedule } of [throwing, rejecting]) {
      expect(pay("p")).toBe("2006000 Successful");
      expect(pay("q", { amount: idr("2026000.00") })).toBe("2026000 Request In Progress");
      await schedule.advance(5000);
      expect([statusOf("p"), statusOf("q")]).toEqual(["00", "00"]);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
    process.off("unhandledRejection", keep);
    expect(unhandled).toEqual([]);
    expect([...throwing.errors, ...rejecting.errors]).toEqual([]);
  });
});

describe("the ledger as a whole", () => {
  test("the same seed and calls give the same answers, byte for byte", async () => {
    const run = async (seed: number) => {
      const { ask, paymentOf, payments, changes, schedule } = open({ seed });
      const answers: unknown[] = [];
      for (const [at, value] of ["10000.00", "2026000.00", "5046000.00", "4036014.00"].entries()) {
        const reference = `p-${at}`;
        answers.push(ask("qrCpmPayment", paymentOf(reference, { amount: idr(value) })));
        await schedule.advance(5000);
        answers.push(ask("qrCpmRefund", { originalPartnerReferenceNo: reference, partnerRefundNo: `r-${at}` }));
        answers.push(ask("qrCpmQuery", { originalPartnerReferenceNo: reference }));
      }
      return JSON.stringify([answers, payments(), changes]);
    };
    const [once, again, other] = [await run(1), await run(1), await run(2)];
    expect(again).toBe(once);
    expect(other).not.toBe(once);
  });

  test("no number is given out twice, even by a source that repeats itself", () => {
    const draws = ["1".repeat(14), "2".repeat(14), "2".repeat(14), "1".repeat(14), "3".repeat(14), "4".repeat(14)];
    const steady = createRandom(1);
    const repeating = {
      bytes: (count: number) => steady.bytes(count),
      digits: (count: number) => (count === 14 ? (draws.shift() ?? "") : steady.digits(count)),
    };
    const { pay, payments } = open({ random: repeating });
    pay("p");
    pay("q");
    expect(payments().map(({ referenceNo }) => referenceNo.slice(8))).toEqual(["2".repeat(14), "4".repeat(14)]);
  });

  test("keys that would be one text when glued together are kept apart", () => {
    const { ask, paymentOf } = open();
    const generate = (partnerId: string, partnerReferenceNo: string) =>
      said(ask("qrCpmGenerate", { partnerReferenceNo, partnerTrxDate: NOW }, { partnerId }));
    for (const [partnerId, number] of [
      ["a", "bc"],
      ["ab", "c"],
      ["a\nb", "c"],
      ["a", "b\nc"],
      ["__proto__", "constructor"],
    ] as const) {
      expect(generate(partnerId, number)).toBe("2005900 Successful");
      expect(generate(partnerId, number)).toBe("4095901 Duplicate partnerReferenceNo");
      expect(said(ask("qrCpmPayment", paymentOf(number), { partnerId }))).toBe("2006000 Successful");
    }
  });

  test("refuses options that cannot be right", () => {
    for (const limit of ["10000000", "1e7", "-1.00", "", "1.0"]) {
      expect(() => open({ limit })).toThrow(`The limit is "${limit}": write it as an amount, such as "10000000.00".`);
    }
    for (const seconds of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => open({ qrLifetime: seconds })).toThrow(`qrLifetime is ${seconds}: give a number of seconds`);
      expect(() => open({ settleAfter: seconds })).toThrow(TypeError);
    }
  });

  test("its operations are a receiver's, each done when it returns", () => {
    expectTypeOf<LedgerOperations>().toExtend<SnapOperations>();
    expectTypeOf<ReturnType<LedgerOperations["qrCpmPayment"]>>().not.toBeAny();
    for (const id of Object.keys(serviceOf) as TransactionId[]) expect(open().operations[id]).toBeTypeOf("function");
  });
});
