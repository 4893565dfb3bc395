import { retryOnOutage } from '../../async/retry-on-outage.ts';
import type { NarrowedFilter } from '../../runs/model/run-scope.ts';
import type { EventFilter } from '../log/event-filter.ts';
import { type Cursor, encodeCursor } from '../log/feed-cursor.ts';
import type { FeedEvent } from '../log/feed-event.ts';
import { BatchCache, encodeTexts } from './batch-cache.ts';
import type { EventFeed } from './event-feed.ts';

/** The common source of subscribers with the same filter and selection. */
export type SharedSource = {
  filter: NarrowedFilter;
  /**
   * Renders one text per event, in their order. It is called again with the same events when it failed because of an
   * outage.
   */
  render(events: readonly FeedEvent[]): Promise<readonly string[]>;
  /** Converts an error that ends all subscribers to the error that they receive. */
  masked(error: unknown): Error;
};

/** A rendered event, the same for every receiver: its text in UTF-8. */
export type RenderedEvent = { cursor: string; text: Buffer };

/** One subscriber. It has no state of its own except its place in the feed. */
export type SharedSubscriber = {
  /** Requests the next events once. They never arrive before this call returns. */
  request(receiver: Receiver): void;
  /** Unsubscribes; this also ends a pending request. */
  leave(): void;
};

/**
 * Receives the result of one request: exactly one of the two methods is called. Neither may throw, because the same
 * loop serves other receivers.
 */
export type Receiver = {
  /**
   * Receives the next events, at least one. Returns false when there is no room for them; the next request then
   * starts with them again.
   */
  take(events: readonly RenderedEvent[]): boolean;
  /** The subscription has ended: the subscriber left, or an error ended it, as converted by its source. */
  end(error?: Error): void;
};

/**
 * Shares work between subscribers with the same source: the events after a place are filtered and rendered once for
 * all subscribers that request them. A slower subscriber may request a place whose batch was dropped; that batch is
 * rendered again.
 */
export class SharedSubscriptions {
  readonly #feed: EventFeed;
  readonly #groups = new Map<string, Group>();
  readonly #cache: BatchCache;

  constructor(feed: EventFeed, cache = new BatchCache()) {
    this.#feed = feed;
    this.#cache = cache;
  }

  /**
   * Subscribes after a place. Sources that filter or render differently must have different keys.
   * @param onLeave called once when the subscriber has left or was ended by an error
   */
  join(key: string, start: Cursor, source: () => SharedSource, onLeave = () => {}): SharedSubscriber {
    const known = this.#groups.get(key);
    const group = known ?? new Group(this.#feed, source(), this.#cache);
    if (!known) this.#groups.set(key, group);
    group.members += 1;
    return new Subscriber(group, start, () => {
      onLeave();
      group.members -= 1;
      if (group.members > 0) return;
      group.end();
      this.#groups.delete(key);
    });
  }
}

class Subscriber implements SharedSubscriber {
  readonly #group: Group;
  readonly #onLeave: () => void;
  #place: Place;
  #receiver: Receiver | null = null;
  #hasLeft = false;

  constructor(group: Group, start: Cursor, onLeave: () => void) {
    this.#group = group;
    this.#place = placeAt(start);
    this.#onLeave = onLeave;
  }

  request(receiver: Receiver): void {
    if (this.#hasLeft) {
      receiver.end();
      return;
    }
    this.#receiver = receiver;
    this.#group.sendAfter(this.#place, this);
  }

  take({ events, end }: Batch): void {
    const receiver = this.#receiver;
    const before = this.#place;
    this.#receiver = null;
    this.#place = end;
    if (events.length === 0) receiver?.end();
    else if (receiver?.take(events) === false) this.#place = before;
  }

