// The books of the sandbox: QR codes, payments, refunds and direct debits, and what each operation does with them.
// Every operation runs from beginning to end without a wait, so calls never see each other's half-done work.
import type { OperationTypes, TransactionId } from "../../generated/client.ts";
import type { Amount } from "../../generated/types.ts";
import { type Violation, validateResponse } from "../contract/validation.ts";
import { type SnapCall, type SnapError, type SnapReply, snapError } from "../receiver/handler.ts";
import { type ErrorCode, type ResponseCode, responseMessageOf } from "../snap/response-codes.ts";
import { snapDay, snapTimestamp } from "../snap/time.ts";
import { quietly } from "../util/callbacks.ts";
import { allows, INITIAL_STATUS, moved, type PaymentEvent, type PaymentStatus, statusNames } from "./payment-states.ts";
import { newQrContent, type SandboxRandom } from "./random.ts";
import { type DirectDebit, defaultDebits, type Scenario, type ScenarioService, scenarioOf } from "./scenarios.ts";
import { isWait, type Schedule } from "./schedule.ts";

export type { DirectDebit } from "./scenarios.ts";

/** How to make a ledger. */
export interface LedgerOptions {
  /** Its clock, and where settlements wait. */
  schedule: Schedule;
  /** What references and QR codes are made of. */
  random: SandboxRandom;
  /** The highest amount of one payment, in rupiah with two decimals; `10000000.00` by default. */
  limit?: string;
  /** For how many seconds a QR code is good; 300 by default. */
  qrLifetime?: number;
  /** After how many seconds what was answered with 202 is decided; 5 by default. */
  settleAfter?: number;
  /** What service 55 knows; {@link defaultDebits} by default. */
  directDebits?: readonly DirectDebit[];
  /**
   * Told of every payment that has come to status 00, 03, 04, 05 or 06, after the call or the event that brought it there is done.
   * What it throws is not heard of again.
   */
  onChange?: (payment: PaymentRecord) => void;
}

/** A payment as it stood at one moment; a copy. Money is in the payment's currency, with two decimals. */
export interface PaymentRecord {
  readonly partnerId: string;
  readonly partnerReferenceNo: string;
  readonly referenceNo: string;
  /** X-EXTERNAL-ID of the payment request. */
  readonly externalId: string;
  readonly merchantId: string;
  readonly subMerchantId?: string;
  readonly externalStoreId?: string;
  /** As asked for; a payment without an amount is refused. */
  readonly amount?: Amount;
  readonly status: PaymentStatus;
  /** What was taken. */
  readonly captured: string;
  /** What was given back by refunds that are done. */
  readonly refunded: string;
  /** What was given back by a cancellation. */
  readonly cancelled: string;
  readonly refunds: readonly RefundRecord[];
  /** Every status the payment has had, the oldest first. */
  readonly history: readonly PaymentStep[];
}

/** A refund of a payment. */
export interface RefundRecord {
  readonly partnerRefundNo: string;
  readonly refundNo: string;
  readonly amount: string;
  /** 00 done, 03 in progress. */
  readonly status: "00" | "03";
}

/** A status that a payment has come to. */
export interface PaymentStep {
  readonly status: PaymentStatus;
  /** What moved it there; undefined for the first. */
  readonly by: PaymentEvent | undefined;
  /** When, as SNAP writes it. */
  readonly time: string;
}

/** All payments together. Money has two decimals. */
export interface LedgerTotals {
  readonly payments: number;
  readonly captured: string;
  readonly refunded: string;
  readonly cancelled: string;
  /** What is left: captured, without what was refunded or cancelled. */
  readonly held: string;
}

/** What an operation of the ledger looks at. */
export type LedgerCall<Id extends TransactionId> = Pick<SnapCall<Id>, "body" | "partnerId" | "externalId">;

/** The operations of the ledger, each done when it returns. They fit {@link SnapOperations}. */
export type LedgerOperations = { [Id in TransactionId]: (call: LedgerCall<Id>) => SnapReply<Id> };

