import type { Readiness } from '../app/readiness.ts';
import { watchSettings } from '../app/settings-watch.ts';
import { createWriteCheck } from '../app/write-check.ts';
import { createInTurn } from '../async/in-turn.ts';
import { startAuditRetention } from '../audit/delete-old-entries.ts';
import { workThroughBulkOperation } from '../bulk/work.ts';
import type { Config } from '../config/config.ts';
import { thenRing } from '../feed/live/doorbell.ts';
import { createFailureLog, type Logger } from '../logger.ts';
import { workerConnections } from '../postgres/connection-budget.ts';
import type { Database } from '../postgres/database.ts';
import { openRetryingPool } from '../queue/retrying-pool.ts';
import { bulkJob, bulkTaskName, taskName } from '../queue/tasks.ts';
import { startHousekeeping } from '../retention/housekeeping.ts';
import { openExecutor } from '../runs/attempt/run-executor.ts';
import { announceDueRuns } from '../runs/upkeep/promote.ts';
import { superviseJobPool } from './job-pool.ts';
import { jobTask } from './job-task.ts';
import { createRunClaimer } from './run-claimer.ts';
import { startSweeper } from './sweeper.ts';
import { startWaker } from './waker.ts';
import { addWorkerGauges } from './worker-gauges.ts';
import { workerReadiness } from './worker-health.ts';

export type Worker = {
  /** The current id: a worker that was declared dead because it could not renew its lease continues under a new one. */
  id: () => string;
  /** Whether it can take and execute runs now. */
  readiness: () => Promise<Readiness>;
  /**
   * Takes no more runs, lets active ones finish within STOP_GRACE_MS, then gives the rest back. Takes up to 8
   * seconds.
   */
  stop: () => Promise<void>;
};

/** How long a stopping worker lets its runs finish. */
const STOP_GRACE_MS = 4_000;

/** Starts a worker: its lease, its job pool, and its sweeper. */
export async function startWorker(config: Config, db: Database, logger: Logger): Promise<Worker> {
  const queue = config.taskQueue;
  const jobsPool = openRetryingPool(db, workerConnections(config.workerConnections).jobs);
  const { claims, execute, lease, activeRuns, ring, close } = await openExecutor(config, db, logger);
  const claimer = createRunClaimer({
    claim: (capacity) => claims.due(lease.workerId(), capacity),
    execute,
    slots: config.batchSize,
    pollMs: config.pollIntervalSeconds * 1_000,
    announceDueRuns: () => announceDueRuns(db.pool, queue),
    logger,
  });
  const bulkBatches = createInTurn();
  const bulkFailures = createFailureLog('working on a bulk operation', logger);
  const pool = superviseJobPool({
    pgPool: jobsPool,
    pollIntervalMs: config.pollIntervalSeconds * 1_000,
    logger,
    onPool: lease.usePool,
    taskList: {
      [taskName(queue)]: claimer.look,
      [bulkTaskName(queue)]: jobTask('bulk operation', bulkJob, logger, ({ operationId }) => {
        bulkBatches.add(() => workABatch(operationId));
      }),
    },
  });

  /** Never rejects: an interrupted batch is rolled back, and its operation is woken again. */
  async function workABatch(operationId: string): Promise<void> {
    try {
      await thenRing(ring, workThroughBulkOperation(db.pool, queue, operationId), (hasWorked) => hasWorked);
      bulkFailures.worked();
    } catch (error) {
      bulkFailures.failed(error);
    }
  }

  const upkeep = [
    startSweeper(db.pool, logger, ring),
    startWaker(db.pool, queue, logger),
    watchSettings(db.pool, logger),
    startHousekeeping(db.pool, config.retentionDays, logger),
    startAuditRetention(db.pool, config.auditRetentionDays, logger),
  ];

  const writes = createWriteCheck(db.pool, queue);
  const readiness = () => workerReadiness({ pool: db.pool, writes, lease, jobs: pool });
  addWorkerGauges({
    slots: config.batchSize,
    used: claimer.executing,
    isLeaseHeld: lease.isHeld,
    readiness,
    pools: { worker: db.pool, jobs: jobsPool },
  });
  return {
    id: lease.workerId,
    readiness,
    async stop() {
      const abort = setTimeout(() => activeRuns.abortAll('stop'), STOP_GRACE_MS);
      await Promise.all([pool.stop(), claimer.stop(), bulkBatches.stop()]);
      clearTimeout(abort);
      await Promise.all(upkeep.map((work) => work.stop()));
      await close();
      await jobsPool.end();
    },
  };
}
