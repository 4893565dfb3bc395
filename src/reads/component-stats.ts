import type pg from 'pg';
import { prepared } from '../postgres/prepared.ts';
import { type RowColumns, type RowOf, rowsOf, type Statement } from '../postgres/statement.ts';
import { isPrepared, type RunFilter } from '../runs/model/run-filter.ts';
import type { NarrowedFilter } from '../runs/model/run-scope.ts';
import { runSources } from '../runs/model/run-sources.ts';

/** The runs of a component that ended within the last hour. */
export type ComponentStats = Omit<StatsRow, 'componentId'>;

const COLUMNS = {
  componentId: 'uuid',
  completed: 'int4',
  failed: 'int4',
  canceled: 'int4',
  latencyP50Ms: 'float8?',
  latencyP95Ms: 'float8?',
} as const satisfies RowColumns;

type StatsRow = RowOf<typeof COLUMNS>;

/** The newest ended runs that are read, at most. */
export const ENDED_AT_MOST = 100_000;

const NONE: ComponentStats = { completed: 0, failed: 0, canceled: 0, latencyP50Ms: null, latencyP95Ms: null };

/** Reads the figures of these components by one statement. */
export async function readComponentStats(
  pool: pg.Pool,
  filter: NarrowedFilter,
  ids: readonly string[],
): Promise<Map<string, ComponentStats>> {
  const rows = await rowsOf(pool, componentStatsQuery(filter));
  const read = new Map(rows.map(({ componentId, ...stats }) => [componentId, stats]));
  return new Map(ids.map((id) => [id, read.get(id) ?? NONE]));
}

/**
 * The statement of readComponentStats. It reads the outcomes of the last hour by the index on completed_at, and the run of
 * each by its primary key. A condition on the component would lead the planner to all runs of the component instead.
 */
export function componentStatsQuery(filter: RunFilter, newest = ENDED_AT_MOST): Statement<StatsRow> {
  const values: unknown[] = [];
  const { ctes, selects } = runSources(filter, (value) => `$${values.push(value)}`);
  const ended = selects({
    columns: 's.run_id, s.status, s.completed_at, s.run_at',
    state: 'journey_run_outcomes',
    conditions: () => [`s.completed_at >= now() - interval '1 hour'`],
    tail: `order by s.completed_at desc limit ${newest}`,
  });
  const text = `${ctes}
    select r.component_id as "componentId",
      count(*) filter (where r.status = 'COMPLETED')::int as completed,
      count(*) filter (where r.status = 'FAILED')::int as failed,
      count(*) filter (where r.status = 'CANCELED')::int as canceled,
      percentile_cont(0.5) within group (order by r.latency) as "latencyP50Ms",
      percentile_cont(0.95) within group (order by r.latency) as "latencyP95Ms"
    from (
      select q.component_id, e.status, case when e.status <> 'CANCELED' then
        greatest(0, extract(epoch from e.completed_at - e.run_at)::float8 * 1000) end as latency
      from ((${ended.join(') union all (')})) e
      cross join lateral (select component_id from journey_runs q where q.id = e.run_id offset 0) q
    ) r group by r.component_id`;
  return { ...(isPrepared(filter) ? prepared(text, values) : { text, values }), columns: COLUMNS };
}
