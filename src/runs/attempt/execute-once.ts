import type { Config } from '../../config/config.ts';
import { StartupError } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import type { Database } from '../../postgres/database.ts';
import { rowsOf, statement } from '../../postgres/statement.ts';
import { isUuid } from '../../postgres/uuid.ts';
import { mayHappen, type RunStatus } from '../model/status.ts';
import { openExecutor } from './run-executor.ts';

/**
 * Executes one QUEUED run in the foreground, whether or not it is due, for the runbook's manual processing. Returns
 * the run's status after one attempt.
 * @throws StartupError when the run does not exist, is not QUEUED, or belongs to another queue.
 */
export async function executeOnce(
  config: Config,
  db: Database,
  logger: Logger,
  runId: string,
): Promise<RunStatus> {
  const run = isUuid(runId) ? await read(db, runId) : undefined;
  if (!run) throw new StartupError(`There is no run ${runId}. Take an id from Query.runs.`);
  if (!mayHappen('STARTED', run.status)) {
    throw new StartupError(
      `Run ${runId} is ${run.status}; only a QUEUED run can be executed. Retry or replay it first.`,
    );
  }
  if (run.queue !== config.taskQueue && run.queue !== '') {
    throw new StartupError(
      `Run ${runId} belongs to the queue ${run.queue}, and this command to ${config.taskQueue}. Set JOURNEY_RUNTIME_TASK_QUEUE=${run.queue} together with the runner's settings of that queue.`,
    );
  }
  const executor = await openExecutor(config, db, logger);
  try {
    const claimed = await executor.claims.one(executor.lease.workerId(), { runId, fence: run.fence });
    if (claimed) await executor.execute(claimed);
  } finally {
    await executor.close();
  }
  return (await read(db, runId))?.status ?? run.status;
}

const read = async (db: Database, runId: string) => (await rowsOf(db.pool, READ, [runId]))[0];

const READ = statement({
  text: 'select status, fence, queue from journey_component_runs where id = $1',
  columns: { status: 'journey_run_status', fence: 'int4', queue: 'text' },
});
