import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { rowsOf, type Statement, statement } from '../postgres/statement.ts';
import { inTransaction } from '../postgres/transaction.ts';
import { smallestIdAt } from '../postgres/uuid.ts';
import { deleteKeys } from './delete-keys.ts';
import { droppableUntil, followingBound, nextBound, type Partition } from './partition-bounds.ts';

/**
 * Makes the partitions of the next period, so that they are empty when their first runs come. The first time, it reads
 * all runs from end to end, to check that they belong to the partition before.
 */
export async function makePartitions(pool: pg.Pool, days: number): Promise<void> {
  for (const table of TABLES) {
    const { nowMs, of } = await readPartitions(pool);
    const bound =
      table === RUNS
        ? nextBound(of(RUNS), nowMs, periodMs(days))
        : followingBound(of(table), of(RUNS), nowMs);
    if (!of(table).at(-1)!.isChecked) {
      if (bound === null) continue;
      await execute(pool, BOUND, [table, bound]);
      await execute(pool, CHECK, [table]);
    }
    await execute(pool, SPLIT, [table]);
  }
}

/**
 * Drops the partitions of runs that were enqueued more than `days` ago, with their keys, outcomes and events. The runs
 * that have not ended, or not so long ago, stay. Returns the id up to which the caller must delete old runs one by one:
 * those from before there were partitions, and those of partitions in which too many stay. Null: of any id.
 */
export async function dropPartitions(
  pool: pg.Pool,
  days: number,
  signal: AbortSignal,
): Promise<string | null> {
  const { nowMs, of } = await readPartitions(pool);
  const endedBefore = new Date(nowMs - days * DAY_MS);
  // Runs that were enqueued at the end of a partition have ended by then.
  const limit = smallestIdAt(endedBefore.getTime() - periodMs(days) / 4);
  const drop = async (table: string, until: string) => {
    const values = [table, until, endedBefore, STAY_AT_MOST];
    const [staying] = await execute(pool, DROP, values);
    return staying!.count <= STAY_AT_MOST;
  };
  const until = droppableUntil(of(RUNS), limit);
  if (until !== null) {
    const [staying] = await rowsOf(pool, STAYING, [until, endedBefore, STAY_AT_MOST + 1]);
    if (staying!.count > STAY_AT_MOST) return until;
    await deleteKeys(pool, until, endedBefore, signal);
    if (signal.aborted || !(await drop(RUNS, until))) return until;
  }
  const end = until ?? of(RUNS)[0]!.to;
  for (const table of FOLLOWERS) {
    const followed = end === null ? null : droppableUntil(of(table), end);
    if (followed !== null) await drop(table, followed);
  }
  return end;
}

/**
 * Removes the bounds that a process was checking when it was killed. Without retention no process goes on with them, and
 * once their time had come no run could be enqueued.
 */
export async function removeBounds(pool: pg.Pool): Promise<void> {
  const { of } = await readPartitions(pool);
  for (const table of TABLES) if (of(table).at(-1)!.bound !== null) await execute(pool, BOUND, [table, null]);
}

/**
 * Gathers the statistics by which joins are planned for the tables that have grown to four times their size since.
 * Autovacuum gathers those of each partition only.
 */
export async function analyzeGrown(pool: pg.Pool): Promise<void> {
  for (const { table } of await rowsOf(pool, GROWN)) await execute(pool, ANALYZE, [table]);
}

const RUNS = 'journey_runs';
/** Their partitions have the bounds of the runs'. */
const FOLLOWERS = ['journey_run_outcomes', 'journey_run_events'];
/** In an order in which an interruption does no harm: readers find outcomes and events by their runs. */
const TABLES = [RUNS, ...FOLLOWERS];
const DAY_MS = 86_400_000;
/** The time of a partition, for runs that stay for some days: a run is deleted a sixth of that time later at most. */
const periodMs = (days: number): number => (days / 8) * DAY_MS;
/** The most runs that stay when partitions are dropped: they are copied while readers and writers wait. */
const STAY_AT_MOST = 2_000;

async function readPartitions(pool: pg.Pool) {
  const rows = await rowsOf(pool, PARTITIONS);
  const of = (table: string): Partition[] => rows.filter(({ parent }) => parent === table);
  return { nowMs: rows[0]!.now.getTime(), of };
}

/**
 * Calls a function in a transaction without a time limit, and again for a while when it did not get its lock: it waits
 * only briefly, because readers and writers wait behind it.
 */
async function execute<Row>(pool: pg.Pool, called: Statement<Row>, values: unknown[]): Promise<Row[]> {
  for (let tries = 1; ; tries += 1)
    try {
      return await inTransaction(pool, LOCK_TIMEOUT_MS, async (client) => {
        await client.query('set local statement_timeout = 0');
        return rowsOf(client, called, values, { query_timeout: 0 });
      });
    } catch (error) {
      if ((error as pg.DatabaseError).code !== LOCK_NOT_AVAILABLE || tries === TRIES) throw error;
      await sleep(AGAIN_MS);
    }
}

/** That of the functions themselves. */
const LOCK_TIMEOUT_MS = 200;
const LOCK_NOT_AVAILABLE = '55P03';
const TRIES = 10;
const AGAIN_MS = 1_000;

const BOUND = statement({ text: 'select from journey_bound_partition($1, $2)', columns: {} });
const CHECK = statement({ text: 'select from journey_check_bound($1)', columns: {} });
const SPLIT = statement({ text: 'select from journey_split_partition($1)', columns: {} });
const ANALYZE = statement({ text: 'select from journey_analyze_runs($1)', columns: {} });
/** Counts the runs that stay in the partitions; with too many, it drops none. */
const DROP = statement({
  text: 'select count from journey_drop_partitions($1, $2, $3, $4) as count',
  columns: { count: 'int4' },
});

const PARTITIONS = statement({
  text: `
  select parent, "from", "to", bound, is_checked as "isChecked", now() from journey_run_partitions
  order by "to" nulls last`,
  columns: {
    parent: 'text',
    from: 'uuid?',
    to: 'uuid?',
    bound: 'uuid?',
    isChecked: 'bool',
    now: 'timestamptz',
  },
});

/** Counts the runs that stay, before their keys are deleted; journey_drop_partitions counts them again under its lock. */
const STAYING = statement({
  name: 'runs-that-stay',
  text: `
  select count(*)::int as count from (
    select run_id from journey_run_queue where run_id < $1::uuid
    union all select run_id from journey_running where run_id < $1::uuid
    union all select run_id from journey_run_outcomes where run_id < $1::uuid and completed_at >= $2::timestamptz
    limit $3
  ) r`,
  columns: { count: 'int4' },
});

const GROWN = statement({
  text: `
  select p.relname::text as table from pg_inherits i
    join pg_class p on p.oid = i.inhparent join pg_class c on c.oid = i.inhrelid
  where p.relname = any(array['${TABLES.join("', '")}'])
  group by p.oid, p.relname, p.reltuples having sum(greatest(c.reltuples, 0)) > 4 * greatest(p.reltuples, 50000)`,
  columns: { table: 'text' },
});
