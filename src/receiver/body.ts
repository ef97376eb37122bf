// A request's body: read up to a limit, and parsed without trust in what it is.
import { typeError } from "../util/errors.ts";
import { MAX_DEPTH, nestsTooDeep } from "../util/json-text.ts";
import { readUpTo } from "../util/read-up-to.ts";

/** How long a body is, which the contract says nothing of. */
export const CONTENT_LENGTH = "Content-Length";

/** The error of a body that something else has read before. */
export const consumed = () =>
  typeError(
    "ERR_SNAP_BODY_CONSUMED",
    "The body was read before it came here; put toNodeListener before any body parser.",
  );

/**
 * Reads a body up to a limit.
 * @param declared its Content-Length
 * @param isWire whether it comes from an adapter, which makes sure itself that nobody has read it
 * @returns its bytes, or in words why they are not to be had
 * @throws TypeError (`ERR_SNAP_BODY_CONSUMED`) when it was read before, which is not the caller's fault
 */
export async function readBody(
  request: Request,
  declared: string | undefined,
  limit: number,
  isWire: boolean,
): Promise<Uint8Array | string> {
  const tooLong = `the body is longer than ${limit} bytes`;
  if (Number(declared) > limit) return tooLong;
  if (!request.body) return new Uint8Array();
  // to ask costs more than the rest of the reading, and most requests say how long they are
  if (!isWire && declared === undefined && request.bodyUsed) throw consumed();
  const reader = readerOf(request.body);
  try {
    const bytes = await readUpTo(reader, limit);
    // others have read a part of it and let go of it
    if (bytes && !isWire && bytes.length < Number(declared ?? 0)) throw consumed();
    return bytes ?? tooLong;
  } catch (error) {
    if ((error as { code?: unknown } | undefined | null)?.code === consumed().code) throw error;
    // the caller is gone, or sent what is not HTTP; nobody else is to blame
    return "the body broke off";
  }
}

/** A reader; somebody else may have one. */
function readerOf(body: ReadableStream<Uint8Array>): ReadableStreamDefaultReader<Uint8Array> {
  try {
    return body.getReader();
  } catch {
    throw consumed();
  }
}

const UTF8 = /^charset\s*=\s*"?utf-?8"?$/;

/** Whether a Content-Type says JSON, in UTF-8 if it says a charset. */
export function isJson(contentType: string): boolean {
  // what nearly everybody sends needs no search
  if (contentType === "application/json") return true;
  const [type = "", ...parameters] = contentType.split(";").map((part) => part.trim().toLowerCase());
  // other parameters say nothing of how it is read
  return type === "application/json" && parameters.every((one) => !/^charset\b/.test(one) || UTF8.test(one));
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Parses a JSON object. @returns it, or in words why the bytes are not one: not UTF-8, not JSON, not an object, or nested too deeply */
export function parseObject(bytes: Uint8Array): object | string {
  if (bytes.length === 0) return "the body is empty";
  try {
    const text = utf8.decode(bytes);
    if (nestsTooDeep(text)) return `the body nests deeper than ${MAX_DEPTH} levels`;
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? value : "the body must be a JSON object";
  } catch (error) {
    // what the parser says repeats what it read
    return error instanceof SyntaxError ? "the body is not JSON" : "the body is not UTF-8";
  }
}
