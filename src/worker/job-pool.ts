import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger as GraphileLogger, type Runner, run, type TaskList } from 'graphile-worker';
import { createFailureLog, type Logger } from '../logger.ts';
import { releaseJobsOf } from '../queue/release-jobs.ts';
import type { RetryingPool } from '../queue/retrying-pool.ts';

export type PoolOptions = {
  pgPool: RetryingPool;
  /** The pool handles one job at a time. */
  taskList: TaskList;
  pollIntervalMs: number;
  logger: Logger;
  /** Called with the id under which the pool locks its jobs, before the pool takes any. */
  onPool: (poolId: string) => void;
};

export type Pool = {
  /** Whether the pool runs, in contrast to one that failed and starts again. */
  isRunning: () => boolean;
  /** Takes no more jobs, and resolves when the current ones are done. */
  stop: () => Promise<void>;
};

const RESTART_MS = 500;

/**
 * Runs a graphile-worker pool and restarts it when it ends. A pool ends by itself if one of its own statements
 * fails for another reason than an outage. The next pool then unlocks the jobs that the last one held; this is
 * harmless, because a job only says that there may be work.
 */
export function superviseJobPool(options: PoolOptions): Pool {
  const { pgPool, logger } = options;
  const failures = createFailureLog('running the job pool', logger);
  let stopping = false;
  let running = false;
  let runner: Runner | undefined;
  let lastPoolId: string | undefined;
  const ended = supervise();

  async function supervise(): Promise<void> {
    while (!stopping) {
      try {
        if (lastPoolId) await releaseJobsOf(pgPool, [lastPoolId]);
        const events = new EventEmitter();
        const brokenOff = untilBrokenOff(events);
        runner = await startPool(events);
        if (stopping) stopRunner();
        running = true;
        failures.worked();
        await Promise.race([runner.promise, brokenOff.then(stopRunner)]);
      } catch (error) {
        failures.failed(error);
      }
      running = false;
      if (!stopping) await sleep(RESTART_MS);
    }
  }

  /**
   * Ignores the promise of stop(), which may stay pending after a failure of the pool: `ended` resolves in any
   * case.
   */
  function stopRunner(): void {
    runner?.stop().catch(() => {});
  }

  function startPool(events: EventEmitter): Promise<Runner> {
    events.on('pool:create', ({ workerPool }: { workerPool: { id: string } }) => {
      lastPoolId = workerPool.id;
      options.onPool(workerPool.id);
    });
    const { pollIntervalMs, taskList } = options;
    return run({
      pgPool,
      taskList,
      events,
      noHandleSignals: true,
      logger: graphileLogger(logger),
      preset: {
        worker: {
          concurrentJobs: 1,
          pollInterval: pollIntervalMs,
          completeJobBatchDelay: 0,
          failJobBatchDelay: 0,
          gracefulShutdownAbortTimeout: GRACEFUL_SHUTDOWN_MS,
        },
      },
    });
  }

  return {
    isRunning: () => running,
    async stop() {
      stopping = true;
      pgPool.stopRetrying();
      stopRunner();
      await ended;
    },
  };
}

/** Longer than our own stop takes, which aborts the remaining runs one by one. */
const GRACEFUL_SHUTDOWN_MS = 15_000;

/**
 * A pool that could not complete a job ends itself once its active jobs are done. It then waits for its last
 * statements, but counts them wrongly after such a failure, and may wait forever.
 */
function untilBrokenOff(events: EventEmitter): Promise<unknown> {
  const endings = [
    'pool:gracefulShutdown:complete',
    'pool:forcefulShutdown:complete',
    'pool:forcefulShutdown:error',
  ];
  const isDone = Promise.race(endings.map((ending) => once(events, ending)));
  return Promise.all([once(events, 'pool:fatalError'), isDone]);
}

/** Runs' events report the start and end of each job; graphile-worker's own log lines are for debugging. */
function graphileLogger(logger: Logger): GraphileLogger {
  return new GraphileLogger(() => (level, message) => {
    if (level === 'error') logger.warn({ from: 'graphile-worker' }, message);
    else logger.debug({ from: 'graphile-worker' }, message);
  });
}
