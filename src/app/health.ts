import type pg from 'pg';
import type { Config } from '../config.ts';
import type { EventFeed } from '../feed/live/event-feed.ts';
import { describeHolder } from '../feed/live/held-back.ts';
import { migrationsPending } from '../postgres/migrations/check-migrations.ts';
import { unservedQueues } from '../runs/upkeep/unserved-queues.ts';

export type Readiness = { ready: boolean; checks: Record<string, string> };

/**
 * Whether this process can do its work now, and if not, what is missing. Also lists the queues without a worker and
 * the transactions that delay run events; neither makes the process unready, since runs are still stored and
 * executed. Responds within a few seconds.
 */
export async function readiness(
  pool: pg.Pool,
  feed: Pick<EventFeed, 'figures'>,
  { workerEnabled, taskQueue }: Pick<Config, 'workerEnabled' | 'taskQueue'>,
): Promise<Readiness> {
  const [database, migrations, worker, queues] = await Promise.all([
    check('unreachable', async () => (await pool.query('select')) !== null),
    check('pending', async () => (await migrationsPending(pool)).length === 0),
    workerEnabled ? check('without a live heartbeat', () => hasLiveWorker(pool, taskQueue)) : 'disabled',
    describeQueues(pool),
  ]);
  const needed = { database, migrations, worker };
  const ready = Object.values(needed).every((state) => state === 'ok' || state === 'disabled');
  return { ready, checks: { ...needed, queues, feed: describeFeed(feed) } };
}

async function check(otherwise: string, isGood: () => Promise<boolean>): Promise<string> {
  try {
    return (await isGood()) ? 'ok' : otherwise;
  } catch {
    return otherwise;
  }
}

async function hasLiveWorker(pool: pg.Pool, queue: string): Promise<boolean> {
  const text =
    'select from journey_workers where queue = $1 and lease_until > now() and dead_at is null limit 1';
  return (await pool.query({ name: 'live-worker', text, values: [queue] })).rowCount === 1;
}

async function describeQueues(pool: pg.Pool): Promise<string> {
  try {
    const queues = await unservedQueues(pool);
    if (queues.length === 0) return 'ok';
    const names = queues.map((queue) => queue || '(none)').join(', ');
    return `these queues have due runs and no live worker: ${names}`;
  } catch {
    return 'unknown';
  }
}

/** The delay in milliseconds from which held-back run events are reported. Shorter delays are normal. */
const HELD_LONG_MS = 5_000;

function describeFeed(feed: Pick<EventFeed, 'figures'>): string {
  const { held } = feed.figures();
  if (!held || held.ms < HELD_LONG_MS) return 'ok';
  return `events have been held back for ${Math.round(held.ms / 1_000)} s by ${describeHolder(held.by)}`;
}
