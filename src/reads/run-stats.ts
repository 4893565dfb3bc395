import type pg from 'pg';
import { prepared } from '../postgres/prepared.ts';
import { json, type RowColumns, type RowOf, rowsOf, type Statement } from '../postgres/statement.ts';
import { isServedSql } from '../queue/served-queues.ts';
import { isPrepared, type RunFilter } from '../runs/model/run-filter.ts';
import type { NarrowedFilter } from '../runs/model/run-scope.ts';
import { type RunSources, runSources } from '../runs/model/run-sources.ts';
import type { StateTable } from '../runs/model/state-tables.ts';
import type { TimedFigures, WatchedFigures } from './watch-figures.ts';

/**
 * Statistics of runs. `queued`, `running`, `oldestQueuedSeconds` and `unservedQueues` are current; the other figures
 * cover the minutes in `series`: the last 60, including the current one.
 */
export type RunStats = {
  queued: number;
  running: number;
  completed: number;
  failed: number;
  canceled: number;
  /** Seconds since the oldest due run became due; null when no run is due. */
  oldestQueuedSeconds: number | null;
  unservedQueues: UnservedQueue[];
  /** Runs that workers completed or failed. Canceled runs do not count, because they took no worker's time. */
  throughputPerMinute: number;
  /** The time from due to ended, of completed and failed runs. */
  latencyP50Ms: number | null;
  latencyP95Ms: number | null;
  series: RunStatsBucket[];
};
/** A queue that has due runs but no live worker. `queue` is null for runs without a queue. */
export type UnservedQueue = { queue: string | null; dueRuns: number };
export type RunStatsBucket = Ended & { from: Date };

type Ended = {
  completed: number;
  failed: number;
  canceled: number;
  latencyP50Ms: number | null;
  latencyP95Ms: number | null;
};

/**
 * Reads the figures of the filter's runs at one moment. It reads the queue, the running runs, and the outcomes of the
 * last hour by the index on completed_at.
 */
export async function readRunStats(pool: pg.Pool, filter: NarrowedFilter): Promise<RunStats> {
  return (await readTimedStats(pool, filter)).figures;
}

/** The figures to watch: time changes them when a run becomes due and when a new minute begins. */
export const watchedStats = (pool: pg.Pool): WatchedFigures<RunStats> => ({
  read: (filter) => readTimedStats(pool, filter),
  aged: (stats, afterMs) =>
    stats.oldestQueuedSeconds === null
      ? null
      : { ...stats, oldestQueuedSeconds: stats.oldestQueuedSeconds + afterMs / 1_000 },
});

async function readTimedStats(pool: pg.Pool, filter: NarrowedFilter): Promise<TimedFigures<RunStats>> {
  const [read] = await rowsOf(pool, statsQuery(filter));
  const { nextDueMs, ...row } = read!;
  const minuteTurnsMs = MINUTE_MS - (row.now.getTime() % MINUTE_MS);
  // While runs are due, their queue may gain or lose its workers without an event.
  const servedAgainMs = row.oldestQueuedSeconds === null ? minuteTurnsMs : DUE_MS;
  const changesInMs = Math.min(nextDueMs ?? minuteTurnsMs, minuteTurnsMs, servedAgainMs);
  return { figures: toStats(row), changesInMs };
}

const STATS_COLUMNS = {
  now: 'timestamptz',
  queued: 'int4',
  oldestQueuedSeconds: 'float8?',
  /** Milliseconds until the next run becomes due; null when no run is scheduled for later. */
  nextDueMs: 'float8?',
  unservedQueues: json<UnservedQueue[]>(),
  running: 'int4',
  /** One entry for each minute in which runs ended, and one for all of them together, whose `from` is null. */
  ended: json<(Ended & { from: string | null })[]>(),
} as const satisfies RowColumns;

export type StatsRow = RowOf<typeof STATS_COLUMNS>;

