import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger as GraphileLogger, type Job, type Runner, run, type TaskList } from 'graphile-worker';
import type { Logger } from '../logger.ts';
import { releaseFetchedJobs, releaseJobsOf } from '../queue/release-jobs.ts';
import type { RetryingPool } from '../queue/retrying-pool.ts';

export type PoolOptions = {
  pgPool: RetryingPool;
  /** The pool handles one job at a time. */
  taskList: TaskList;
  /** The number of jobs fetched while the current one is being handled. */
  fetchedAhead: number;
  pollIntervalMs: number;
  logger: Logger;
  /** Called with the id under which the pool locks its jobs, before the pool takes any. */
  onPool: (poolId: string) => void;
};

export type Pool = {
  /** Takes no more jobs, and resolves when the current ones are done. */
  stop: () => Promise<void>;
};

const RESTART_MS = 500;

/**
 * Runs a graphile-worker pool and restarts it when it ends. A pool ends by itself if one of its own statements
 * fails for another reason than an outage. The next pool then unlocks the jobs that the last one held; this is
 * harmless, because a job is only a wake-up.
 */
export function superviseJobPool(options: PoolOptions): Pool {
  const { pgPool, logger } = options;
  let stopping = false;
  let runner: Runner | undefined;
  let lastPoolId: string | undefined;
  let releasing = Promise.resolve();
  const ended = supervise();

  async function supervise(): Promise<void> {
    while (!stopping) {
      try {
        if (lastPoolId) await releaseJobsOf(pgPool, [lastPoolId]);
        const events = new EventEmitter();
        const brokenOff = untilBrokenOff(events);
        runner = await startPool(events);
        if (stopping) stopRunner();
        await Promise.race([runner.promise, brokenOff.then(stopRunner)]);
      } catch (error) {
        logger.warn({ err: error }, 'the job pool failed; restarting it');
      }
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
    // graphile-worker fetches the first jobs of the queue, but starts them in the order of their ids: a HIGH run that
    // was added last would be started last, and be returned to the queue again and again while the calls before it
    // are long.
    events.on('localQueue:getJobs:complete', ({ jobs }: { jobs: Job[] }) => jobs.sort(byTheirTurn));
    events.on('localQueue:returnJobs', ({ jobs }: { jobs: Job[] }) => {
      const ids = jobs.map(({ id }) => id);
      releasing = releaseFetchedJobs(pgPool, lastPoolId!, ids).catch((err) =>
        logger.warn(
          { err },
          'notifying other workers of returned jobs failed; they find them at their next poll',
        ),
      );
    });
    const { fetchedAhead, pollIntervalMs, taskList } = options;
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
          localQueue: { size: fetchedAhead, ttl: FETCHED_AHEAD_MS },
          completeJobBatchDelay: 0,
          failJobBatchDelay: 0,
          gracefulShutdownAbortTimeout: GRACEFUL_SHUTDOWN_MS,
        },
      },
    });
  }

  return {
    async stop() {
      stopping = true;
      pgPool.stopRetrying();
      stopRunner();
      await ended;
      await releasing;
    },
  };
}

/** The order of graphile-worker's queue. */
const byTheirTurn = (a: Job, b: Job): number =>
  a.priority - b.priority || a.run_at.getTime() - b.run_at.getTime();

/**
 * Jobs that were fetched ahead return to the queue soon: here they would wait for long calls while other workers
 * are idle.
 */
const FETCHED_AHEAD_MS = 500;
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
