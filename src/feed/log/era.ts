import type pg from 'pg';
import { rowsOf, statement } from '../../postgres/statement.ts';
import { inTransaction } from '../../postgres/transaction.ts';

/**
 * Starts a new era when the server is not the one whose transaction ids are in the log, and returns the current era.
 * Readers call it before their first read and after every loss of connection.
 *
 * A different server shows in three ways: another system identifier (dumped and restored), another timeline (a
 * standby took over, or a recovery to a point in time), or an event whose xid this server has not assigned yet. A
 * copied data directory shows none of them: a reader that was running then finds its last event missing (see endEra),
 * and any other reader validates each cursor by its mark.
 */
export async function checkEra(pool: pg.Pool, timeoutMs: number): Promise<number> {
  const [state] = await rowsOf(pool, STATE, [], { query_timeout: timeoutMs });
  if (!state) throw new Error('the row of journey_feed is missing');
  return state.isSameServer && !state.isAhead ? state.era : adoptServer(pool);
}

/** Ends `era`, whose log lost events that readers had already received, and returns the current era. */
export async function endEra(pool: pg.Pool, era: number): Promise<number> {
  await pool.query('update journey_feed set era = era + 1 where id = 1 and era = $1', [era]);
  return (await rowsOf(pool, ERA))[0]!.era;
}

const ERA = statement({ text: 'select era from journey_feed where id = 1', columns: { era: 'int4' } });

/**
 * Makes the log belong to this server, once even if many processes notice the change. When transaction ids went back,
 * new events would sort before old ones. Then all existing events move to xid 0, where their order by position
 * preserves each run's order.
 */
function adoptServer(pool: pg.Pool): Promise<number> {
  return inTransaction(pool, LOCK_TIMEOUT_MS, async (client) => {
    const timeout = { query_timeout: MOVE_AT_MOST_MS };
    const run = (text: string, values: unknown[] = []) =>
      client.query({ ...timeout, text, values } as pg.QueryConfig);
    await run(`set local statement_timeout = ${MOVE_AT_MOST_MS}`);
    await run('select from journey_feed where id = 1 for update');
    const { era, isSameServer, isNew, isAhead } = (await rowsOf(client, STATE, [], timeout))[0]!;
    const next = isAhead || !(isSameServer || isNew) ? era + 1 : era;
    if (isAhead) for (const statement of MOVE_TO_XID_0) await run(statement);
    await run(ADOPT, [next]);
    return next;
  });
}

const LOCK_TIMEOUT_MS = 30_000;
const MOVE_AT_MOST_MS = 600_000;

/**
 * The timeline is that of the current WAL file, because pg_control_checkpoint() reports a new timeline only after the
 * next checkpoint.
 */
const SERVER = `(
  select system_identifier::text as system_identifier,
    ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int as timeline
  from pg_control_system()
) s`;

const STATE = statement({
  name: 'feed-server',
  text: `
  select f.era, (f.system_identifier, f.timeline) = (s.system_identifier, s.timeline) as "isSameServer",
    f.system_identifier = '' as "isNew",
    greatest(f.watermark_xid, (select e.xid from journey_run_events e order by e.xid desc, e.position desc limit 1))
      >= pg_snapshot_xmax(pg_current_snapshot()) as "isAhead"
  from journey_feed f, ${SERVER} where f.id = 1`,
  columns: { era: 'int4', isSameServer: 'bool', isNew: 'bool', isAhead: 'bool' },
});

const ADOPT = `
  update journey_feed f set era = $1, system_identifier = s.system_identifier, timeline = s.timeline
  from ${SERVER} where f.id = 1`;

/** The locks are taken in the same order as by writers. Without them, a write in progress would store an old xid. */
const MOVE_TO_XID_0 = [
  'lock table journey_run_queue, journey_running, journey_run_outcomes, journey_run_events in share row exclusive mode',
  `update journey_run_queue set event_xid = '0'`,
  `update journey_running set event_xid = '0'`,
  `update journey_run_outcomes set event_xid = '0'`,
  `update journey_run_events set xid = '0'`,
  `update journey_feed set watermark_xid = '0', watermark_position = 0 where id = 1`,
];
