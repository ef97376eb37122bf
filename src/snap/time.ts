// SNAP's times: ISO 8601 with seconds and an offset, no fraction. Ours are Jakarta's (UTC+7, no summer time).

const OFFSET_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;

/**
 * A time as SNAP writes it, in Jakarta.
 * @example snapTimestamp(new Date("2020-12-23T00:50:11.999Z")) // "2020-12-23T07:50:11+07:00"
 * @see the standard's security page, X-TIMESTAMP; errata E022
 */
export function snapTimestamp(time: Date): string {
  return `${inJakarta(time).slice(0, 19)}+07:00`;
}

/**
 * The day in Jakarta, on which an X-EXTERNAL-ID is unique.
 * @example snapDay(new Date("2020-12-22T17:00:00Z")) // "2020-12-23"
 */
export function snapDay(time: Date): string {
  return inJakarta(time).slice(0, 10);
}

/** When the day in Jakarta that a time is on ends, both in milliseconds of the epoch. */
export function endOfSnapDay(time: number): number {
  return (Math.floor((time + OFFSET_MS) / DAY_MS) + 1) * DAY_MS - OFFSET_MS;
}

/**
 * The time that a text in ISO 8601 with an offset names; undefined for any other text, and for a day that its month does not have.
 * It takes more than SNAP writes: a fraction of a second, and no seconds at all.
 * @example parseTime("2020-12-23T07:50:11+07:00")
 */
export function parseTime(text: string): Date | undefined {
  const [, day] = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/.exec(text) ?? [];
  const time = new Date(text);
  if (day === undefined || Number.isNaN(time.getTime())) return undefined;
  // Date reads 30 February as 1 March
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day) ? time : undefined;
}

function inJakarta(time: Date): string {
  return new Date(time.getTime() + OFFSET_MS).toISOString();
}