/** The books. */
export interface Ledger {
  readonly operations: LedgerOperations;
  /** Every payment, the oldest first. */
  payments(): PaymentRecord[];
  totals(): LedgerTotals;
  /** What service 55 knows. */
  debits(): readonly DirectDebit[];
}

const RUPIAH = "IDR";

/** A QR code that was made. */
interface QrCode {
  readonly expiresAt: number;
  /** The payments made with it; more than one where all but the last failed, or scenarios were asked for. */
  readonly payments: Payment[];
}

/** A payment, with money in hundredths of a rupiah. */
interface Payment {
  readonly partnerId: string;
  readonly externalId: string;
  readonly referenceNo: string;
  readonly asked: Pick<
    OperationTypes["qrCpmPayment"]["request"],
    "partnerReferenceNo" | "merchantId" | "subMerchantId" | "externalStoreId" | "amount" | "title"
  >;
  /** The whole request, to tell whether another one is the same. */
  readonly content: string;
  status: PaymentStatus;
  readonly history: PaymentStep[];
  captured: bigint;
  refunded: bigint;
  cancelled: bigint;
  readonly refunds: Refund[];
  /** Whether an event waits that will decide it. */
  settling: boolean;
  /** Whether a cancellation was answered with 202 and is not done yet. */
  cancelling: boolean;
}

interface Refund {
  readonly payment: Payment;
  readonly partnerRefundNo: string;
  readonly refundNo: string;
  readonly amount: bigint;
  readonly content: string;
  /** When it was done; undefined while it is in progress. */
  time: string | undefined;
}

/** What a call names a payment by. */
type References = Pick<
  OperationTypes["qrCpmQuery"]["request"],
  "originalPartnerReferenceNo" | "originalReferenceNo" | "originalExternalId"
>;

/** The statuses that `onChange` is told of: the others last no longer than the call that brings them about. */
const TOLD: readonly PaymentStatus[] = ["00", "03", "04", "05", "06"];

/**
 * Makes the ledger. The rules of each operation are those of the catalogue where it has any, and are said in the tests by name.
 * @throws TypeError when an option cannot be right: a limit that is no amount, a duration that is none, a direct debit that the
 *   contract would not let answer
 * @example
 * const schedule = createSchedule({ start: new Date("2020-12-23T00:50:11Z") });
 * const { operations, payments } = createLedger({ schedule, random: createRandom(1) });
 * @see errata E040, E041, E062, E087, E108, E112, E113, E117
 */
