// The books of the sandbox: QR codes, payments, refunds and direct debits, and what each operation does with them.
// Every operation runs from beginning to end without a wait, so calls never see each other's half-done work.
import {
  DuplicatePartnerReferenceNo,
  ExceedsTransactionAmountLimit,
  InconsistentRequest,
  InvalidAmount,
  InvalidTransactionStatus,
  RequestInProgress,
  Successful,
  TransactionExpired,
  TransactionNotFound,
} from "../../generated/cases.ts";
import type { OperationTypes, TransactionId } from "../../generated/operations.ts";
import { statusNames } from "../../generated/response-codes.ts";
import type { ErrorCase } from "../contract/answer.ts";
import type { SnapCall, SnapReply } from "../receiver/options.ts";
import { errorAnswer } from "../receiver/snap-error.ts";
import { isCase } from "../snap/response-codes.ts";
import { snapTimestamp } from "../snap/time.ts";
import { ignoreErrors } from "../util/callbacks.ts";
import {
  debitAnswer,
  inProgress,
  OTHER_CONTENT,
  referencesOf,
  refundAnswer,
  SENT_BEFORE,
  scenarioAnswer,
  statusOf,
  successful,
} from "./answers.ts";
import { createForces, type ForcedNext } from "./forces.ts";
import { checkDebits, checkSeconds, type LedgerRules, limitOf } from "./ledger-options.ts";
import { decimal, inWords, isSameAmount, minorOf, RUPIAH } from "./money.ts";
import { allows } from "./payment-states.ts";
import {
  contentOf,
  lastStep,
  type Payment,
  Payments,
  type PaymentsOptions,
  type Refund,
  refundable,
  requestedAt,
  unused,
} from "./payments.ts";
import { newQrContent } from "./random.ts";
import type { LedgerTotals, PaymentRecord } from "./records.ts";
import { type DirectDebit, debitAsked, defaultDebits, scenarioOf } from "./scenarios.ts";
import { type Change, type SavedCode, type State, savedPayment, savedRefund, toPayment, toRefund } from "./state.ts";

/** How to make a ledger. */
export interface LedgerOptions extends LedgerRules, Pick<PaymentsOptions, "schedule" | "random"> {
  /** The books of another run, to go on from. */
  state?: State | undefined;
  /**
   * Told what a call or an event changed, before the call is answered and before anything is reported. What it throws becomes the
   * call's error.
   */
  save?: ((change: Change) => void) | undefined;
  forcedNext?: ForcedNext;
  /**
   * Told of every payment that has come to status 00, 03, 04, 05 or 06, after the call or the event that brought it there is done.
   * What it throws is swallowed.
   */
  onChange?: (payment: PaymentRecord) => void;
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
  /** At most so many of the payments that came before a position, counted from 0, the newest first. */
  paymentsBefore(position: number, limit: number): PaymentRecord[];
  totals(): LedgerTotals;
  /** What service 55 knows. */
  debits(): readonly DirectDebit[];
}

/** A QR code that was made. */
interface QrCode {
  readonly expiresAt: number;
  /** The payments made with it; more than one where all but the last failed, or scenarios were asked for. */
  readonly payments: Payment[];
}

/** Everything that an operation reads and writes. */
interface Books extends Pick<PaymentsOptions, "schedule" | "random"> {
  readonly payments: Payments;
  readonly qrCodes: Map<string, QrCode>;
  /** What was asked of service 59, by partner and number. */
  readonly generated: Map<string, string>;
  /** The QR codes that were made since the last change was saved. */
  madeCodes: SavedCode[];
  /** By partner and number. */
  readonly refunds: Map<string, Refund>;
  readonly debits: readonly DirectDebit[];
  readonly limit: bigint;
  readonly qrLifetime: number;
  /** The response code that a call forces in another way than the table's. */
  readonly forced: ReturnType<typeof createForces>;
}

/**
 * Makes the ledger. The rules of each operation are those of the catalogue where it has any, and are said in the tests by name.
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`) when an option cannot be right: a limit that is not an amount, a duration that is not
 *   one, a direct debit that the contract would not let answer
 * @example
 * const schedule = createSchedule({ start: new Date("2020-12-23T00:50:11Z") });
 * const { operations, payments } = createLedger({ schedule, random: createRandom(1) });
 * @see errata E040, E041, E062, E087, E108, E112, E113, E117
 */
