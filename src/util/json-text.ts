// JSON as text, for those who must look at it without parsing it.

const BACKSLASH = 0x5c;

/** Where the string literal that opens at `open` closes; the text's length if it never does. */
export function endOfString(text: string, open: number): number {
  for (let close = text.indexOf('"', open + 1); close !== -1; close = text.indexOf('"', close + 1)) {
    let before = close - 1;
    while (text.charCodeAt(before) === BACKSLASH) before--;
    // an odd number of backslashes escapes the quote
    if ((close - before) % 2 === 1) return close;
  }
  return text.length;
}

/** Nesting deeper than any sane additionalInfo; what comes after us may recurse. */
export const MAX_DEPTH = 100;

/** Whether a JSON text nests objects and arrays deeper than MAX_DEPTH. */
export function nestsTooDeep(text: string): boolean {
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

/** Whether it has properties. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
