// The sandbox's books under random calls of several partners at the same time: after every step, all must add up.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { OperationTypes, TransactionId } from "../../generated/operations.ts";
import { validateRequest, validateResponse } from "../../src/contract/validation.ts";
import { createLedger, type LedgerCall } from "../../src/sandbox/ledger.ts";
import { createRandom } from "../../src/sandbox/random.ts";
import type { PaymentRecord } from "../../src/sandbox/records.ts";
import { createSchedule } from "../../src/sandbox/schedule.ts";

const START = new Date("2020-12-23T00:50:11Z");
const PARTNERS = ["partner-a", "partner-b"];
const NUMBERS = ["1", "2", "3", "4"];
const FOREVER = "2026003.00";
/** Amounts that force nothing. */
const ORDINARY = ["10.00", "10.00", "10.00", "25.50", "0.00", "9999999.99", "10000000.00", "10000000.01"];
const LIMIT = 1_000_000_000n;
const FORCED = [
  "2006000.00",
  "2006003.00",
  "2006006.00",
  "2026000.00",
  "2026006.00",
  FOREVER,
  "5046000.00",
  "4036014.00",
  "5006000.00",
];
/** In whose end a payment of the scenario's amount may be, and whether money is taken: at once, later if at all, or never. */
const ENDS: Record<string, End> = {
  "2006003.00": { statuses: ["00", "04", "05"], takes: "later" },
  "2006006.00": { statuses: ["06"], takes: "never" },
  "2026000.00": { statuses: ["00", "04", "05"], takes: "later" },
  "2026006.00": { statuses: ["06", "05"], takes: "never" },
  [FOREVER]: { statuses: ["03", "05"], takes: "never" },
};
const TAKEN: End = { statuses: ["00", "04", "05"], takes: "at once" };
const REFUSED: End = { statuses: ["06"], takes: "never" };
interface End {
  statuses: string[];
  takes: "at once" | "later" | "never";
}

/** The moves that a payment may make, written out again so that a slip in the table is noticed. */
const MOVES = new Set(["01>02", "02>00", "02>03", "02>06", "03>00", "03>06", "03>05", "00>04", "00>05"]);
const REPORTED = ["00", "03", "04", "05", "06"];

type Body<Id extends TransactionId> = OperationTypes[Id]["request"];
type Reply = { responseCode: string; responseMessage: string } & Record<string, unknown>;

const number = fc.constantFrom(...NUMBERS);
const currency = fc.constantFrom(...Array<string>(19).fill("IDR"), "USD");
const moneyOf = (...values: string[]) => fc.record({ value: fc.constantFrom(...values), currency });
const sometimes = <T>(given: fc.Arbitrary<T>) => fc.option(given, { nil: undefined });
/** An ordinary merchant four times out of five. */
const merchantOf = (...codes: string[]) => fc.constantFrom("m", "m", "m", "m", ...codes);

/** What a call names a payment by, beside its number where that is mandatory; "wrong" has a second reference, of no payment. */
const by = fc.constantFrom("number", "number", "number", "reference", "external id", "all", "wrong");
/** Mostly long after all that happens; else over before it begins, or on the way. */
const expiryTime = fc.constantFrom(
  ...Array<string>(8).fill("2030-01-01T00:00:00+07:00"),
  "2020-12-23T07:50:11+07:00",
  "2020-12-23T00:50:17Z",
);

