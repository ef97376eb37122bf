// Times things against each other. Rounds are many, short and alternate, so that what slows the machine for a while slows all of
// them, and the median passes over the rounds that it hit.

/** Something to time: does its work a number of times, or returns what it took in milliseconds if it times itself. */
export type Work = (times: number) => unknown;

/** The middle value; the mean of the two middle ones where there are two. */
export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/**
 * Times several works in alternation, after a warm-up, each round starting with another one.
 * @returns microseconds a time, one number a round, under the works' names
 */
export async function alternate<Name extends string>(
  works: Record<Name, Work>,
  { rounds, times }: { rounds: number; times: number },
): Promise<Record<Name, number[]>> {
  const names = Object.keys(works) as Name[];
  const taken = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  const warmup = Math.max(2, Math.ceil(rounds / 5));
  for (let round = -warmup; round < rounds; round++) {
    const shift = (round + warmup) % names.length;
    for (const name of [...names.slice(shift), ...names.slice(0, shift)]) {
      const start = performance.now();
      const own = await works[name](times);
      const spent = typeof own === "number" ? own : performance.now() - start;
      if (round >= 0) taken[name].push((spent / times) * 1000);
    }
  }
  return taken;
}

/** The median of what each round says of two works. */
export function compare(of: number[], against: number[], how = (a: number, b: number) => a / b): number {
  return median(of.map((value, round) => how(value, against[round] ?? Number.NaN)));
}