export function createLedger(options: LedgerOptions): Ledger {
  const { schedule, random, qrLifetime = 300, settleAfter = 5, onChange = () => {} } = options;
  const limit = limitOf(options.limit ?? "10000000.00");
  assertSeconds("qrLifetime", qrLifetime);
  assertSeconds("settleAfter", settleAfter);
  const { directDebits = defaultDebits } = options;
  assertDebits(directDebits);
  const debits = new Map(directDebits.map((debit) => [debit.originalPartnerReferenceNo, debit]));

  /** Every number that was given out, so that none is given out twice. */
  const references = new Set<string>();
  const qrCodes = new Map<string, QrCode>();
  /** What was asked of service 59, by partner and number. */
  const generated = new Map<string, string>();
  const payments: Payment[] = [];
  /** The payments that go by a name, whichever of the three references it is. */
  const named = new Map<string, Payment[]>();
  /** By partner and number. */
  const refunds = new Map<string, Refund>();
  const totals = { captured: 0n, refunded: 0n, cancelled: 0n };
  let changes: PaymentRecord[] = [];

  const now = () => snapTimestamp(schedule.now());

  // ---- the operations

  function generate({ body, partnerId }: LedgerCall<"qrCpmGenerate">): SnapReply<"qrCpmGenerate"> {
    const { partnerReferenceNo, merchantId } = body;
    const content = contentOf(body);
    const known = partnerReferenceNo && generated.get(keyOf(partnerId, partnerReferenceNo));
    if (known) return known === content ? snapError("4095901", SENT_BEFORE) : snapError("4045918", OTHER_CONTENT);
    const scenario = scenarioOf("59", merchantId);
    if (scenario) return forced(scenario);

    const expiryTime = snapTimestamp(new Date(schedule.now().getTime() + qrLifetime * 1000));
    const qrContent = unused(qrCodes, () => newQrContent(random));
    // by what was told, not by the fraction of a second that was left out
    qrCodes.set(qrContent, { expiresAt: Date.parse(expiryTime), payments: [] });
    if (partnerReferenceNo) generated.set(keyOf(partnerId, partnerReferenceNo), content);
    return {
      ...successful("2005900"),
      referenceNo: newReference(),
      ...(partnerReferenceNo && { partnerReferenceNo }),
      qrContent,
      expiryTime,
    };
  }

  function pay({ body, partnerId, externalId }: LedgerCall<"qrCpmPayment">): SnapReply<"qrCpmPayment"> {
    const { partnerReferenceNo, amount } = body;
    const known = find({ originalPartnerReferenceNo: partnerReferenceNo }, partnerId);
    if (known)
      return known.content === contentOf(body)
        ? snapError("4096001", `${SENT_BEFORE}; ${statusOf(known)}`)
        : snapError("4046018", OTHER_CONTENT);
    const scenario = scenarioOf("60", amount?.currency === RUPIAH ? amount.value : undefined);
    if (scenario?.effect === "nothing") return forced(scenario);

    const qrCode = qrCodes.get(body.qrContent);
    const refusal = scenario ? undefined : refusalOf(body, qrCode);
    const payment = record(body, partnerId, externalId);
    qrCode?.payments.push(payment);
    if (refusal) {
      move(payment, "refuse");
      return refusal;
    }
    carryOut(payment, scenario?.effect ?? "captured");
    const references = { referenceNo: payment.referenceNo, partnerReferenceNo, transactionDate: madeAt(payment) };
    const answer = scenario?.answer ?? "2006000";
    if (answer === "2006000") return { ...successful(answer), ...references };
    if (answer === "2026000") return { ...inProgress(answer), ...references };
    return refused(answer, "amount.value");
  }

  function query({ body, partnerId }: LedgerCall<"qrCpmQuery">): SnapReply<"qrCpmQuery"> {
    const scenario = scenarioOf("61", body.merchantId);
    if (scenario) return forced(scenario);
    const payment = find(body, partnerId);
    if (!payment) return snapError("4046101", whyUnknown(body));
    const { status, asked, history } = payment;
    return {
      ...successful("2006100"),
      ...referencesOf(payment),
      ...(asked.title && { title: asked.title }),
      latestTransactionStatus: status,
      transactionStatusDesc: statusNames[status],
      // mandatory although nothing may have been paid (erratum E062)
      paidTime: (history.find((step) => step.status === "00") ?? lastStep(payment)).time,
    };
  }

  function cancel({ body, partnerId }: LedgerCall<"qrCpmCancel">): SnapReply<"qrCpmCancel"> {
    const scenario = scenarioOf("62", body.merchantId);
    if (scenario?.effect === "nothing") return forced(scenario);
    const payment = find(body, partnerId);
    if (!payment) return snapError("4046201", whyUnknown(body));
    if (body.amount && !isSameAmount(body.amount, payment.asked.amount))
      return snapError("4046213", `the payment is of ${inWords(payment.asked.amount)}`);

    const canBeVoided = allows(payment.status, "void");
    if (canBeVoided && payment.refunds.length > 0) return snapError("4046200", "some of it is refunded");
    if (!canBeVoided && !allows(payment.status, "withdraw")) return snapError("4046200", statusOf(payment));
    if (canBeVoided && !payment.cancelling && !scenario) {
      giveBack(payment);
      return {
        ...successful("2006200"),
        ...referencesOf(payment),
        cancelTime: lastStep(payment).time,
        transactionDate: madeAt(payment),
      };
    }
    cancelLater(payment);
    return { ...inProgress("2026200"), ...referencesOf(payment), transactionDate: madeAt(payment) };
  }

  function refund({ body, partnerId }: LedgerCall<"qrCpmRefund">): SnapReply<"qrCpmRefund"> {
    const scenario = scenarioOf("80", body.merchantId);
    if (scenario?.effect === "nothing") return forced(scenario);
    const payment = find(body, partnerId);
    if (!payment) return snapError("4048001", whyUnknown(body));
    const { partnerRefundNo, refundAmount } = body;
    const content = contentOf(body);
    const known = refunds.get(keyOf(partnerId, partnerRefundNo));
    // an answer that was lost can be asked for again, so a scenario's 504 is not repeated
    if (known) return known.content === content ? answerOf(known) : snapError("4048018", OTHER_CONTENT);
    if (!allows(payment.status, "refund") || payment.cancelling)
      return snapError("4048000", payment.cancelling ? "it is being cancelled" : statusOf(payment));
    const rest = restOf(payment);
    const amount = refundAmount ? minorOf(refundAmount.value) : rest;
    const inRupiah = !refundAmount || refundAmount.currency === RUPIAH;
    if (!inRupiah || amount === 0n || amount > rest)
      return snapError("4048013", `${decimal(rest)} ${RUPIAH} can still be refunded`);

    const made: Refund = { payment, partnerRefundNo, refundNo: newReference(), amount, content, time: undefined };
    payment.refunds.push(made);
    refunds.set(keyOf(partnerId, partnerRefundNo), made);
    if (scenario?.effect === "refunded later") later(() => finish(made));
    else finish(made);
    return scenario?.effect === "refunded" ? forced(scenario) : answerOf(made);
  }

  function takeNotification({ body }: LedgerCall<"qrCpmNotify">): SnapReply<"qrCpmNotify"> {
    // who notifies is a PJP, whose X-PARTNER-ID is no partner of the payment's
    return find(body) ? successful("2007900") : snapError("4047901", whyUnknown(body));
  }

  function debitStatus({ body }: LedgerCall<"debitStatus">): SnapReply<"debitStatus"> {
    const debit = debits.get(body.originalPartnerReferenceNo);
    if (!debit) return snapError("4045501", "the sandbox was seeded with no such debit");
    return statusOfDebit(debit);
  }

  // ---- what happens to payments

  /** Why an ordinary payment is refused; undefined where it is not. */
  function refusalOf(
    { amount, expiryTime }: OperationTypes["qrCpmPayment"]["request"],
    qrCode: QrCode | undefined,
  ): SnapError<ErrorCode<"60">> | undefined {
    const time = schedule.now().getTime();
    if (!qrCode) return snapError("4046001", "no QR code of this sandbox; scenario amounts take any");
    if (time >= qrCode.expiresAt)
      return snapError("4036000", `the QR code expired at ${snapTimestamp(new Date(qrCode.expiresAt))}`);
    if (time >= Date.parse(expiryTime)) return snapError("4036000", `expiryTime is over: ${expiryTime}`);
    const earlier = qrCode.payments.find(({ status }) => status !== "06");
    if (earlier) {
      const { partnerReferenceNo } = earlier.asked;
      return snapError("4046000", `this QR code was used for ${partnerReferenceNo}; ${statusOf(earlier)}`);
    }
    const minor = amount?.currency === RUPIAH ? minorOf(amount.value) : 0n;
    if (minor === 0n)
      return snapError("4046013", `it needs an amount in ${RUPIAH} above zero and has ${inWords(amount)}`);
    return minor > limit ? snapError("4036002", `above the limit of ${decimal(limit)}`) : undefined;
  }

  /** Writes down a new payment, which is being made from then on. */
  function record(body: OperationTypes["qrCpmPayment"]["request"], partnerId: string, externalId: string): Payment {
    const { partnerReferenceNo, merchantId, subMerchantId, externalStoreId, amount, title } = body;
    const payment: Payment = {
      partnerId,
      externalId,
      referenceNo: newReference(),
      asked: {
        partnerReferenceNo,
        merchantId,
        ...(subMerchantId !== undefined && { subMerchantId }),
        ...(externalStoreId !== undefined && { externalStoreId }),
        ...(amount && { amount: { value: amount.value, currency: amount.currency } }),
        ...(title !== undefined && { title }),
      },
      content: contentOf(body),
      status: INITIAL_STATUS,
      history: [{ status: INITIAL_STATUS, by: undefined, time: now() }],
      captured: 0n,
      refunded: 0n,
      cancelled: 0n,
      refunds: [],
      settling: false,
      cancelling: false,
    };
    payments.push(payment);
    for (const name of new Set([partnerReferenceNo, payment.referenceNo, externalId])) {
      const namesakes = named.get(name);
      if (namesakes) namesakes.push(payment);
      else named.set(name, [payment]);
    }
    move(payment, "accept");
    return payment;
  }

  /** Does to a payment what its scenario says. */
  function carryOut(payment: Payment, effect: Exclude<Scenario<"60">["effect"], "nothing">): void {
    const effects = {
      captured: () => capture(payment, "capture"),
      refused: () => move(payment, "refuse"),
      "pending for ever": () => move(payment, "wait"),
      "pending, then captured": () => settleLater(payment, () => capture(payment, "settle")),
      "pending, then refused": () => settleLater(payment, () => move(payment, "fail")),
    };
    effects[effect]();
  }

  function settleLater(payment: Payment, decide: () => void): void {
    move(payment, "wait");
    payment.settling = true;
    later(() => {
      payment.settling = false;
      if (payment.cancelling) withdraw(payment);
      else decide();
    });
  }

  function cancelLater(payment: Payment): void {
    const waitsForEvent = payment.settling || payment.cancelling;
    payment.cancelling = true;
    if (waitsForEvent) return;
    later(() => (allows(payment.status, "void") ? giveBack(payment) : withdraw(payment)));
  }

  function withdraw(payment: Payment): void {
    payment.cancelling = false;
    move(payment, "withdraw");
  }

  function capture(payment: Payment, by: "capture" | "settle"): void {
    payment.captured = payment.asked.amount ? minorOf(payment.asked.amount.value) : 0n;
    totals.captured += payment.captured;
    move(payment, by);
  }

  function giveBack(payment: Payment): void {
    payment.cancelling = false;
    payment.cancelled = payment.captured;
    totals.cancelled += payment.cancelled;
    move(payment, "void");
  }

  function finish(made: Refund): void {
    const { payment, amount } = made;
    made.time = now();
    payment.refunded += amount;
    totals.refunded += amount;
    if (payment.refunded === payment.captured) move(payment, "refund");
  }

  function move(payment: Payment, by: PaymentEvent): void {
    payment.status = moved(payment.status, by);
    payment.history.push({ status: payment.status, by, time: now() });
    if (TOLD.includes(payment.status)) changes.push(recordOf(payment));
  }

  // ---- what the operations share

  /** The payment that all references given belong to, the latest where there are several; undefined where none is given. */
  function find(given: References, partnerId?: string): Payment | undefined {
    const { originalPartnerReferenceNo, originalReferenceNo, originalExternalId } = given;
    const name = originalPartnerReferenceNo || originalReferenceNo || originalExternalId;
    if (!name) return undefined;
    return named
      .get(name)
      ?.findLast(
        (payment) =>
          (partnerId === undefined || payment.partnerId === partnerId) &&
          (!originalPartnerReferenceNo || payment.asked.partnerReferenceNo === originalPartnerReferenceNo) &&
          (!originalReferenceNo || payment.referenceNo === originalReferenceNo) &&
          (!originalExternalId || payment.externalId === originalExternalId),
      );
  }

  /** Why a call finds no payment. */
  function whyUnknown(given: References): string {
    const { originalPartnerReferenceNo, originalReferenceNo, originalExternalId } = given;
    if (!(originalPartnerReferenceNo || originalReferenceNo || originalExternalId)) return "no reference is given";
    return find(given) ? "the payment is of another X-PARTNER-ID" : "no payment has the references given";
  }

  /** A number that looks like the standard's samples: the day, and fourteen digits. */
  function newReference(): string {
    const day = snapDay(schedule.now()).replaceAll("-", "");
    const reference = unused(references, () => day + random.digits(14));
    references.add(reference);
    return reference;
  }

  function later(run: () => void): void {
    schedule.after(settleAfter * 1000, () => {
      run();
      tell();
    });
  }

  /** Tells of the changes when all of them are written down, for who is told may call the ledger. */
  function tell(): void {
    const told = changes;
    changes = [];
    for (const change of told) quietly(() => onChange(change));
  }

  function whole<Call, Reply>(run: (call: Call) => Reply): (call: Call) => Reply {
    return (call) => {
      const reply = run(call);
      tell();
      return reply;
    };
  }

  return {
    operations: {
      qrCpmGenerate: whole(generate),
      qrCpmPayment: whole(pay),
      qrCpmQuery: whole(query),
      qrCpmCancel: whole(cancel),
      qrCpmRefund: whole(refund),
      qrCpmNotify: whole(takeNotification),
      debitStatus: whole(debitStatus),
    },
    payments: () => payments.map(recordOf),
    debits: () => [...debits.values()],
    totals: () => ({
      payments: payments.length,
      captured: decimal(totals.captured),
      refunded: decimal(totals.refunded),
      cancelled: decimal(totals.cancelled),
      held: decimal(totals.captured - totals.refunded - totals.cancelled),
    }),
  };
}

