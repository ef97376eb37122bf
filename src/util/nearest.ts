// What somebody who mistyped a word probably meant.

/** How many letters may differ: none in two, one in three to seven, two in eight and so on. */
const mayDiffer = (word: string) => (word.length < 3 ? 0 : Math.max(1, Math.floor(word.length / 4)));

/**
 * The candidate that a word is probably meant to be: the only one that begins with it, or the one with the fewest letters that are
 * wrong, missing, too many or swapped; undefined where none is near.
 */
export function nearestTo(word: string, candidates: readonly string[]): string | undefined {
  const asked = word.toLowerCase();
  const begun = candidates.filter((candidate) => candidate.toLowerCase().startsWith(asked));
  if (begun.length === 1 && word.length >= 3) return begun[0];
  return closestTo(word, candidates);
}

/** The same by its letters alone, for a word that may well mean itself. */
export function closestTo(word: string, candidates: readonly string[]): string | undefined {
  const asked = word.toLowerCase();
  // a long word is not worth the time: it is nobody's slip
  if (word.length > 64) return undefined;
  let best: string | undefined;
  let least = mayDiffer(word) + 1;
  for (const candidate of candidates) {
    const distance = distanceBetween(asked, candidate.toLowerCase());
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** `; did you mean port?`, or nothing. */
export function didYouMean(word: string, candidates: readonly string[], dashes = ""): string {
  const near = nearestTo(word, candidates);
  return near === undefined ? "" : `; did you mean ${dashes}${near}?`;
}

/** Optimal string alignment: letters to replace, to add, to leave out, or neighbours to swap. */
function distanceBetween(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > mayDiffer(a)) return Number.POSITIVE_INFINITY;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let row = 1; row <= a.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = (last[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const swapped = isSwap ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min(replaced, swapped, (last[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    before = last;
    last = next;
  }
  return last[b.length] ?? 0;
}
