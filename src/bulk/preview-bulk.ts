import type pg from 'pg';
import { ok, type Result } from '../errors.ts';
import { readRunCounts } from '../reads/run-counts.ts';
import type { RunFilter } from '../runs/model/run-filter.ts';
import { narrowed, type RunScope } from '../runs/model/run-scope.ts';
import { mayHappen, RUN_STATUSES, type RunStatus } from '../runs/model/status.ts';
import type { BulkOperationKind } from './bulk-operations.ts';
import { checkBulkFilter, MAX_BULK_RUNS, TOO_LARGE } from './start.ts';

/** The runs that a bulk operation would cover if it were started now. */
export type BulkPreview = {
  expected: number;
  applicable: number;
  byStatus: { status: RunStatus; count: number; applies: boolean }[];
};

/**
 * Counts the runs of the scope that a bulk operation would cover now, and those that it would change by their status.
 * @throws ServiceError BAD_REQUEST on an invalid filter
 */
export async function previewBulk(
  pool: pg.Pool,
  kind: BulkOperationKind,
  where: RunFilter,
  scope: RunScope,
): Promise<Result<BulkPreview>> {
  const mistakes = checkBulkFilter(where);
  if (mistakes.length > 0) return { ok: false, userErrors: mistakes };
  const counts = await readRunCounts(pool, narrowed(scope, where), MAX_BULK_RUNS + 1);
  const { queued, running, completed, failed, canceled } = counts;
  const countOf = {
    QUEUED: queued,
    RUNNING: running,
    COMPLETED: completed,
    FAILED: failed,
    CANCELED: canceled,
  };
  const byStatus = RUN_STATUSES.map((status) => ({
    status,
    count: countOf[status],
    applies: APPLIES[kind](status),
  })).filter(({ count }) => count > 0);
  const sum = (of: typeof byStatus) => of.reduce((total, { count }) => total + count, 0);
  const expected = sum(byStatus);
  if (expected > MAX_BULK_RUNS) return { ok: false, userErrors: [TOO_LARGE] };
  return ok({ expected, applicable: sum(byStatus.filter(({ applies }) => applies)), byStatus });
}

/** Whether an operation changes runs of this status, or makes new ones from them. */
const APPLIES: Record<BulkOperationKind, (status: RunStatus) => boolean> = {
  RETRY: (status) => mayHappen('RETRIED', status),
  CANCEL: (status) => mayHappen('CANCELED', status),
  REPLAY: () => true,
};