// ---- answers

function successful<Code extends ResponseCode<ScenarioService | "79" | "55", "200">>(responseCode: Code) {
  return { responseCode, responseMessage: responseMessageOf(responseCode) };
}

function inProgress<Code extends ResponseCode<ScenarioService, "202">>(responseCode: Code) {
  return { responseCode, responseMessage: responseMessageOf(responseCode) };
}

function answerOf({ payment, refundNo, partnerRefundNo, amount, time }: Refund): SnapReply<"qrCpmRefund"> {
  const fields = {
    ...referencesOf(payment),
    refundNo,
    partnerRefundNo,
    refundAmount: { value: decimal(amount), currency: RUPIAH },
  };
  if (time === undefined) return { ...inProgress("2028000"), ...fields };
  return { ...successful("2008000"), ...fields, refundTime: time };
}

/** What is said of a direct debit. */
function statusOfDebit(debit: DirectDebit) {
  const { originalPartnerReferenceNo, originalReferenceNo, latestTransactionStatus, transAmount } = debit;
  return {
    ...successful("2005500"),
    ...(originalReferenceNo && { originalReferenceNo }),
    originalPartnerReferenceNo,
    serviceCode: "54",
    latestTransactionStatus,
    transactionStatusDesc: statusNames[latestTransactionStatus],
    ...(transAmount && { transAmount: { ...transAmount } }),
  } as const;
}

