import type { Interruption } from './errors.ts';

const FIRST_MS = 200;
const AT_MOST_MS = 5_000;
const SERVER_AT_MOST_MS = 60_000;
const STEADY_MS = 10_000;

/**
 * The pause between attempts, shared by all operations of a client: after an outage one connection is attempted, not
 * one per operation. The pause doubles from 200 ms to 5 s; its second half is random.
 */
export class Backoff {
  #failures = 0;
  #until = 0;
  #openedAt = 0;

  /** Begins a pause if none is active. Returns the remaining time of the active pause in milliseconds. */
  begin({ retryAfterMs }: Interruption, now = Date.now()): number {
    if (now < this.#until) return this.#until - now;
    if (this.#openedAt && now - this.#openedAt > STEADY_MS) this.#failures = 0;
    this.#openedAt = 0;
    const pauseMs = Math.min(AT_MOST_MS, FIRST_MS * 2 ** this.#failures);
    this.#failures += 1;
    const jitteredMs = (pauseMs / 2) * (1 + Math.random());
    const serverMs = Math.min(SERVER_AT_MOST_MS, retryAfterMs);
    const leftMs = Math.round(Math.max(jitteredMs, serverMs));
    this.#until = now + leftMs;
    return leftMs;
  }

  opened(): void {
    this.#openedAt ||= Date.now();
  }

  /** Reports that a result arrived: the next pause is short again. */
  delivered(): void {
    this.#failures = 0;
  }

  /** Resolves at the end of the pause, or when the signal is aborted. */
  wait(signal: AbortSignal): Promise<void> {
    return pause(this.#until - Date.now(), signal);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
