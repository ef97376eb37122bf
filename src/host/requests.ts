// The latest requests that a mock or sandbox was sent, for its console: as they came, in a ring. What is shown of them is made when
// somebody looks (console-view.ts), so that a request costs a copy of its body and no more.
import type { Exchange } from "../receiver/exchange.ts";
import type { SnapAnswered } from "../receiver/options.ts";
import type { ExchangeWitness } from "../receiver/settings.ts";
import type { VerifyInput } from "../snap/signature.ts";
import type { Changes } from "./changes.ts";
import { type SignedSteps, stepsOf } from "./signed-steps.ts";

/** How many requests are kept, and how much of a body, in bytes. */
export const MAX_REQUESTS = 200;
export const MAX_BODY_BYTES = 16_384;

/** How a request was answered: by the receiver, or before it. */
export type Answered = Omit<SnapAnswered, "step"> & { readonly step: string };

/** A request as it came, with its secrets: console-view.ts masks them. */
export interface Recorded {
  /** Counted from 1. */
  readonly number: number;
  /** Grows with every change of any request, so that a watcher can ask for what is new. */
  version: number;
  /** Milliseconds of the epoch, by the server's clock. */
  readonly time: number;
  readonly answered: Answered;
  readonly headers: Headers | undefined;
  /** At most MAX_BODY_BYTES of it. */
  readonly body: Uint8Array;
  /** How long it was. */
  readonly bodyBytes: number;
  readonly answer: string;
  readonly signed: SignedSteps | undefined;
  doctor: string | undefined;
}

/** What is known of a refused signature before its request is answered, and after. */
interface Refused {
  steps: SignedSteps;
  recorded?: Recorded;
}

const NO_BYTES = new Uint8Array();

/** The latest requests. */
export class Requests {
  readonly #ring: Recorded[] = [];
  readonly #refused = new WeakMap<object, Refused>();
  readonly #clock: () => Date;
  readonly #changes: Changes;
  #count = 0;
  #version = 0;
  /** How many there were when all were forgotten. */
  #forgotten = 0;

  constructor(clock: () => Date, changes: Changes) {
    this.#clock = clock;
    this.#changes = changes;
  }

  /** Notes a request that was answered. */
  readonly add = (answered: Answered, about: Parameters<ExchangeWitness>[1], text: string): void => {
    const bytes = about.bytes ?? NO_BYTES;
    const refused = this.#refused.get(about);
    this.#count += 1;
    this.#version += 1;
    const recorded: Recorded = {
      number: this.#count,
      version: this.#version,
      time: this.#clock().getTime(),
      answered,
      headers: about.request?.headers,
      // a copy: the bytes may be a part of what the socket read
      body: new Uint8Array(bytes.subarray(0, MAX_BODY_BYTES)),
      bodyBytes: bytes.length,
      answer: text.slice(0, MAX_BODY_BYTES),
      signed: refused?.steps,
      doctor: undefined,
    };
    if (refused) refused.recorded = recorded;
    this.#ring[(this.#count - 1) % MAX_REQUESTS] = recorded;
    this.#changes.tell();
  };

  /** Notes what a refused signature was verified against; its request is answered afterwards. */
  refused(inputs: readonly VerifyInput[], exchange: Exchange): void {
    const steps = stepsOf(inputs);
    if (steps) this.#refused.set(exchange, { steps });
  }

  /** Notes what the doctor says of a signature that was refused. */
  diagnosed(exchange: Exchange, line: string): void {
    const recorded = this.#refused.get(exchange)?.recorded;
    if (!recorded) return;
    this.#version += 1;
    recorded.version = this.#version;
    recorded.doctor = line;
    this.#changes.tell();
  }

  /** Those that came or changed after a version, the oldest first. */
  since(version: number): Recorded[] {
    return this.#ring.filter((each) => each.version > version).sort((one, other) => one.number - other.number);
  }

  /** The version of the latest change, and the number of the oldest request that is kept. */
  get place(): { version: number; first: number } {
    return { version: this.#version, first: Math.max(this.#forgotten, this.#count - MAX_REQUESTS) + 1 };
  }

  /** Forgets them all. */
  clear(): void {
    this.#ring.length = 0;
    this.#forgotten = this.#count;
    this.#changes.tell();
  }
}
