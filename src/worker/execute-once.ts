import type { Config } from '../config.ts';
import type { Database } from '../db/database.ts';
import { isUuid } from '../db/uuid.ts';
import { StartupError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { RunStatus } from '../model/status.ts';
import { openExecution } from './execution.ts';

/**
 * Processes one QUEUED run in the foreground, due or not, as the runbook's manual processing does; returns its status
 * after one attempt. @throws StartupError when there is no such run, or it is not QUEUED.
 */
export async function executeOnce(
  config: Config,
  db: Database,
  logger: Logger,
  runId: string,
): Promise<RunStatus> {
  const read = async () => {
    if (!isUuid(runId)) return undefined;
    const text = 'select status, fence, run_at from journey_component_runs where id = $1';
    const { rows } = await db.pool.query<{ status: RunStatus; fence: number }>(text, [runId]);
    return rows[0];
  };
  const run = await read();
  if (!run) throw new StartupError(`There is no run ${runId}. Take an id from Query.runs.`);
  if (run.status !== 'QUEUED') {
    throw new StartupError(
      `Run ${runId} is ${run.status}; only a QUEUED one can be executed. Retry or replay it first.`,
    );
  }
  const execution = await openExecution(config, db, logger);
  try {
    await execution.execute({ runId, fence: run.fence, lost: false });
  } finally {
    await execution.close();
  }
  return (await read())?.status ?? run.status;
}
