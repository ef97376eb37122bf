// Remembers which X-EXTERNAL-ID was used on a day.
import { invalidOption } from "../util/errors.ts";

/**
 * Where the X-EXTERNAL-IDs of a day are claimed. Ours is in memory; with several processes behind one host, implement it on what
 * they share (Redis: `SET snap:{day}:{partnerId}:{externalId} 1 NX EX 172800`).
 */
export interface ReplayStore {
  /**
   * Claims an id. Of any number of parallel calls with the same three arguments, exactly one gets true.
   * @param day the day in Jakarta, `2020-12-23`
   * @returns whether the id was still free
   */
  claim(partnerId: string, externalId: string, day: string): Promise<boolean>;
}

/**
 * Makes a store in memory. It remembers two days, today and yesterday, and of a day with more ids than it may hold forgets the
 * oldest.
 * @param maxIds how many ids of one day it remembers, those of all partners together; an id takes some 150 bytes
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`) when `maxIds` is not a number from 1
 */
export function createMemoryReplayStore({ maxIds = 1_000_000 }: { maxIds?: number } = {}): ReplayStore {
  if (!(maxIds >= 1)) throw invalidOption("maxIds must be a number, 1 or more; leave it out for 1,000,000.");
  const days = new Map<string, Set<string>>();

  /** The ids of a day. The day before is kept, for a call that began before midnight and claims after it. */
  function idsOf(day: string): Set<string> {
    const known = days.get(day);
    if (known) return known;
    const ids = new Set<string>();
    days.set(day, ids);
    if (days.size > 2) days.delete(farthestFrom(day, [...days.keys()]));
    return ids;
  }

  return {
    claim(partnerId, externalId, day) {
      const ids = idsOf(day);
      // neither part can hold a line feed, for both are header values
      const id = `${partnerId}\n${externalId}`;
      if (ids.has(id)) return Promise.resolve(false);
      ids.add(id);
      if (ids.size > maxIds) {
        const [oldest = id] = ids;
        ids.delete(oldest);
      }
      return Promise.resolve(true);
    },
  };
}

/** Not simply the oldest: a clock that once ran ahead and was set back would have today forgotten. */
function farthestFrom(day: string, days: string[]): string {
  const distance = (other: string) => Math.abs(Date.parse(other) - Date.parse(day));
  return days.reduce((farthest, other) => (distance(other) > distance(farthest) ? other : farthest));
}