const MINUTES = 60;
const MINUTE_MS = 60_000;
const DUE_MS = 5_000;
const NONE: Ended = { completed: 0, failed: 0, canceled: 0, latencyP50Ms: null, latencyP95Ms: null };

/** Adds a bucket for every minute, also for minutes in which no run ended. */
function toStats({ now, ended, ...current }: Omit<StatsRow, 'nextDueMs'>): RunStats {
  const all = ended.find(({ from }) => from === null);
  const byMinute = new Map(
    ended.map(({ from, ...figures }) => [from === null ? null : Date.parse(from), figures]),
  );
  const last = Math.floor(now.getTime() / MINUTE_MS);
  const series = Array.from({ length: MINUTES }, (_, index) => {
    const from = (last - MINUTES + 1 + index) * MINUTE_MS;
    return { from: new Date(from), ...(byMinute.get(from) ?? NONE) };
  });
  const { from: _, ...totals } = all ?? { from: null, ...NONE };
  const throughputPerMinute = (totals.completed + totals.failed) / MINUTES;
  return { ...current, throughputPerMinute, ...totals, series };
}

export function statsQuery(filter: RunFilter): Statement<StatsRow> {
  const values: unknown[] = [];
  const sources = runSources(filter, (value) => `$${values.push(value)}`);
  const text = statsSql(sources);
  return { ...(isPrepared(filter) ? prepared(text, values) : { text, values }), columns: STATS_COLUMNS };
}

const SINCE = `date_bin('1 minute', now(), 'epoch') - interval '${MINUTES - 1} minutes'`;

const statsSql = ({ ctes, selects }: RunSources) => {
  const runs = (state: StateTable, columns: string, conditions: string[] = []) =>
    selects({ columns, state, conditions: () => conditions }).join(' union all ');
  return `
  ${ctes === '' ? 'with' : `${ctes},`} ended as (
    select r.status, date_bin('1 minute', r.completed_at, 'epoch') as minute,
      case when r.status <> 'CANCELED' then
        greatest(0, extract(epoch from r.completed_at - r.run_at)::float8 * 1000) end as latency
    from (${runs('journey_run_outcomes', 's.status, s.completed_at, s.run_at', [`s.completed_at >= ${SINCE}`])}) r
  ), figures as (
    select minute,
      count(*) filter (where status = 'COMPLETED') as completed,
      count(*) filter (where status = 'FAILED') as failed,
      count(*) filter (where status = 'CANCELED') as canceled,
      percentile_cont(array[0.5, 0.95]) within group (order by latency) as latencies
    from ended group by grouping sets ((), (minute))
  )
  select now(), queued.*, running.*, (
    select coalesce(json_agg(json_build_object('from', minute, 'completed', completed, 'failed', failed,
      'canceled', canceled, 'latencyP50Ms', latencies[1], 'latencyP95Ms', latencies[2])), '[]') from figures
  ) as ended
  from (
    select coalesce(sum(q.queued), 0)::int as queued,
      extract(epoch from now() - min(q.due_since))::float8 as "oldestQueuedSeconds",
      extract(epoch from min(q.next_due) - now())::float8 * 1000 as "nextDueMs",
      coalesce(jsonb_agg(jsonb_build_object('queue', nullif(q.queue, ''), 'dueRuns', q.due) order by q.queue)
        filter (where q.due > 0 and not ${isServedSql('q.queue')}), '[]') as "unservedQueues"
    from (
      select r.queue, count(*) as queued, count(*) filter (where r.run_at <= now()) as due,
        min(r.run_at) filter (where r.run_at <= now()) as due_since,
        min(r.run_at) filter (where r.run_at > now()) as next_due
      from (${runs('journey_run_queue', 's.queue, s.run_at')}) r group by r.queue
    ) q
  ) queued, (
    select count(*)::int as running from (${runs('journey_running', 's.run_id')}) r
  ) running`;
};
