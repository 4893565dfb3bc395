/** A repeatable signal that any number of callers can await, like a condition variable. */
export class Signal {
  readonly #waiting = new Set<() => void>();
  #times = 0;

  /** How often the signal was given. */
  get times(): number {
    return this.#times;
  }

  /** Whether a caller waits for the next signal. */
  get isAwaited(): boolean {
    return this.#waiting.size > 0;
  }

  /** Gives the signal: wakes all callers that wait now. */
  happened(): void {
    this.#times += 1;
    const woken = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of woken) wake();
  }

  /** Resolves at the first of these: the next signal, the end of `timeoutMs`, the abort of `signal`. */
  next(signal: AbortSignal, timeoutMs?: number): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = timeoutMs === undefined ? undefined : setTimeout(wake, timeoutMs);
      signal.addEventListener('abort', wake, { once: true });
      this.#waiting.add(wake);
    });
  }
}
