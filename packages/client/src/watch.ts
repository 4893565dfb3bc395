import type { Backoff } from './backoff.ts';
import type { StatusBoard } from './connection-status.ts';
import { cursorOf, type SubscriptionDocument } from './document.ts';
import { Interruption, JourneyClientError } from './errors.ts';
import { dataOf, type Operation, type Transport } from './operation.ts';
import { ResultQueue } from './result-queue.ts';

/**
 * The results of a subscription. The first next() starts it; return() ends it at once, even while a next() is
 * pending.
 */
export type Watch<Result> = AsyncIterableIterator<Result, void, void>;

/** The objects that all watches of a client share. */
export type WatchHost = { transport: Transport; backoff: Backoff; statuses: StatusBoard };

export type WatchRequest<Result> = {
  document: SubscriptionDocument;
  variables: Record<string, unknown>;
  select(data: Record<string, unknown>): Result;
  /** Called once, when the watch has ended. */
  onEnd(): void;
};

const LIMITS = { results: 1_000, characters: 8 * 1024 * 1024 };

/**
 * Follows one subscription across interruptions. With a cursor it continues after the newest result that it received, so
 * that each event arrives once and in order. Without one, the subscription starts again with the current state.
 */
export class ResumingWatch<Result> implements Watch<Result> {
  readonly #host: WatchHost;
  readonly #request: WatchRequest<Result>;
  readonly #variables: Record<string, unknown>;
  readonly #queue = new ResultQueue<Result>(LIMITS);
  readonly #leaving = new AbortController();
  #hasBegun = false;

  constructor(host: WatchHost, request: WatchRequest<Result>) {
    this.#host = host;
    this.#request = request;
    this.#variables = { ...request.variables };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<Result, void>> {
    if (!this.#hasBegun && !this.#leaving.signal.aborted) {
      this.#hasBegun = true;
      void this.#follow();
    }
    return this.#queue.next();
  }

  return(): Promise<IteratorResult<Result, void>> {
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  /** Unsubscribes, and ends the iteration at once. */
  end(): void {
    this.#queue.drop();
    this.#leaving.abort();
    if (!this.#hasBegun) this.#request.onEnd();
  }

  async #follow(): Promise<void> {
    const { backoff, statuses } = this.#host;
    const { signal } = this.#leaving;
    statuses.connecting(this);
    try {
      while (!signal.aborted) {
        try {
          await backoff.wait(signal);
          if ((await this.#subscribe()) === 'complete') return this.#queue.end();
          await this.#queue.emptied();
        } catch (error) {
          if (!(error instanceof Interruption)) throw error;
          statuses.interrupted(this, error, backoff.begin(error));
        }
      }
    } catch (error) {
      this.#queue.end(error);
    } finally {
      statuses.remove(this);
      this.#request.onEnd();
    }
  }

  /** Resolves when the server completed the subscription, or when it was ended here because the queue is full. */
  async #subscribe(): Promise<'complete' | 'ended'> {
    const { document, select } = this.#request;
    const { query, hasCursor } = document;
    const variables = this.#variables;
    // Without an initial cursor, events during an interruption before the first event would be lost.
    if (hasCursor) variables.after ??= await this.#feedCursor();
    const onData = (data: Record<string, unknown>) => {
      if (!hasCursor) {
        this.#queue.replace(select(data));
        return true;
      }
      variables.after = cursorOf(data);
      this.#queue.push(select(data));
      return !this.#queue.isFull;
    };
    return this.#run({ query, variables }, onData, () => this.#host.statuses.live(this));
  }

  async #feedCursor(): Promise<string> {
    let cursor: unknown;
    await this.#run({ query: '{ feedCursor }', variables: {} }, (data) => {
      cursor = data.feedCursor;
      return false;
    });
    if (typeof cursor === 'string' || this.#leaving.signal.aborted) return cursor as string;
    throw new Interruption('The server sent no feedCursor.');
  }

  /** Runs an operation until the server completes it, the watch ends, or `onData` returns false. */
  #run(
    operation: Operation,
    onData: (data: Record<string, unknown>) => boolean,
    onOpen?: () => void,
  ): Promise<'complete' | 'ended'> {
    const { transport, backoff } = this.#host;
    const { signal } = this.#leaving;
    if (signal.aborted) return Promise.resolve('ended');
    return new Promise((resolve, reject) => {
      const leave = () => {
        unsubscribe();
        settle(() => resolve('ended'));
      };
      const settle = (outcome: () => void) => {
        signal.removeEventListener('abort', leave);
        outcome();
      };
      const unsubscribe = transport.subscribe(operation, {
        open() {
          backoff.opened();
          onOpen?.();
        },
        next(result) {
          try {
            const goesOn = onData(dataOf(result));
            backoff.delivered();
            if (!goesOn) leave();
          } catch (error) {
            unsubscribe();
            settle(() => reject(error));
          }
        },
        complete: () => settle(() => resolve('complete')),
        fail: (error) => settle(() => reject(error)),
      });
      signal.addEventListener('abort', leave);
    });
  }
}

/** @throws JourneyClientError when the variables cannot be sent as JSON. */
export function checkVariables(variables: unknown): Record<string, unknown> {
  if (variables === undefined || variables === null) return {};
  if (typeof variables !== 'object' || Array.isArray(variables))
    throw new JourneyClientError('INVALID_OPTION', 'The variables must be an object, such as { id: "…" }.');
  try {
    JSON.stringify(variables);
  } catch (cause) {
    const message = `The variables cannot be sent as JSON: ${(cause as Error).message}`;
    throw new JourneyClientError('INVALID_OPTION', message, { cause });
  }
  return variables as Record<string, unknown>;
}
