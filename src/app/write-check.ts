import type pg from 'pg';
import { ServiceError } from '../errors.ts';
import { rowsOf, statement } from '../postgres/statement.ts';
import { inTransaction } from '../postgres/transaction.ts';
import { taskName } from '../queue/tasks.ts';

/** Whether this process can write to the database. */
export type WriteCheck = {
  /** Notes the outcome of a write; returns the write. */
  watch: <T>(write: Promise<T>) => Promise<T>;
  /**
   * Tries a write and rolls it back. Returns 'ok', or why writes fail: the tried one, those of callers within the last
   * seconds, or commits that wait for a synchronous standby.
   */
  check: () => Promise<string>;
};

export function createWriteCheck(pool: pg.Pool, queue: string): WriteCheck {
  let latestFailure: { reason: string; at: number } | null = null;
  let tried: { answer: Promise<string>; at: number } | null = null;

  function callersFailure(): string | null {
    if (!latestFailure || performance.now() - latestFailure.at > FAILING_MS) return null;
    return `the latest write failed: ${latestFailure.reason}`;
  }

  async function tryWrite(): Promise<string> {
    try {
      await inTransaction(pool, LOCK_TIMEOUT_MS, async (client) => {
        await client.query({
          text: WRITE,
          values: [taskName(queue)],
          query_timeout: TIMEOUT_MS,
        } as pg.QueryConfig);
        throw new RollBack();
      });
    } catch (error) {
      if (!(error instanceof RollBack)) return `a write failed: ${describeFailure(error)}`;
    }
    const [{ lacking, waitingSeconds }] = (await rowsOf(pool, STATE, [TABLES], {
      query_timeout: TIMEOUT_MS,
    })) as [State];
    if (lacking) return `the role has no right to write to ${lacking}`;
    if (waitingSeconds !== null)
      return `commits have waited for ${Math.round(waitingSeconds)} s, as for a synchronous standby that is gone`;
    return 'ok';
  }

  return {
    async watch(write) {
      try {
        const result = await write;
        latestFailure = null;
        return result;
      } catch (error) {
        const isRejection = error instanceof ServiceError && error.code !== 'UNAVAILABLE';
        if (!isRejection) latestFailure = { reason: describeFailure(error), at: performance.now() };
        throw error;
      }
    },
    async check() {
      const now = performance.now();
      if (!tried || now - tried.at > AGAIN_MS)
        tried = { answer: tryWrite().catch((error) => `a write failed: ${describeFailure(error)}`), at: now };
      const answer = await tried.answer;
      return answer === 'ok' ? (callersFailure() ?? 'ok') : answer;
    },
  };
}

class RollBack extends Error {}

/** Failures are described by their SQLSTATE, since messages may name files and values. */
function describeFailure(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = 'code' in cause ? String(cause.code) : '';
    if (code === 'UNAVAILABLE') continue;
    if (code) return FAILURES[code] ?? `code ${code}`;
  }
  return 'the database did not respond';
}

const FAILURES: Record<string, string> = {
  '25006': 'the database is read-only',
  '42501': 'the role lacks a right on the tables or on the schema graphile_worker',
  '53100': "the server's disk is full",
  '53300': 'the server has no connections left',
  ECONNREFUSED: 'the server accepts no connections',
};

/** How long a caller's failed write counts, if no other write succeeds. */
const FAILING_MS = 10_000;
/** The shortest time between two tries, so that many probes do not cost a write each. */
const AGAIN_MS = 1_000;
const TIMEOUT_MS = 2_500;
const LOCK_TIMEOUT_MS = 500;

/** Writes to graphile-worker's tables, whose rights and row security are the most likely to be missing. */
const WRITE = `select from graphile_worker.add_job($1, '{}')`;

const TABLES = ['journey_runs', 'journey_run_queue', 'journey_run_events', 'journey_run_outcomes'];

type State = { lacking: string | null; waitingSeconds: number | null };

/** Only connections of this role show what they wait for, which is enough: they are the service's. */
const STATE = statement({
  name: 'write-state',
  text: `
  select (
      select string_agg(name, ', ') from unnest($1::text[]) name where not has_table_privilege(name, 'insert')
    ) as lacking,
    (
      select extract(epoch from max(clock_timestamp() - query_start))::float8 from pg_stat_activity
      where datname = current_database() and wait_event = 'SyncRep' and query_start < now() - interval '2 seconds'
    ) as "waitingSeconds"`,
  columns: { lacking: 'text?', waitingSeconds: 'float8?' },
});
