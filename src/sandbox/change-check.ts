// Whether a line of the books is one that a sandbox wrote: the file may have been edited, or be of somebody else's making.
import { isScheduled } from "./schedule.ts";
import type { Change } from "./state.ts";

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === "string";
const bool: Check = (value) => typeof value === "boolean";
const number: Check = (value) => Number.isFinite(value);
export const count: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
/** A time that the clock can have. */
const time: Check = (value) => typeof value === "number" && isScheduled(value);
const timestamp: Check = (value) => typeof value === "string" && !Number.isNaN(Date.parse(value));
const money: Check = (value) => typeof value === "string" && /^\d{1,40}$/.test(value);
const oneOf =
  (...values: unknown[]): Check =>
  (value) =>
    values.includes(value);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const list =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const object =
  (fields: Readonly<Record<string, Check>> = {}): Check =>
  (value) =>
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.entries(fields).every(([name, check]) => check((value as Record<string, unknown>)[name]));

const status = oneOf("00", "01", "02", "03", "04", "05", "06");
const used = object({
  partnerId: text,
  body: text,
  uses: list(object({ kind: oneOf("id", "signature"), value: text, until: number })),
});
const code = object({
  qrContent: text,
  expiresAt: number,
  referenceNo: text,
  asked: optional(object({ partnerId: text, partnerReferenceNo: text, content: text })),
});
const payment = object({
  partnerId: text,
  externalId: text,
  referenceNo: text,
  asked: object({ partnerReferenceNo: text, merchantId: text }),
  content: isObjectText,
  status,
  history: list(object({ status, time: timestamp })),
  captured: money,
  refunded: money,
  cancelled: money,
  cancelling: bool,
  pending: optional(object({ by: oneOf("settle", "fail", "cancel"), due: time })),
});
const refund = object({
  of: text,
  partnerRefundNo: text,
  refundNo: text,
  content: text,
  amount: money,
  time: optional(timestamp),
  due: optional(time),
});
const delivery = object({ time: timestamp, body: object(), attempt: count, retryIn: optional(number) });
const stopped = object({ stopped: time });
const ahead: Check = (value) =>
  object({ ahead: number })(value) && time(Date.now() + (value as { ahead: number }).ahead);

const change = object({
  random: optional(count),
  used: optional(used),
  codes: optional(list(code)),
  payments: optional(list(payment)),
  refunds: optional(list(refund)),
  reported: optional(list(text)),
  outstanding: optional(list(isOutstanding)),
  delivery: optional(delivery),
  clock: optional((value) => stopped(value) || ahead(value)),
  reset: optional(oneOf(true)),
} satisfies Record<keyof Change, Check>);

/** Whether it is a change as a sandbox writes it down. */
export const isChange = (value: unknown): value is Change => change(value);

function isOutstanding(value: unknown): boolean {
  return Array.isArray(value) && value.length === 3 && text(value[0]) && count(value[1]) && number(value[2]);
}

/** Whether a text is JSON of an object. */
function isObjectText(value: unknown): boolean {
  try {
    return object()(JSON.parse(String(value)));
  } catch {
    return false;
  }
}
