// The sandbox's clock: what runs when, in which order, and what is waited for.
import { afterEach, describe, expect, test, vi } from "vitest";
import { createSchedule } from "../../src/sandbox/schedule.ts";
import { snapTimestamp } from "../../src/snap/time.ts";

const START = new Date("2020-12-23T00:50:11Z");
const at = (ms: number) => new Date(START.getTime() + ms);
/** The last instant before the first year, and the first after the last, both in Jakarta. */
const BEFORE_FIRST = new Date(Date.UTC(-1, 11, 31, 17) - 1);
const AFTER_LAST = new Date("9998-12-31T17:00:00Z");
const tick = () => new Promise((resolve) => setImmediate(resolve));

/** A stopped clock, and a list of what ran, each with the time it was by then. */
function stopped() {
  const ran: string[] = [];
  const errors: unknown[] = [];
  const schedule = createSchedule({ start: START, onError: (error) => errors.push(error) });
  const note = (name: string) => () => {
    ran.push(`${name} ${schedule.now().getTime() - START.getTime()}`);
  };
  return { schedule, ran, errors, note };
}

describe("a clock that was set", () => {
  test("stands still", async () => {
    const { schedule } = stopped();
    expect(schedule.now()).toEqual(START);
    await tick();
    expect(schedule.now()).toEqual(START);
    expect(schedule.now()).not.toBe(schedule.now());
    expect(schedule.isStopped()).toBe(true);
  });

  test("runs what has become due in order, each at its own time", async () => {
    const { schedule, ran, note } = stopped();
    schedule.after(30, note("third"));
    schedule.after(10, note("first"));
    schedule.at(at(20), note("second"));
    schedule.after(31, note("not yet"));
    await schedule.advance(30);
    expect(ran).toEqual(["first 10", "second 20", "third 30"]);
    expect(schedule.now()).toEqual(at(30));
    await schedule.set(at(1000));
    expect(ran.at(-1)).toBe("not yet 31");
    expect(schedule.now()).toEqual(at(1000));
  });

  test("runs what is due at the same time in the order in which it was scheduled", async () => {
    const { schedule, ran, note } = stopped();
    for (const name of ["a", "b", "c"]) schedule.after(10, note(name));
    schedule.after(5, note("z"));
    schedule.after(10, note("d"));
    await schedule.advance(10);
    expect(ran).toEqual(["z 5", "a 10", "b 10", "c 10", "d 10"]);
  });

  test("runs nothing before it is moved, not even what is due at once", async () => {
    const { schedule, ran, note } = stopped();
    schedule.after(0, note("at once"));
    schedule.at(at(-1000), note("overdue"));
    await tick();
    expect(ran).toEqual([]);
    await schedule.advance(0);
    expect(ran).toEqual(["overdue 0", "at once 0"]);
  });

  test("runs what events schedule, as far as it is due, and leaves the rest", async () => {
    const { schedule, ran, note } = stopped();
    schedule.after(10, () => {
      note("parent")();
      schedule.after(5, note("child"));
      schedule.after(0, note("twin"));
      schedule.after(50, note("grandchild"));
    });
    schedule.after(12, note("uncle"));
    await schedule.advance(20);
    expect(ran).toEqual(["parent 10", "twin 10", "uncle 12", "child 15"]);
    await schedule.advance(40);
    expect(ran.at(-1)).toBe("grandchild 60");
  });

  test("waits for the events of one time before those of the next", async () => {
    const { schedule, ran, note } = stopped();
    const slow = (name: string) => async () => {
      note(`${name} begins`)();
      await tick();
      note(`${name} ends`)();
    };
    schedule.after(10, slow("a"));
    schedule.after(11, note("next"));
    schedule.after(10, slow("b"));
    await schedule.advance(20);
    expect(ran).toEqual(["a begins 10", "b begins 10", "a ends 10", "b ends 10", "next 11"]);
  });

  test("what an event schedules for its own time runs before what is due later", async () => {
    const { schedule, ran, note } = stopped();
    schedule.after(10, async () => {
      note("a")();
      await tick();
      schedule.after(0, note("twin"));
    });
    schedule.after(10, note("b"));
    schedule.after(11, note("next"));
    await schedule.advance(20);
    expect(ran).toEqual(["a 10", "b 10", "twin 10", "next 11"]);
  });

  test("an event may take back another of the same time", async () => {
    const { schedule, ran, note } = stopped();
    schedule.after(10, () => takeBack());
    const takeBack = schedule.after(10, note("a"));
    await schedule.advance(10);
    expect(ran).toEqual([]);
  });

  test("moves one after the other, in the order in which it was asked to", async () => {
    const { schedule, ran, note } = stopped();
    schedule.after(5, async () => {
      note("slow begins")();
      await tick();
      note("slow ends")();
    });
    schedule.after(15, note("second"));
    schedule.after(25, note("third"));
    await Promise.all([schedule.advance(10), schedule.advance(10), schedule.set(at(30))]);
    expect(ran).toEqual(["slow begins 5", "slow ends 5", "second 15", "third 25"]);
    expect(schedule.now()).toEqual(at(30));
  });

  test("set back, keeps what is due and runs it when its time comes again", async () => {
    const { schedule, ran, note } = stopped();
    schedule.after(10, note("a"));
    await schedule.set(at(-1000));
    expect(schedule.now()).toEqual(at(-1000));
    expect(ran).toEqual([]);
    await schedule.advance(1010);
    expect(ran).toEqual(["a 10"]);
    await schedule.set(at(0));
    await schedule.advance(100);
    expect(ran).toEqual(["a 10"]);
  });

  test("runs an overdue event without going ahead of the time it is set to", async () => {
    const { schedule, ran, note } = stopped();
    schedule.at(at(-500), note("overdue"));
    await schedule.set(at(-200));
    expect(ran).toEqual(["overdue -200"]);
  });

  test("takes an event back", async () => {
    const { schedule, ran, note } = stopped();
    const takeBack = schedule.after(10, note("a"));
    schedule.after(10, note("b"));
    const takeBackLater = schedule.after(20, note("c"));
    schedule.after(15, () => takeBackLater());
    takeBack();
    takeBack();
    await schedule.advance(30);
    expect(ran).toEqual(["b 10"]);
    takeBack();
  });

  test("an event that throws is reported, and the others run all the same", async () => {
    const { schedule, ran, errors, note } = stopped();
    schedule.after(1, () => {
      throw new Error("one");
    });
    schedule.after(2, async () => Promise.reject(new Error("two")));
    schedule.after(3, note("after them"));
    await schedule.advance(10);
    expect(errors).toEqual([new Error("one"), new Error("two")]);
    expect(ran).toEqual(["after them 3"]);
  });

  test("onError may throw too", async () => {
    const schedule = createSchedule({
      start: START,
      onError: () => {
        throw new Error("again");
      },
    });
    schedule.after(1, () => {
      throw new Error("one");
    });
    await schedule.advance(1);
    await schedule.advance(1);
    expect(schedule.now()).toEqual(at(2));
  });

  test("a time or duration that is not valid is refused, and the clock goes on", async () => {
    const { schedule } = stopped();
    for (const time of [new Date(Number.NaN), new Date(8.64e15), BEFORE_FIRST, AFTER_LAST]) {
      await expect(schedule.set(time)).rejects.toThrow(RangeError);
      expect(() => schedule.at(time, () => {})).toThrow("The time must be a valid Date of the years 0 to 9998.");
      expect(() => createSchedule({ start: time })).toThrow(RangeError);
    }
    for (const ms of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      await expect(schedule.advance(ms)).rejects.toThrow(`A duration must be a number, 0 or more, but is ${ms} ms.`);
      expect(() => schedule.after(ms, () => {})).toThrow(RangeError);
    }
    await expect(schedule.advance(1e18)).rejects.toThrow(RangeError);
    await schedule.advance(1);
    expect(schedule.now()).toEqual(at(1));
  });

  test("goes from the year 0 to the end of 9998 in Jakarta, and leaves SNAP a year to write what follows", async () => {
    const { schedule } = stopped();
    await schedule.set(new Date(BEFORE_FIRST.getTime() + 1));
    expect(snapTimestamp(schedule.now())).toBe("0000-01-01T00:00:00+07:00");
    await schedule.set(new Date(AFTER_LAST.getTime() - 1));
    expect(snapTimestamp(schedule.now())).toBe("9998-12-31T23:59:59+07:00");
    expect(snapTimestamp(new Date(schedule.now().getTime() + 365 * 86_400_000))).toBe("9999-12-31T23:59:59+07:00");
    await expect(schedule.advance(1)).rejects.toThrow(RangeError);
    expect(schedule.now()).toEqual(new Date(AFTER_LAST.getTime() - 1));
  });

  test("closed, drops what is left and takes nothing more, but its clock still goes", async () => {
    const { schedule, ran, note } = stopped();
    schedule.after(10, note("a"));
    schedule.after(5, () => schedule.close());
    await schedule.advance(7);
    schedule.after(1, note("b"))();
    await schedule.advance(100);
    expect(ran).toEqual([]);
    expect(schedule.now()).toEqual(at(107));
  });
});

