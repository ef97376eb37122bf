// Money in hundredths of a rupiah, as whole numbers.
import { patterns } from "../../generated/contract.ts";
import type { Amount } from "../../generated/types.ts";

/** The currency of the sandbox. */
export const RUPIAH = "IDR";

const AMOUNT = new RegExp(patterns["Amount.value"]);

/** Whether a text is an amount as SNAP writes it. */
export function isAmount(text: string): boolean {
  return AMOUNT.test(text);
}

/** An amount in hundredths. */
export function minorOf(value: string): bigint {
  return BigInt(value.replace(".", ""));
}

/** Hundredths as an amount. */
export function decimal(minor: bigint): string {
  return `${minor / 100n}.${String(minor % 100n).padStart(2, "0")}`;
}

/** Whether two sums are the same. */
export function isSameAmount(one: Amount, other: Amount | undefined): boolean {
  return other?.currency === one.currency && minorOf(other.value) === minorOf(one.value);
}

/** A sum in words. */
export function inWords(amount: Amount | undefined): string {
  return amount ? `${amount.value} ${amount.currency}` : "no amount";
}