export function createLedger(options: LedgerOptions): Ledger {
  const { schedule, random, qrLifetime = 300, settleAfter = 5, save = () => {}, onChange = () => {} } = options;
  const { directDebits = defaultDebits } = options;
  const limit = limitOf(options.limit ?? "10000000.00");
  checkSeconds("qrLifetime", qrLifetime);
  checkSeconds("settleAfter", settleAfter);
  checkDebits(directDebits);
  const payments = new Payments({ schedule, random, settleAfter, onEvent: () => commit() });
  const books: Books = {
    schedule,
    random,
    payments,
    qrCodes: new Map(),
    generated: new Map(),
    madeCodes: [],
    refunds: new Map(),
    debits: [...new Map(directDebits.map((debit) => [debit.originalPartnerReferenceNo, debit])).values()],
    limit,
    qrLifetime,
    forced: createForces(options.force, options.forcedNext),
  };

  if (options.state) restore(books, options.state);

  /** Saves what was changed, and then reports it: who hears of a change may call the ledger. */
  function commit(): void {
    const changes = payments.takeChanges();
    const codes = books.madeCodes;
    books.madeCodes = [];
    save({
      random: random.position(),
      ...(codes.length > 0 && { codes }),
      ...(changes.payments.size > 0 && { payments: [...changes.payments].map(savedPayment) }),
      ...(changes.refunds.size > 0 && { refunds: [...changes.refunds].map(savedRefund) }),
      ...(changes.reported.length > 0 && { reported: changes.reported.map(({ referenceNo }) => referenceNo) }),
    });
    for (const change of changes.reported) ignoreErrors(() => onChange(change));
  }
  const withReport = <Call, Reply>(run: (books: Books, call: Call) => Reply) => {
    return (call: Call): Reply => {
      const reply = run(books, call);
      commit();
      return reply;
    };
  };
  return {
    operations: {
      qrCpmGenerate: withReport(generate),
      qrCpmPayment: withReport(pay),
      qrCpmQuery: withReport(query),
      qrCpmCancel: withReport(cancel),
      qrCpmRefund: withReport(refund),
      qrCpmNotify: withReport(takeNotification),
      debitStatus: withReport(debitStatus),
    },
    payments: () => payments.records(),
    paymentsBefore: (position, limit) => payments.before(position, limit),
    totals: () => payments.totals(),
    debits: () => [...books.debits],
  };
}

/** Takes in the books of another run. */
function restore({ payments, qrCodes, generated, refunds }: Books, state: State): void {
  for (const code of state.codes.values()) enterCode({ qrCodes, generated }, code);
  for (const { referenceNo } of state.codes.values()) payments.restoreReference(referenceNo);
  const byReference = new Map([...state.payments.values()].map((saved) => [saved.referenceNo, toPayment(saved)]));
  for (const saved of state.refunds.values()) {
    const payment = byReference.get(saved.of);
    if (!payment) continue;
    const refund = toRefund(saved, payment);
    payment.refunds.push(refund);
    refunds.set(keyOf(payment.partnerId, refund.partnerRefundNo), refund);
  }
  for (const payment of byReference.values()) {
    const { qrContent } = JSON.parse(payment.content) as OperationTypes["qrCpmPayment"]["request"];
    qrCodes.get(qrContent)?.payments.push(payment);
    payments.restore(payment);
  }
  // what was restored is not a change
  payments.takeChanges();
}

function enterCode({ qrCodes, generated }: Pick<Books, "qrCodes" | "generated">, code: SavedCode): void {
  qrCodes.set(code.qrContent, { expiresAt: code.expiresAt, payments: [] });
  if (code.asked) generated.set(keyOf(code.asked.partnerId, code.asked.partnerReferenceNo), code.asked.content);
}

// ---- the operations

function generate(
  books: Books,
  { body, partnerId, externalId }: LedgerCall<"qrCpmGenerate">,
): SnapReply<"qrCpmGenerate"> {
  const { schedule, random, qrCodes, generated, qrLifetime, payments } = books;
  const { partnerReferenceNo, merchantId } = body;
  const content = contentOf(body);
  const known = partnerReferenceNo && generated.get(keyOf(partnerId, partnerReferenceNo));
  if (known) return sentBefore("qrCpmGenerate", known === content);
  const scenario = scenarioOf("59", books.forced("59", { externalId }) ?? merchantId);
  if (scenario) return scenarioAnswer(scenario);

  const expiryTime = snapTimestamp(new Date(schedule.now().getTime() + qrLifetime * 1000));
  const qrContent = unused(qrCodes, () => newQrContent(random));
  const code: SavedCode = {
    qrContent,
    // by what was told, not by the fraction of a second that was left out
    expiresAt: Date.parse(expiryTime),
    referenceNo: payments.newReference(),
    ...(partnerReferenceNo && { asked: { partnerId, partnerReferenceNo, content } }),
  };
  enterCode(books, code);
  books.madeCodes.push(code);
  return {
    ...successful("qrCpmGenerate"),
    referenceNo: code.referenceNo,
    ...(partnerReferenceNo && { partnerReferenceNo }),
    qrContent,
    expiryTime,
  };
}

