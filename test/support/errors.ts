// What a call throws, and the error that it must throw.
import type { SnapErrorCode } from "../../src/util/errors.ts";

/** What a call throws. */
export function thrown(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

/** A TypeError with a code, to compare with `toStrictEqual`: class, message, code, and that there is nothing more. */
export const typeError = (code: SnapErrorCode, message: string): TypeError =>
  Object.assign(new TypeError(message), { code });
