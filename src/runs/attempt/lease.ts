import { randomUUIDv7 } from 'node:crypto';
import { hostname } from 'node:os';
import type pg from 'pg';
import { createFailureLog, type Logger } from '../../logger.ts';
import { applicationName, createClient } from '../../postgres/connection-config.ts';
import { rowsOf, statement } from '../../postgres/statement.ts';
import type { OwnRun } from './active-runs.ts';

/** How many seconds after its last heartbeat a worker still has the right to its runs. */
export const LEASE_SECONDS = 8;
const BEAT_MS = 1_000;
const FAILED_BEAT_MS = 250;
const QUERY_TIMEOUT_MS = 2_000;
const ALL_RUNS_MS = 4_000;

export type LeaseEvents = {
  /** Returns the ids of the runs that this worker executes. */
  activeIds: () => string[];
  /**
   * Called after each heartbeat, if there are active runs, with those of them that the database assigns to this worker. `requestedAt`
   * is performance.now() before the query.
   */
  onBeat: (ownRuns: OwnRun[], requestedAt: number) => void;
  /** Called every ALL_RUNS_MS with all runs that the database assigns to this worker. */
  onAllRuns: (ownRuns: OwnRun[], requestedAt: number) => void;
  /** Called when this worker was declared dead and continues under a new id: its claims so far are lost. */
  onLost: () => void;
};

/** The right of this process to the runs that carry its worker id. It is renewed on a connection of its own. */
export type Lease = {
  workerId: () => string;
  /** Whether the lease is still valid, by this process's own monotonic clock. */
  isHeld: () => boolean;
  start: () => Promise<void>;
  /**
   * Stores the graphile-worker pool that locks this worker's jobs, so that they can be unlocked once the worker is
   * dead.
   */
  usePool: (poolId: string) => void;
  /** Ends the lease at once. */
  stop: () => Promise<void>;
};

export type LeaseOptions = { url: string; queue: string };

export function createLease({ url, queue }: LeaseOptions, events: LeaseEvents, logger: Logger): Lease {
  let workerId = randomUUIDv7();
  let poolId = '';
  const failures = createFailureLog('the heartbeat', logger);
  let heldUntil = 0;
  let allReadAt = 0;
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let beating: Promise<void> | undefined;
  let isBeating = false;

  async function connection(): Promise<pg.Client> {
    if (client) return client;
    const fresh = createClient(url, {
      application_name: applicationName('lease'),
      query_timeout: QUERY_TIMEOUT_MS,
    });
    const drop = () => {
      if (client === fresh) client = undefined;
    };
    fresh.on('error', drop);
    fresh.on('end', drop);
    await fresh.connect();
    client = fresh;
    return fresh;
  }

  async function register(): Promise<void> {
    const requestedAt = performance.now();
    await (await connection()).query(REGISTER, [
      workerId,
      poolId,
      queue,
      hostname(),
      process.pid,
      LEASE_SECONDS,
    ]);
    heldUntil = requestedAt + LEASE_SECONDS * 1_000;
  }

  async function beat(): Promise<void> {
    const requestedAt = performance.now();
    const db = await connection();
    const renewed = await db.query({ name: 'beat', text: BEAT, values: [workerId, LEASE_SECONDS, poolId] });
    if (renewed.rowCount === 0) {
      logger.warn(
        { workerId },
        'this worker could not renew its lease and was declared dead; it continues under a new id',
      );
      heldUntil = 0;
      workerId = randomUUIDv7();
      events.onLost();
      return register();
    }
    heldUntil = requestedAt + LEASE_SECONDS * 1_000;
    const ownRequestedAt = performance.now();
    const activeIds = events.activeIds();
    if (activeIds.length > 0)
      events.onBeat(await rowsOf(db, OWN_RUNS, [workerId, activeIds]), ownRequestedAt);
    if (ownRequestedAt - allReadAt < ALL_RUNS_MS) return;
    allReadAt = ownRequestedAt;
    events.onAllRuns(await rowsOf(db, ALL_OWN_RUNS, [workerId]), ownRequestedAt);
  }

  async function beatAndPlanNext(): Promise<void> {
    let delay = BEAT_MS;
    isBeating = true;
    try {
      await beat();
      failures.worked();
    } catch (error) {
      failures.failed(error);
      delay = FAILED_BEAT_MS;
      client?.end().catch(() => {});
      client = undefined;
    }
    isBeating = false;
    if (!stopped) planBeat(delay);
  }

  function planBeat(delay: number): void {
    timer = setTimeout(() => {
      beating = beatAndPlanNext();
    }, delay);
  }

  return {
    workerId: () => workerId,
    usePool(id) {
      poolId = id;
      if (isBeating || stopped) return;
      // The pool is stored before it has jobs: otherwise the jobs of a worker that died at once would stay locked for
      // hours.
      clearTimeout(timer);
      planBeat(0);
    },
    isHeld: () => performance.now() < heldUntil,
    async start() {
      await register();
      planBeat(BEAT_MS);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await beating;
      await client?.query(END, [workerId]).catch(() => {});
      await client?.end().catch(() => {});
    },
  };
}

const REGISTER = `
  insert into journey_workers (id, pool_id, queue, host, pid, lease_until)
  values ($1, $2, $3, $4, $5, now() + $6 * interval '1 second')
  on conflict (id) do nothing`;

const BEAT = `
  update journey_workers set heartbeat_at = now(), lease_until = now() + $2 * interval '1 second', pool_id = $3
  where id = $1 and dead_at is null`;

const OWN = `select run_id as "runId", fence, cancel_requested_at is not null as "cancelRequested" from journey_running`;
const OWN_COLUMNS = { runId: 'uuid', fence: 'int4', cancelRequested: 'bool' } as const;

/** Uses the primary key. */
const OWN_RUNS = statement({
  name: 'own-runs',
  text: `${OWN} where run_id = any($2::uuid[]) and (worker_id = $1) is true`,
  columns: OWN_COLUMNS,
});

/** Uses the index over worker_id, which still has ended runs that a long transaction could see. */
const ALL_OWN_RUNS = statement({
  name: 'all-own-runs',
  text: `${OWN} where worker_id = $1`,
  columns: OWN_COLUMNS,
});

const END = 'delete from journey_workers where id = $1';