function pay(books: Books, { body, partnerId, externalId }: LedgerCall<"qrCpmPayment">): SnapReply<"qrCpmPayment"> {
  const { payments, qrCodes } = books;
  const { partnerReferenceNo, amount } = body;
  const known = payments.find({ originalPartnerReferenceNo: partnerReferenceNo }, partnerId);
  if (known) return sentBefore("qrCpmPayment", known.content === contentOf(body), known);
  const inRupiah = amount?.currency === RUPIAH ? amount.value : undefined;
  const forced = books.forced("60", { amount: inRupiah, externalId });
  const scenario = scenarioOf("60", forced === undefined ? inRupiah : `${forced}.00`);
  if (scenario?.effect === "nothing") return scenarioAnswer(scenario);

  const qrCode = qrCodes.get(body.qrContent);
  const refusal = scenario ? undefined : whyRefused(books, body, qrCode);
  const payment = payments.record(body, partnerId, externalId);
  qrCode?.payments.push(payment);
  if (refusal) {
    payments.move(payment, "refuse");
    return refusal;
  }
  payments.carryOut(payment, scenario?.effect ?? "captured");
  const references = { referenceNo: payment.referenceNo, partnerReferenceNo, transactionDate: requestedAt(payment) };
  if (!scenario || isCase(scenario.answer, Successful)) return { ...successful("qrCpmPayment"), ...references };
  if (isCase(scenario.answer, RequestInProgress)) return { ...inProgress("qrCpmPayment"), ...references };
  return scenarioAnswer(scenario);
}

function query(
  { payments, forced }: Books,
  { body, partnerId, externalId }: LedgerCall<"qrCpmQuery">,
): SnapReply<"qrCpmQuery"> {
  const scenario = scenarioOf("61", forced("61", { externalId }) ?? body.merchantId);
  if (scenario) return scenarioAnswer(scenario);
  const payment = payments.find(body, partnerId);
  if (!payment) return errorAnswer("qrCpmQuery", TransactionNotFound, payments.whyUnknown(body));
  const { status, asked, history } = payment;
  return {
    ...successful("qrCpmQuery"),
    ...referencesOf(payment),
    ...(asked.title && { title: asked.title }),
    latestTransactionStatus: status,
    transactionStatusDesc: statusNames[status],
    // mandatory although nothing may have been paid (erratum E062)
    paidTime: (history.find((step) => step.status === "00") ?? lastStep(payment)).time,
  };
}

function cancel(
  { payments, forced }: Books,
  { body, partnerId, externalId }: LedgerCall<"qrCpmCancel">,
): SnapReply<"qrCpmCancel"> {
  const scenario = scenarioOf("62", forced("62", { externalId }) ?? body.merchantId);
  if (scenario?.effect === "nothing") return scenarioAnswer(scenario);
  const payment = payments.find(body, partnerId);
  if (!payment) return errorAnswer("qrCpmCancel", TransactionNotFound, payments.whyUnknown(body));
  if (body.amount && !isSameAmount(body.amount, payment.asked.amount))
    return errorAnswer("qrCpmCancel", InvalidAmount, `the payment is of ${inWords(payment.asked.amount)}`);

  const canBeVoided = allows(payment.status, "void");
  if (canBeVoided && payment.refunds.length > 0)
    return errorAnswer("qrCpmCancel", InvalidTransactionStatus, "some of it is refunded");
  if (!canBeVoided && !allows(payment.status, "withdraw"))
    return errorAnswer("qrCpmCancel", InvalidTransactionStatus, statusOf(payment));
  const transactionDate = requestedAt(payment);
  if (canBeVoided && !payment.cancelling && !scenario) {
    payments.reverse(payment);
    const cancelTime = lastStep(payment).time;
    return { ...successful("qrCpmCancel"), ...referencesOf(payment), cancelTime, transactionDate };
  }
  payments.cancelLater(payment);
  return { ...inProgress("qrCpmCancel"), ...referencesOf(payment), transactionDate };
}