/** The bare answer of a scenario. */
function forced<Service extends ScenarioService>({ answer, field }: Pick<Scenario<Service>, "answer" | "field">) {
  return isInProgress(answer) ? inProgress(answer) : refused(answer as ErrorCode<Service>, field);
}

function isInProgress<Service extends ScenarioService>(
  answer: ResponseCode<Service>,
): answer is ResponseCode<Service, "202"> {
  return answer.startsWith("202");
}

/** A refusal that a scenario asked for; where its message names a field, it is the one that asked. */
function refused<Code extends ErrorCode>(code: Code, field: string): SnapError<Code> {
  return snapError(code, /^400..0[12]$/.test(code) ? field : "Sandbox scenario");
}

// why something is refused, for the log

const SENT_BEFORE = "the same was sent before";
const OTHER_CONTENT = "the number was used before, with another content";

function statusOf({ status }: Payment): string {
  return `its status is ${status}, ${statusNames[status]}`;
}

function inWords(amount: Amount | undefined): string {
  return amount ? `${amount.value} ${amount.currency}` : "no amount";
}

/** The references of a payment in an answer. An id too long for the field is left out (erratum E019). */
function referencesOf({ asked, referenceNo, externalId }: Payment) {
  return {
    originalPartnerReferenceNo: asked.partnerReferenceNo,
    originalReferenceNo: referenceNo,
    ...(externalId !== "" && [...externalId].length <= 32 && { originalExternalId: externalId }),
  };
}

