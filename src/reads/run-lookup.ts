import type pg from 'pg';
import { prepared } from '../postgres/prepared.ts';
import { selectList } from '../postgres/select-list.ts';
import { rowsOf, type Statement, statement } from '../postgres/statement.ts';
import type { Queryable } from '../postgres/transaction.ts';
import { isUuid } from '../postgres/uuid.ts';
import {
  LISTED_COLUMNS,
  type ListedRun,
  listedTypes,
  RUN_COLUMNS,
  RUN_TYPES,
  type Run,
  type RunColumn,
  runsWith,
  SHARED_JOIN,
} from '../runs/model/run-row.ts';
import { type RunScope, scopeSql } from '../runs/model/run-scope.ts';

/** Finds the runs with these ids, by id in lower case. The ids must be well-formed; ids without a run are left out. */
export async function findRuns(pool: Queryable, ids: readonly string[]): Promise<Map<string, Run>> {
  return new Map((await rowsOf(pool, BY_ID, [ids])).map((run) => [run.id, run]));
}

/**
 * Like findRuns, but finds only runs in the scope, and reads only the given columns; by default, all columns except the
 * large ones.
 */
export async function findListedRuns(
  pool: Queryable,
  scope: RunScope,
  ids: readonly string[],
  columns?: readonly RunColumn[],
): Promise<Map<string, ListedRun>> {
  const values: unknown[] = [ids];
  const within = scopeSql(scope, (value) => `$${values.push(value)}`);
  const where = ['r.id = any($1::uuid[])', ...within].join(' and ');
  const text = `select ${selectList(LISTED_COLUMNS, columns)} from ${runsWith(columns)} where ${where}`;
  const rows = await rowsOf<ListedRun>(pool, { ...prepared(text, values), columns: listedTypes(columns) });
  return new Map(rows.map((run) => [run.id, run]));
}

export type RunParent = 'product_id' | 'attachment_id';

/**
 * Finds the newest `limit` runs of each parent within the scope, newest first, by the parent's id. Parents without runs are left out.
 */
export async function findNewestRuns(
  pool: Queryable,
  scope: RunScope,
  parent: RunParent,
  ids: readonly string[],
  limit: number,
  columns: readonly RunColumn[],
): Promise<Map<string, ListedRun[]>> {
  const rows = await rowsOf(pool, newestRunsQuery(scope, parent, ids, limit, columns));
  return Map.groupBy(rows, ({ parentId }) => parentId);
}

/**
 * The statement of findNewestRuns. It uses the index (parent, id desc) and reads at most `limit` entries of it for
 * each parent.
 */
export function newestRunsQuery(
  scope: RunScope,
  parent: RunParent,
  ids: readonly string[],
  limit: number,
  columns: readonly RunColumn[],
): Statement<ListedRun & { parentId: string }> {
  const values: unknown[] = [ids];
  const within = scopeSql(scope, (value) => `$${values.push(value)}`);
  const where = [`r.${parent} = p.id`, ...within].join(' and ');
  // The limit is part of the SQL text: for a parameter, the planner would assume a tenth of the rows.
  const text = `select p.id as "parentId", r.* from unnest($1::uuid[]) p(id) cross join lateral (
      select ${selectList(LISTED_COLUMNS, columns)} from ${runsWith(columns)}
      where ${where} order by r.id desc limit ${limit}
    ) r`;
  return { ...prepared(text, values), columns: { parentId: 'uuid', ...listedTypes(columns) } };
}

/**
 * Finds the run that a caller enqueued with an idempotency key in a shop (as stored), and whether the same request
 * enqueued it. The shop may be that of a run to replay; when that run is gone, the same request may be of any shop.
 */
export async function findRunByKey(
  pool: pg.Pool,
  caller: string,
  idempotencyKey: string,
  requestHash: Buffer,
  of: { shop: string } | { replayOf: string },
): Promise<{ id: string; sameRequest: boolean } | null> {
  const shop = 'shop' in of ? of.shop : null;
  const replayOf = 'replayOf' in of && isUuid(of.replayOf) ? of.replayOf : null;
  const rows = await rowsOf(pool, BY_KEY, [caller, idempotencyKey, requestHash, shop, replayOf]);
  return rows[0] ?? null;
}

const BY_ID = statement({
  name: 'runs-by-id',
  text: `select ${selectList(RUN_COLUMNS)} from ${runsWith()} ${SHARED_JOIN} where r.id = any($1::uuid[])`,
  columns: RUN_TYPES,
});

const BY_KEY = statement({
  name: 'run-by-key',
  text: `
  select k.run_id as id, k.request_hash is not distinct from $3::bytea as "sameRequest"
  from journey_run_keys k
  where k.caller = $1 and k.idempotency_key = $2
    and k.shop = coalesce($4, (select o.shop from journey_runs o where o.id = $5::uuid), k.shop)
  order by "sameRequest" desc limit 1`,
  columns: { id: 'uuid', sameRequest: 'bool' },
});