  leave(error?: Error): void {
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    this.#group.cancelRequest(this.#place, this);
    this.#receiver?.end(error);
    this.#receiver = null;
    this.#onLeave();
  }
}

/** A cursor with its text, which is encoded once for all subscribers at that place. */
type Place = { cursor: Cursor; key: string };
const placeAt = (cursor: Cursor): Place => ({ cursor, key: encodeCursor(cursor) });

type Batch = { events: readonly RenderedEvent[]; end: Place };

/**
 * A batch, and the subscribers that wait for it. One loop serves them all, because one promise each would cost more
 * than a write to a socket.
 */
type PendingBatch = { batch: Promise<Batch>; waiting: Set<Subscriber> | null };

class Group {
  members = 0;
  readonly #feed: EventFeed;
  readonly #source: SharedSource;
  readonly #matching: EventFilter;
  readonly #cache: BatchCache;
  readonly #batches = new Map<string, PendingBatch>();
  readonly #ending = new AbortController();
  #eventsPerBatch = EVENTS_PER_FIRST_BATCH;
  #timesErased: number;

  constructor(feed: EventFeed, source: SharedSource, cache: BatchCache) {
    this.#feed = feed;
    this.#timesErased = feed.timesErased();
    this.#source = source;
    this.#matching = feed.filter(source.filter);
    this.#cache = cache;
  }

  /** Sends the subscriber the events after a place, at least one; an empty batch once the group has ended. */
  sendAfter(place: Place, subscriber: Subscriber): void {
    this.#dropErased();
    const { batch, waiting } = this.#batches.get(place.key) ?? this.#readBatch(place);
    if (waiting) waiting.add(subscriber);
    else void batch.then((come) => subscriber.take(come));
  }

  cancelRequest({ key }: Place, subscriber: Subscriber): void {
    this.#batches.get(key)?.waiting?.delete(subscriber);
  }

  #readBatch({ cursor, key }: Place): PendingBatch {
    const waiting = new Set<Subscriber>();
    const pending: PendingBatch = { batch: this.#read(cursor), waiting };
    this.#batches.set(key, pending);
    const forget = () => {
      if (this.#batches.get(key) === pending) this.#batches.delete(key);
    };
    pending.batch.then(
      (batch) => {
        if (this.members > 1) this.#cache.add(batch, forget);
        else forget();
        pending.waiting = null;
        for (const subscriber of waiting) subscriber.take(batch);
      },
      (error) => {
        forget();
        const masked = this.#source.masked(error);
        for (const subscriber of waiting) subscriber.leave(masked);
      },
    );
    return pending;
  }

  #dropErased(): void {
    const timesErased = this.#feed.timesErased();
    if (timesErased === this.#timesErased) return;
    this.#timesErased = timesErased;
    for (const [key, { waiting }] of this.#batches) if (!waiting) this.#batches.delete(key);
  }

  end(): void {
    this.#ending.abort();
  }

  async #read(start: Cursor): Promise<Batch> {
    const { signal } = this.#ending;
    let place = start;
    while (!signal.aborted) {
      const events = await this.#feed.next(place, signal, this.#source.filter);
      const matching = (await retryOnOutage(() => this.#matching(events), signal)) ?? [];
      const batch = matching.slice(0, this.#eventsPerBatch);
      const texts = await retryOnOutage(async () => this.#source.render(batch), signal);
      place = (batch.length < matching.length ? batch.at(-1) : events.at(-1))?.cursor ?? place;
      if (!texts || texts.length === 0) continue;
      const encoded = encodeTexts(texts);
      const rendered = encoded.map((text, index) => ({ cursor: encodeCursor(batch[index]!.cursor), text }));
      const length = encoded.reduce((sum, text) => sum + text.length, 0);
      this.#eventsPerBatch = Math.max(
        1,
        Math.min(EVENTS_PER_BATCH, Math.floor((LENGTH_PER_BATCH * texts.length) / length)),
      );
      return { events: rendered, end: placeAt(place) };
    }
    return { events: [], end: placeAt(place) };
  }
}

/** The first batch is small, because it shows how large rendered events are. */
const EVENTS_PER_FIRST_BATCH = 10;
const EVENTS_PER_BATCH = 100;
/** The approximate bytes that are written to a socket at once. */
const LENGTH_PER_BATCH = 256 * 1024;
