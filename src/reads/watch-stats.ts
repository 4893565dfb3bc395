import pLimit, { type LimitFunction } from 'p-limit';
import type pg from 'pg';
import { pause } from '../async/pause.ts';
import { retryOnOutage } from '../async/retry-on-outage.ts';
import { Signal } from '../async/signal.ts';
import { ServiceError } from '../errors.ts';
import type { EventFeed } from '../feed/live/event-feed.ts';
import type { EventFilter } from '../feed/log/event-filter.ts';
import type { Cursor } from '../feed/log/feed-cursor.ts';
import type { RunFilter } from '../runs/model/run-filter.ts';
import { type RunStats, readTimedStats, type TimedStats } from './run-stats.ts';

export type StatsWatch = {
  /**
   * Yields the figures at once, then again after runs change and when time changes them, at most once a second, until
   * the signal is aborted.
   */
  watch(filter: RunFilter, signal: AbortSignal): AsyncGenerator<RunStats, void, void>;
};

/**
 * Watches run statistics for any number of dashboards. Dashboards with the same filter share one reader. Only a few
 * filters are read at the same time, so that many dashboards wait longer instead of taking the database from other
 * queries.
 */
export function createStatsWatch(pool: pg.Pool, feed: EventFeed): StatsWatch {
  const tickers = new Map<string, Ticker>();
  const limit = pLimit(READS_AT_ONCE);
  return {
    async *watch(filter, signal) {
      const key = JSON.stringify(filter);
      const ticker = tickers.get(key) ?? new Ticker(pool, feed, filter, limit);
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
    },
  };
}

/** Reads the figures of one filter whenever they may have changed, for all watchers of that filter. */
class Ticker {
  watchers = 0;
  readonly #feed: EventFeed;
  /** Resolves to null when the ticker was stopped before its read began. */
  readonly #read: () => Promise<TimedStats | null>;
  readonly #concerning: EventFilter;
  readonly #ticked = new Signal();
  readonly #stopping = new AbortController();
  #latest: (TimedStats & { at: number }) | null = null;
  #failure: { error: unknown } | null = null;
  #readSoon = () => {};

  constructor(pool: pg.Pool, feed: EventFeed, filter: RunFilter, limit: LimitFunction) {
    this.#feed = feed;
    this.#read = () => limit(() => (this.#stopping.signal.aborted ? null : readTimedStats(pool, filter)));
    // A run that leaves the filter's statuses also changes the figures, so events are filtered only by fields that
    // never change.
    const { status, errorCode, completedAfter, completedBefore, ...ofRun } = filter;
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

  async *watch(signal: AbortSignal): AsyncGenerator<RunStats, void, void> {
    if (this.#latest && performance.now() - this.#latest.at > EVERY_MS) {
      this.#latest = null;
      this.#readSoon();
    }
    let seen: RunStats | null = null;
    while (!signal.aborted) {
      if (this.#failure) throw this.#failure.error;
      const stats = this.#latest?.stats;
      if (stats && stats !== seen) {
        seen = stats;
        yield stats;
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
   * them, or a watcher requested fresh figures. Until then, watchers see the age of the oldest due run grow.
   */
  async #untilOther(since: Cursor, { stats, changesInMs }: TimedStats): Promise<void> {
    const requested = new AbortController();
    this.#readSoon = () => requested.abort();
    if (!this.#latest) return;
    const { at } = this.#latest;
    const otherAt = at + Math.min(changesInMs, lookAgainMs(stats));
    const clock = setTimeout(this.#readSoon, Math.max(0, otherAt - performance.now()));
    const ageing = setInterval(() => {
      if (this.#feed.figures().held !== null) requested.abort();
      else if (this.#latest && stats.oldestQueuedSeconds !== null) {
        const oldestQueuedSeconds = stats.oldestQueuedSeconds + (performance.now() - at) / 1_000;
        this.#latest = { ...this.#latest, stats: { ...stats, oldestQueuedSeconds } };
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
        const events = await this.#feed.next(place, signal);
        const concerning = await retryOnOutage(() => this.#concerning(events), signal);
        if (concerning && concerning.length > 0) return;
        place = events.at(-1)?.cursor ?? place;
      } catch (error) {
        // The events since then can no longer be read, so the figures may have changed.
        if (error instanceof ServiceError && error.code === 'CURSOR_EXPIRED') return;
        throw error;
      }
    }
  }
}

/** While runs are due, their queue may gain or lose its workers without an event. */
const lookAgainMs = ({ oldestQueuedSeconds }: RunStats): number =>
  oldestQueuedSeconds === null ? Number.POSITIVE_INFINITY : DUE_MS;

const EVERY_MS = 1_000;
const DUE_MS = 5_000;
const READS_AT_ONCE = 2;
