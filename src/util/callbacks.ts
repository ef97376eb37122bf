// Callbacks of the user's that are told of something and must not change what happens next.

/** Whether it can be waited for, whoever made it. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value;
}

/** Calls it and hears no more of it: what it throws, or its promise is rejected with, is its own affair. */
export function quietly(callback: () => unknown): void {
  try {
    // an async function is a callback too, and its rejection would end the process
    const told = callback();
    if (isPromise(told)) Promise.resolve(told).catch(() => {});
  } catch {
    // it was told
  }
}
