import { type Logger, troublesOf } from '../logger.ts';

export type Repetition = {
  /** What is done, as the log names it: it is told that it begins to fail, and that it works again. */
  what: string;
  logger: Logger;
  /** How long to wait before it is tried again after it failed. */
  afterFailureMs: number;
};

export type Repeated = {
  /** Resolves when the work in progress has ended; there is no next one. */
  stop: () => Promise<void>;
};

/** Does the work again and again, beginning at once; it returns how many milliseconds to wait before the next time. */
export function repeatedly(
  { what, logger, afterFailureMs }: Repetition,
  work: () => Promise<number>,
): Repeated {
  const troubles = troublesOf(what, logger);
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let working = once();

  async function once(): Promise<void> {
    let delayMs = afterFailureMs;
    try {
      delayMs = await work();
      troubles.worked();
    } catch (error) {
      troubles.failed(error);
    }
    if (stopped) return;
    timer = setTimeout(() => {
      working = once();
    }, delayMs);
  }

  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await working;
    },
  };
}