/** What one caller does next. A QR code is named by how many were made after it. */
const step = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant("generate" as const),
      number,
      named: fc.boolean(),
      merchantId: merchantOf("4045908"),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant("pay" as const),
      number,
      qr: fc.nat(5),
      amount: fc.oneof(moneyOf(...ORDINARY), moneyOf(...FORCED)),
      title: fc.constantFrom("x", "x", "x", "y"),
      expiryTime,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant("cancel" as const),
      number,
      by,
      merchantId: merchantOf("2026200", "5046200"),
      amount: sometimes(moneyOf("10.00", "25.50")),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant("refund" as const),
      number,
      by,
      refundNumber: number,
      merchantId: merchantOf("2028000", "5048000"),
      amount: sometimes(moneyOf("4.00", "6.00", "10.00", "0.00")),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("query" as const), number, by }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("notify" as const), number }) },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant("wait" as const), ms: fc.constantFrom(0, 1, 1000, 5000, 300_000) }),
  },
);
type Drawn<A> = A extends fc.Arbitrary<infer T> ? T : never;
type Step = Drawn<typeof step>;
type Payment = Extract<Step, { does: "pay" }>;
type References = Pick<Body<"qrCpmQuery">, "originalPartnerReferenceNo" | "originalReferenceNo" | "originalExternalId">;

/** Several callers, each with its partner and its steps, and how many microtasks it lets pass before each. */
const callers = fc.array(
  fc.record({
    partnerId: fc.constantFrom(...PARTNERS),
    steps: fc.array(fc.tuple(step, fc.nat(4)), { minLength: 10, maxLength: 30 }),
  }),
  { minLength: 2, maxLength: 4 },
);
type Callers = Drawn<typeof callers>;

const minor = (value: string) => BigInt(value.replace(".", ""));
const sumOf = <T>(list: readonly T[], value: (item: T) => string) =>
  list.reduce((sum, item) => sum + minor(value(item)), 0n);
const nameOf = ({ partnerId, partnerReferenceNo }: PaymentRecord) => `${partnerId} ${partnerReferenceNo}`;

/** What the callers were told, kept apart from the books to hold them to it. */
class Witness {
  readonly histories = new Map<string, string>();
  /** How each payment must end, by the answer that decided it; there must be one. */
  readonly decided = new Map<string, End>();
  /** What each refund was answered with when it was done. */
  readonly refunds = new Map<string, { payment: string; answer: string; amount: bigint }>();
  readonly cancelled = new Set<string>();
  /** Payments whose cancellation was answered with 202. */
  readonly toBeCancelled = new Set<string>();
  readonly spentCodes = new Set<string>();
}

/** Fails where a claim does not hold. `expect` on what nearly always holds would take most of the time of this test. */
function holds(claim: boolean, what: string, about: unknown): void {
  if (!claim) expect.unreachable(`${what}: ${JSON.stringify(about)}`);
}

/** Fails where two values are not the same. */
const same = (found: unknown, wanted: unknown, about: unknown) =>
  holds(found === wanted, `${found} is not ${wanted}`, about);

/** Fails if something is wrong with the books. */
function assertBooks(payments: PaymentRecord[], held: string, witness: Witness): void {
  holds(new Set(payments.map(nameOf)).size === payments.length, "names are unique", payments);
  holds(new Set(payments.map(({ referenceNo }) => referenceNo)).size === payments.length, "so are numbers", payments);
  let left = 0n;
  for (const payment of payments) left += assertPayment(payment, witness);
  holds(minor(held) === left, `held is the sum of what is left, not ${held}`, payments);
}

/** The same for one payment; returns what is left of its money. */
function assertPayment(payment: PaymentRecord, witness: Witness): bigint {
  const { status, amount, history, refunds } = payment;
  const [captured, refunded, cancelled] = [minor(payment.captured), minor(payment.refunded), minor(payment.cancelled)];
  const asked = amount ? minor(amount.value) : 0n;
  const claim = (right: boolean, what: string) => holds(right, what, payment);

  claim(captured >= 0n && refunded >= 0n && cancelled >= 0n, "money is never negative");
  claim(captured - refunded - cancelled >= 0n, "no more is given back than was taken");
  claim(sumOf(refunds, (one) => one.amount) <= captured, "nor promised");
  const done = refunds.filter((one) => one.status === "00");
  claim(refunded === sumOf(done, (one) => one.amount), "refunds add up");
  claim(new Set(refunds.map((one) => one.partnerRefundNo)).size === refunds.length, "a refund is counted once");
  const took = status === "00" || status === "04" || (status === "05" && cancelled > 0n);
  claim(captured === (took ? asked : 0n), "taken is what was asked for, or nothing");
  claim(cancelled === (status === "05" ? captured : 0n), "a cancellation gives all back");
  claim(status !== "00" || refunded < captured, "00 has something left");
  claim(status !== "04" || refunded === captured, "04 has nothing left");
  claim(status !== "05" || refunds.length === 0, "what was refunded is not cancelled");

  claim(history[0]?.status === "01" && history.at(-1)?.status === status, "history goes from 01 to the status");
  let told = "";
  let before: string | undefined;
  for (const { status: to, by, time } of history) {
    if (before !== undefined) claim(MOVES.has(`${before}>${to}`), "moves are allowed");
    told += `${to} ${by} ${time}\n`;
    before = to;
  }
  const name = nameOf(payment);
  claim(told.startsWith(witness.histories.get(name) ?? ""), "history only grows");
  witness.histories.set(name, told);
  return captured - refunded - cancelled;
}

