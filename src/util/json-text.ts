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
