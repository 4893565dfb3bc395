import { afterAll, beforeAll, expect, test } from 'vitest';
import { watchedStats } from '../../src/reads/run-stats.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { beginWriter, insertRunWithEvent } from '../support/events.ts';
import { everyRun, insertComponent, insertRuns, storedRun } from '../support/runs.ts';
import { statementsOf } from '../support/statements.ts';
import { openEventStream, openSocket } from '../support/subscriptions.ts';

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

const STATS = 'subscription ($where: RunFilter) { runStats(where: $where) { queued oldestQueuedSeconds } }';
type Stats = { queued: number; oldestQueuedSeconds: number | null };

/** What a dashboard is sent, until what it shows meets the condition. */
async function until(
  where: object,
  isMet: (seen: Stats[]) => boolean,
  onFirst = async () => {},
): Promise<Stats[]> {
  const seen: Stats[] = [];
  for await (const { data } of openEventStream(app, STATS, { where })) {
    seen.push(data!.data.runStats);
    if (seen.length === 1) await onFirst();
    if (isMet(seen)) break;
  }
  return seen;
}

const ages = (seen: Stats[]) => seen.flatMap(({ oldestQueuedSeconds }) => oldestQueuedSeconds ?? []);

test('a run that becomes due while no worker is up shows, and grows older', async () => {
  const where = { channel: ['due-later'] };
  const soon = { componentId, channel: 'due-later', runAt: new Date(Date.now() + 10_000) };
  await insertRunWithEvent(app.db.pool, soon);
  const seen = await until(where, (all) => ages(all).length >= 3);
  expect(seen[0]).toEqual({ queued: 1, oldestQueuedSeconds: null });
  const grown = ages(seen);
  expect(grown).toEqual(grown.toSorted((a, b) => a - b));
  expect(new Set(grown).size).toBe(grown.length);
});

test('the clock changes figures when the next run becomes due, and at the turn of the minute', async () => {
  const where = { channel: ['timed'] };
  const [{ now }] = (await app.db.pool.query<{ now: Date }>('select clock_timestamp() as now')).rows as [
    { now: Date },
  ];
  const toTheMinute = 60_000 - (now.getTime() % 60_000);
  const { changesInMs } = await watchedStats(app.db.pool).read(everyRun(where));
  expect(changesInMs).toBeGreaterThan(0);
  expect(changesInMs).toBeLessThanOrEqual(60_000);
  expect(
    Math.min(Math.abs(changesInMs - toTheMinute), 60_000 - Math.abs(changesInMs - toTheMinute)),
  ).toBeLessThan(10_000);
  await insertRuns(app.db.pool, [
    storedRun({ componentId, channel: 'timed', runAt: new Date(Date.now() - 5_000) }),
    storedRun({ componentId, channel: 'timed', runAt: new Date(Date.now() + 30_000) }),
  ]);
  expect((await watchedStats(app.db.pool).read(everyRun(where))).changesInMs).toBeLessThanOrEqual(30_000);
});

test('figures change while a write in flight holds the events back', async () => {
  const where = { channel: ['held'] };
  const writer = await beginWriter(app.db.pool);
  await writer.client.query('set local idle_in_transaction_session_timeout = 0; select pg_current_xact_id()');
  const seen = await until(
    where,
    (all) => all.at(-1)?.queued === 1,
    async () => {
      await insertRunWithEvent(app.db.pool, {
        componentId,
        channel: 'held',
        runAt: new Date(Date.now() + 3_600_000),
      });
      app.services.ring();
    },
  );
  await writer.rollBack();
  expect(seen[0]!.queued).toBe(0);
});

test('dashboards with filters of their own are read two at a time, each of them', async () => {
  const { pool } = app.services.watchDb;
  let atOnce = 0;
  let most = 0;
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<unknown>;
  const counting = async (...args: unknown[]) => {
    const isStats = JSON.stringify(args[0]).includes('percentile_cont');
    atOnce += isStats ? 1 : 0;
    most = Math.max(most, atOnce);
    try {
      return await query(...args);
    } finally {
      atOnce -= isStats ? 1 : 0;
    }
  };
  Object.assign(pool, { query: counting });
  const dashboards = Array.from({ length: 100 }, async (_, n) => {
    for await (const { data } of socket.subscribe(STATS, { where: { channel: [`of-${n}`] } }))
      return data.runStats;
  });
  for (const stats of await Promise.all(dashboards)) expect(stats).toMatchObject({ queued: 0 });
  Object.assign(pool, { query });
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThanOrEqual(2);
});

test('nothing is read once nobody watches', async () => {
  await insertRunWithEvent(app.db.pool, { componentId, channel: 'left' });
  await until({ channel: ['left'] }, (all) => all.length === 2);
  const texts = await statementsOf(async () => {
    // The figures of another dashboard come at least as late as those of the one that has left would.
    await until({ channel: ['left', 'other'] }, (all) => all.length === 7);
  });
  const figures = texts.filter((text) => text.includes('percentile_cont'));
  expect(figures.length).toBeGreaterThan(0);
  expect(figures.every((text) => text.includes('= any('))).toBe(true);
});
