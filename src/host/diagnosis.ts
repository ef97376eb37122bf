// Has the doctor look at signatures that were refused, without keeping anybody else waiting: one after the other, in short slices.
import type { Check } from "../doctor/doctor.ts";
import { publicKeyOf } from "../snap/pem.ts";
import type { VerifyInput } from "../snap/signature.ts";

/** How many milliseconds of work one signature is worth. */
const MILLISECONDS = 250;
/** How many milliseconds the doctor works before it lets others go on, and which part of the time it may work. */
const SLICE = 5;
const SHARE = 0.25;
/** How many wait at most. What is refused meanwhile is not looked at. */
const MAX_WAITING = 4;

/** Who looks at signatures that were refused. */
export interface Diagnoses {
  /**
   * Has a signature looked at; `tell` gets one line: what it was probably made from, and how to see more. It holds no secret and no
   * token. Where nothing can be told, or too many wait, it is not called.
   */
  ask(check: Check, tell: (line: string) => void): void;
  /** Ends what is going on. */
  close(): void;
}

/**
 * Makes a place where signatures are looked at. The doctor is loaded when the first one comes.
 *
 * However many are refused and whatever they are, it takes at most a quarter of the process's time, 250 milliseconds of work for one
 * signature, and the memory of five requests.
 */
export function createDiagnoses(): Diagnoses {
  const end = new AbortController();
  let waiting = 0;
  let last: Promise<void> = Promise.resolve();
  const look = async (check: Check, tell: (line: string) => void) => {
    if (end.signal.aborted) return;
    const { lineFor } = await import("../doctor/line.ts");
    const line = await lineFor(check, { milliseconds: MILLISECONDS, slice: SLICE, share: SHARE, signal: end.signal });
    if (line !== undefined && !end.signal.aborted) tell(line);
  };
  return {
    ask(check, tell) {
      if (waiting > MAX_WAITING || end.signal.aborted) return;
      waiting += 1;
      last = last
        .then(() => look(check, tell))
        // a diagnosis that fails is not worth a word
        .catch(() => {})
        .finally(() => {
          waiting -= 1;
        });
    },
    close: () => end.abort(),
  };
}

/** What is known of a call beside what its signature covers. */
export interface AboutCall {
  /** The client key, or what is sent in its place. */
  clientKey: string | undefined;
  accessToken: string | undefined;
  /** The Host header. */
  host: string | undefined;
}

/** Longer than an HMAC-SHA512 gets in any encoding, shorter than an RSA signature. */
const BETWEEN_HMAC_AND_RSA = 250;

/** What the doctor looks at, from what a receiver verified in vain with one key or another; undefined where nothing could be. */
export function checkOf(
  inputs: readonly VerifyInput[],
  { clientKey, accessToken, host }: AboutCall,
): Check | undefined {
  const isRsa = (inputs[0]?.signature.length ?? 0) > BETWEEN_HMAC_AND_RSA;
  const input = inputs.find(({ type }) => (type !== "symmetric") === isRsa) ?? inputs[0];
  if (!input) return undefined;
  const { type, timestamp, signature } = input;
  const rest = { type, timestamp, signature, accessToken, clientKey, baseUrl: host };
  const covered =
    input.type === "token"
      ? { method: "POST", path: "", body: new Uint8Array() }
      : { method: input.method, path: input.path, body: Buffer.from(input.body) };
  if (input.type === "symmetric")
    return { ...rest, ...covered, clientSecret: input.clientSecret, publicKey: undefined };
  const symmetric = inputs.find((each) => each.type === "symmetric");
  const publicKey = publicKeyOf(input.publicKey, input);
  return { ...rest, ...covered, clientSecret: symmetric?.clientSecret, publicKey };
}
