import { isTurnLong } from '../async/own-turn.ts';

/** The steps of one operation, between which other clients are served. They begin in their order. */
export class Steps {
  readonly #rest: () => Promise<void>;
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;

  /** @param rest the client's, which waits for another turn of the event loop when this one is long */
  constructor(rest: () => Promise<void>) {
    this.#rest = rest;
  }

  /** Returns a promise of the turn in which the next step may begin. */
  turn(): Promise<void> {
    this.#waiting += 1;
    this.#last = this.#last.then(this.#rest).then(() => {
      this.#waiting -= 1;
    });
    return this.#last;
  }

  /** Returns likewise, but undefined when the step may begin at once. The caller must do its work before it takes another. */
  turnIfLong(): Promise<void> | undefined {
    return this.#waiting > 0 || isTurnLong() ? this.turn() : undefined;
  }

  /** Calls `work` once all steps have begun, and wait for something else. */
  whenIdle(work: () => void): void {
    // Promises that are already resolved go on first.
    void Promise.resolve().then(() =>
      process.nextTick(() => {
        if (this.#waiting === 0) work();
        else void this.#last.then(() => this.whenIdle(work));
      }),
    );
  }
}
