// Callbacks of the user's that are told of something and must not change what happens next.

/** Calls it and hears no more of it: what it throws, or its promise is rejected with, is its own affair. */
export function quietly(callback: () => unknown): void {
  try {
    // an async function is a callback too, and its rejection would end the process
    const told = callback();
    if (told instanceof Promise) told.catch(() => {});
  } catch {
    // it was told
  }
}