/** Runs the callers at the same time and checks after every step; returns every answer in its order. */
async function run(all: Callers, counts: Map<string, number>): Promise<string[]> {
  const errors: unknown[] = [];
  const changes: PaymentRecord[] = [];
  const answers: string[] = [];
  const codes: string[] = [];
  /** When each QR code expires. */
  const expiries = new Map<string, number>();
  const witness = new Witness();
  const schedule = createSchedule({ start: START, onError: (error) => errors.push(error) });
  const { operations, payments, totals } = createLedger({
    schedule,
    random: createRandom(1),
    onChange: (payment) => changes.push(payment),
  });
  const find = (name: string) => payments().find((payment) => nameOf(payment) === name);
  let calls = 0;

  function ask<Id extends TransactionId>(id: Id, partnerId: string, body: Body<Id>): Reply {
    calls += 1;
    holds(validateRequest(id, body).valid, "a request keeps the contract", body);
    const operation = operations[id] as (call: LedgerCall<Id>) => unknown;
    const text = JSON.stringify(operation({ body, partnerId, externalId: `external-${calls}` }));
    const reply = JSON.parse(text) as Reply;
    const checked = validateResponse(id, reply.responseCode.slice(0, 3), reply);
    holds(checked.valid, "an answer keeps the contract", [reply, checked]);
    answers.push(text);
    counts.set(reply.responseCode, (counts.get(reply.responseCode) ?? 0) + 1);
    return reply;
  }

  async function take(partnerId: string, one: Step): Promise<void> {
    if (one.does === "wait") return schedule.advance(one.ms);
    const name = `${partnerId} ${one.number}`;
    switch (one.does) {
      case "generate": {
        const { merchantId, named } = one;
        return generate(partnerId, { ...(named && { partnerReferenceNo: one.number }), merchantId });
      }
      case "pay":
        return checkPayment(name, one, ask("qrCpmPayment", partnerId, bodyOf(one)));
      case "cancel": {
        const { merchantId, amount } = one;
        const before = find(name);
        const references = { ...referencesOf(name, one), originalPartnerReferenceNo: one.number };
        const body = { ...references, merchantId, ...(amount && { amount }) };
        const { responseCode } = ask("qrCpmCancel", partnerId, body);
        if (one.by === "wrong") return holds(/^(4046201|5046200)$/.test(responseCode), responseCode, body);
        if (responseCode === "2026200") witness.toBeCancelled.add(name);
        if (responseCode === "2006200") {
          holds(before?.status === "00" && !witness.cancelled.has(name), "a payment is cancelled once", name);
          witness.cancelled.add(name);
        }
        return;
      }
      case "refund": {
        const { merchantId, amount } = one;
        const partnerRefundNo = one.refundNumber;
        const body = {
          ...referencesOf(name, one),
          originalPartnerReferenceNo: one.number,
          partnerRefundNo,
          merchantId,
          ...(amount && { refundAmount: amount }),
        };
        const reply = ask("qrCpmRefund", partnerId, body);
        if (one.by === "wrong") return same(reply.responseCode, "4048001", body);
        return checkRefund(name, `${partnerId} ${partnerRefundNo}`, reply);
      }
      case "query": {
        const reply = ask("qrCpmQuery", partnerId, referencesOf(name, one));
        const payment = one.by === "wrong" ? undefined : find(name);
        if (!payment) return same(reply.responseCode, "4046101", reply);
        same(reply.latestTransactionStatus, payment.status, payment);
        return same(reply.originalReferenceNo, payment.referenceNo, payment);
      }
      case "notify": {
        const body = {
          originalPartnerReferenceNo: one.number,
          merchantId: "m",
          latestTransactionStatus: "06" as const,
        };
        const known = payments().some((payment) => payment.partnerReferenceNo === one.number);
        return same(ask("qrCpmNotify", "pjp", body).responseCode, known ? "2007900" : "4047901", body);
      }
    }
  }

  function generate(partnerId: string, given: Omit<Body<"qrCpmGenerate">, "partnerTrxDate">): void {
    const { qrContent, expiryTime } = ask("qrCpmGenerate", partnerId, { ...given, partnerTrxDate: "now" });
    if (!qrContent) return;
    codes.push(String(qrContent));
    expiries.set(String(qrContent), Date.parse(String(expiryTime)));
  }

  /** The references of a payment; where there is none, some that no payment has. */
  function referencesOf(name: string, one: { number: string; by: Drawn<typeof by> }): References {
    const { referenceNo = "none", externalId = "none" } = find(name) ?? {};
    const originalPartnerReferenceNo = one.number;
    switch (one.by) {
      case "reference":
        return { originalReferenceNo: referenceNo };
      case "external id":
        return { originalExternalId: externalId };
      case "all":
        return { originalPartnerReferenceNo, originalReferenceNo: referenceNo, originalExternalId: externalId };
      case "wrong":
        return { originalPartnerReferenceNo, originalReferenceNo: "none" };
      default:
        return { originalPartnerReferenceNo };
    }
  }

  const bodyOf = ({ number: partnerReferenceNo, qr, amount, title, expiryTime }: Payment) => ({
    partnerReferenceNo,
    qrContent: codes.at(-1 - qr) ?? "unknown",
    amount,
    merchantId: "m",
    title,
    expiryTime,
  });

  function checkPayment(name: string, one: Payment, { responseCode }: Reply): void {
    const { value, currency } = one.amount;
    const recorded = !["4096001", "4046018", "5006000"].includes(responseCode);
    if (recorded) {
      holds(!witness.decided.has(name), "a payment has one outcome", name);
      witness.decided.set(name, endOf(responseCode, one));
    } else {
      holds(responseCode === "5006000" || witness.decided.has(name), "a duplicate has an outcome", name);
    }
    const { qrContent, expiryTime } = bodyOf(one);
    const now = schedule.now().getTime();
    const over = now >= (expiries.get(qrContent) ?? Number.NaN) || now >= Date.parse(expiryTime);
    const inRupiah = currency === "IDR";
    if (responseCode === "4036000") holds(over, "what is refused as expired is", one);
    if (responseCode === "4036002") holds(minor(value) > LIMIT, "what is refused as too much is", one);
    if (responseCode === "4046013") holds(!inRupiah || minor(value) <= 0n, "what is refused as no amount is", one);
    if (responseCode === "2006000" && ORDINARY.includes(value)) {
      holds(!over && inRupiah && minor(value) <= LIMIT, "what is paid was not to be refused", one);
      holds(!witness.spentCodes.has(qrContent), "a QR code is paid with once", qrContent);
      witness.spentCodes.add(qrContent);
    }
  }

  function checkRefund(payment: string, refund: string, reply: Reply): void {
    if (reply.responseCode !== "2008000") return;
    const answer = JSON.stringify(reply);
    const before = witness.refunds.get(refund);
    if (before) {
      same(answer, before.answer, refund);
      same(payment, before.payment, refund);
    } else {
      witness.refunds.set(refund, { payment, answer, amount: minor((reply.refundAmount as { value: string }).value) });
    }
  }

  const check = () => {
    const all = payments();
    assertBooks(all, totals().held, witness);
    const confirmed = new Map<string, bigint>();
    for (const { payment, amount } of witness.refunds.values())
      confirmed.set(payment, (confirmed.get(payment) ?? 0n) + amount);
    for (const payment of all) {
      // less where a refund was not asked about again after its 202 or 504
      const sum = confirmed.get(nameOf(payment)) ?? 0n;
      holds(sum <= minor(payment.refunded), "no more was confirmed than refunded", payment);
    }
  };

  // some to begin with, or most payments would fail for want of one
  for (const _ of [1, 2, 3, 4]) generate("app", {});
  await Promise.all(
    all.map(async ({ partnerId, steps }) => {
      for (const [one, microtasks] of steps) {
        for (let left = microtasks; left > 0; left -= 1) await undefined;
        await take(partnerId, one);
        check();
      }
    }),
  );
  await schedule.advance(60_000);
  check();
  expect(errors).toEqual([]);
  assertSettled(payments(), witness);
  assertReported(payments(), changes);
  return answers;
}

