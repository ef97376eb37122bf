// What XML cannot hold, and what nobody would see.

/** A text with control characters and halves of a character as escapes; its lines stay. */
export function visible(text: string): string {
  return text.replace(/(?![\t\n])\p{Cc}|[\p{Cs}\ufffe\uffff]/gu, (character) =>
    character === "\r" ? "\\r" : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