/** What users see of a payment: a copy, for theirs to keep. */
function recordOf(payment: Payment): PaymentRecord {
  const { partnerId, externalId, referenceNo, status, captured, refunded, cancelled, refunds, history } = payment;
  const { title: _, amount, ...asked } = payment.asked;
  return {
    partnerId,
    ...asked,
    ...(amount && { amount: { ...amount } }),
    referenceNo,
    externalId,
    status,
    captured: decimal(captured),
    refunded: decimal(refunded),
    cancelled: decimal(cancelled),
    refunds: refunds.map(({ partnerRefundNo, refundNo, amount: part, time }) => ({
      partnerRefundNo,
      refundNo,
      amount: decimal(part),
      status: time === undefined ? "03" : "00",
    })),
    history: history.map((step) => ({ ...step })),
  };
}

function lastStep({ history }: Payment): PaymentStep {
  return history[history.length - 1] as PaymentStep;
}

/** When a payment was asked for. */
function madeAt({ history }: Payment): string {
  return (history[0] as PaymentStep).time;
}

// ---- money, in hundredths

function minorOf(value: string): bigint {
  return BigInt(value.replace(".", ""));
}

function decimal(minor: bigint): string {
  return `${minor / 100n}.${String(minor % 100n).padStart(2, "0")}`;
}

