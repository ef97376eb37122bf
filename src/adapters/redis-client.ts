// What is asked of a Redis client.
import { invalidOption, typeError } from "../util/errors.ts";

/** A client of node-redis (package `redis`), as far as it is used. Stated here, so that these declarations do not need the package. */
export interface RedisClient {
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  get(key: string): Promise<unknown>;
  set(key: string, value: string, options: { PX: number; NX?: true }): Promise<unknown>;
}

/** @throws TypeError (`ERR_SNAP_INVALID_OPTION`) when one cannot be right */
export function checkRedisOptions(client: RedisClient, timeout: number): void {
  if (typeof client?.eval !== "function") {
    throw invalidOption('client must be a client of node-redis: createClient of the package "redis" makes one.');
  }
  if (!(timeout >= 1)) throw invalidOption("timeout must be a number of milliseconds; leave it out for 2,000.");
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
