import type pg from 'pg';
import { prepared } from '../postgres/prepared.ts';
import { selectList } from '../postgres/select-list.ts';
import type { Queryable } from '../postgres/transaction.ts';
import {
  LISTED_COLUMNS,
  type ListedRun,
  RUN_COLUMNS,
  type Run,
  type RunColumn,
  SHARED_JOIN,
} from '../runs/model/run-row.ts';

/** The runs of these ids that exist, by id, in lower case. Malformed ids must be sorted out before. */
export async function findRuns(pool: Queryable, ids: readonly string[]): Promise<Map<string, Run>> {
  const { rows } = await pool.query<Run>({ name: 'runs-by-id', text: BY_ID, values: [ids] });
  return new Map(rows.map((run) => [run.id, run]));
}

/** As findRuns, with these columns alone, or with all but the large ones. */
export async function findListedRuns(
  pool: Queryable,
  ids: readonly string[],
  columns?: readonly RunColumn[],
): Promise<Map<string, ListedRun>> {
  const text = `select ${selectList(LISTED_COLUMNS, columns)} from journey_component_runs r where r.id = any($1::uuid[])`;
  const { rows } = await pool.query<ListedRun>(prepared(text, [ids]));
  return new Map(rows.map((run) => [run.id, run]));
}

export type RunParent = 'product_id' | 'attachment_id';

/** The newest `limit` runs of each parent, newest first, by the parent's id; a parent without runs is not in the map. */
export async function findNewestRuns(
  pool: Queryable,
  parent: RunParent,
  ids: readonly string[],
  limit: number,
  columns: readonly RunColumn[],
): Promise<Map<string, ListedRun[]>> {
  const { rows } = await pool.query<ListedRun & { parentId: string }>(
    newestRunsQuery(parent, ids, limit, columns),
  );
  return Map.groupBy(rows, ({ parentId }) => parentId);
}

/** The statement of findNewestRuns. Leans on the index (parent, id desc), of which it reads no more than `limit` a parent. */
export function newestRunsQuery(
  parent: RunParent,
  ids: readonly string[],
  limit: number,
  columns: readonly RunColumn[],
): pg.QueryConfig {
  // The limit is text, for the planner would take a parameter for a tenth of the rows.
  const text = `select p.id as "parentId", r.* from unnest($1::uuid[]) p(id) cross join lateral (
      select ${selectList(LISTED_COLUMNS, columns)} from journey_component_runs r
      where r.${parent} = p.id order by r.id desc limit ${limit}
    ) r`;
  return prepared(text, [ids]);
}

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
  select ${RUN_COLUMNS} from journey_component_runs r ${SHARED_JOIN} where r.id = any($1::uuid[])`;

const BY_KEY = `
  select r.id, r.request_hash is not distinct from $3::bytea as "sameRequest"
  from journey_component_runs r where r.caller = $1 and r.idempotency_key = $2`;
