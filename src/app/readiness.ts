import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { migrationsPending } from '../postgres/migrations/check-migrations.ts';
import { rowsOf, statement } from '../postgres/statement.ts';

/** Whether a process can do its work, and the result of each check: 'ok' or what is wrong. */
export type Readiness = { ready: boolean; checks: Record<string, string> };

/** A check returns 'ok' or what is wrong. If it throws or takes too long, its result is 'unknown'. */
export type Checks = Record<string, () => Promise<string>>;

/** Runs checks at once. The process is ready if all `needed` ones are ok; the others inform operators. */
export async function readinessOf(needed: Checks, informing: Checks): Promise<Readiness> {
  const entries = Object.entries({ ...needed, ...informing });
  const results = await Promise.all(entries.map(([, check]) => inTime(check)));
  const checks = Object.fromEntries(entries.map(([name], index) => [name, results[index]!]));
  return { ready: Object.keys(needed).every((name) => checks[name] === 'ok'), checks };
}

async function inTime(check: () => Promise<string>): Promise<string> {
  const timer = new AbortController();
  const late = pause(WITHIN_MS, 'unknown', { signal: timer.signal }).catch(() => 'unknown');
  const result = await Promise.race([check().catch(() => 'unknown'), late]);
  timer.abort();
  return result;
}

/** Probes usually wait some seconds for an answer. */
const WITHIN_MS = 3_000;

export async function checkDatabase(pool: pg.Pool): Promise<string> {
  const answered = rowsOf(pool, ANSWER, [], { query_timeout: WITHIN_MS - 500 });
  return answered.then(
    () => 'ok',
    () => 'unreachable',
  );
}

const ANSWER = statement({ name: 'answer', text: 'select true as answered', columns: { answered: 'bool' } });

export async function checkPendingMigrations(pool: pg.Pool): Promise<string> {
  return (await migrationsPending(pool)).length === 0 ? 'ok' : 'pending';
}
