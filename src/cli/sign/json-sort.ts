// Sorts the names in a JSON text without a parser's loss: numbers and escapes stay as they are written.

/** A string of a JSON text, as a pattern for expressions of one's own. */
export const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/;
const TOKENS = new RegExp(`${STRING.source}|[{}[\\],:]|[^{}[\\],:"]+`, "g");

/**
 * A JSON text without white space outside of strings, with the members of every object sorted by name.
 * @param minified JSON; of any other text it makes nothing useful
 */
export function sortedJson(minified: string): string {
  const tokens = minified.match(TOKENS) ?? [];
  let at = 0;
  const next = () => tokens[at++] ?? "";

  function value(): string {
    const token = next();
    if (token === "[") return `[${upTo("]", value).join()}]`;
    if (token !== "{") return token;
    const members = upTo("}", () => {
      const name = next();
      // the quotes do not count: "a" comes before "a b"
      return { by: JSON.parse(name) as string, text: name + next() + value() };
    });
    const sorted = members.sort((one, other) => (one.by < other.by ? -1 : 1));
    return `{${sorted.map(({ text }) => text).join()}}`;
  }

  /** What stands up to a closing bracket, between commas. */
  function upTo<Item>(end: string, take: () => Item): Item[] {
    const items: Item[] = [];
    while (at < tokens.length && tokens[at] !== end) {
      items.push(take());
      if (tokens[at] === ",") at += 1;
    }
    at += 1;
    return items;
  }

  return value();
}
