// The message of a response code, apart from the catalogue: the messages are given, so that a bundle holds those that it uses.
import { maxMessageLength } from "../../generated/response-codes.ts";
import { typeError } from "../util/errors.ts";
import { keyOf } from "./code.ts";

/**
 * A response code's message with its placeholder filled, at most 150 characters.
 * @param fill a field's dotted name, a header's name, or a reason; empty, the placeholder goes, and the space before it
 * @param messages by HTTP status and case code
 * @throws TypeError (`ERR_SNAP_UNKNOWN_RESPONSE_CODE`) when the messages do not have the code
 */
export function messageOf(responseCode: string, fill: string, messages: Readonly<Record<string, string>>): string {
  const template = messages[keyOf(responseCode)];
  if (typeof responseCode !== "string")
    throw unknownCode(`responseCode must be a string, but is ${String(responseCode)}`);
  if (template === undefined)
    throw unknownCode(`responseCode must be one of the catalogue, but is ${JSON.stringify(responseCode)}`);
  const message = template.replace(/( ?)(\{.*\}|\[.*\])/, (_, space: string, placeholder: string) => {
    if (!fill) return "";
    return space + (placeholder.startsWith("{") ? fill : `[${fill}]`);
  });
  return [...message.trim()].slice(0, maxMessageLength).join("");
}

/** The error for a code that the catalogue does not have. */
export function unknownCode(rule: string): TypeError {
  return typeError("ERR_SNAP_UNKNOWN_RESPONSE_CODE", `${rule}; see the table of response codes.`);
}
