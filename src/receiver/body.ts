// A request's body: read up to a limit, and parsed without trust in what it is.
import { typeError } from "../util/errors.ts";
import { endOfString } from "../util/json-text.ts";

/** Nesting deeper than any sane additionalInfo; what comes after us may recurse. */
const MAX_DEPTH = 100;

/** The error of a body that something else has read before. */
export const consumed = () =>
  typeError(
    "ERR_SNAP_BODY_CONSUMED",
    "The body was read before it came here; put toNodeListener before any body parser.",
  );

/**
 * Reads a body up to a limit.
 * @returns its bytes, or in words why they are not to be had
 * @throws TypeError (`ERR_SNAP_BODY_CONSUMED`) when it was read before, which is not the caller's fault
 */
export async function readBody(request: Request, limit: number): Promise<Uint8Array | string> {
  const tooLong = `the body is longer than ${limit} bytes`;
  if (Number(request.headers.get("content-length")) > limit) return tooLong;
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = readerOf(request.body);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > limit) {
        // the sender's end of it is not waited for
        reader.cancel().catch(() => {});
        return tooLong;
      }
      chunks.push(value);
    }
  } catch (error) {
    if ((error as { code?: unknown } | undefined | null)?.code === consumed().code) throw error;
    // the caller is gone, or sent what is not HTTP; nobody else is to blame
    return "the body broke off";
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

/** A reader; bodyUsed would tell as well, and costs more than the rest of the reading. */
function readerOf(body: ReadableStream<Uint8Array>): ReadableStreamDefaultReader<Uint8Array> {
  try {
    return body.getReader();
  } catch {
    throw consumed();
  }
}

/** Whether a Content-Type says JSON, in UTF-8 if it says a charset. */
export function isJson(contentType: string): boolean {
  // what nearly everybody sends needs no search
  if (contentType === "application/json") return true;
  return /^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?;?$/i.test(contentType.trim());
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Parses a JSON object; undefined if it is not UTF-8, not JSON, not an object, or nested too deeply. */
export function parseObject(bytes: Uint8Array): object | undefined {
  try {
    const text = utf8.decode(bytes);
    if (nestsTooDeep(text)) return undefined;
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function nestsTooDeep(text: string): boolean {
  if (!hasMoreThan(MAX_DEPTH, text)) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0x22) {
      at = endOfString(text, at);
    } else if (unit === 0x7b || unit === 0x5b) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (unit === 0x7d || unit === 0x5d) {
      depth -= 1;
    }
  }
  return false;
}

/** Whether a text opens more objects and arrays than a number: if not, they cannot nest deeper than that. */
function hasMoreThan(limit: number, text: string): boolean {
  let count = 0;
  for (const opener of ["{", "["]) {
    for (let at = text.indexOf(opener); at >= 0; at = text.indexOf(opener, at + 1)) {
      count += 1;
      if (count > limit) return true;
    }
  }
  return false;
}
