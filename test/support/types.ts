// For tests of types.
import { expect } from "vitest";

/** Takes what is compiled and never called. */
export const compiles = (..._: (() => unknown)[]) => expect.assertions(0);
