import type pg from 'pg';
import { prepared } from '../postgres/prepared.ts';
import { json, type RowColumns, type RowOf, rowsOf, type Statement } from '../postgres/statement.ts';
import { isServedSql } from '../queue/served-queues.ts';
import { isPrepared, type RunFilter } from '../runs/model/run-filter.ts';
import type { NarrowedFilter } from '../runs/model/run-scope.ts';
import { type RunSources, runSources } from '../runs/model/run-sources.ts';
import type { StateTable } from '../runs/model/state-tables.ts';
import { bucketsOf, lastHour, MINUTE_MS, type StatsRange } from './stats-range.ts';
import type { TimedFigures, WatchedFigures } from './watch-figures.ts';

/**
 * Statistics of runs. `queued`, `running`, `oldestQueuedSeconds` and `unservedQueues` are current; the other figures
 * cover the buckets in `series`: those of a range, by default the last 60 minutes, including the current one.
 */
export type RunStats = {
  /** The figures are complete from this time on; earlier runs of the range were too many to be read. */
  since: Date;
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
 * last hour, or the newest ones of a range, by the index on completed_at.
 */
export async function readRunStats(
  pool: pg.Pool,
  filter: NarrowedFilter,
  range: StatsRange | null = null,
): Promise<RunStats> {
  const [{ nextDueMs, ...row }] = (await rowsOf(pool, statsQuery(filter, range))) as [StatsRow];
  return toStats(row, range ?? lastHour(row.now));
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
  return { figures: toStats(row, lastHour(row.now)), changesInMs };
}

const STATS_COLUMNS = {
  now: 'timestamptz',
  queued: 'int4',
  oldestQueuedSeconds: 'float8?',
  /** Milliseconds until the next run becomes due; null when no run is scheduled for later. */
  nextDueMs: 'float8?',
  unservedQueues: json<UnservedQueue[]>(),
  running: 'int4',
  /** The end of the oldest run that was read; null if all were. */
  endedSince: 'timestamptz?',
  /** One entry for each bucket in which runs ended, and one for all of them together, whose `from` is null. */
  ended: json<(Ended & { from: string | null })[]>(),
} as const satisfies RowColumns;

export type StatsRow = RowOf<typeof STATS_COLUMNS>;

const DUE_MS = 5_000;
const NONE: Ended = { completed: 0, failed: 0, canceled: 0, latencyP50Ms: null, latencyP95Ms: null };

/** Adds a bucket for every part of the range, also for those in which no run ended. */
function toStats(
  { now, ended, endedSince, ...current }: Omit<StatsRow, 'nextDueMs'>,
  range: StatsRange,
): RunStats {
  const all = ended.find(({ from }) => from === null);
  const byStart = new Map(
    ended.map(({ from, ...figures }) => [from === null ? null : Date.parse(from), figures]),
  );
  const series = bucketsOf(range).map((from) => ({ from, ...(byStart.get(from.getTime()) ?? NONE) }));
  const { from: _, ...totals } = all ?? { from: null, ...NONE };
  const minutes = (range.to.getTime() - range.from.getTime()) / MINUTE_MS;
  const throughputPerMinute = (totals.completed + totals.failed) / minutes;
  return { ...current, since: endedSince ?? range.from, throughputPerMinute, ...totals, series };
}

/** The newest ended runs of a range that are read, at most. */
export const ENDED_AT_MOST = 100_000;

export function statsQuery(
  filter: RunFilter,
  range: StatsRange | null = null,
  newest = ENDED_AT_MOST,
): Statement<StatsRow> {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const sources = runSources(filter, bind);
  const text = statsSql(sources, range ? endedWithin(sources, range, newest, bind) : endedLately(sources));
  return { ...(isPrepared(filter) ? prepared(text, values) : { text, values }), columns: STATS_COLUMNS };
}

/** The runs whose ends are counted, and the start of the bucket of a `completed_at`. */
type EndedSql = { runs: string; bucket: string; since: string };

const ENDED = { columns: 's.status, s.completed_at, s.run_at', state: 'journey_run_outcomes' } as const;
const SINCE = `date_bin('1 minute', now(), 'epoch') - interval '59 minutes'`;

const endedLately = ({ selects }: RunSources): EndedSql => ({
  runs: selects({ ...ENDED, conditions: () => [`s.completed_at >= ${SINCE}`] }).join(' union all '),
  bucket: `date_bin('1 minute', completed_at, 'epoch')`,
  since: 'null::timestamptz',
});

/** The newest runs that ended within the range, so that a range with any number of runs costs no more. */
function endedWithin(
  { selects }: RunSources,
  { from, to, bucketMs }: StatsRange,
  newest: number,
  bind: (value: unknown) => string,
): EndedSql {
  const [first, end] = [`${bind(from)}::timestamptz`, `${bind(to)}::timestamptz`];
  const tail = `order by completed_at desc limit ${newest}`;
  const conditions = () => [`s.completed_at >= ${first}`, `s.completed_at < ${end}`];
  return {
    runs: `select * from ((${selects({ ...ENDED, conditions, tail }).join(') union all (')})) n ${tail}`,
    bucket: `date_bin(${bind(`${bucketMs} milliseconds`)}::interval, completed_at, ${first})`,
    since: `(select case when count(*) >= ${newest} then min(completed_at) end from ended)`,
  };
}

const statsSql = ({ ctes, selects }: RunSources, { runs: ends, bucket, since }: EndedSql) => {
  const runs = (state: StateTable, columns: string) => selects({ columns, state }).join(' union all ');
  return `
  ${ctes === '' ? 'with' : `${ctes},`} ended as (
    select r.status, r.completed_at, ${bucket} as bucket,
      case when r.status <> 'CANCELED' then
        greatest(0, extract(epoch from r.completed_at - r.run_at)::float8 * 1000) end as latency
    from (${ends}) r
  ), figures as (
    select bucket,
      count(*) filter (where status = 'COMPLETED') as completed,
      count(*) filter (where status = 'FAILED') as failed,
      count(*) filter (where status = 'CANCELED') as canceled,
      percentile_cont(array[0.5, 0.95]) within group (order by latency) as latencies
    from ended group by grouping sets ((), (bucket))
  )
  select now(), queued.*, running.*, ${since} as "endedSince", (
    select coalesce(json_agg(json_build_object('from', bucket, 'completed', completed, 'failed', failed,
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
