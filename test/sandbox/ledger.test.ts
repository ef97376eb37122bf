// The sandbox's books as a whole: the statuses of a payment, random numbers, what is reported, and the ledger's options.
import { describe, expect, expectTypeOf, test } from "vitest";
import type { TransactionId } from "../../generated/operations.ts";
import { statusNames } from "../../generated/response-codes.ts";
import type { LedgerOperations } from "../../src/sandbox/ledger.ts";
import {
  INITIAL_STATUS,
  isFinal,
  moved,
  type PaymentEvent,
  type PaymentStatus,
  paymentMoves,
} from "../../src/sandbox/payment-states.ts";
import { createRandom, newQrContent } from "../../src/sandbox/random.ts";
import type { PaymentRecord } from "../../src/sandbox/records.ts";
import { type DirectDebit, defaultDebits } from "../../src/sandbox/scenarios.ts";
import type { SnapOperations } from "../../src/server.ts";
import { thrown, typeError } from "../support/errors.ts";
import { idr, NOW, open, said, serviceOf } from "./ledger-support.ts";

describe("the states of a payment", () => {
  test("every move leads from one stored status to another, and moves out of one status have different names", () => {
    const names = paymentMoves.map(({ from, by }) => `${from} ${by}`);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(9);
    for (const { from, to, by, cause } of paymentMoves) {
      expect(from).not.toBe(to);
      expect(moved(from, by)).toBe(to);
      expect(cause).toMatch(/^[A-Z].*\.$/);
    }
  });

  test("04, 05 and 06 are final, and every status but 01 can be reached", () => {
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

describe("changes", () => {
  const reported = (changes: PaymentRecord[]) =>
    changes.map(({ partnerReferenceNo, status }) => `${partnerReferenceNo} ${status}`);

  test("00, 03, 04, 05 and 06 are reported, with what a notification needs", async () => {
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
    expect(reported(changes)).toEqual(["a 00", "a 04", "b 03", "c 06", "d 00", "d 05", "b 06"]);
  });

  test("what is reported is a copy of that moment", () => {
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

  test("onChange may call the ledger, and finds everything written down", () => {
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

  test("what onChange throws changes neither answers nor books", async () => {
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
      position: () => 0,
      digits: (count: number) => (count === 14 ? (draws.shift() ?? "") : steady.digits(count)),
    };
    const { pay, payments } = open({ random: repeating });
    pay("p");
    pay("q");
    expect(payments().map(({ referenceNo }) => referenceNo.slice(8))).toEqual(["2".repeat(14), "4".repeat(14)]);
  });

  test("partner and number are kept apart, also where the two texts in a row would be the same", () => {
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

  test("options that cannot be right are refused", () => {
    const refused = (options: Parameters<typeof open>[0], message: string) =>
      expect(thrown(() => open(options))).toStrictEqual(typeError("ERR_SNAP_INVALID_OPTION", message));
    for (const limit of ["10000000", "1e7", "-1.00", "", "1.0"]) {
      refused({ limit }, `limit must be an amount with two decimals, such as "10000000.00", but is "${limit}".`);
    }
    for (const seconds of [-1, Number.NaN, Number.POSITIVE_INFINITY, 31_536_001]) {
      const rule = `must be a number of seconds from 0 to 31536000, a year, but is ${seconds}.`;
      refused({ qrLifetime: seconds }, `qrLifetime ${rule}`);
      refused({ settleAfter: seconds }, `settleAfter ${rule}`);
    }
    const [one] = defaultDebits;
    const wrong = { ...one, originalPartnerReferenceNo: "debit-1", transAmount: { value: "1", currency: "IDR" } };
    const message = "transAmount.value must be 1 to 16 digits, a point and 2 decimals, such as 10000.00.";
    refused({ directDebits: [wrong as DirectDebit] }, `directDebits: of debit-1, ${message}`);
  });

  test("its operations fit a receiver, and each is done when it returns", () => {
    expectTypeOf<LedgerOperations>().toExtend<SnapOperations>();
    expectTypeOf<ReturnType<LedgerOperations["qrCpmPayment"]>>().not.toBeAny();
    for (const id of Object.keys(serviceOf) as TransactionId[]) expect(open().operations[id]).toBeTypeOf("function");
  });
});
