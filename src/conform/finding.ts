// What is found wrong, in both languages of the sheet.
import type { Words } from "../../generated/scenarios.ts";

/** Which check found something. */
export type Rule =
  | "answer"
  | "json"
  | "snap"
  | "code"
  | "service"
  | "status"
  | "message"
  | "content-type"
  | "timestamp"
  | "contract"
  | "echo"
  | "state"
  | "reference"
  | "signature"
  | "preparation";

/** Something that is wrong with an answer. */
export interface Finding {
  readonly rule: Rule;
  readonly words: Words;
}

/** A finding. */
export const found = (rule: Rule, en: string, id: string): Finding => ({ rule, words: { en, id } });
