// The sandbox's clock, and what is due by it: settlements, notifications.

import { ignoreErrors } from "../util/callbacks.ts";

// a longer delay makes setTimeout fire at once
const LONGEST_DELAY = 2 ** 31 - 1;
// SNAP's times have four digits for the year, in Jakarta; what follows from a time, such as a QR code's expiry, has a year of room
const EARLIEST = Date.parse("0000-01-01T00:00:00+07:00");
const LATEST = Date.parse("9998-12-31T23:59:59.999+07:00");

/** Whether it is a number of seconds that the sandbox may be told to wait: from 0 to a year, the room that the clock leaves. */
export function isWait(seconds: number): boolean {
  return seconds >= 0 && seconds <= 31_536_000;
}

/** What happens when its time has come. */
export type DueEvent = () => void | Promise<void>;

/** A clock, and the events that are due by it. */
export interface Schedule {
  /** The time: the system's, or what the clock was set to. While an event is run by `set` or `advance`, the time it was due. */
  now(): Date;
  /** Whether the clock was set, so that it stands still until `resume`, but for `set` and `advance`. */
  isStopped(): boolean;
  /** How it stands to the system's clock, for a schedule to begin with. */
  clock(): ClockState;
  /**
   * Has an event run when its time has come; events of the same time run in the order in which they were scheduled. With a clock
   * that was set, nothing runs before the next `set` or `advance`, not even what is due at once.
   * @returns cancels the event, if it has not run
   */
  at(due: Date, event: DueEvent): () => void;
  /** The same, so many milliseconds from now. */
  after(ms: number, event: DueEvent): () => void;
  /**
   * Stops the clock at a time. What has become due by then runs in order, what the events themselves schedule up to that time
   * included: those of one time begin one after the other and are waited for together, before it is the next time. A time in the past
   * sets the clock back. Calls of `set` and `advance` run one after the other; an event must not wait for one.
   * @throws RangeError when the time is not valid, or not of the years 0 to 9998 in Jakarta: SNAP can write 9999 at most, and what
   * follows from the time, such as the expiry of a QR code, may be a year later
   */
  set(time: Date): Promise<void>;
  /**
   * Stops the clock so many milliseconds from now, and does what `set` does.
   * @throws RangeError when it is not a number from 0, or leads beyond the year 9998
   */
  advance(ms: number): Promise<void>;
  /** Has the clock go on from where it stands, as fast as the system's. Waits its turn behind `set` and `advance`. */
  resume(): Promise<void>;
  /** Drops what is scheduled; what is scheduled afterwards runs. */
  clear(): void;
  /** Drops what is left. What is scheduled afterwards never runs. */
  close(): void;
}

/** A clock that stands at a time, or is so many milliseconds ahead of the system's. */
export type ClockState = { readonly stopped: number } | { readonly ahead: number };

/** How to make a schedule. */
export interface ScheduleOptions {
  /** How the clock stands at the beginning, unless `start` says it. */
  clock?: ClockState | undefined;
  /** Stops the clock at this time from the beginning; left out, it is the system's. */
  start?: Date;
  /** Told of everything that an event throws; the events after it run all the same. */
  onError?: (error: unknown) => void;
}

interface Entry {
  due: number;
  event: DueEvent;
}

/** Events sorted by time, and by age where the times are the same. */
class EventQueue {
  #entries: Entry[] = [];

  /** @returns takes the entry out again */
  add(entry: Entry): () => void {
    // from the end, for most events are due last
    this.#entries.splice(this.#entries.findLastIndex(({ due }) => due <= entry.due) + 1, 0, entry);
    return () => {
      this.#entries = this.#entries.filter((other) => other !== entry);
    };
  }

  first(): Entry | undefined {
    return this.#entries[0];
  }

  /** Takes out the first entry, if it is due by then. */
  takeUpTo(time: number): Entry | undefined {
    return this.#entries[0] && this.#entries[0].due <= time ? this.#entries.shift() : undefined;
  }

  clear(): void {
    this.#entries = [];
  }
}

