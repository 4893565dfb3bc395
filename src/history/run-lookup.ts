import type pg from 'pg';
import type { Queryable } from '../db/transaction.ts';
import { type ListedRun, listedColumns, type Run, runColumns, sharedJoin } from '../model/run.ts';

/** The runs of these ids that exist, by id, in lower case. Malformed ids must be sorted out before. */
export async function findRuns(pool: Queryable, ids: readonly string[]): Promise<Map<string, Run>> {
  const { rows } = await pool.query<Run>({ name: 'runs-by-id', text: BY_ID, values: [ids] });
  return new Map(rows.map((run) => [run.id, run]));
}

/** As findRuns, without what may be large. */
export async function findListedRuns(
  pool: Queryable,
  ids: readonly string[],
): Promise<Map<string, ListedRun>> {
  const { rows } = await pool.query<ListedRun>({
    name: 'listed-runs-by-id',
    text: LISTED_BY_ID,
    values: [ids],
  });
  return new Map(rows.map((run) => [run.id, run]));
}

/** What lists of newest runs hang from. */
export type RunParent = 'product' | 'attachment' | 'component';

/** The newest `limit` runs of each parent that has any, newest first, in one statement that reads no others. */
export async function newestRunsOf(
  pool: pg.Pool,
  parent: RunParent,
  ids: readonly string[],
  limit: number,
): Promise<Map<string, ListedRun[]>> {
  const { rows } = await pool.query<ListedRun & { parentId: string }>(newestQuery(parent, ids, limit));
  return Map.groupBy(rows, (row) => row.parentId);
}

/** The statement of newestRunsOf; leans on the index (parent's id, id desc). */
export const newestQuery = (parent: RunParent, ids: readonly string[], limit: number): pg.QueryConfig => ({
  name: `runs-newest-of-${parent}`,
  text: newestSql(`${parent}_id`),
  values: [ids, limit],
});

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
  select ${runColumns('r')} from journey_component_runs r ${sharedJoin('r')} where r.id = any($1::uuid[])`;

const LISTED_BY_ID = `
  select ${listedColumns('r')} from journey_component_runs r where r.id = any($1::uuid[])`;

const BY_KEY = `
  select r.id, r.request_hash is not distinct from $3::bytea as "sameRequest"
  from journey_component_runs r where r.caller = $1 and r.idempotency_key = $2`;

const newestSql = (column: string) => `
  select p.id as "parentId", ${listedColumns('r')}
  from unnest($1::uuid[]) p(id) cross join lateral (
    select * from journey_component_runs o where o.${column} = p.id order by o.id desc limit $2
  ) r
  order by r.id desc`;
