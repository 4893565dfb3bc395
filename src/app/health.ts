import type pg from 'pg';
import type { Config } from '../config/config.ts';
import type { EventFeed } from '../feed/live/event-feed.ts';
import { describeHolder } from '../feed/live/held-back.ts';
import { rowsOf, statement } from '../postgres/statement.ts';
import type { ReadDatabases, ReplicaFigures } from '../reads/replicas/read-databases.ts';
import { unservedQueues } from '../runs/upkeep/unserved-queues.ts';
import { checkDatabase, checkPendingMigrations, type Readiness, readinessOf } from './readiness.ts';
import type { WriteCheck } from './write-check.ts';

export type ApiHealth = {
  pool: pg.Pool;
  feed: Pick<EventFeed, 'figures'>;
  writes: WriteCheck;
  reads: Pick<ReadDatabases, 'replicas'>;
  config: Pick<Config, 'workerEnabled' | 'taskQueue'>;
};

/**
 * Whether this API process can do its work now, and if not, what is missing. It also names queues without a worker,
 * what delays run events, and replicas that are not used. None of these makes the process unready, since runs are still
 * stored and read; but if this process has a worker, that one must be alive.
 */
export function apiReadiness({ pool, feed, writes, reads, config }: ApiHealth): Promise<Readiness> {
  const { workerEnabled, taskQueue } = config;
  return readinessOf(
    {
      database: () => checkDatabase(pool),
      migrations: () => checkPendingMigrations(pool),
      writes: writes.check,
      ...(workerEnabled ? { worker: () => describeWorker(pool, taskQueue) } : {}),
    },
    {
      ...(workerEnabled ? {} : { worker: () => describeWorker(pool, taskQueue) }),
      queues: () => describeQueues(pool),
      feed: async () => describeFeed(feed),
      ...(reads.replicas().length > 0 ? { replicas: async () => describeReplicas(reads.replicas()) } : {}),
    },
  );
}

async function describeWorker(pool: pg.Pool, queue: string): Promise<string> {
  const [{ isAlive }] = (await rowsOf(pool, WORKER, [queue])) as [{ isAlive: boolean }];
  return isAlive ? 'ok' : `the queue ${queue} has no worker with a live heartbeat`;
}

const WORKER = statement({
  name: 'live-worker',
  text: `select exists (
    select from journey_workers where queue = $1 and lease_until > now() and dead_at is null
  ) as "isAlive"`,
  columns: { isAlive: 'bool' },
});

async function describeQueues(pool: pg.Pool): Promise<string> {
  const queues = await unservedQueues(pool);
  if (queues.length === 0) return 'ok';
  const names = queues.map((queue) => queue || '(none)').join(', ');
  return `these queues have due runs and no live worker: ${names}`;
}

function describeReplicas(replicas: readonly ReplicaFigures[]): string {
  const unused = replicas.filter(({ state }) => state !== 'ok');
  return unused.map(({ name, state }) => `${name} is not used: ${state}`).join('; ') || 'ok';
}

/** The delay in milliseconds from which the feed is reported as late. Shorter delays are normal. */
const LATE_MS = 5_000;

function describeFeed(feed: Pick<EventFeed, 'figures'>): string {
  const { held, unreadMs, isListening } = feed.figures();
  if (held && held.ms >= LATE_MS)
    return `events have been held back for ${Math.round(held.ms / 1_000)} s by ${describeHolder(held.by)}`;
  if (unreadMs >= LATE_MS) return `events have not been read for ${Math.round(unreadMs / 1_000)} s`;
  return isListening ? 'ok' : 'LISTEN is not active, so events arrive up to a second late';
}
