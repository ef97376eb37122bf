// Tells those who watch the console that something changed. Where nobody watches, that costs nothing.

/** Who is told of changes. */
export class Changes {
  readonly #watching = new Set<() => void>();

  /** Has a function called after every change. Returns what ends that. */
  watch(tell: () => void): () => void {
    this.#watching.add(tell);
    return () => void this.#watching.delete(tell);
  }

  /** Whether anybody watches. */
  get isWatched(): boolean {
    return this.#watching.size > 0;
  }

  tell(): void {
    for (const tell of this.#watching) tell();
  }
}
