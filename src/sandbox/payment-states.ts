// What a payment of the sandbox goes through: its statuses and the moves between them, once, as data.
import type { TransactionStatus } from "../../generated/types.ts";

/** A status that a payment is stored with. 07 is said of a payment that nobody knows, so it is never stored. */
export type PaymentStatus = Exclude<TransactionStatus, "07">;

/** The status that every payment begins with. */
export const INITIAL_STATUS = "01" satisfies PaymentStatus;

/** One allowed move from a status to another. */
export interface PaymentMove {
  readonly from: PaymentStatus;
  readonly to: PaymentStatus;
  /** What moves it, in a word. */
  readonly by: string;
  /** Why it moves, in a sentence. */
  readonly cause: string;
}

/** Every allowed move. What is not here does not happen; 04, 05 and 06 are final, for nothing leads out of them. */
export const paymentMoves = [
  { from: "01", to: "02", by: "accept", cause: "The reference is new, so the payment is begun." },
  { from: "02", to: "00", by: "capture", cause: "The money is taken at once." },
  {
    from: "02",
    to: "03",
    by: "wait",
    cause: "The money is not taken yet; the call is answered with 202, or with 200 by scenario 2006003.",
  },
  { from: "02", to: "06", by: "refuse", cause: "A business rule refuses the payment: code, amount, time or limit." },
  { from: "03", to: "00", by: "settle", cause: "The pending payment is decided: the money is taken." },
  { from: "03", to: "06", by: "fail", cause: "The pending payment is decided: no money is taken." },
  {
    from: "03",
    to: "05",
    by: "withdraw",
    cause: "The payment was cancelled while it was pending; no money was taken.",
  },
  { from: "00", to: "04", by: "refund", cause: "All the money has been refunded, at once or bit by bit." },
  { from: "00", to: "05", by: "void", cause: "The payment was cancelled after the money was taken; it is given back." },
] as const satisfies readonly PaymentMove[];

type Move = (typeof paymentMoves)[number];

/** What can move a payment out of a status; `never` for a final one. */
export type PaymentEvent<From extends PaymentStatus = PaymentStatus> = Extract<Move, { from: From }>["by"];

/** Where a move leads. */
export type MovedTo<From extends PaymentStatus, By extends string> = Extract<Move, { from: From; by: By }>["to"];

/**
 * The status that a move leads to. A move that is not in the table does not compile where the status is known, and throws where
 * it is not.
 * @throws Error when the table has no such move
 * @example moved("02", "capture") // "00"
 */
export function moved<From extends PaymentStatus, By extends PaymentEvent<From>>(
  from: From,
  by: By,
): MovedTo<From, By> {
  const move = paymentMoves.find((row) => row.from === from && row.by === by);
  if (!move) throw new Error(`A payment of status ${from} does not ${by}; see the table of moves.`);
  return move.to as MovedTo<From, By>;
}

/** Whether the table has a move. */
export function allows(from: PaymentStatus, by: PaymentEvent): boolean {
  return paymentMoves.some((row) => row.from === from && row.by === by);
}

/** Whether nothing leads out of a status. */
export function isFinal(status: PaymentStatus): boolean {
  return !paymentMoves.some(({ from }) => from === status);
}
