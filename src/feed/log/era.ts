import type pg from 'pg';
import { rowsOf, statement } from '../../postgres/statement.ts';
import { inTransaction } from '../../postgres/transaction.ts';

/**
 * Returns the log's era, and starts a new one if the database was restored to another server: its system identifier is
 * another one, or the log has an event whose transaction id this server has not assigned yet. Readers call it before
 * their first read and after every loss of connection.
 *
 * A standby that took over, a recovery and a copied data directory begin no era. What they lost shows at each cursor: its
 * event is missing, or another event has its place and so another mark.
 */
export async function checkEra(pool: pg.Pool, timeoutMs: number): Promise<number> {
  const [state] = await rowsOf(pool, STATE, [], { query_timeout: timeoutMs });
  if (!state) throw new Error('the row of journey_feed is missing');
  return state.isSameServer && !state.isAhead ? state.era : adoptServer(pool);
}

/**
 * Makes the log belong to this server, once even if many processes notice the change. When transaction ids went back,
 * the feed gets a base that places all new events after the existing ones, which stay as they are.
 */
function adoptServer(pool: pg.Pool): Promise<number> {
  return inTransaction(pool, LOCK_TIMEOUT_MS, async (client) => {
    await client.query(`set local statement_timeout = ${LOCK_TIMEOUT_MS}`);
    await client.query('select from journey_feed where id = 1 for update');
    const { era, isSameServer, isNew, isAhead } = (await rowsOf(client, STATE))[0]!;
    // A write in progress would store an xid by the old base.
    if (isAhead) await client.query(WAIT_FOR_WRITERS);
    const next = isAhead || !(isSameServer || isNew) ? era + 1 : era;
    await client.query(ADOPT, [next, isAhead]);
    return next;
  });
}

/** Longer than a writer's transaction may take. */
const LOCK_TIMEOUT_MS = 10_000;

/** The greatest xid of the log, by the index (xid, position); retention may have deleted its event. */
const GREATEST = `greatest(f.watermark_xid, (
  select e.xid from journey_run_events e order by e.xid desc, e.position desc limit 1
))::text::bigint`;

const STATE = statement({
  name: 'feed-server',
  text: `
  select f.era, f.system_identifier = s.system_identifier::text as "isSameServer",
    f.system_identifier = '' as "isNew",
    ${GREATEST} >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint + f.xid_base as "isAhead"
  from journey_feed f, pg_control_system() s where f.id = 1`,
  columns: { era: 'int4', isSameServer: 'bool', isNew: 'bool', isAhead: 'bool' },
});

/** Taken in the same order as by writers. A statement that waits for them reads the new base afterwards. */
const WAIT_FOR_WRITERS =
  'lock table journey_run_queue, journey_running, journey_run_outcomes, journey_run_events in share row exclusive mode';

/** Transactions in progress have an id from xmin on, and may still write events. */
const ADOPT = `
  update journey_feed f set era = $1, system_identifier = s.system_identifier,
    xid_base = case when $2 then ${GREATEST} + 1 - pg_snapshot_xmin(pg_current_snapshot())::text::bigint
      else f.xid_base end
  from pg_control_system() s where f.id = 1`;
