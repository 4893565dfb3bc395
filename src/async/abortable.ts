/**
 * An async generator that ends at once when it is left, even while it waits: by itself `return` would wait for what it
 * waits for. The signal that `generate` is given is aborted then, and must end its waits.
 */
export function abortable<T>(
  generate: (left: AbortSignal) => AsyncGenerator<T, void, void>,
): AsyncGenerator<T, void, void> {
  const leaving = new AbortController();
  const inner = generate(leaving.signal);
  const outer: AsyncGenerator<T, void, void> = {
    next: () => inner.next(),
    return() {
      leaving.abort();
      return inner.return();
    },
    throw(error) {
      leaving.abort();
      return inner.throw(error);
    },
    [Symbol.asyncIterator]: () => outer,
    async [Symbol.asyncDispose]() {
      await outer.return();
    },
  };
  return outer;
}
