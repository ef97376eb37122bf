// What is asked of a Redis client.
import { invalidOption, typeError } from "../util/errors.ts";

/** A client of node-redis (package `redis`), as far as it is used. Stated here, so that these declarations do not need the package. */
export interface RedisClient {
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  get(key: string): Promise<unknown>;
  set(key: string, value: string, options: { PX: number; NX?: true }): Promise<unknown>;
}

/** What a timer holds, here and in the receiver: a longer one would fire at once. */
export const LONGEST_MS = 2 ** 31 - 1;

/** @throws TypeError (`ERR_SNAP_INVALID_OPTION`) when one cannot be right */
export function checkRedisOptions(client: RedisClient, timeout: number, prefix: string): void {
  if (typeof client?.eval !== "function") {
    throw invalidOption('client must be a client of node-redis: createClient of the package "redis" makes one.');
  }
  if (!(timeout >= 1 && timeout <= LONGEST_MS)) {
    throw invalidOption(`timeout must be a number of milliseconds from 1 to ${LONGEST_MS}; leave it out for 2,000.`);
  }
  // it stands in braces, and a cluster looks for the slot of all keys in the first that are not empty
  if (typeof prefix !== "string" || !/^[^{}]+$/.test(prefix)) {
    throw invalidOption('prefix must be text without braces, and not empty; leave it out for "snap".');
  }
}

/**
 * What a command comes to, within its time: a client ends no command that a frozen server does not answer.
 * @throws TypeError (`ERR_SNAP_TIMEOUT`) when it takes longer; whether the server has run it is then unknown
 */
export async function limited<T>(command: Promise<T>, timeout: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    const message = `Redis must answer within ${timeout} ms, but did not; see whether it is overloaded or away.`;
    timer = setTimeout(() => reject(typeError("ERR_SNAP_TIMEOUT", message)), timeout);
  });
  try {
    return await Promise.race([command, late]);
  } finally {
    clearTimeout(timer);
  }
}
