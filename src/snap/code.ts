// Response codes as digits, apart from the catalogue: the client does without its texts.
import { caseCounts } from "../../generated/cases.ts";

/** A response code taken apart. */
export interface ParsedResponseCode {
  /** HTTP status, 3 digits. */
  status: string;
  /** Service code, 2 digits. */
  serviceCode: string;
  /** Case code, 2 digits. */
  caseCode: string;
}

/**
 * Takes a response code apart; undefined for what is not 7 digits. The catalogue need not have it.
 * @example parseResponseCode("4036014") // { status: "403", serviceCode: "60", caseCode: "14" }
 * @see the page of QR CPM, "Responses code"
 */
export function parseResponseCode(responseCode: string): ParsedResponseCode | undefined {
  // an answer off the wire may lack it, or have a number for it
  if (typeof responseCode !== "string" || !/^\d{7}$/.test(responseCode)) return undefined;
  return { status: responseCode.slice(0, 3), serviceCode: responseCode.slice(3, 5), caseCode: responseCode.slice(5) };
}

/**
 * Whether a response code is that of a row of the catalogue, of whatever service.
 * @param row HTTP status and case code, of generated/cases.ts
 */
export function isCase(responseCode: string, row: string): boolean {
  return keyOf(responseCode) === row;
}

/** Whether a response code is one that the catalogue has, of this service. */
export function isCodeOf(responseCode: string, serviceCode: string): boolean {
  const code = parseResponseCode(responseCode);
  return code?.serviceCode === serviceCode && Number(code.caseCode) < (caseCounts[code.status] ?? 0);
}

/** The key of a response code in the catalogue, which is the same for every service. */
export function keyOf(responseCode: string): string {
  const { status, caseCode } = parseResponseCode(responseCode) ?? { status: "", caseCode: "" };
  return status + caseCode;
}