/** How a payment must end that was answered with this. */
function endOf(responseCode: string, { amount: { value, currency } }: Payment): End {
  if (/^40[34]/.test(responseCode)) return REFUSED;
  return (currency === "IDR" && ENDS[value]) || TAKEN;
}

/** In the end nothing waits but what was to wait for ever, and every payment is what its answer meant. */
function assertSettled(payments: PaymentRecord[], { toBeCancelled, decided }: Witness): void {
  for (const payment of payments) {
    const { status, amount, refunds, captured } = payment;
    if (toBeCancelled.has(nameOf(payment))) same(status, "05", payment);
    const end = decided.get(nameOf(payment));
    holds(end?.statuses.includes(status) === true, "a payment ends as its answer said", payment);
    if (end?.takes === "at once") same(captured, amount?.value, payment);
    if (end?.takes === "never") same(captured, "0.00", payment);
    holds(
      refunds.every((refund) => refund.status === "00"),
      "no refund is left in progress",
      payment,
    );
  }
}

/** Every status that is to be reported was reported, once and in its order. */
function assertReported(payments: PaymentRecord[], changes: PaymentRecord[]): void {
  for (const payment of payments) {
    const reported = changes.filter((change) => nameOf(change) === nameOf(payment)).map(({ status }) => status);
    const wanted = payment.history.map(({ status }) => status).filter((status) => REPORTED.includes(status));
    same(reported.join(), wanted.join(), payment);
  }
}

