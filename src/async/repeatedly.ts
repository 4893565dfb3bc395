import { createFailureLog, type Logger } from '../logger.ts';

export type Repetition = {
  /** The work's name in the log, which reports when the work begins to fail and when it works again. */
  what: string;
  logger: Logger;
  /** Milliseconds to wait before a retry after a failure. */
  afterFailureMs: number;
};

export type Repeated = {
  /** Stops the repetition; resolves when the work in progress has ended. */
  stop: () => Promise<void>;
};

/** Repeats the work, starting at once. The work returns the milliseconds to wait before the next time. */
export function repeatedly(
  { what, logger, afterFailureMs }: Repetition,
  work: () => Promise<number>,
): Repeated {
  const failures = createFailureLog(what, logger);
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let working = once();

  async function once(): Promise<void> {
    let delayMs = afterFailureMs;
    try {
      delayMs = await work();
      failures.worked();
    } catch (error) {
      failures.failed(error);
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
