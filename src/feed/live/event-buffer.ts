import { type Cursor, compareCursors } from '../log/feed-cursor.ts';
import type { FeedEvent } from '../log/feed-event.ts';

export type BufferLimits = { events: number; bytes: number };

/**
 * The newest events of the log, in memory: always an unbroken stretch of it, from just after `floor` to `end`.
 * A reader is only a place in it, so a slow reader costs no memory.
 */
export class EventBuffer {
  readonly #limits: BufferLimits;
  #floor: Cursor;
  #events: FeedEvent[] = [];
  #sizes: number[] = [];
  #bytes = 0;

  constructor(start: Cursor, limits: BufferLimits) {
    this.#floor = start;
    this.#limits = limits;
  }

  /** The place after the last event. */
  get end(): Cursor {
    return this.#events.at(-1)?.cursor ?? this.#floor;
  }

  get length(): number {
    return this.#events.length;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Adds the events that follow `end` in the log, and drops the oldest ones beyond the limits. */
  append(events: readonly FeedEvent[]): void {
    for (const event of events) {
      const size = sizeOf(event);
      this.#events.push(event);
      this.#sizes.push(size);
      this.#bytes += size;
    }
    let dropped = 0;
    while (this.#events.length - dropped > this.#limits.events || this.#bytes > this.#limits.bytes) {
      this.#bytes -= this.#sizes[dropped]!;
      dropped += 1;
    }
    if (dropped === 0) return;
    this.#floor = this.#events[dropped - 1]!.cursor;
    this.#events.splice(0, dropped);
    this.#sizes.splice(0, dropped);
  }

  /** At most `limit` events after a place; null when the place is not in the buffer, so that the log must be read. */
  after(place: Cursor, limit: number): FeedEvent[] | null {
    const index = this.#indexAfter(place);
    return index === null ? null : this.#events.slice(index, index + limit);
  }

  #indexAfter(place: Cursor): number | null {
    if (isSame(place, this.end)) return this.#events.length;
    if (isSame(place, this.#floor)) return 0;
    let low = 0;
    let high = this.#events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareCursors(this.#events[middle]!.cursor, place) < 0) low = middle + 1;
      else high = middle;
    }
    const at = this.#events[low];
    return at && isSame(at.cursor, place) ? low + 1 : null;
  }
}

const isSame = (a: Cursor, b: Cursor) => compareCursors(a, b) === 0 && a.mark === b.mark;

/** A rough count of the bytes that an event takes in memory. */
function sizeOf({ error, telemetry, reason }: FeedEvent): number {
  const texts = [error?.message, telemetry?.outputPreview, telemetry?.errorPreview, reason];
  const detail = error?.detail ? JSON.stringify(error.detail).length : 0;
  return 800 + 2 * (detail + texts.reduce((sum, text) => sum + (text?.length ?? 0), 0));
}
