// Calling functions that users give us.

/** Whether it can be awaited, of whatever make. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value;
}

/** Calls a function that is told of something; swallows what it throws or rejects with. */
export function ignoreErrors(callback: () => unknown): void {
  try {
    // an async function is a callback too, and its rejection would end the process
    const returned = callback();
    if (isPromise(returned)) Promise.resolve(returned).catch(() => {});
  } catch {
    // swallowed
  }
}

/** Goes on with a value, or with what a promise resolves to. Only a promise is awaited: each await costs a microtask. */
export function whenReady<T, Next>(value: T | PromiseLike<T>, next: (value: T) => Next): Next | Promise<Next> {
  return isPromise(value) ? Promise.resolve(value as PromiseLike<T>).then(next) : next(value as T);
}