describe("the system's clock", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  /** The system's clock under our control, and a list of what ran. */
  function running() {
    vi.useFakeTimers({ now: START });
    const ran: string[] = [];
    const errors: unknown[] = [];
    const schedule = createSchedule({ onError: (error) => errors.push(error) });
    const note = (name: string) => () => {
      ran.push(`${name} ${schedule.now().getTime() - START.getTime()}`);
    };
    return { schedule, ran, errors, note };
  }

  test("is the time, and one timer waits for what is due next", () => {
    const { schedule, ran, note } = running();
    expect(vi.getTimerCount()).toBe(0);
    schedule.after(20, note("b"));
    schedule.after(10, note("a"));
    schedule.after(20, note("c"));
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(9);
    expect(ran).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(ran).toEqual(["a 10"]);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(10);
    expect(ran).toEqual(["a 10", "b 20", "c 20"]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("runs at once, but not within the call, what is due at once or overdue", () => {
    const { schedule, ran, note } = running();
    schedule.after(0, note("a"));
    schedule.at(at(-1000), note("b"));
    expect(ran).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(ran).toEqual(["b 1", "a 1"]);
  });

  test("a slow event does not hold up the next one", () => {
    const { schedule, ran, note } = running();
    schedule.after(10, () => new Promise(() => {}));
    schedule.after(10, note("next"));
    vi.advanceTimersByTime(10);
    expect(ran).toEqual(["next 10"]);
  });

  test("waits longer than a timer can", () => {
    const { schedule, ran, note } = running();
    const month = 30 * 86_400_000;
    schedule.after(month, note("a"));
    vi.advanceTimersByTime(month - 1);
    expect(ran).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(ran).toEqual([`a ${month}`]);
  });

  test("taking back the next event leaves no timer behind, and closing neither", () => {
    const { schedule, ran, note } = running();
    const takeBack = schedule.after(10, note("a"));
    takeBack();
    expect(vi.getTimerCount()).toBe(0);
    schedule.after(10, note("b"));
    schedule.close();
    schedule.after(10, note("c"));
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(100);
    expect(ran).toEqual([]);
  });

  test("an event that throws is reported", async () => {
    const { schedule, ran, errors, note } = running();
    schedule.after(10, () => {
      throw new Error("one");
    });
    schedule.after(10, note("next"));
    await vi.advanceTimersByTimeAsync(10);
    expect(errors).toEqual([new Error("one")]);
    expect(ran).toEqual(["next 10"]);
  });

  test("stops at once when it is set or advanced, and nothing runs by the timer any more", async () => {
    const { schedule, ran, note } = running();
    schedule.after(10, note("a"));
    schedule.after(50, note("b"));
    vi.advanceTimersByTime(4);
    expect(schedule.isStopped()).toBe(false);
    const moved = schedule.advance(20);
    expect(schedule.isStopped()).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
    await moved;
    expect(schedule.now()).toEqual(at(24));
    expect(ran).toEqual(["a 10"]);
    vi.advanceTimersByTime(1000);
    schedule.after(1, note("c"));
    expect(vi.getTimerCount()).toBe(0);
    expect(schedule.now()).toEqual(at(24));
    await schedule.set(at(100));
    expect(ran).toEqual(["a 10", "c 25", "b 50"]);
  });

  test("keeps no process alive", () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const before = timers();
    const schedule = createSchedule();
    schedule.after(60_000, () => {});
    expect(timers()).toBe(before);
    schedule.close();
  });

  test("runs by a real timer", async () => {
    const schedule = createSchedule();
    const began = Date.now();
    const ran = await new Promise<number>((resolve) => {
      schedule.after(20, () => resolve(schedule.now().getTime()));
      // the schedule's own timer would not keep this test waiting
      setTimeout(resolve, 5000, Number.NaN).unref();
    });
    expect(ran - began).toBeGreaterThanOrEqual(20);
    schedule.close();
  });
});
