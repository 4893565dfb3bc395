import pLimit, { type LimitFunction } from 'p-limit';
import { pause } from '../async/pause.ts';
import { retryOnOutage } from '../async/retry-on-outage.ts';
import { Signal } from '../async/signal.ts';
import { ServiceError } from '../errors.ts';
import type { EventFeed } from '../feed/live/event-feed.ts';
import type { EventFilter } from '../feed/log/event-filter.ts';
import type { Cursor } from '../feed/log/feed-cursor.ts';
import type { NarrowedFilter } from '../runs/model/run-scope.ts';

/**
 * Yields the figures of the filter's runs at once, then again after runs change and when time changes them, at most
 * once a second, until the signal is aborted.
 */
export type WatchFigures<F> = (filter: NarrowedFilter, signal: AbortSignal) => AsyncGenerator<F, void, void>;

/** Figures about the runs of a filter that can be watched. */
export type WatchedFigures<F> = {
  read(filter: NarrowedFilter): Promise<TimedFigures<F>>;
  /** The figures as they are this long after they were read, if no run changed; null if time does not change them. */
  aged?(figures: F, afterMs: number): F | null;
};

/** Figures, and the milliseconds after which they must be read again although no run changed. */
export type TimedFigures<F> = { figures: F; changesInMs: number };

/**
 * Watches figures of runs for any number of dashboards. Dashboards with the same filter share one reader. Only a few
 * filters are read at the same time, so that many dashboards wait longer instead of taking the database from other
 * queries.
 */
export function createFiguresWatch(feed: EventFeed): <F>(watched: WatchedFigures<F>) => WatchFigures<F> {
  const limit = pLimit(READS_AT_ONCE);
  return <F>(watched: WatchedFigures<F>) => {
    const tickers = new Map<string, Ticker<F>>();
    return async function* (filter, signal) {
      const key = JSON.stringify(filter);
      const ticker = tickers.get(key) ?? new Ticker(watched, feed, filter, limit);
      tickers.set(key, ticker);
      ticker.watchers += 1;
      try {
        yield* ticker.watch(signal);
      } finally {
        ticker.watchers -= 1;
        if (ticker.watchers === 0 || ticker.hasFailed) {
          ticker.stop();
          if (tickers.get(key) === ticker) tickers.delete(key);
        }
      }
    };
  };
}

/** Reads the figures of one filter whenever they may have changed, for all watchers of that filter. */
class Ticker<F> {
  watchers = 0;
  readonly #watched: WatchedFigures<F>;
  readonly #feed: EventFeed;
  /** Resolves to null when the ticker was stopped before its read began. */
  readonly #read: () => Promise<TimedFigures<F> | null>;
  readonly #filter: NarrowedFilter;
  readonly #concerning: EventFilter;
  readonly #ticked = new Signal();
  readonly #stopping = new AbortController();
  #latest: (TimedFigures<F> & { at: number }) | null = null;
  #failure: { error: unknown } | null = null;
  #readSoon = () => {};

  constructor(watched: WatchedFigures<F>, feed: EventFeed, filter: NarrowedFilter, limit: LimitFunction) {
    this.#watched = watched;
    this.#feed = feed;
    this.#filter = filter;
    this.#read = () => limit(() => (this.#stopping.signal.aborted ? null : watched.read(filter)));
    // A run that leaves the filter's statuses also changes the figures, so events are filtered only by fields that
    // never change.
    const { status, errorCode, priority, completedAfter, completedBefore, not, ...ofRun } = filter;
    this.#concerning = feed.filter(ofRun);
    this.#readLoop().catch((error) => {
      this.#failure = { error };
      this.#ticked.happened();
    });
  }

  get hasFailed(): boolean {
    return this.#failure !== null;
  }

  stop(): void {
    this.#stopping.abort();
  }

  async *watch(signal: AbortSignal): AsyncGenerator<F, void, void> {
    if (this.#latest && performance.now() - this.#latest.at > EVERY_MS) {
      this.#latest = null;
      this.#readSoon();
    }
    let seen: F | null = null;
    while (!signal.aborted) {
      if (this.#failure) throw this.#failure.error;
      const figures = this.#latest?.figures;
      if (figures && figures !== seen) {
        seen = figures;
        yield figures;
      } else await this.#ticked.next(signal);
    }
  }

  async #readLoop(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const place = this.#feed.now();
      const read = await retryOnOutage(this.#read, signal);
      if (!read) return;
      this.#latest = { ...read, at: performance.now() };
      this.#ticked.happened();
      await pause(EVERY_MS, signal);
      await this.#untilOther(place, read);
    }
  }

  /**
   * Resolves when the figures may have changed: a run that matches the filter changed after `since`, time changed
   * them, or a watcher requested fresh figures. Until then, watchers see the figures as time ages them.
   */
  async #untilOther(since: Cursor, { figures, changesInMs }: TimedFigures<F>): Promise<void> {
    const requested = new AbortController();
    this.#readSoon = () => requested.abort();
    if (!this.#latest) return;
    const { at } = this.#latest;
    const clock = setTimeout(this.#readSoon, Math.max(0, at + changesInMs - performance.now()));
    const ageing = setInterval(() => {
      if (this.#feed.figures().held !== null) requested.abort();
      else if (this.#latest) {
        const aged = this.#watched.aged?.(figures, performance.now() - at);
        if (!aged) return;
        this.#latest = { ...this.#latest, figures: aged };
        this.#ticked.happened();
      }
    }, EVERY_MS);
    try {
      await this.#untilChanged(since, AbortSignal.any([requested.signal, this.#stopping.signal]));
    } finally {
      clearTimeout(clock);
      clearInterval(ageing);
    }
  }

  async #untilChanged(since: Cursor, signal: AbortSignal): Promise<void> {
    for (let place = since; !signal.aborted; ) {
      try {
        const events = await this.#feed.next(place, signal, this.#filter);
        const concerning = await retryOnOutage(() => this.#concerning(events), signal);
        if (concerning && concerning.length > 0) return;
        place = events.at(-1)?.cursor ?? place;
      } catch (error) {
        // The events since then can no longer be read, so the figures may have changed.
        const hasMoved = this.#filter.shop?.some((shop) => this.#feed.movedShops().has(shop));
        if (error instanceof ServiceError && error.code === 'CURSOR_EXPIRED' && !hasMoved) return;
        throw error;
      }
    }
  }
}

const EVERY_MS = 1_000;
const READS_AT_ONCE = 2;
