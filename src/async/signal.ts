/** Something that happens again and again, and that any number of callers may wait for. */
export class Signal {
  readonly #waiting = new Set<() => void>();
  #times = 0;

  /** How often it has happened. */
  get times(): number {
    return this.#times;
  }

  /** Whether anyone waits for the next time. */
  get isAwaited(): boolean {
    return this.#waiting.size > 0;
  }

  /** Wakes everyone who waits now. */
  happened(): void {
    this.#times += 1;
    const woken = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of woken) wake();
  }

  /** Resolves at the next happening, after `timeoutMs`, or when the signal is aborted, whichever comes first. */
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