/** What can still be refunded: refunds in progress are as good as done. */
function restOf({ captured, refunds }: Payment): bigint {
  return refunds.reduce((rest, { amount }) => rest - amount, captured);
}

function isSameAmount(one: Amount, other: Amount | undefined): boolean {
  return other?.currency === one.currency && minorOf(other.value) === minorOf(one.value);
}

// ---- the rest

function limitOf(limit: string): bigint {
  if (!/^\d{1,16}\.\d{2}$/.test(limit)) {
    throw new TypeError(`The limit is "${limit}": write it as an amount, such as "10000000.00".`);
  }
  return minorOf(limit);
}

function assertSeconds(name: string, seconds: number): void {
  if (!isWait(seconds)) {
    throw new TypeError(`${name} is ${seconds}: give a number of seconds from 0 to 31536000, a year.`);
  }
}

function assertDebits(debits: readonly DirectDebit[]): void {
  for (const debit of debits) {
    const checked = validateResponse("debitStatus", 200, statusOfDebit(debit));
    if (checked.valid) continue;
    const { path, expected } = checked.violations[0] as Violation;
    throw new TypeError(`directDebits: ${path} of ${debit.originalPartnerReferenceNo} ought to be ${expected}.`);
  }
}

/** Two texts as one, so that no two pairs make the same. */
function keyOf(partnerId: string, number: string): string {
  return JSON.stringify([partnerId, number]);
}

/** A body as text that is the same whatever the order of its properties, additionalInfo included. */
function contentOf(body: object): string {
  return JSON.stringify(body, (_, value: unknown) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}

/** What is made and not taken yet. */
function unused(taken: { has(value: string): boolean }, make: () => string): string {
  for (;;) {
    const made = make();
    if (!taken.has(made)) return made;
  }
}
