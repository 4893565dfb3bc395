import type pg from 'pg';
import { retryOnOutage } from '../../async/retry-on-outage.ts';
import type { Logger } from '../../logger.ts';
import type { RunFilter } from '../../runs/model/run-filter.ts';
import { EVERY_RUN, type NarrowedFilter, narrowed } from '../../runs/model/run-scope.ts';
import { createEventFilter, type EventFilter } from '../log/event-filter.ts';
import { cursorExpired, isInLog } from '../log/event-log.ts';
import { type Cursor, checkCursor } from '../log/feed-cursor.ts';
import type { FeedEvent } from '../log/feed-event.ts';
import { RunPayloads } from '../log/run-payloads.ts';
import { createPriorities } from '../log/run-priorities.ts';
import { createCatchUp } from './catch-up.ts';
import type { BufferLimits } from './event-buffer.ts';
import { type FeedFigures, FeedReader } from './feed-reader.ts';

/** The live feed of events in a process. It reads the log once for any number of subscribers. */
export type EventFeed = {
  /** Resolves when the log's end was found; retries while the database is unreachable. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** The place after the last event that this process knows to be released. Only after start(). */
  now(): Cursor;
  /** Like now(), but reads the database first; while that is unreachable, returns the place known so far. */
  latest(): Promise<Cursor>;
  /**
   * Returns the events right after a place, and waits for at least one. The list is empty only when the signal was
   * aborted. `filter` is that of the reader, which selects from the events itself.
   * @throws ServiceError CURSOR_EXPIRED, also when a shop of the filter has moved to another cell
   */
  next(place: Cursor, signal: AbortSignal, filter?: RunFilter): Promise<readonly FeedEvent[]>;
  /**
   * Yields batches of filtered events in the log's order until the signal is aborted: the events after `after` first,
   * then new ones. Without `after`, it yields only new events. It does not queue events: they stay in the log until
   * the consumer requests them.
   * @throws ServiceError CURSOR_EXPIRED
   */
  subscribe(options: SubscribeOptions): AsyncGenerator<readonly FeedEvent[], void, void>;
  /** Creates an event filter. Filters of one feed share the payloads that they read. */
  filter(filter: NarrowedFilter): EventFilter;
  /** How often details of events were erased: copies made before the last time must not be shown any more. */
  timesErased(): number;
  /** The ids of transactions of other databases, which hold no event back: events are sent before these end. */
  foreignTransactions(): readonly string[];
  /** The shops that are in another cell now. */
  movedShops(): ReadonlySet<string>;
  figures(): FeedFigures;
};

type SubscribeOptions = { filter?: NarrowedFilter; after?: Cursor | null; signal: AbortSignal };

export type EventFeedOptions = { url: string; pool: pg.Pool; logger: Logger; buffer?: BufferLimits };

export function createEventFeed(options: EventFeedOptions): EventFeed {
  const { pool } = options;
  const reader = new FeedReader(options);
  const readLog = createCatchUp(pool, () => reader.foreign);
  const lookups = { payloads: new RunPayloads(pool), priorities: createPriorities(pool) };
  const filterBy = (filter: NarrowedFilter) => createEventFilter(lookups, filter);

  async function next(
    place: Cursor,
    signal: AbortSignal,
    { shop: shops }: RunFilter = {},
  ): Promise<readonly FeedEvent[]> {
    while (!signal.aborted) {
      if (shops?.some((shop) => reader.movedShops.has(shop))) throw cursorExpired('moved');
      const buffered = reader.buffer.after(place, BATCH);
      if (buffered && buffered.length > 0) return buffered;
      if (buffered) {
        await reader.growth(signal);
        continue;
      }
      const { timesGrown } = reader;
      const page = await retryOnOutage(() => readLog(place), signal);
      if (!page) break;
      if (page.expired !== null) {
        if (page.expired !== 'lost' || !(await isHeldBack(place, signal))) throw cursorExpired(page.expired);
        await reader.growth(signal, AHEAD_MS);
        continue;
      }
      if (page.events.length > 0) return page.events;
      // The place is ahead of this process, whose reader will reach it in a moment.
      if (timesGrown === reader.timesGrown) await reader.growth(signal, AHEAD_MS);
    }
    return [];
  }

  /** Whether the place belongs to an event of one run that was read before its release. */
  async function isHeldBack(place: Cursor, signal: AbortSignal): Promise<boolean> {
    if (place.runId === undefined) return false;
    return (await retryOnOutage(() => isInLog(pool, place, STAND_TIMEOUT_MS), signal)) ?? true;
  }

  async function latest(): Promise<Cursor> {
    await reader.look();
    return reader.buffer.end;
  }

  async function* subscribe({ filter, after, signal }: SubscribeOptions) {
    checkCursor(after ?? null, filter?.runId);
    const filterEvents = filterBy(filter ?? narrowed(EVERY_RUN, {}));
    let place = after ?? (await latest());
    while (!signal.aborted) {
      const events = await next(place, signal, filter);
      const matching = await retryOnOutage(() => filterEvents(events), signal);
      if (matching && matching.length > 0) yield matching;
      place = events.at(-1)?.cursor ?? place;
    }
  }

  return {
    start: () => reader.start(),
    stop: () => reader.stop(),
    now: () => reader.buffer.end,
    latest,
    next,
    subscribe,
    filter: filterBy,
    timesErased: () => reader.timesErased,
    foreignTransactions: () => reader.foreignTransactions,
    movedShops: () => reader.movedShops,
    figures: () => reader.figures(),
  };
}

const BATCH = 100;
const AHEAD_MS = 1_000;
const STAND_TIMEOUT_MS = 5_000;
