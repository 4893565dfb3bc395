/** A batch of rendered events. */
export type CachedBatch = { events: readonly { text: Buffer }[] };

/** Limits the memory of the cached batches of all subscriptions: the oldest batches are dropped first. */
export class BatchCache {
  readonly #limit: number;
  readonly #cached = new Set<{ size: number; drop: () => void }>();
  #size = 0;

  constructor(limit = CACHE_AT_MOST) {
    this.#limit = limit;
  }

  /** Counts a batch that its owner has cached. `drop` must remove it from the owner's cache. */
  add(batch: CachedBatch, drop: () => void): void {
    const size = sizeOf(batch);
    this.#cached.add({ size, drop });
    this.#size += size;
    for (const oldest of this.#cached) {
      if (this.#size <= this.#limit) break;
      this.#cached.delete(oldest);
      this.#size -= oldest.size;
      oldest.drop();
    }
  }
}

/**
 * Encodes texts in UTF-8, in one block of memory that holds nothing else. `Buffer.from` would take the memory from
 * blocks that short-lived buffers share, and each small batch in the cache would hold whole blocks.
 */
export function encodeTexts(texts: readonly string[]): Buffer[] {
  const block = Buffer.allocUnsafeSlow(texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0));
  let end = 0;
  return texts.map((text) => {
    const start = end;
    end += block.write(text, start);
    return block.subarray(start, end);
  });
}

/** Rough measured bytes of the objects of a batch and of an event, without the event's text. */
const BYTES_PER_BATCH = 900;
const BYTES_PER_EVENT = 200;
/** In bytes. */
const CACHE_AT_MOST = 32 * 1024 * 1024;

const sizeOf = ({ events }: CachedBatch): number =>
  events.reduce((sum, { text }) => sum + BYTES_PER_EVENT + text.length, BYTES_PER_BATCH);
