/** One signal for a whole attempt: ended by its caller or by its time, whichever comes first. Clear it when it is over. */
export function attemptLimit(outer: AbortSignal, timeoutSeconds: number) {
  const controller = new AbortController();
  let cause: 'abort' | 'timeout' | null = null;
  const end = (by: 'abort' | 'timeout') => {
    cause ??= by;
    controller.abort();
  };
  const abort = () => end('abort');
  const timer = setTimeout(() => end('timeout'), Math.min(timeoutSeconds * 1_000, LONGEST_TIMER_MS));
  outer.addEventListener('abort', abort, { once: true });
  if (outer.aborted) abort();
  return {
    signal: controller.signal,
    /** What ended it, or null while it goes on. */
    endedBy: () => cause,
    clear() {
      clearTimeout(timer);
      outer.removeEventListener('abort', abort);
    },
  };
}

// A longer timer would fire at once.
const LONGEST_TIMER_MS = 2 ** 31 - 1;
