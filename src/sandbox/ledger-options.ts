// What a user may set of the ledger, and whether it can be right.
import { validateResponse } from "../contract/validation.ts";
import { invalidOption } from "../util/errors.ts";
import { debitAnswer } from "./answers.ts";
import { isAmount, minorOf } from "./money.ts";
import type { DirectDebit } from "./scenarios.ts";
import { isWait } from "./schedule.ts";

/** What a user may set of the ledger. */
export interface LedgerRules {
  /** The highest amount of one payment, in rupiah with two decimals; `10000000.00` by default. */
  limit?: string;
  /** For how many seconds a QR code is good; 300 by default. */
  qrLifetime?: number;
  /** After how many seconds what was answered with 202 is decided; 5 by default. */
  settleAfter?: number;
  /** What service 55 knows; `debit-00` to `debit-06`, one of each status, by default. */
  directDebits?: readonly DirectDebit[];
  /**
   * Other ways to force outcomes beside the amounts and merchants of the table of scenarios: `"dana"` (the amount is the response code
   * without the middle digit of its HTTP status) and `"external-id"` (X-EXTERNAL-ID begins with the response code). None by default.
   */
  force?: readonly string[];
}

/** @throws TypeError (`ERR_SNAP_INVALID_OPTION`) when it is not an amount */
export function limitOf(limit: string): bigint {
  if (isAmount(limit)) return minorOf(limit);
  throw invalidOption(`limit must be an amount with two decimals, such as "10000000.00", but is "${limit}".`);
}

/** @throws TypeError (`ERR_SNAP_INVALID_OPTION`) when it is not a duration */
export function checkSeconds(name: string, seconds: number): void {
  if (isWait(seconds)) return;
  throw invalidOption(`${name} must be a number of seconds from 0 to 31536000, a year, but is ${seconds}.`);
}

/** @throws TypeError (`ERR_SNAP_INVALID_OPTION`) when the contract would not let one answer */
export function checkDebits(debits: readonly DirectDebit[]): void {
  for (const debit of debits) {
    const checked = validateResponse("debitStatus", 200, debitAnswer(debit));
    if (checked.valid) continue;
    const [violation] = checked.violations;
    throw invalidOption(`directDebits: of ${debit.originalPartnerReferenceNo}, ${violation?.message}.`);
  }
}