/**
 * Makes a clock with a schedule. By default the clock is the system's, and one timer waits for whatever is due next; it keeps no
 * process alive.
 * @throws RangeError when `start` is not a time
 * @example
 * const schedule = createSchedule({ start: new Date("2020-12-23T00:50:11Z") });
 * schedule.after(5000, () => console.log("settled"));
 * await schedule.advance(5000); // settled
 */
export function createSchedule({ start, clock = { ahead: 0 }, onError = () => {} }: ScheduleOptions = {}): Schedule {
  /** Undefined as long as the clock goes on. */
  let stoppedAt = start ? timeOf(start) : "stopped" in clock ? clock.stopped : undefined;
  let ahead = "ahead" in clock ? clock.ahead : 0;
  const queue = new EventQueue();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let lastTurn: Promise<void> = Promise.resolve();

  const currentTime = () => stoppedAt ?? Date.now() + ahead;
  const run = (entry: Entry) => runEvent(entry, onError);

  function add(due: number, event: DueEvent): () => void {
    if (closed) return () => {};
    const cancel = queue.add({ due, event });
    arm();
    return () => {
      cancel();
      arm();
    };
  }

  /** Has the one timer wait for the next event, where the clock goes on. */
  function arm(): void {
    clearTimeout(timer);
    const next = queue.first();
    if (stoppedAt !== undefined || !next) return;
    const delay = Math.min(Math.max(next.due - currentTime(), 1), LONGEST_DELAY);
    timer = setTimeout(runDue, delay).unref();
  }

  /** Not one after the other: while the clock goes on, a slow notification must not hold up a settlement. */
  function runDue(): void {
    const now = currentTime();
    for (let next = queue.takeUpTo(now); next; next = queue.takeUpTo(now)) void run(next);
    arm();
  }

  async function moveTo(target: number): Promise<void> {
    stoppedAt = Math.min(currentTime(), target);
    arm();
    for (let next = queue.takeUpTo(target); next; next = queue.takeUpTo(target)) {
      stoppedAt = Math.max(stoppedAt, next.due);
      const { due } = next;
      const running = [run(next)];
      for (let twin = queue.takeUpTo(due); twin; twin = queue.takeUpTo(due)) running.push(run(twin));
      await Promise.all(running);
    }
    stoppedAt = target;
  }

  /** One move at a time. The clock stops at once, so that nothing runs by the system's clock until it is this move's turn. */
  function takeTurn(move: () => Promise<void>): Promise<void> {
    stoppedAt = currentTime();
    arm();
    const turn = lastTurn.then(move);
    lastTurn = turn.catch(() => {});
    return turn;
  }

  return {
    now: () => new Date(currentTime()),
    isStopped: () => stoppedAt !== undefined,
    clock: () => (stoppedAt === undefined ? { ahead } : { stopped: stoppedAt }),
    at: (due, event) => add(timeOf(due), event),
    after: (ms, event) => add(currentTime() + durationOf(ms), event),
    async set(time) {
      const target = timeOf(time);
      await takeTurn(() => moveTo(target));
    },
    async advance(ms) {
      const duration = durationOf(ms);
      await takeTurn(() => moveTo(timeOf(new Date(currentTime() + duration))));
    },
    async resume() {
      if (stoppedAt === undefined) return;
      await takeTurn(async () => {
        ahead = currentTime() - Date.now();
        stoppedAt = undefined;
        arm();
      });
    },
    clear() {
      queue.clear();
      arm();
    },
    close() {
      closed = true;
      queue.clear();
      clearTimeout(timer);
    },
  };
}

/** Runs an event; the events after it run whatever it throws. */
async function runEvent({ event }: Entry, onError: (error: unknown) => void): Promise<void> {
  try {
    await event();
  } catch (error) {
    ignoreErrors(() => onError(error));
  }
}

function timeOf(time: Date): number {
  const ms = time.getTime();
  if (!(ms >= EARLIEST && ms <= LATEST)) throw new RangeError("The time must be a valid Date of the years 0 to 9998.");
  return ms;
}

function durationOf(ms: number): number {
  if (!(ms >= 0 && Number.isFinite(ms)))
    throw new RangeError(`A duration must be a number, 0 or more, but is ${ms} ms.`);
  return ms;
}
