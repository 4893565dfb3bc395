import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { insertRunWithEvent, untilReleased } from '../support/events.ts';
import { insertComponent } from '../support/runs.ts';
import { openSocket } from '../support/subscriptions.ts';

let app: TestApp;
let componentId: string;
let socket: ReturnType<typeof openSocket>;
beforeAll(async () => {
  app = await startTestApp();
  componentId = (await insertComponent(app.db.pool)).id;
  socket = openSocket(app);
});
afterAll(async () => {
  await socket.close();
  await app.stop();
});

test('subscribers with a JSON filter each cost the database one read of a run, whatever their number', async () => {
  const after = (await app.query('{ feedCursor }')).feedCursor;
  const texts: string[] = [];
  const { pool } = app.services.watchDb;
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<unknown>;
  Object.assign(pool, {
    query: (...args: unknown[]) => {
      texts.push(typeof args[0] === 'string' ? args[0] : (args[0] as pg.QueryConfig).text);
      return query(...args);
    },
  });
  const text =
    'subscription ($where: RunFilter, $after: String) { runEvents(where: $where, after: $after) { runId } }';
  const received = Array.from({ length: 300 }, async (_, n) => {
    const where = { metadata: { of: { [`key-${n}`]: n } } };
    for await (const { data } of socket.subscribe(text, { where, after })) return data.runEvents.runId;
  });
  const of = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`key-${n}`, n]));
  const others = await insertRunWithEvent(app.db.pool, { componentId, metadata: { of: { 'key-0': 1 } } });
  const runId = await insertRunWithEvent(app.db.pool, { componentId, metadata: { of } });
  app.services.ring();
  expect(new Set(await Promise.all(received))).toEqual(new Set([runId]));
  Object.assign(pool, { query });
  expect(others).not.toBe(runId);
  const reads = texts.filter((one) => one.includes('r.metadata'));
  expect(reads.length).toBeGreaterThan(0);
  expect(reads.length).toBeLessThanOrEqual(2);
});

test('what subscribers ask of each event is read through connections of their own', async () => {
  const runId = await insertRunWithEvent(app.db.pool, { componentId });
  await untilReleased(app.db.pool);
  const after = (await app.query('{ feedCursor }')).feedCursor;
  const locker = new pg.Client({ connectionString: app.db.url });
  await locker.connect();
  await locker.query('begin; lock table journey_components in access exclusive mode');
  const where = { runId: [runId] };
  const subscribers = Array.from({ length: 40 }, async (_, n) => {
    const text = `subscription S${n} ($where: RunFilter, $after: String) { runEvents(where: $where, after: $after) { type run { component { key } } } }`;
    for await (const { data } of socket.subscribe(text, { where, after }))
      return data.runEvents.run.component.key;
  });
  await app.db.pool.query(
    `with changed as (update journey_component_runs set event_sequence = 2, event_xid = pg_current_xact_id() where id = $1 returning *)
     insert into journey_run_events (run_id, sequence, xid, type, status, attempt) select id, 2, event_xid, 'CANCELED', 'CANCELED', 0 from changed`,
    [runId],
  );
  app.services.ring();
  const waiting = `select distinct application_name as name from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  let names: string[] = [];
  while (names.length === 0) {
    names = (await locker.query<{ name: string }>(waiting)).rows.map(({ name }) => name);
    await pause(5);
  }
  expect(names).toEqual([expect.stringMatching(/^journey-runtime subscriptions /)]);
  // Everything else goes on meanwhile.
  const calm = await app.query('query ($where: RunFilter) { runs(where: $where) { nodes { id } } }', {
    where,
  });
  expect(calm.runs.nodes).toEqual([{ id: runId }]);
  await locker.query('rollback');
  await locker.end();
  expect(new Set(await Promise.all(subscribers)).size).toBe(1);
});
