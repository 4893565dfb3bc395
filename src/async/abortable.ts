/**
 * An async generator whose `return` ends it at once, even while it waits: by default `return` waits for the pending
 * `next`. It aborts the signal that `generate` receives, and the waits in `generate` must end on that signal.
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
