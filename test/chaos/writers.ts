import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { createDoorbell } from '../../src/feed/live/doorbell.ts';
import { createLogger } from '../../src/logger.ts';
import { enqueueAll, enqueueItem } from '../../src/runs/enqueue/enqueue-batch.ts';
import { cancelRuns } from '../../src/runs/operate/cancel.ts';
import { between, type Random, seededRandom } from './random.ts';

export type WriteOptions = { url: string; componentId: string; runs: number; writers: number; seed: number };

/**
 * Enqueues runs and cancels them, straight in PostgreSQL and by the service's own statements, from many writers at once
 * that pause at random: two events a run. Returns when each transaction was over, by its number.
 */
export async function writeEvents({
  url,
  componentId,
  runs,
  writers,
  seed,
}: WriteOptions): Promise<Map<bigint, number>> {
  const pool = new pg.Pool({ connectionString: url, max: writers + 1 });
  // Where the scenario is broken off, the server goes away under them.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const ring = createDoorbell(pool, createLogger('silent'));
  const log: WriteLog = { overAt: new Map(), open: [], left: runs };
  await Promise.all(
    Array.from({ length: writers }, (_, writer) =>
      write(pool, seededRandom(seed + writer), componentId, log, ring),
    ),
  );
  await pool.end();
  return log.overAt;
}

const AT_ONCE = 10;
const REST_MS = 100;
const QUEUE = 'journey-runtime';

type WriteLog = {
  /** When each transaction was over, by its number. */
  overAt: Map<bigint, number>;
  /** Runs that are still QUEUED. */
  open: string[];
  /** Runs to be enqueued yet. */
  left: number;
};

/** Enqueues runs and cancels others', in transactions that take their number long before they do anything. */
async function write(
  pool: pg.Pool,
  random: Random,
  componentId: string,
  log: WriteLog,
  ring: () => void,
): Promise<void> {
  const client = await pool.connect();
  const rest = () => pause(between(random, 0, REST_MS));
  while (log.left > 0 || log.open.length > 0) {
    const count = Math.min(log.left, 1 + Math.floor(random() * AT_ONCE));
    log.left -= count;
    await client.query('begin');
    const { rows } = await client.query<{ xid: string }>('select pg_current_xact_id()::text as xid');
    await rest();
    const items = Array.from({ length: count }, () =>
      enqueueItem({ componentId, caller: '', requestHash: randomBytes(32) }),
    );
    if (count > 0) await enqueueAll(client, QUEUE, items);
    const others = log.open.splice(0, 1 + Math.floor(random() * AT_ONCE));
    if (others.length > 0) await cancelRuns(client, others, { caller: '', reason: null });
    await rest();
    await client.query('commit');
    log.overAt.set(BigInt(rows[0]!.xid), Date.now());
    ring();
    log.open.push(...items.map(({ id }) => id));
  }
  client.release();
}
