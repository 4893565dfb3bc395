/** A queue of work that runs one piece at a time. */
export type InTurn = {
  /** Queues a piece of work. If it rejects, the error is ignored and the next piece still starts. */
  add: (work: () => Promise<unknown>) => void;
  /** Drops the work that has not started; resolves when the running piece has ended. */
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
