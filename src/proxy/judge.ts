// Whether a target's answer keeps the contract: its body, its code and its headers.
import { headers, type OperationId } from "../../generated/operations.ts";
import type { Contract } from "../contract/contract.ts";
import { validateResponse } from "../contract/validation.ts";
import { isCodeOf, parseResponseCode } from "../snap/code.ts";
import { parseTime } from "../snap/time.ts";
import { excerptOf } from "../util/foreign-text.ts";

/** An answer, read to its end. */
export interface Answer {
  status: number;
  headers: Headers;
  bytes: Uint8Array;
}

/** What is found in an answer. */
export interface Judgement {
  responseCode: string | undefined;
  responseMessage: string;
  findings: string[];
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Judges an answer.
 * @param secrets what a finding must not repeat
 */
export function judge(
  operation: OperationId,
  { status, headers: its, bytes }: Answer,
  profile: Contract,
  secrets: readonly string[],
): Judgement {
  const { text, body } = parse(bytes);
  const said = (part: unknown) =>
    typeof part === "string" || typeof part === "number" ? excerptOf(String(part), secrets) : undefined;
  const type = its.get(headers.contentType) ?? "";
  if (!isObject(body)) {
    const found = bytes.length === 0 ? "it is empty" : `it is ${said(type) || "of no type"}: ${said(text) ?? ""}`;
    const findings = [`the body must be a JSON object, but ${found}`];
    return { responseCode: undefined, responseMessage: `status ${status}, not a SNAP answer`, findings };
  }
  const code = codeFindings(body.responseCode, status, profile.operations[operation]?.serviceCode ?? "", said);
  const result = validateResponse(operation, status, body, profile);
  const violations = result.valid ? [] : result.violations;
  return {
    responseCode: said(body.responseCode),
    responseMessage: said(body.responseMessage) ?? "",
    findings: [
      ...code,
      // those words say more than the list of all codes
      ...violations.filter(({ path }) => path !== "responseCode" || code.length === 0).map(({ message }) => message),
      ...headerFindings(its, said),
    ],
  };
}

type Said = (part: unknown) => string | undefined;

function codeFindings(code: unknown, status: number, service: string, said: Said): string[] {
  // validation says what is missing, or of another type
  if (typeof code !== "string" || code === "") return [];
  const parsed = parseResponseCode(code);
  if (!parsed) return [`responseCode must have 7 digits, but is "${said(code)}"`];
  const { status: ownStatus, serviceCode } = parsed;
  return [
    ...(ownStatus === String(status) ? [] : [`responseCode ${code} contradicts the HTTP status, which is ${status}`]),
    ...(serviceCode === service
      ? []
      : [`responseCode ${code} must be of service ${service}, but is of ${serviceCode}`]),
    ...(serviceCode !== service || isCodeOf(code, service) ? [] : [`responseCode ${code} is not in the catalogue`]),
  ];
}

function headerFindings(its: Headers, said: Said): string[] {
  const type = its.get(headers.contentType) ?? "";
  const time = its.get(headers.timestamp);
  const isJson = /^application\/json\s*(;|$)/i.test(type);
  const isTime = time !== null && parseTime(time) !== undefined;
  const found = (value: string | null) => (value ? `is "${said(value)}"` : "is missing");
  return [
    ...(isJson ? [] : [`header ${headers.contentType} must be application/json, but ${found(type)}`]),
    ...(isTime
      ? []
      : [`header ${headers.timestamp} must be a time such as 2020-12-23T07:50:11+07:00, but ${found(time)}`]),
  ];
}

function parse(bytes: Uint8Array): { text: string; body?: unknown } {
  let text = "";
  try {
    text = utf8.decode(bytes);
    return { text, body: JSON.parse(text) };
  } catch {
    // what is not UTF-8 is shown as far as it can be
    return { text: text || Buffer.from(bytes.subarray(0, 1000)).toString("latin1") };
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
