import type pg from 'pg';
import { prepared } from '../postgres/prepared.ts';
import { selectList } from '../postgres/select-list.ts';
import { rowsOf, type Statement } from '../postgres/statement.ts';
import {
  LISTED_COLUMNS,
  type ListedRun,
  listedTypes,
  type RunColumn,
  runsWith,
} from '../runs/model/run-row.ts';
import { type RunScope, scopeSql } from '../runs/model/run-scope.ts';

/** How many replays of replays are followed. */
export const REPLAYS_FOLLOWED = 20;

/**
 * Finds the latest replay of each run within the scope, by the run's id: its newest replay, or the newest replay of
 * that one, and so on. Runs without a replay are left out.
 */
export async function findLatestReplays(
  pool: pg.Pool,
  scope: RunScope,
  ids: readonly string[],
  columns: readonly RunColumn[],
): Promise<Map<string, ListedRun>> {
  const rows = await rowsOf(pool, latestReplaysQuery(scope, ids, columns));
  return new Map(rows.map(({ originalId, ...run }) => [originalId, run]));
}

/**
 * The statement of findLatestReplays. It reads one entry of the index (replay_of_id, id desc) for each replay that it
 * follows, and one run for each id.
 */
export function latestReplaysQuery(
  scope: RunScope,
  ids: readonly string[],
  columns: readonly RunColumn[],
): Statement<ListedRun & { originalId: string }> {
  const values: unknown[] = [ids];
  const within = scopeSql(scope, (value) => `$${values.push(value)}`);
  const newestReplayOf = (id: string) =>
    `select r.id from journey_runs r where ${[`r.replay_of_id = ${id}`, ...within].join(' and ')} order by r.id desc limit 1`;
  const text = `
    with recursive replays as (
      select o.id as original_id, n.id, 1 as depth
      from unnest($1::uuid[]) o(id) cross join lateral (${newestReplayOf('o.id')}) n
      union all
      select p.original_id, n.id, p.depth + 1
      from replays p cross join lateral (${newestReplayOf('p.id')}) n
      where p.depth < ${REPLAYS_FOLLOWED}
    ), latest as (
      select distinct on (original_id) original_id, id from replays order by original_id, depth desc
    )
    select l.original_id as "originalId", f.*
    from latest l cross join lateral (
      select ${selectList(LISTED_COLUMNS, columns)} from ${runsWith(columns)} where r.id = l.id offset 0
    ) f`;
  return { ...prepared(text, values), columns: { originalId: 'uuid', ...listedTypes(columns) } };
}
