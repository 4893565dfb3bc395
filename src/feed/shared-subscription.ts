import type pg from 'pg';
import type { RunFilter } from '../model/run-filter.ts';
import { type Cursor, encodeCursor } from './cursor.ts';
import type { EventFeed } from './event-feed.ts';
import { createEventFilter, type EventFilter } from './event-filter.ts';
import type { FeedEvent } from './feed-event.ts';
import { throughOutages } from './through-outages.ts';

/** What subscribers alike have in common. */
export type SharedSource = {
  filter: RunFilter;
  /** One text an event, in their order. Called again with the same events when it failed for an outage. */
  render(events: readonly FeedEvent[]): Promise<readonly string[]>;
  /** What subscribers are told of an error that ends them all. */
  presented(error: unknown): Error;
};

/** An event as it is sent, whoever receives it. */
export type RenderedEvent = { cursor: string; text: string };

/** One subscriber: a place in the feed, and nothing else of its own. */
export type SharedSubscriber = {
  /** The next events, at least one; null once it has left. An error, as presented by the source, ends it. */
  next(): Promise<readonly RenderedEvent[] | null>;
  /** Ends a `next` that waits, too. */
  leave(): void;
};

/**
 * Subscribers alike share their work: the events after a place are filtered and rendered once for all who ask at that
 * place. One that is slower than the others asks for a place that nobody remembers, and has it rendered anew.
 */
export class SharedSubscriptions {
  readonly #feed: EventFeed;
  readonly #pool: pg.Pool;
  readonly #groups = new Map<string, Group>();
  readonly #memory = new Memory();

  constructor(feed: EventFeed, pool: pg.Pool) {
    this.#feed = feed;
    this.#pool = pool;
  }

  /** Subscribes after a place. The key must tell apart whatever its source would filter or render in another way. */
  join(key: string, start: Cursor, source: () => SharedSource): SharedSubscriber {
    const known = this.#groups.get(key);
    const group = known ?? new Group(this.#feed, this.#pool, source(), this.#memory);
    if (!known) this.#groups.set(key, group);
    group.members += 1;
    return subscriber(group, start, () => {
      group.members -= 1;
      if (group.members > 0) return;
      group.end();
      this.#groups.delete(key);
    });
  }
}

function subscriber(group: Group, start: Cursor, onLeave: () => void): SharedSubscriber {
  let place = placeAt(start);
  let hasLeft = false;
  let endWait = () => {};
  const leave = () => {
    if (hasLeft) return;
    hasLeft = true;
    endWait();
    onLeave();
  };
  return {
    leave,
    next: () =>
      new Promise((resolve, reject) => {
        if (hasLeft) return resolve(null);
        endWait = () => resolve(null);
        group.after(place).then(
          ({ events, end }) => {
            place = end;
            resolve(events.length > 0 ? events : null);
          },
          (error) => {
            reject(error);
            leave();
          },
        );
      }),
  };
}

/** A cursor with its text, which is made once for all who come to stand there. */
type Place = { cursor: Cursor; key: string };
const placeAt = (cursor: Cursor): Place => ({ cursor, key: encodeCursor(cursor) });

type Batch = { events: readonly RenderedEvent[]; end: Place; length: number };

class Group {
  members = 0;
  readonly #feed: EventFeed;
  readonly #source: SharedSource;
  readonly #keep: EventFilter;
  readonly #memory: Memory;
  readonly #batches = new Map<string, Promise<Batch>>();
  readonly #ending = new AbortController();
  #eventsPerBatch = EVENTS_PER_FIRST_BATCH;

  constructor(feed: EventFeed, pool: pg.Pool, source: SharedSource, memory: Memory) {
    this.#feed = feed;
    this.#source = source;
    this.#keep = createEventFilter(pool, source.filter);
    this.#memory = memory;
  }

  /** The events after a place, at least one; none once the group has ended. */
  after({ cursor, key }: Place): Promise<Batch> {
    const known = this.#batches.get(key);
    if (known) return known;
    const batch = this.#read(cursor).catch((error) => {
      throw this.#source.presented(error);
    });
    this.#batches.set(key, batch);
    const forget = () => this.#batches.delete(key);
    batch.then(({ length }) => (this.members > 1 ? this.#memory.keep(length, forget) : forget()), forget);
    return batch;
  }

  end(): void {
    this.#ending.abort();
  }

  async #read(start: Cursor): Promise<Batch> {
    const { signal } = this.#ending;
    let place = start;
    while (!signal.aborted) {
      const events = await this.#feed.next(place, signal);
      const kept = (await throughOutages(() => this.#keep(events), signal)) ?? [];
      const batch = kept.slice(0, this.#eventsPerBatch);
      const texts = await throughOutages(async () => this.#source.render(batch), signal);
      place = (batch.length < kept.length ? batch.at(-1) : events.at(-1))?.cursor ?? place;
      if (!texts || texts.length === 0) continue;
      const length = texts.reduce((sum, text) => sum + text.length, 0);
      this.#eventsPerBatch = Math.max(
        1,
        Math.min(EVENTS_PER_BATCH, Math.floor((LENGTH_PER_BATCH * texts.length) / length)),
      );
      const rendered = batch.map(({ cursor }, index) => ({
        cursor: encodeCursor(cursor),
        text: texts[index]!,
      }));
      return { events: rendered, end: placeAt(place), length };
    }
    return { events: [], end: placeAt(place), length: 0 };
  }
}

/** The batches of all groups that are kept for whoever comes next: the newest ones that fit together. */
class Memory {
  readonly #kept = new Set<{ length: number; forget: () => void }>();
  #length = 0;

  keep(length: number, forget: () => void): void {
    this.#kept.add({ length, forget });
    this.#length += length;
    for (const oldest of this.#kept) {
      if (this.#length <= REMEMBERED_LENGTH) break;
      this.#kept.delete(oldest);
      this.#length -= oldest.length;
      oldest.forget();
    }
  }
}

/** How large rendered events are, the first batch tells. */
const EVENTS_PER_FIRST_BATCH = 10;
const EVENTS_PER_BATCH = 100;
/** In UTF-16 code units: what a socket is given at once, about. */
const LENGTH_PER_BATCH = 256 * 1024;
const REMEMBERED_LENGTH = 32 * 1024 * 1024;
