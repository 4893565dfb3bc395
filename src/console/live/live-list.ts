import { JourneyClientError } from 'journey-runtime-client';
import { perFrame } from './per-frame.ts';
import type { LiveRun, RunStore } from './run-store.ts';

export type ListState = {
  phase: 'loading' | 'ready' | 'failed';
  /** The error of the last request that failed; null after the next one that succeeds. */
  error: Error | null;
  /** The runs that are shown, newest first. */
  ids: readonly string[];
  /** Runs that belong into the list and are not shown yet, so that no row moves under the pointer. */
  incoming: readonly string[];
  total: { count: number; isExact: boolean };
  hasMore: boolean;
  isLoadingMore: boolean;
  /** True when the events after the list's cursor are deleted: the list is not live until it is loaded again. */
  isExpired: boolean;
};

type RunPage<Run> = {
  /** The place of the feed from before the page was read. */
  feedCursor: string;
  runs: readonly Run[];
  endCursor: string | null;
  hasMore: boolean;
  total: { count: number; isExact: boolean };
};

/** Where a list comes from. */
export type ListSource<Run> = {
  readPage(after: string | null): Promise<RunPage<Run>>;
  /** The events after a cursor of all runs that may belong into the list, now or later. */
  follow(after: string): AsyncIterableIterator<{ cursor: string; run: Run }>;
  /** Whether a run, as it is now, belongs into the list. */
  matches(run: Run): boolean;
};

const EMPTY: ListState = {
  phase: 'loading',
  error: null,
  ids: [],
  incoming: [],
  total: { count: 0, isExact: true },
  hasMore: false,
  isLoadingMore: false,
  isExpired: false,
};

/**
 * A list of runs that is live from the page on with which it was read:
 *
 * 1. A page is read together with the feed's cursor, and its runs are put into the store.
 * 2. The events after that cursor are followed. Their filter leaves out what changes (status, error, end), so that the
 *    list also learns of the runs that leave it.
 * 3. An event's run is taken if its sequence is greater than the stored one.
 * 4. A run that is not shown and matches waits in `incoming` until `showIncoming`.
 * 5. After a break, the feed goes on after the last cursor. If that expired, the list says so and waits for `reload`.
 */
export class LiveList<Run extends LiveRun> {
  readonly store: RunStore<Run>;
  readonly #source: ListSource<Run>;
  readonly #listeners = new Set<() => void>();
  #state = EMPTY;
  #feedCursor: string | null = null;
  #endCursor: string | null = null;
  #stopFeed: (() => void) | null = null;
  #users = 0;
  /** Distinguishes the responses of this loading from those of an earlier one. */
  #generation = 0;

  constructor(store: RunStore<Run>, source: ListSource<Run>) {
    this.store = store;
    this.#source = source;
  }

  readonly getState = (): ListState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Loads the list, or goes on where it was left. Returns a function that ends the feed and leaves the rows. */
  start(): () => void {
    this.#users += 1;
    if (this.#users === 1) {
      if (this.#generation === 0 || this.#state.phase === 'failed') void this.reload();
      else if (this.#feedCursor !== null && !this.#state.isExpired) this.#follow(this.#feedCursor);
    }
    return () => {
      this.#users -= 1;
      if (this.#users === 0) this.#endFeed();
    };
  }

  /** Reads the first page again. The rows of before stay until it arrives. */
  async reload(): Promise<void> {
    this.#endFeed();
    const generation = ++this.#generation;
    this.#set({ phase: this.#state.phase === 'failed' ? 'loading' : this.#state.phase, error: null });
    try {
      const { feedCursor, runs, endCursor, hasMore, total } = await this.#source.readPage(null);
      if (generation !== this.#generation) return;
      this.store.put(runs);
      this.#feedCursor = feedCursor;
      this.#endCursor = endCursor;
      this.#set({ ...EMPTY, phase: 'ready', ids: runs.map(({ id }) => id), hasMore, total });
      if (this.#users > 0) this.#follow(feedCursor);
    } catch (error) {
      if (generation === this.#generation) this.#set({ phase: 'failed', error: error as Error });
    }
  }

  /** Repeats what failed, if anything did: the first page and the feed after it, or the page of the next rows. */
  async retry(): Promise<void> {
    if (!this.#state.error) return;
    if (this.#state.phase === 'failed' || this.#stopFeed === null) return this.reload();
    this.#set({ error: null });
    return this.loadMore();
  }

  async loadMore(): Promise<void> {
    if (!this.#state.hasMore || this.#state.isLoadingMore || this.#state.error) return;
    const generation = this.#generation;
    this.#set({ isLoadingMore: true });
    try {
      const { runs, endCursor, hasMore } = await this.#source.readPage(this.#endCursor);
      if (generation !== this.#generation) return;
      this.store.put(runs);
      this.#endCursor = endCursor;
      const known = new Set([...this.#state.ids, ...this.#state.incoming]);
      const added = runs.map(({ id }) => id).filter((id) => !known.has(id));
      this.#set({ ids: [...this.#state.ids, ...added], hasMore, isLoadingMore: false, error: null });
    } catch (error) {
      if (generation === this.#generation) this.#set({ isLoadingMore: false, error: error as Error });
    }
  }

  /** Shows the runs that wait, each at its place. */
  showIncoming(): void {
    const { ids, incoming, total } = this.#state;
    if (incoming.length === 0) return;
    this.#set({
      ids: [...ids, ...incoming].sort(newestFirst),
      incoming: [],
      total: { ...total, count: total.count + incoming.length },
    });
  }

  #follow(after: string): void {
    const events = this.#source.follow(after);
    const frames = perFrame<{ cursor: string; run: Run }>((batch) => this.#apply(batch));
    let isEnded = false;
    this.#stopFeed = () => {
      isEnded = true;
      frames.cancel();
      void events.return?.();
    };
    const follow = async () => {
      try {
        for await (const event of events) {
          // One event may still come after the end.
          if (isEnded) return;
          frames.add(event);
        }
      } catch (error) {
        if (isEnded) return;
        this.#stopFeed = null;
        const isExpired = error instanceof JourneyClientError && error.code === 'CURSOR_EXPIRED';
        this.#set(isExpired ? { isExpired } : { error: error as Error });
      }
    };
    void follow();
  }

  #endFeed(): void {
    this.#stopFeed?.();
    this.#stopFeed = null;
  }

  #apply(batch: { cursor: string; run: Run }[]): void {
    this.#feedCursor = batch.at(-1)!.cursor;
    const newer = this.store.put(batch.map(({ run }) => run));
    const { ids, hasMore } = this.#state;
    const shown = new Set(ids);
    const incoming = new Set(this.#state.incoming);
    const oldest = ids.at(-1);
    for (const run of newer) {
      if (shown.has(run.id)) continue;
      // An older run than the last one that was loaded comes with a later page.
      const isLoaded = !hasMore || oldest === undefined || run.id > oldest;
      if (isLoaded && this.#source.matches(run)) incoming.add(run.id);
      else incoming.delete(run.id);
    }
    const hasSame =
      incoming.size === this.#state.incoming.length && this.#state.incoming.every((id) => incoming.has(id));
    if (!hasSame) this.#set({ incoming: [...incoming] });
  }

  #set(change: Partial<ListState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

/** Ids of runs sort by the time of enqueueing (UUID version 7). */
const newestFirst = (a: string, b: string) => (a < b ? 1 : a > b ? -1 : 0);
