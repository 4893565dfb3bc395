import { once } from 'node:events';
import { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { EventFeed } from '../../../src/feed/live/event-feed.ts';
import { listEvents } from '../../../src/feed/log/event-history.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { insertRunWithEvent, startFeed, take, untilReleased } from '../../support/events.ts';
import { everyRun, insertComponent } from '../../support/runs.ts';

let app: TestApp;
let componentId: string;
beforeAll(async () => {
  app = await startTestApp();
  componentId = (await insertComponent(app.db.pool)).id;
});
afterAll(() => app.stop());

/** A transaction of another client that has an id, and does not end by itself. */
async function hold(url: string) {
  const client = new pg.Client({ connectionString: url, application_name: 'a forgotten psql' });
  await client.connect();
  const { rows } = await client
    .query<{ pid: number }>('begin; select pg_current_xact_id(); select pg_backend_pid() as pid')
    .then((results) => (results as unknown as pg.QueryResult<{ pid: number }>[]).at(-1)!);
  return {
    client,
    pid: rows[0]!.pid,
    async end() {
      await client.query('rollback');
      await client.end();
    },
  };
}

function logLines() {
  const lines: { level: number; msg: string; pid?: number }[] = [];
  const logged = new Writable({
    write(chunk, _, done) {
      lines.push(JSON.parse(String(chunk)));
      logged.emit('line');
      done();
    },
  });
  return { lines, logged, logger: pino({ base: null }, logged) };
}

test('a transaction in this database that holds the feed back is logged and shown in readiness, which stays ready', async () => {
  const { lines, logged, logger } = logLines();
  const feed = await startFeed(app.db, { logger });
  const holder = await hold(app.db.url);
  const { pid } = holder;
  await insertRunWithEvent(app.db.pool, { componentId });

  const readiness = async () => {
    const response = await fetch(app.url.replace('/graphql', '/readyz'));
    return (await response.json()) as { status: string; checks: { feed: string } };
  };
  expect((await readiness()).checks.feed).toBe('ok');
  while (lines.length === 0) await once(logged, 'line');
  expect(lines).toEqual([
    expect.objectContaining({
      level: 40,
      pid,
      database: new URL(app.db.url).pathname.slice(1),
      application: 'a forgotten psql',
      seconds: expect.any(Number),
      msg: expect.stringMatching(
        /held back.*process \d+ \(a forgotten psql\) in database test_\w+ that began \d+ s ago/,
      ),
    }),
  ]);
  let state = await readiness();
  while (!state.checks.feed.includes('a forgotten psql')) {
    await pause(50);
    state = await readiness();
  }
  expect(state.status).toBe('ready');
  expect(state.checks.feed).toMatch(new RegExp(`held back for \\d+ s by the transaction of process ${pid} `));

  await holder.end();
  await untilReleased(app.db.pool);
  while (lines.length === 1) await once(logged, 'line');
  expect(lines[1]!.msg).toMatch(/no longer held back/);
  while ((await readiness()).checks.feed !== 'ok') await pause(50);
  await feed.stop();
});

test('a transaction in another database of the server holds no event back, for any subscriber', async () => {
  const { lines, logger } = logLines();
  const feed = await startFeed(app.db, { logger });
  const start = await feed.latest();
  const url = Object.assign(new URL(inject('templateUrl')), { pathname: 'postgres' });
  const holders = [await hold(url.href), await hold(url.href)];
  const own = await hold(app.db.url);
  const subscribe = (from: EventFeed, after = start) => from.subscribe({ signal: stop.signal, after });
  const stop = new AbortController();
  const live = take(subscribe(feed), 2);
  const first = await insertRunWithEvent(app.db.pool, { componentId });
  await own.end();
  const later = await hold(url.href);
  const second = await insertRunWithEvent(app.db.pool, { componentId });
  const received = await live;
  expect(received.map(({ runId }) => runId)).toEqual([first, second]);
  const history = await listEvents(
    app.db.pool,
    everyRun(),
    { after: start, before: null, limit: 10, reverse: false },
    feed.foreignTransactions(),
  );
  expect(history.map(({ runId }) => runId)).toEqual([first, second]);

  // Another process, which knows of no holder yet, accepts a cursor at an event that it does not send yet.
  const other = await startFeed(app.db);
  const third = insertRunWithEvent(app.db.pool, { componentId });
  expect(await take(subscribe(other, received[1]!.cursor), 1)).toMatchObject([{ runId: await third }]);
  expect((await take(subscribe(other), 3)).map(({ runId }) => runId)).toEqual([first, second, await third]);
  expect(lines).toEqual([]);
  stop.abort();
  for (const holder of [...holders, later]) await holder.end();
  await Promise.all([feed.stop(), other.stop()]);
});
