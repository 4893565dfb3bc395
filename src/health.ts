import type pg from 'pg';
import { migrationsPending } from './db/migrate.ts';

export type Readiness = { ready: boolean; checks: Record<string, string> };

/** Whether this process can do its work now, and if not, what is missing. It names nothing internal. Answers within some seconds. */
export async function readiness(pool: pg.Pool, workerEnabled: boolean): Promise<Readiness> {
  const [database, migrations, worker] = await Promise.all([
    check('unreachable', async () => (await pool.query('select')) !== null),
    check('pending', async () => (await migrationsPending(pool)).length === 0),
    workerEnabled ? check('without a live heartbeat', () => hasLiveWorker(pool)) : 'disabled',
  ]);
  const checks = { database, migrations, worker };
  return { ready: Object.values(checks).every((state) => state === 'ok' || state === 'disabled'), checks };
}

async function check(otherwise: string, isGood: () => Promise<boolean>): Promise<string> {
  try {
    return (await isGood()) ? 'ok' : otherwise;
  } catch {
    return otherwise;
  }
}

async function hasLiveWorker(pool: pg.Pool): Promise<boolean> {
  const text = 'select from journey_workers where lease_until > now() and dead_at is null limit 1';
  return (await pool.query({ name: 'live-worker', text })).rowCount === 1;
}
