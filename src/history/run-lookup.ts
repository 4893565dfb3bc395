import type pg from 'pg';
import { type ColumnOf, type NestedRows, rowsById, type Selection } from '../db/table.ts';
import type { Queryable } from '../db/transaction.ts';
import { type ListedRun, RUN_COLUMNS, RUNS, type Run, SHARED_JOIN } from '../model/run.ts';

/** The runs of these ids that exist, by id, in lower case. Malformed ids must be sorted out before. */
export async function findRuns(pool: Queryable, ids: readonly string[]): Promise<Map<string, Run>> {
  const { rows } = await pool.query<Run>({ name: 'runs-by-id', text: BY_ID, values: [ids] });
  return new Map(rows.map((run) => [run.id, run]));
}

/** As findRuns, without what may be large. */
export const findListedRuns = (pool: Queryable, ids: readonly string[]): Promise<Map<string, ListedRun>> =>
  rowsById(pool, RUNS, ALL, ids);

const ALL: Selection<ListedRun> = { columns: Object.keys(RUNS.columns) as ColumnOf<ListedRun>[], nested: [] };

/** The newest `limit` of the runs that point at a row above; leans on the index (column, id desc), and reads no others. */
export const newestRunsOf = (above: `${string}.id`, column: RunParent, limit: number): NestedRows => ({
  table: RUNS,
  where: () => `r.${column} = ${above}`,
  order: 'r.id desc',
  limit,
});

export type RunParent = 'product_id' | 'attachment_id';

/** The run that was enqueued under a caller's idempotency key, and whether by this very request. */
export async function findRunByKey(
  pool: pg.Pool,
  caller: string,
  idempotencyKey: string,
  requestHash: Buffer,
): Promise<{ id: string; sameRequest: boolean } | null> {
  const { rows } = await pool.query<{ id: string; sameRequest: boolean }>({
    name: 'run-by-key',
    text: BY_KEY,
    values: [caller, idempotencyKey, requestHash],
  });
  return rows[0] ?? null;
}

const BY_ID = `
  select ${RUN_COLUMNS} from ${RUNS.from} ${SHARED_JOIN} where r.id = any($1::uuid[])`;

const BY_KEY = `
  select r.id, r.request_hash is not distinct from $3::bytea as "sameRequest"
  from journey_component_runs r where r.caller = $1 and r.idempotency_key = $2`;