function refund(books: Books, { body, partnerId, externalId }: LedgerCall<"qrCpmRefund">): SnapReply<"qrCpmRefund"> {
  const { payments, refunds } = books;
  const scenario = scenarioOf("80", books.forced("80", { externalId }) ?? body.merchantId);
  if (scenario?.effect === "nothing") return scenarioAnswer(scenario);
  const payment = payments.find(body, partnerId);
  if (!payment) return errorAnswer("qrCpmRefund", TransactionNotFound, payments.whyUnknown(body));
  const { partnerRefundNo, refundAmount } = body;
  const content = contentOf(body);
  const known = refunds.get(keyOf(partnerId, partnerRefundNo));
  // an answer that was lost can be asked for again, so a scenario's 504 is not repeated
  if (known) {
    if (known.content === content) return refundAnswer(known);
    return errorAnswer("qrCpmRefund", InconsistentRequest, OTHER_CONTENT);
  }
  if (!allows(payment.status, "refund") || payment.cancelling) {
    const why = payment.cancelling ? "it is being cancelled" : statusOf(payment);
    return errorAnswer("qrCpmRefund", InvalidTransactionStatus, why);
  }
  const rest = refundable(payment);
  const amount = refundAmount ? minorOf(refundAmount.value) : rest;
  const inRupiah = !refundAmount || refundAmount.currency === RUPIAH;
  if (!inRupiah || amount === 0n || amount > rest)
    return errorAnswer("qrCpmRefund", InvalidAmount, `${decimal(rest)} ${RUPIAH} can still be refunded`);

  const refundNo = payments.newReference();
  const made: Refund = { payment, partnerRefundNo, refundNo, amount, content, time: undefined, due: undefined };
  payment.refunds.push(made);
  refunds.set(keyOf(partnerId, partnerRefundNo), made);
  if (scenario?.effect === "refunded later") payments.finishLater(made);
  else payments.finish(made);
  return scenario?.effect === "refunded" ? scenarioAnswer(scenario) : refundAnswer(made);
}

function takeNotification({ payments }: Books, { body }: LedgerCall<"qrCpmNotify">): SnapReply<"qrCpmNotify"> {
  // a PJP notifies, whose X-PARTNER-ID is not the partner of the payment
  if (payments.find(body)) return successful("qrCpmNotify");
  return errorAnswer("qrCpmNotify", TransactionNotFound, payments.whyUnknown(body));
}

function debitStatus(books: Books, { body, externalId }: LedgerCall<"debitStatus">): SnapReply<"debitStatus"> {
  const scenario = scenarioOf("55", books.forced("55", { externalId }) ?? body.originalPartnerReferenceNo);
  if (scenario) return scenarioAnswer(scenario);
  const debit = debitAsked(books.debits, body);
  if (debit) return debitAnswer(debit);
  return errorAnswer("debitStatus", TransactionNotFound, "the sandbox was seeded with no such debit");
}

// ---- what they share

/** The answer to a number that was used before. */
function sentBefore<Id extends "qrCpmGenerate" | "qrCpmPayment">(operation: Id, isSame: boolean, payment?: Payment) {
  if (!isSame) return errorAnswer(operation, InconsistentRequest, OTHER_CONTENT);
  const why = payment ? `${SENT_BEFORE}; ${statusOf(payment)}` : SENT_BEFORE;
  return errorAnswer(operation, DuplicatePartnerReferenceNo, why);
}

/** Why an ordinary payment is refused; undefined where it is not. */
function whyRefused(
  { schedule, limit }: Books,
  { amount, expiryTime }: OperationTypes["qrCpmPayment"]["request"],
  qrCode: QrCode | undefined,
) {
  const time = schedule.now().getTime();
  const error = <Row extends ErrorCase>(row: Row, why: string) => errorAnswer("qrCpmPayment", row, why);
  if (!qrCode) return error(TransactionNotFound, "no QR code of this sandbox; scenario amounts take any");
  if (time >= qrCode.expiresAt)
    return error(TransactionExpired, `the QR code expired at ${snapTimestamp(new Date(qrCode.expiresAt))}`);
  if (time >= Date.parse(expiryTime)) return error(TransactionExpired, `expiryTime is over: ${expiryTime}`);
  const earlier = qrCode.payments.find(({ status }) => status !== "06");
  if (earlier) {
    const { partnerReferenceNo } = earlier.asked;
    const why = `this QR code was used for ${partnerReferenceNo}; ${statusOf(earlier)}`;
    return error(InvalidTransactionStatus, why);
  }
  const minor = amount?.currency === RUPIAH ? minorOf(amount.value) : 0n;
  if (minor === 0n)
    return error(InvalidAmount, `it needs an amount in ${RUPIAH} above zero and has ${inWords(amount)}`);
  if (minor > limit) return error(ExceedsTransactionAmountLimit, `above the limit of ${decimal(limit)}`);
  return undefined;
}

/** Two texts as one, so that no two pairs make the same. */
function keyOf(partnerId: string, number: string): string {
  return JSON.stringify([partnerId, number]);
}
