/** Work that is done one piece at a time. */
export type InTurn = {
  /** What it rejects with is its own affair: the next one begins all the same. */
  add: (work: () => Promise<unknown>) => void;
  /** Begins no more; resolves when the one in work is done. */
  stop: () => Promise<void>;
};

export function createInTurn(): InTurn {
  const waiting: (() => Promise<unknown>)[] = [];
  let working: Promise<void> | undefined;

  async function workThrough(): Promise<void> {
    for (let work = waiting.shift(); work; work = waiting.shift()) await work().catch(() => {});
    working = undefined;
  }

  return {
    add(work) {
      waiting.push(work);
      working ??= workThrough();
    },
    async stop() {
      waiting.length = 0;
      await working;
    },
  };
}
