import type pg from 'pg';
import { rowsOf, statement } from '../../postgres/statement.ts';
import { inTransaction } from '../../postgres/transaction.ts';
import { unnestValues } from '../../postgres/unnest.ts';
import { releaseJobsOf } from '../../queue/release-jobs.ts';
import { canceled, runError } from '../model/run-error.ts';
import { errorSql, transitionSql } from '../transition.ts';

/** The result of one sweep. */
export type Sweep = { deadWorkers: string[]; runsTaken: number };

/** A run that has lost this many workers fails with WORKER_LOST, because the run may be the cause. */
const MAX_LOST_ATTEMPTS = 3;
/** If no process has swept for longer than this, leases may have run out only because of an outage. */
const MAX_GAP_SECONDS = 3;
/** How long the rows of dead workers are stored, for later investigation. */
const KEEP_DEAD_SECONDS = 86_400;
const LOCK_TIMEOUT_MS = 500;
/** An arbitrary number that all sweepers share. */
const SWEEP_LOCK = 7_205_113;
const TRY_LOCK = statement({
  text: 'select pg_try_advisory_xact_lock($1) as "isHeld"',
  columns: { isHeld: 'bool' },
});

/**
 * Takes the turn to sweep, in one statement: null if a process has swept within the last second. Returns whether there is
 * anything to sweep: a worker whose lease has run out, a row of a worker that is long dead, or, if it `looksAtAll`, a run
 * whose worker is gone.
 */
export async function takeSweepTurn(pool: pg.Pool, looksAtAll: boolean): Promise<boolean | null> {
  const [turn] = await rowsOf(pool, TURN, [MAX_GAP_SECONDS, KEEP_DEAD_SECONDS, looksAtAll]);
  return turn?.isNeeded ?? null;
}

/**
 * Declares workers of any queue dead once their lease has run out, takes their runs from them and queues these
 * again in their own queues, and unlocks the workers' jobs. Returns null when another process is sweeping. After an
 * outage in which no process could sweep, living workers get `graceSeconds` to renew their leases before any worker is
 * declared dead. `looksAtAll`: looks for runs of dead workers also when no worker has died now, because a worker can
 * leave some behind.
 */
export async function sweep(pool: pg.Pool, graceSeconds: number, looksAtAll = true): Promise<Sweep | null> {
  return inTransaction(pool, LOCK_TIMEOUT_MS, async (client) => {
    const [lock] = await rowsOf(client, TRY_LOCK, [SWEEP_LOCK]);
    return lock!.isHeld ? sweepLocked(client, graceSeconds, looksAtAll) : null;
  });
}

async function sweepLocked(client: pg.PoolClient, graceSeconds: number, looksAtAll: boolean): Promise<Sweep> {
  await client.query(DECLARE_DEAD, [MAX_GAP_SECONDS, graceSeconds, KEEP_DEAD_SECONDS]);
  const dead = await rowsOf(client, NEWLY_DEAD);
  const orphans = dead.length > 0 || looksAtAll ? await rowsOf(client, ORPHANS) : [];
  const taken = orphans.length > 0 ? await rowsOf(client, TAKE, unnestValues(TAKE_INPUT, orphans)) : [];
  const pools = dead.map(({ poolId }) => poolId);
  if (pools.length > 0) await releaseJobsOf(client, pools);
  return { deadWorkers: dead.map(({ id }) => id), runsTaken: taken.length };
}

const SWEPT = `swept_at = now(),
      steady_since = case when swept_at < now() - $1 * interval '1 second' then now() else steady_since end`;

/** Processes wait for each other's row lock, and then see that the turn is taken. */
const TURN = statement({
  name: 'sweep-turn',
  text: `
  update journey_sweeps set ${SWEPT} where id = 1 and swept_at < now() - interval '900 milliseconds'
  returning exists (
    select from journey_workers
    where (dead_at is null and lease_until < now()) or dead_at < now() - $2 * interval '1 second'
  ) or ($3::bool and exists (
    select from journey_running r left join journey_workers w on w.id = r.worker_id
    where w.id is null or w.dead_at is not null
  )) as "isNeeded"`,
  columns: { isNeeded: 'bool' },
});

/**
 * The grace period is stored in the database, not in a process: if workers die one after the other, none of them
 * may live until it ends.
 */
const DECLARE_DEAD = `
  with swept as (
    update journey_sweeps set ${SWEPT} where id = 1 returning steady_since
  ), old as (
    delete from journey_workers where dead_at < now() - $3 * interval '1 second'
  )
  update journey_workers w set dead_at = now() from swept s
  where w.dead_at is null and w.lease_until < now() and s.steady_since <= now() - $2 * interval '1 second'`;

/** The workers declared dead in this transaction: now() is its time. */
const NEWLY_DEAD = statement({
  text: 'select id, pool_id as "poolId" from journey_workers where dead_at = now()::timestamptz(3)',
  columns: { id: 'uuid', poolId: 'text' },
});

/**
 * Skips a row that a foreign transaction locks; a later sweep takes it. Reads the whole table, which is small, unless a long
 * transaction can still see runs that have ended.
 */
const ORPHANS = statement({
  text: `
  select r.run_id from journey_running r left join journey_workers w on w.id = r.worker_id
  where w.id is null or w.dead_at is not null
  order by r.run_id limit 1000 for update of r skip locked`,
  columns: { run_id: 'uuid' },
});

const TAKE_INPUT = { run_id: 'uuid' } as const;
const LOST = runError('WORKER_LOST', 'The worker that ran this attempt died or lost its lease.');

const TAKE = statement({
  text: transitionSql({
    requested: TAKE_INPUT,
    events: {
      CANCELED: { from: ['RUNNING'], when: 'r.cancel_requested_at is not null' },
      FAILED: { when: `r.lost_attempts + 1 >= ${MAX_LOST_ATTEMPTS}` },
      WORKER_LOST: {},
    },
    guard: 'not exists (select 1 from journey_workers w where w.id = r.worker_id and w.dead_at is null)',
    set: {
      fence: `r.fence + (r.event = 'WORKER_LOST')::int`,
      lost_attempts: 'r.lost_attempts + 1',
      cancel_requested_at: 'r.cancel_requested_at',
      error: `case when r.event = 'CANCELED' then ${errorSql(canceled())} else ${errorSql(LOST)} end`,
    },
    event: { error: 'r.error', actor: `'system'` },
    answer: 'select r.id from after r',
  }),
  columns: { id: 'uuid' },
});
