export type QueueLimits = { results: number; characters: number };

/**
 * A queue between a connection that delivers results and an iteration that reads them. It does not enforce its
 * limits: the caller stops adding values when `isFull` is true.
 */
export class ResultQueue<T> {
  #waiting: { value: T; characters: number }[] = [];
  #characters = 0;
  #takers: { resolve: (step: IteratorResult<T, void>) => void; reject: (error: unknown) => void }[] = [];
  #end: { error?: unknown } | null = null;
  #onEmpty: (() => void) | null = null;
  readonly #limits: QueueLimits;

  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  get isFull(): boolean {
    return this.#waiting.length >= this.#limits.results || this.#characters >= this.#limits.characters;
  }

  push(value: T): void {
    if (this.#end) return;
    const taker = this.#takers.shift();
    if (taker) {
      taker.resolve({ done: false, value });
      return;
    }
    const characters = JSON.stringify(value).length;
    this.#characters += characters;
    this.#waiting.push({ value, characters });
  }

  /** Replaces all queued values, for results of which only the newest counts. */
  replace(value: T): void {
    this.#waiting = [];
    this.#characters = 0;
    this.push(value);
  }

  next(): Promise<IteratorResult<T, void>> {
    const first = this.#waiting.shift();
    if (first) {
      this.#characters -= first.characters;
      if (this.#waiting.length === 0) this.#emptied();
      return Promise.resolve({ done: false, value: first.value });
    }
    if (!this.#end) return new Promise((resolve, reject) => this.#takers.push({ resolve, reject }));
    const { error } = this.#end;
    this.#end = {};
    return error === undefined ? Promise.resolve(DONE) : Promise.reject(error);
  }

  /** Ends the iteration after all queued values are read; with the error, if there is one. */
  end(error?: unknown): void {
    if (this.#end) return;
    const [first, ...others] = this.#takers;
    this.#takers = [];
    // The error is thrown once, after the queued values are read.
    if (first && error !== undefined) first.reject(error);
    else first?.resolve(DONE);
    for (const taker of others) taker.resolve(DONE);
    this.#end = first || error === undefined ? {} : { error };
    this.#emptied();
  }

  /** Ends the iteration at once and drops all queued values. */
  drop(): void {
    this.#waiting = [];
    this.#characters = 0;
    this.end();
    this.#end = {};
  }

  /** Resolves when the queue is empty or the iteration has ended. */
  emptied(): Promise<void> {
    if (this.#waiting.length === 0 || this.#end) return Promise.resolve();
    return new Promise((resolve) => {
      this.#onEmpty = resolve;
    });
  }

  #emptied(): void {
    this.#onEmpty?.();
    this.#onEmpty = null;
  }
}

const DONE: IteratorResult<never, void> = { done: true, value: undefined };