/** What must have been met for the run to prove anything. */
const MET = [
  ...["2005900", "4045908", "4095901"],
  ...["2006000", "2026000", "4036000", "4036002", "4036014", "4046000", "4046001", "4046013", "4046018", "4096001"],
  ...["5006000", "5046000", "2006100", "4046101", "2006200", "2026200", "4046200", "4046201", "4046213", "5046200"],
  ...["2008000", "2028000", "4048000", "4048001", "4048013", "4048018", "5048000", "2007900", "4047901"],
];

test("the books add up after every step, whatever several partners do at the same time", async () => {
  const counts = new Map<string, number>();
  const began = performance.now();
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(callers, async (all) => {
      runs += 1;
      await run(all, counts);
    }),
    { seed: 20_201_223, numRuns: 1500 },
  );
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const steps = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const line = [...counts].sort(([one], [other]) => (one < other ? -1 : 1)).map(([code, count]) => `${code}: ${count}`);
  console.log(`sandbox: ${steps} random calls in ${runs} runs and ${seconds} s, all books add up (${line.join(", ")})`);
  expect(MET.filter((code) => (counts.get(code) ?? 0) < 10)).toEqual([]);
});

test("the same calls in the same order are answered the same, byte for byte", async () => {
  await fc.assert(
    fc.asyncProperty(callers, async (all) => {
      expect(await run(all, new Map())).toEqual(await run(all, new Map()));
    }),
    { seed: 20_201_224, numRuns: 100 },
  );
});
