import { once } from 'node:events';
import { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { insertRunWithEvent, startFeed, untilReleased } from '../../support/events.ts';
import { insertComponent } from '../../support/runs.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

test('who holds the feed back from another database is logged and shown in readiness, which stays ready', async () => {
  const lines: { level: number; msg: string; pid?: number }[] = [];
  const logged = new Writable({
    write(chunk, _, done) {
      lines.push(JSON.parse(String(chunk)));
      logged.emit('line');
      done();
    },
  });
  const feed = await startFeed(app.db, { logger: pino({ base: null }, logged) });
  const url = new URL(inject('templateUrl'));
  url.pathname = 'postgres';
  const holder = new pg.Client({ connectionString: url.href, application_name: 'a forgotten psql' });
  await holder.connect();
  const { rows } = await holder
    .query<{ pid: number }>('begin; select pg_current_xact_id(); select pg_backend_pid() as pid')
    .then((results) => (results as unknown as pg.QueryResult<{ pid: number }>[]).at(-1)!);
  const { pid } = rows[0]!;
  const { id: componentId } = await insertComponent(app.db.pool);
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
      database: 'postgres',
      application: 'a forgotten psql',
      seconds: expect.any(Number),
      msg: expect.stringMatching(
        /held back.*process \d+ \(a forgotten psql\) in database postgres that began \d+ s ago/,
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

  await holder.query('rollback');
  await holder.end();
  await untilReleased(app.db.pool);
  while (lines.length === 1) await once(logged, 'line');
  expect(lines[1]!.msg).toMatch(/no longer held back/);
  while ((await readiness()).checks.feed !== 'ok') await pause(50);
  await feed.stop();
}, 40_000);
