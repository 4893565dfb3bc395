/** The state of a client's connection, combined over all its watches. */
export type ConnectionStatus =
  /** No watch is open. */
  | { state: 'idle' }
  | { state: 'connecting' }
  /** Every open watch receives results. */
  | { state: 'live' }
  /** At least one watch has received nothing since `since`; the next attempt starts in `retryInMs`. */
  | { state: 'interrupted'; since: Date; error: Error; retryInMs: number }
  | { state: 'closed' };

type WatchStatus = Extract<ConnectionStatus, { state: 'connecting' | 'live' | 'interrupted' }>;

/** Combines the states of a client's watches, and reports each change of the combined state. */
export class StatusBoard {
  readonly #watches = new Map<object, WatchStatus>();
  readonly #onStatus: ((status: ConnectionStatus) => void) | undefined;
  #status: ConnectionStatus = { state: 'idle' };

  constructor(onStatus: ((status: ConnectionStatus) => void) | undefined) {
    this.#onStatus = onStatus;
  }

  get status(): ConnectionStatus {
    return this.#status;
  }

  connecting(watch: object): void {
    this.#set(watch, { state: 'connecting' });
  }

  live(watch: object): void {
    this.#set(watch, { state: 'live' });
  }

  /**
   * Marks a watch as interrupted until it is live again. `since` is when it was last live, or when its first attempt
   * to connect began.
   */
  interrupted(watch: object, error: Error, retryInMs: number): void {
    const earlier = this.#watches.get(watch);
    const since = earlier?.state === 'interrupted' ? earlier.since : new Date();
    this.#set(watch, { state: 'interrupted', since, error, retryInMs });
  }

  remove(watch: object): void {
    this.#watches.delete(watch);
    this.#report();
  }

  close(): void {
    this.#watches.clear();
    this.#status = { state: 'closed' };
    this.#notify();
  }

  #set(watch: object, status: WatchStatus): void {
    this.#watches.set(watch, status);
    this.#report();
  }

  #report(): void {
    const status = combined([...this.#watches.values()]);
    if (this.#status.state === 'closed' || isSame(status, this.#status)) return;
    this.#status = status;
    this.#notify();
  }

  /** An error in the listener must not disturb the watches, so it is thrown outside of them. */
  #notify(): void {
    try {
      this.#onStatus?.(this.#status);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }
}

function combined(statuses: WatchStatus[]): ConnectionStatus {
  const interrupted = statuses.filter((status) => status.state === 'interrupted');
  if (interrupted.length > 0) return interrupted.reduce((a, b) => (b.since < a.since ? b : a));
  if (statuses.length === 0) return { state: 'idle' };
  return { state: statuses.every(({ state }) => state === 'live') ? 'live' : 'connecting' };
}

const isSame = (a: ConnectionStatus, b: ConnectionStatus): boolean =>
  a === b || (a.state === b.state && a.state !== 'interrupted');
