import { execFileSync } from 'node:child_process';
import { chmodSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TOPIC } from '../../src/feed/live/doorbell.ts';
import { createEventFeed, type EventFeed } from '../../src/feed/live/event-feed.ts';
import { type Database, openDatabase } from '../../src/postgres/database.ts';
import { migrate } from '../../src/postgres/migrations/migrate.ts';
import { insertRunWithEvent, silent, take } from '../support/events.ts';
import { startProxy, type TcpProxy } from '../support/proxy.ts';
import { insertComponent } from '../support/runs.ts';
import { startTcpPostgres } from '../support/tcp-postgres.ts';
import { makeRunsWritable } from '../support/writable-runs.ts';

// Each test starts PostgreSQL two or three times.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
let stop: AbortController;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journey-runtime-feed-'));
  // PostgreSQL's own user reaches the folders within, where the tests run as root.
  chmodSync(folder, 0o711);
  stop = new AbortController();
});

afterEach(() => {
  stop.abort();
  rmSync(folder, { recursive: true });
});

/** PostgreSQL itself ends here, never the machine beneath it. */
const QUICK = { fsync: 'off', full_page_writes: 'off' };

const EXPIRED = { code: 'CURSOR_EXPIRED' };

async function openFeed(
  url: string,
): Promise<{ database: Database; feed: EventFeed; close(): Promise<void> }> {
  const database = openDatabase({ url, maxConnections: 5 });
  const feed = createEventFeed({ url, pool: database.pool, logger: silent });
  await feed.start();
  const close = async () => {
    await feed.stop();
    await database.close();
  };
  return { database, feed, close };
}

async function write(pool: pg.Pool, count: number): Promise<string[]> {
  const { id } = await insertComponent(pool);
  const runIds: string[] = [];
  for (let n = 0; n < count; n += 1) runIds.push(await insertRunWithEvent(pool, { componentId: id }));
  await pool.query('select pg_notify($1, $2)', [TOPIC, '']);
  return runIds;
}

/** A new subscriber gets what happens from now on, and one that knows what is lost is told so. */
async function expectLoss(feed: EventFeed, pool: pg.Pool, waiting: Promise<unknown>): Promise<void> {
  await expect(waiting).rejects.toMatchObject(EXPIRED);
  const received = take(feed.subscribe({ signal: stop.signal }), 3);
  await feed.latest();
  const written = await write(pool, 3);
  expect((await received).map(({ runId }) => runId)).toEqual(written);
}

test('a copy of the data directory, in the place of the server that it was taken from, ends what it does not know', async () => {
  const [original, copy] = [join(folder, 'original'), join(folder, 'copy')];
  const before = await startTcpPostgres({ dataDir: original, settings: QUICK });
  await migrate(before.url);
  await makeRunsWritable(before.url);
  const proxy: TcpProxy = await startProxy(before.url);
  const { database, feed, close } = await openFeed(proxy.url);
  const after = feed.now();
  await write(database.pool, 5);
  await feed.latest();
  const known = feed.now();
  await before.stop();
  execFileSync('cp', ['-a', original, copy]);

  const again = await startTcpPostgres({ dataDir: original, settings: QUICK });
  proxy.retarget(again.url);
  proxy.cut(true);
  proxy.cut(false);
  await expect.poll(() => write(database.pool, 5)).toHaveLength(5);
  await feed.latest();
  const waiting = take(feed.subscribe({ signal: stop.signal, after: feed.now() }), 1);
  const lost = feed.now();
  waiting.catch(() => {});
  await again.stop();

  const restored = await startTcpPostgres({ dataDir: copy, settings: QUICK });
  // Written before any reader looks: as many as were lost, so that the same numbers are given out again.
  const direct = openDatabase({ url: restored.url, maxConnections: 2 });
  const reused = await write(direct.pool, 5);
  const fresh = await openFeed(restored.url);
  await expect(take(fresh.feed.subscribe({ signal: stop.signal, after: lost }), 1)).rejects.toMatchObject(
    EXPIRED,
  );
  const resumed = await take(fresh.feed.subscribe({ signal: stop.signal, after: known }), 5);
  expect(resumed.map(({ runId }) => runId)).toEqual(reused);
  proxy.retarget(restored.url);
  await expectLoss(feed, direct.pool, waiting);
  expect(feed.now().era).toBe(after.era);
  await Promise.all([close(), fresh.close(), direct.close()]);
  await restored.stop();
  await proxy.close();
});

test('a standby that takes over ends no cursor and no subscription', async () => {
  const dataDir = join(folder, 'standby');
  const primary = await startTcpPostgres({ dataDir, settings: QUICK });
  await migrate(primary.url);
  await makeRunsWritable(primary.url);
  const proxy = await startProxy(primary.url);
  const { database, feed, close } = await openFeed(proxy.url);
  await write(database.pool, 3);
  await feed.latest();
  const cursor = feed.now();
  const subscribed = take(feed.subscribe({ signal: stop.signal, after: cursor }), 4);
  await write(database.pool, 2);
  await primary.stop();

  writeFileSync(join(dataDir, 'postgres', 'standby.signal'), '');
  const standby = await startTcpPostgres({ dataDir, settings: { ...QUICK, hot_standby: 'on' } });
  const direct = openDatabase({ url: standby.url, maxConnections: 2 });
  await direct.pool.query('select pg_promote()');
  proxy.retarget(standby.url);
  proxy.cut(true);
  proxy.cut(false);
  const timeline = `select substr(pg_walfile_name(pg_current_wal_lsn()), 8, 1) as timeline`;
  expect((await direct.pool.query(timeline)).rows).toEqual([{ timeline: '2' }]);
  await write(direct.pool, 2);
  expect(await subscribed).toHaveLength(4);
  const fresh = await openFeed(standby.url);
  expect(await take(fresh.feed.subscribe({ signal: stop.signal, after: cursor }), 4)).toHaveLength(4);
  await Promise.all([close(), fresh.close(), direct.close()]);
  await standby.stop();
  await proxy.close();
});

test('a crash that loses commits which were read already ends what it does not know', async () => {
  const server = await startTcpPostgres({
    dataDir: join(folder, 'crashing'),
    settings: { ...QUICK, synchronous_commit: 'off', wal_writer_delay: '10s', wal_writer_flush_after: '1GB' },
  });
  await migrate(server.url);
  await makeRunsWritable(server.url);
  const { database, feed, close } = await openFeed(server.url);
  await write(database.pool, 5);
  await database.pool.query('checkpoint');
  await write(database.pool, 5);
  await feed.latest();
  const waiting = take(feed.subscribe({ signal: stop.signal, after: feed.now() }), 1);
  waiting.catch(() => {});
  const [pidFile] = globSync(join(folder, '**/postmaster.pid'));
  process.kill(Number(readFileSync(pidFile!, 'utf8').split('\n')[0]), 'SIGQUIT');
  await expect.poll(() => write(database.pool, 5), { interval: 100 }).toHaveLength(5);
  await expectLoss(feed, database.pool, waiting);
  await close();
  await server.stop();
});
