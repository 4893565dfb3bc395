/** A value that was read, and its size in bytes for the cache's limit. */
export type Read<Value> = { value: Value; bytes: number };

/**
 * A cache of values by id. Each value is read once for all callers within `ttlMs`, and missing ids are read
 * together. The oldest values are dropped when the cache exceeds its limits.
 */
export class Remembered<Value> {
  readonly #read: (ids: readonly string[]) => Promise<ReadonlyMap<string, Read<Value>>>;
  readonly #limits: { bytes: number; entries: number; ttlMs: number };
  readonly #entries = new Map<string, Entry<Value>>();
  #bytes = 0;

  constructor(
    read: (ids: readonly string[]) => Promise<ReadonlyMap<string, Read<Value>>>,
    limits: { bytes: number; entries: number; ttlMs: number },
  ) {
    this.#read = read;
    this.#limits = limits;
  }

  /**
   * Returns the values in the order of the ids; undefined for ids without a value. Rejects when the read fails; the
   * next call reads again.
   */
  async get(ids: readonly string[]): Promise<(Value | undefined)[]> {
    const now = performance.now();
    const missing = [...new Set(ids)].filter((id) => {
      const known = this.#entries.get(id);
      return !known || now - known.readAt > this.#limits.ttlMs;
    });
    if (missing.length > 0) {
      const reading = this.#read(missing);
      for (const id of missing) this.#add(id, reading, now);
    }
    return Promise.all(ids.map((id) => this.#entries.get(id)!.value));
  }

  #add(id: string, reading: Promise<ReadonlyMap<string, Read<Value>>>, readAt: number): void {
    this.#forget(id, this.#entries.get(id));
    const value = reading.then((values) => values.get(id)?.value);
    const entry: Entry<Value> = { value, readAt, bytes: 0 };
    this.#entries.set(id, entry);
    reading.then(
      (values) => {
        if (this.#entries.get(id) !== entry) return;
        entry.bytes = values.get(id)?.bytes ?? 0;
        this.#bytes += entry.bytes;
        this.#makeRoom();
      },
      () => this.#forget(id, entry),
    );
  }

  #makeRoom(): void {
    for (const [id, oldest] of this.#entries) {
      if (this.#bytes <= this.#limits.bytes && this.#entries.size <= this.#limits.entries) return;
      this.#forget(id, oldest);
    }
  }

  #forget(id: string, entry: Entry<Value> | undefined): void {
    if (!entry || this.#entries.get(id) !== entry) return;
    this.#entries.delete(id);
    this.#bytes -= entry.bytes;
  }
}

type Entry<Value> = { value: Promise<Value | undefined>; readAt: number; bytes: number };
