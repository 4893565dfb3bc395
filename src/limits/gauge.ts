import { LimitedError } from '../errors.ts';

/** Counts what a client holds at the moment, up to a limit. */
export class Gauge {
  readonly #limit: number;
  readonly #message: string;
  #held = 0;

  /** @param message the error at the limit */
  constructor(limit: number, message: string) {
    this.#limit = limit;
    this.#message = message;
  }

  /** @throws LimitedError when the limit is reached; nothing is added then */
  take(amount = 1): void {
    this.check();
    this.#held += amount;
  }

  /** Adds an amount that is already held, even beyond the limit. */
  add(amount: number): void {
    this.#held += amount;
  }

  release(amount = 1): void {
    this.#held -= amount;
  }

  get isFull(): boolean {
    return this.#held >= this.#limit;
  }

  /** @throws LimitedError when the limit is reached */
  check(): void {
    if (this.isFull) throw new LimitedError(this.#message, RETRY_AFTER_SECONDS);
  }
}

const RETRY_AFTER_SECONDS = 1;
