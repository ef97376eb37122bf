// The time limit of a call, and the caller's own signal.
import { setMaxListeners } from "node:events";

/** A time limit that has begun. */
export interface Deadline {
  /** For what can be given up. */
  readonly signal: AbortSignal;
  /** Once the signal has fired: why. */
  readonly expired: { code: "ERR_SNAP_TIMEOUT" | "ERR_SNAP_ABORTED"; why: string } | undefined;
  /** Waits, one thing at a time, for what need not look at the signal; rejects with the signal's reason when that fires first. */
  race<T>(run: () => T | Promise<T>): Promise<T>;
  /** Takes the timer and the listener away. */
  end(): void;
}

/**
 * Starts a time limit. AbortSignal.timeout and AbortSignal.any would do, but cost four times as much, leave a timer behind each call,
 * and do not say which of them it was.
 * @param timeout milliseconds; 0 for no limit
 */
export function startDeadline(timeout: number, given?: AbortSignal): Deadline {
  const controller = new AbortController();
  const { signal } = controller;
  let expired: Deadline["expired"];
  // not a listener of the signal: there would be one more for each thing that is waited for
  let stop: ((reason: unknown) => void) | undefined;
  const expire = () => {
    expired ??= { code: "ERR_SNAP_TIMEOUT", why: `no answer within ${timeout} ms` };
    controller.abort(new DOMException(expired.why, "TimeoutError"));
    stop?.(signal.reason);
  };
  const giveUp = () => {
    expired ??= { code: "ERR_SNAP_ABORTED", why: "given up by the caller" };
    controller.abort(given?.reason);
    stop?.(signal.reason);
  };
  const timer = timeout > 0 ? setTimeout(expire, timeout) : undefined;
  if (given?.aborted) giveUp();
  else if (given) {
    // one signal may stand for any number of calls at once; fetch lifts Node's warning of a leak too
    if (given instanceof EventTarget) setMaxListeners(0, given);
    given.addEventListener("abort", giveUp);
  }
  return {
    signal,
    get expired() {
      return expired;
    },
    race: (run) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        stop = reject;
        Promise.resolve(run()).then(resolve, reject);
      }),
    end() {
      clearTimeout(timer);
      given?.removeEventListener("abort", giveUp);
    },
  };
}
