// What hurts a merchant in production, on purpose: notifications that come twice, late, out of order or badly signed.
import { invalidOption } from "../util/errors.ts";
import type { Notification } from "./notifier.ts";

/** What each fault does, for help and documentation. */
export const NOTIFY_FAULTS = {
  twice: "each notification is sent once more a second later, under a new X-EXTERNAL-ID",
  late: "each notification is sent a minute after its time",
  "out-of-order": "a notification is held back for ten seconds, and sent after the next one of the same payment",
  "bad-signature": "before each notification the same is sent with a signature of somebody else, which must be refused",
} as const;

/** A fault. */
export type NotifyFault = keyof typeof NOTIFY_FAULTS;

/** After how long one is sent again, is late, and is no longer held back for the next, in milliseconds of the sandbox's time. */
const AGAIN_MS = 1000;
const LATE_MS = 60_000;
const HELD_MS = 10_000;

/** How notifications are sent. */
interface Sending {
  /** Sends a notification, again and again until it is acknowledged. */
  begin(body: Notification): Promise<void>;
  /** Sends one once, with a fault. */
  once(body: Notification, fault: NotifyFault): Promise<void>;
  /** Runs something later; the clock stands until it is over. */
  later(milliseconds: number, run: () => void | Promise<void>): void;
}

/** What begins notifications with faults. */
export interface Faulty {
  notify(body: Notification): void;
  forget(): void;
}

/**
 * Puts faults before the sending of notifications.
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`) when there is not a fault of a name
 */
export function withFaults(names: readonly string[], { begin, once, later }: Sending): Faulty {
  const faults = new Set(names.map(checkFault));
  /** By payment, what waits for the next one. */
  const held = new Map<string | undefined, Notification>();

  const send = async (body: Notification): Promise<void> => {
    // in another second, or its signature would be the same, which a receiver may refuse for its own sake
    if (faults.has("twice")) later(AGAIN_MS, () => once(body, "twice"));
    await Promise.all([faults.has("bad-signature") && once(body, "bad-signature"), begin(body)]);
  };
  const inTime = (body: Notification): void | Promise<void> => {
    if (!faults.has("late")) return send(body);
    later(LATE_MS, () => send(body));
  };
  return {
    notify(body) {
      if (!faults.has("out-of-order")) return void inTime(body);
      const { originalReferenceNo: payment } = body;
      const earlier = held.get(payment);
      if (earlier) {
        held.delete(payment);
        void inTime(body);
        void once(earlier, "out-of-order");
        return;
      }
      held.set(payment, body);
      later(HELD_MS, () => {
        if (held.get(payment) !== body) return;
        held.delete(payment);
        return inTime(body);
      });
    },
    forget: () => held.clear(),
  };
}

/**
 * A fault by its name.
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`) when there is not one
 */
export function checkFault(name: string): NotifyFault {
  if (Object.hasOwn(NOTIFY_FAULTS, name)) return name as NotifyFault;
  const known = Object.keys(NOTIFY_FAULTS).join(", ");
  throw invalidOption(`notify: faults must be some of ${known}, and ${JSON.stringify(name)} is not one.`);
}
