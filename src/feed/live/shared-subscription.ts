import { retryOnOutage } from '../../async/retry-on-outage.ts';
import type { RunFilter } from '../../runs/model/run-filter.ts';
import type { EventFilter } from '../log/event-filter.ts';
import { type Cursor, encodeCursor } from '../log/feed-cursor.ts';
import type { FeedEvent } from '../log/feed-event.ts';
import type { EventFeed } from './event-feed.ts';

/** What subscribers alike have in common. */
export type SharedSource = {
  filter: RunFilter;
  /** One text an event, in their order. Called again with the same events when it failed for an outage. */
  render(events: readonly FeedEvent[]): Promise<readonly string[]>;
  /** What subscribers are told of an error that ends them all. */
  presented(error: unknown): Error;
};

/** An event as it is sent, whoever receives it: its text in UTF-8. */
export type RenderedEvent = { cursor: string; text: Buffer };

/** One subscriber: a place in the feed, and nothing else of its own. */
export type SharedSubscriber = {
  /** Asks for the next events, once. They never come before this returns. */
  ask(receiver: Receiver): void;
  /** Ends what was asked for, too. */
  leave(): void;
};

/** Who asks is told one of the two. Neither may throw: others are told by the same loop. */
export type Receiver = {
  /** The next events, at least one. False where there is no room for them: the next request starts with them again. */
  take(events: readonly RenderedEvent[]): boolean;
  /** There are no more: it has left, or an error, as presented by its source, has ended it. */
  end(error?: Error): void;
};

/**
 * Subscribers alike share their work: the events after a place are filtered and rendered once for all who ask at that
 * place. One that is slower than the others asks for a place that nobody remembers, and has it rendered anew.
 */
export class SharedSubscriptions {
  readonly #feed: EventFeed;
  readonly #groups = new Map<string, Group>();
  readonly #memory = new Memory();

  constructor(feed: EventFeed) {
    this.#feed = feed;
  }

  /** Subscribes after a place. The key must tell apart whatever its source would filter or render in another way. */
  join(key: string, start: Cursor, source: () => SharedSource): SharedSubscriber {
    const known = this.#groups.get(key);
    const group = known ?? new Group(this.#feed, source(), this.#memory);
    if (!known) this.#groups.set(key, group);
    group.members += 1;
    return new Subscriber(group, start, () => {
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

  ask(receiver: Receiver): void {
    if (this.#hasLeft) {
      receiver.end();
      return;
    }
    this.#receiver = receiver;
    this.#group.tellAfter(this.#place, this);
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
    this.#group.tellNoMore(this.#place, this);
    this.#receiver?.end(error);
    this.#receiver = null;
    this.#onLeave();
  }
}

/** A cursor with its text, which is made once for all who come to stand there. */
type Place = { cursor: Cursor; key: string };
const placeAt = (cursor: Cursor): Place => ({ cursor, key: encodeCursor(cursor) });

type Batch = { events: readonly RenderedEvent[]; end: Place; length: number };

/** A batch, and who is told of it when it has come: in one loop, since a promise each would cost more than to write to a socket. */
type AskedBatch = { batch: Promise<Batch>; waiting: Set<Subscriber> | null };

class Group {
  members = 0;
  readonly #feed: EventFeed;
  readonly #source: SharedSource;
  readonly #keep: EventFilter;
  readonly #memory: Memory;
  readonly #batches = new Map<string, AskedBatch>();
  readonly #ending = new AbortController();
  #eventsPerBatch = EVENTS_PER_FIRST_BATCH;
  #timesErased: number;

  constructor(feed: EventFeed, source: SharedSource, memory: Memory) {
    this.#feed = feed;
    this.#timesErased = feed.timesErased();
    this.#source = source;
    this.#keep = feed.filter(source.filter);
    this.#memory = memory;
  }

  /** Tells the subscriber the events after a place, at least one; none once the group has ended. */
  tellAfter(place: Place, subscriber: Subscriber): void {
    this.#dropErased();
    const { batch, waiting } = this.#batches.get(place.key) ?? this.#askFor(place);
    if (waiting) waiting.add(subscriber);
    else void batch.then((come) => subscriber.take(come));
  }

  tellNoMore({ key }: Place, subscriber: Subscriber): void {
    this.#batches.get(key)?.waiting?.delete(subscriber);
  }

  #askFor({ cursor, key }: Place): AskedBatch {
    const waiting = new Set<Subscriber>();
    const asked: AskedBatch = { batch: this.#read(cursor), waiting };
    this.#batches.set(key, asked);
    const forget = () => {
      if (this.#batches.get(key) === asked) this.#batches.delete(key);
    };
    asked.batch.then(
      (batch) => {
        if (this.members > 1) this.#memory.keep(batch.length, forget);
        else forget();
        asked.waiting = null;
        for (const subscriber of waiting) subscriber.take(batch);
      },
      (error) => {
        forget();
        const presented = this.#source.presented(error);
        for (const subscriber of waiting) subscriber.leave(presented);
      },
    );
    return asked;
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
      const events = await this.#feed.next(place, signal);
      const kept = (await retryOnOutage(() => this.#keep(events), signal)) ?? [];
      const batch = kept.slice(0, this.#eventsPerBatch);
      const texts = await retryOnOutage(async () => this.#source.render(batch), signal);
      place = (batch.length < kept.length ? batch.at(-1) : events.at(-1))?.cursor ?? place;
      if (!texts || texts.length === 0) continue;
      const rendered = batch.map(({ cursor }, index) => ({
        cursor: encodeCursor(cursor),
        text: Buffer.from(texts[index]!),
      }));
      const length = rendered.reduce((sum, { text }) => sum + text.length, 0);
      this.#eventsPerBatch = Math.max(
        1,
        Math.min(EVENTS_PER_BATCH, Math.floor((LENGTH_PER_BATCH * texts.length) / length)),
      );
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
/** In bytes: what a socket is given at once, about. */
const LENGTH_PER_BATCH = 256 * 1024;
const REMEMBERED_LENGTH = 32 * 1024 * 1024;
