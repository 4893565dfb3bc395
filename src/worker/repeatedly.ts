export type Repeated = {
  /** Resolves when the work in progress has ended; there is no next one. */
  stop: () => Promise<void>;
};

/**
 * Does the work again and again, beginning at once. The work returns how many milliseconds to wait before the next time;
 * when it fails, `onFailure` is told, and decides.
 */
export function repeatedly(work: () => Promise<number>, onFailure: (error: unknown) => number): Repeated {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let working = once();

  async function once(): Promise<void> {
    const delay = await work().catch(onFailure);
    if (stopped) return;
    timer = setTimeout(() => {
      working = once();
    }, delay);
  }

  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await working;
    },
  };
}
