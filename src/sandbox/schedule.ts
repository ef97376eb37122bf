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

/** A clock, in milliseconds. */
class Clock {
  /** Undefined as long as it goes on. */
  #stoppedAt: number | undefined;
  #ahead: number;
  constructor(state: ClockState = { ahead: 0 }) {
    this.#stoppedAt = "stopped" in state ? state.stopped : undefined;
    this.#ahead = "ahead" in state ? state.ahead : 0;
  }

  now(): number {
    return this.#stoppedAt ?? Date.now() + this.#ahead;
  }

  isStopped(): boolean {
    return this.#stoppedAt !== undefined;
  }

  state(): ClockState {
    return this.#stoppedAt === undefined ? { ahead: this.#ahead } : { stopped: this.#stoppedAt };
  }

  stopAt(time: number): void {
    this.#stoppedAt = time;
  }

  /** Goes on from where it stands. */
  resume(): void {
    this.#ahead = this.now() - Date.now();
    this.#stoppedAt = undefined;
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
export function createSchedule({ start, onError = () => {}, ...options }: ScheduleOptions = {}): Schedule {
  const clock = new Clock(start ? { stopped: timeOf(start) } : options.clock);
  const queue = new EventQueue();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let lastTurn: Promise<void> = Promise.resolve();

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
    if (clock.isStopped() || !next) return;
    const delay = Math.min(Math.max(next.due - clock.now(), 1), LONGEST_DELAY);
    timer = setTimeout(runDue, delay).unref();
  }

  /** Not one after the other: while the clock goes on, a slow notification must not hold up a settlement. */
  function runDue(): void {
    const now = clock.now();
    for (let next = queue.takeUpTo(now); next; next = queue.takeUpTo(now)) void runEvent(next, onError);
    arm();
  }

  async function moveTo(target: number): Promise<void> {
    clock.stopAt(Math.min(clock.now(), target));
    arm();
    await passTime(clock, queue, target, (entry) => runEvent(entry, onError));
  }

  /** One move at a time. The clock stops at once, so that nothing runs by the system's clock until it is this move's turn. */
  function takeTurn(move: () => Promise<void>): Promise<void> {
    clock.stopAt(clock.now());
    arm();
    const turn = lastTurn.then(move);
    lastTurn = turn.catch(() => {});
    return turn;
  }

  return {
    now: () => new Date(clock.now()),
    isStopped: () => clock.isStopped(),
    clock: () => clock.state(),
    at: (due, event) => add(timeOf(due), event),
    after: (ms, event) => add(clock.now() + durationOf(ms), event),
    async set(time) {
      const target = timeOf(time);
      await takeTurn(() => moveTo(target));
    },
    async advance(ms) {
      const duration = durationOf(ms);
      await takeTurn(() => moveTo(timeOf(new Date(clock.now() + duration))));
    },
    async resume() {
      if (clock.isStopped())
        await takeTurn(async () => {
          clock.resume();
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

/** Moves a clock that stands, and runs what becomes due on the way. */
async function passTime(
  clock: Clock,
  queue: EventQueue,
  target: number,
  run: (entry: Entry) => Promise<void>,
): Promise<void> {
  for (let next = queue.takeUpTo(target); next; next = queue.takeUpTo(target)) {
    clock.stopAt(Math.max(clock.now(), next.due));
    const { due } = next;
    const running = [run(next)];
    for (let twin = queue.takeUpTo(due); twin; twin = queue.takeUpTo(due)) running.push(run(twin));
    await Promise.all(running);
  }
  clock.stopAt(target);
}

/** Runs an event; the events after it run whatever it throws. */
async function runEvent({ event }: Entry, onError: (error: unknown) => void): Promise<void> {
  try {
    await event();
  } catch (error) {
    ignoreErrors(() => onError(error));
  }
}

/** Whether the clock can come to a time, in milliseconds of the epoch. */
export const isScheduled = (ms: number) => ms >= EARLIEST && ms <= LATEST;

function timeOf(time: Date): number {
  const ms = time.getTime();
  if (!isScheduled(ms)) throw new RangeError("The time must be a valid Date of the years 0 to 9998.");
  return ms;
}

function durationOf(ms: number): number {
  if (!(ms >= 0 && Number.isFinite(ms)))
    throw new RangeError(`A duration must be a number, 0 or more, but is ${ms} ms.`);
  return ms;
}
