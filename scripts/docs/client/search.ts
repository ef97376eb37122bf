// The search of the page: what is typed exactly, case included, comes first; then what is meant.
import MiniSearch from "minisearch";

/** A place of the page that the search leads to. */
export interface Entry {
  id: string;
  kind: string;
  title: string;
  /** Where it belongs. */
  of: string;
  /** What leads here first when it is typed. In braces or brackets stands what may be anything. */
  keys: readonly string[];
  text: string;
}

/** How well a key answers what was typed: the lower the better. */
const EXACT = 0;
const OTHER_CASE = 1;
const FILLED_IN = 2;
const BEGINS = 3;
const NOT_AT_ALL = 4;

/** Splits a text into words, and a name such as qrCpmPayment into its parts beside the whole. */
const wordsOf = (text: string) =>
  text
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .flatMap((word) => {
      const parts = word.split(/(?<=[a-z\d])(?=[A-Z])/);
      return parts.length > 1 ? [word, ...parts] : [word];
    });

/** A message with a placeholder, as a pattern of what comes over the wire; undefined for one without. */
function patternOf(key: string): RegExp | undefined {
  if (!/[{[]/.test(key)) return undefined;
  const source = key
    .split(/( ?\{.*?\}| ?\[.*?\])/)
    .map((part, index) => {
      if (index % 2 === 0) return part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      return part.trim().startsWith("{") ? "(?: .+)?" : " ?(?:\\[.*\\])?";
    })
    .join("");
  return new RegExp(`^${source}$`, "i");
}

/** Finds places; the best comes first. */
export function createSearch(entries: readonly Entry[]): (typed: string, limit?: number) => Entry[] {
  const index = new MiniSearch<Entry>({
    fields: ["keys", "title", "of", "text"],
    extractField: (entry, name) => (name === "keys" ? entry.keys.join(" ") : String(entry[name as keyof Entry])),
    tokenize: wordsOf,
    searchOptions: {
      tokenize: (text) => text.split(/[^\p{L}\p{N}]+/u).filter(Boolean),
      boost: { keys: 8, title: 5, of: 3 },
      prefix: true,
      fuzzy: (term) => (term.length > 4 && !/\d/.test(term) ? 0.2 : false),
    },
  });
  index.addAll(entries);
  const known = entries.map((entry, position) => ({
    entry,
    position,
    lower: entry.keys.map((key) => key.toLowerCase()),
    patterns: entry.keys.map(patternOf).filter((pattern) => pattern !== undefined),
  }));

  return (typed, limit = 30) => {
    const query = typed.trim().replace(/\s+/g, " ");
    if (!query) return [];
    const lower = query.toLowerCase();
    const all = index.search(query, { combineWith: "AND" });
    const scores = new Map((all.length ? all : index.search(query)).map(({ id, score }) => [String(id), score]));
    return known
      .map(({ entry, position, lower: keys, patterns }) => {
        const beginning = keys.filter((key) => key.startsWith(lower)).map((key) => key.length);
        const rank = entry.keys.includes(query)
          ? EXACT
          : keys.includes(lower)
            ? OTHER_CASE
            : patterns.some((pattern) => pattern.test(query))
              ? FILLED_IN
              : beginning.length
                ? BEGINS
                : NOT_AT_ALL;
        // of two that begin so, the shorter is nearer
        const nearness =
          rank === BEGINS ? -Math.min(...beginning) : rank === NOT_AT_ALL ? (scores.get(entry.id) ?? 0) : 0;
        return { entry, position, rank, nearness };
      })
      .filter(({ rank, entry }) => rank < NOT_AT_ALL || scores.has(entry.id))
      .sort((a, b) => a.rank - b.rank || b.nearness - a.nearness || a.position - b.position)
      .slice(0, limit)
      .map(({ entry }) => entry);
  };
}
