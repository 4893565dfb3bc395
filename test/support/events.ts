import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { pino } from 'pino';
import { createEventFeed, type EventFeed, type EventFeedOptions } from '../../src/feed/live/event-feed.ts';
import { EVENT_XID, RELEASED } from '../../src/feed/log/event-xid.ts';
import type { Cursor } from '../../src/feed/log/feed-cursor.ts';
import type { FeedEvent } from '../../src/feed/log/feed-event.ts';
import type { JsonObject } from '../../src/json/json.ts';
import type { RunEventType, RunStatus } from '../../src/runs/model/status.ts';
import type { TestDatabase } from './database.ts';
import { insertRuns, type StoredRun, storedRun } from './runs.ts';

export const silent = pino({ level: 'silent' });

/** Stores a run and its ENQUEUED event, as enqueue does, but without a job. */
export async function insertRunWithEvent(
  client: pg.Pool | pg.ClientBase,
  given: Partial<StoredRun> & Pick<StoredRun, 'componentId'>,
): Promise<string> {
  const run = storedRun(given);
  await insertRuns(client as pg.Pool, [run]);
  await client.query(
    `insert into journey_run_events (run_id, sequence, xid, type, status, attempt)
     select id, event_sequence, event_xid, 'ENQUEUED', status, 0 from journey_component_runs where id = $1`,
    [run.id],
  );
  return run.id;
}

/** Appends an event as every transition does: the run counts it, and keeps the greatest xid that one of its events has. */
export async function appendEvent(
  client: pg.Pool | pg.ClientBase,
  runId: string,
  event: { type: RunEventType; status: RunStatus; error?: JsonObject; at?: Date },
): Promise<void> {
  await client.query(
    `with changed as (
       update journey_component_runs r set status = $3::journey_run_status, event_sequence = event_sequence + 1,
         event_xid = greatest(event_xid, ${EVENT_XID}),
         completed_at = case when $3::journey_run_status in ('COMPLETED', 'FAILED', 'CANCELED') then now() end
       where id = $1 returning id, event_sequence, event_xid
     )
     insert into journey_run_events (run_id, sequence, xid, type, status, attempt, error, at)
     select id, event_sequence, event_xid, $2::journey_run_event_type, $3::journey_run_status, 0, $4::jsonb, $5 from changed`,
    [runId, event.type, event.status, JSON.stringify(event.error ?? null), event.at ?? new Date()],
  );
}

/** A connection in a transaction of its own, which is rolled back unless `commit` was called. */
export async function beginWriter(pool: pg.Pool) {
  const client = await pool.connect();
  await client.query('begin');
  const end = (command: 'commit' | 'rollback') => async () => {
    await client.query(command);
    client.release();
  };
  return { client, commit: end('commit'), rollBack: end('rollback') };
}

export async function startFeed(
  database: TestDatabase,
  options: Partial<EventFeedOptions> = {},
): Promise<EventFeed> {
  const feed = createEventFeed({ url: database.url, pool: database.pool, logger: silent, ...options });
  await feed.start();
  return feed;
}

/** Takes events from a subscription until there are that many, and leaves it. */
export async function take(
  subscription: AsyncIterable<readonly FeedEvent[]>,
  count: number,
): Promise<FeedEvent[]> {
  const taken: FeedEvent[] = [];
  for await (const events of subscription) {
    taken.push(...events);
    if (taken.length >= count) break;
  }
  return taken;
}

export const nameOf = ({ runId, sequence }: { runId: string; sequence: number }) => `${runId}/${sequence}`;

/** What the log holds, in its order. */
export async function storedEvents(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ runId: string; sequence: number }>(
    'select run_id as "runId", sequence from journey_run_events order by xid, position',
  );
  return rows.map(nameOf);
}

/**
 * Resolves once all events in the log are released: a write in flight in any database of the server, another test file's
 * too, holds back what was committed after it began.
 */
export async function untilReleased(pool: pg.Pool): Promise<void> {
  const held = `select from journey_run_events e where not ${RELEASED} limit 1`;
  while ((await pool.query(held)).rowCount !== 0) await pause(10);
}

/** The place after all that was written, which the feed has read by then. */
export async function placeAfterAll(feed: EventFeed, pool: pg.Pool): Promise<Cursor> {
  await untilReleased(pool);
  return feed.latest();
}
