/** The slots of a worker: each holds one item of work at a time. */
export type Slots<Item> = {
  /** Starts the items in their order, each as a slot becomes free. Returns the items that got no slot in time. */
  fill: (items: readonly Item[], withinMs: number) => Promise<Item[]>;
  /** Resolves when a slot is free, or the slots are closed. */
  whenFree: () => Promise<void>;
  /** Starts no more items, and drops those that wait for a slot. Resolves when no item is active. */
  close: () => Promise<void>;
};

/** `work` never rejects. */
export function createSlots<Item>(size: number, work: (item: Item) => Promise<void>): Slots<Item> {
  let free = size;
  let isOpen = true;
  let change = Promise.withResolvers<void>();

  function signalChange(): void {
    change.resolve();
    change = Promise.withResolvers();
  }

  async function begin(item: Item): Promise<void> {
    free -= 1;
    await work(item);
    free += 1;
    signalChange();
  }

  return {
    async fill(items, withinMs) {
      let isInTime = true;
      const timer = setTimeout(() => {
        isInTime = false;
        signalChange();
      }, withinMs);
      let begun = 0;
      while (begun < items.length && isOpen && (free > 0 || isInTime)) {
        if (free > 0) void begin(items[begun++]!);
        else await change.promise;
      }
      clearTimeout(timer);
      return items.slice(begun);
    },
    async whenFree() {
      while (free === 0 && isOpen) await change.promise;
    },
    async close() {
      isOpen = false;
      signalChange();
      while (free < size) await change.promise;
    },
  };
}
