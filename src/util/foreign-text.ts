// Text that others wrote, for messages and logs: short, on one line, and without what must not be in a log.

/** How many characters of foreign text an error holds at most. */
export const MAX_EXCERPT = 200;

/** A text on one line: what would steer a terminal, reorder a line or forge one is written as an escape. */
export function printable(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) =>
    [...Array(character.length).keys()]
      .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}

/**
 * The beginning of a text that somebody else wrote: at most 200 printable characters.
 * @param secrets what it must not repeat; a text that does is left out as a whole, for what stands beside it may be another
 */
export function excerptOf(text: string, secrets: readonly (string | undefined)[] = []): string {
  if (secrets.some((secret) => secret && repeats(text, secret))) return "(left out, for it repeats a secret)";
  // by characters, so that no half of one is left
  return [...printable(text.slice(0, MAX_EXCERPT))].slice(0, MAX_EXCERPT).join("");
}

/** Whether a text has a secret in it, however its punctuation is escaped: in JSON, HTML and URLs letters and digits are not. */
function repeats(text: string, secret: string): boolean {
  // any text has those few characters somewhere
  if (secret.length < 4) return false;
  const longest = secret.split(/[^a-z\d]/i).reduce((long, part) => (part.length > long.length ? part : long), "");
  return text.toLowerCase().includes((longest.length < 8 ? secret : longest).toLowerCase());
}

/** Words that stand in sentences of ours: a secret that is one of them is told by none. */
const OURS = /^(?:access|bearer|client|key|secret|signature|token)$/i;

/**
 * A text with a mark wherever it repeats a secret, in any case. One of less than eight characters counts as a word only: within others
 * nobody knows it for a secret, and to take it out would leave nothing to read.
 */
export function without(secret: string, text: string, mark: string): string {
  if (secret === "" || OURS.test(secret)) return text;
  const exact = secret.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  const word = secret.length < 8 ? `(?<![\\p{L}\\p{N}])${exact}(?![\\p{L}\\p{N}])` : exact;
  return text.replace(new RegExp(word, "giu"), () => mark);
}

/** A text without some characters at its start and others at its end; a regular expression would search from each of them to the end. */
export function trimmed(text: string, before: string, behind: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && before.includes(text.charAt(start))) start += 1;
  while (end > start && behind.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}
