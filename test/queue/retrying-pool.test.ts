import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRetryingPool } from '../../src/queue/retrying-pool.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startProxy, type TcpProxy } from '../support/proxy.ts';

let db: TestDatabase;
let proxy: TcpProxy;

beforeAll(async () => {
  db = await createTestDatabase();
  proxy = await startProxy(db.url);
});

afterAll(async () => {
  await proxy.close();
  await db.drop();
});

function openPool() {
  const pool = openRetryingPool({ url: proxy.url, listenUrl: proxy.url }, 2);
  return { pool, [Symbol.asyncDispose]: () => pool.end() };
}

test('a statement that was begun before the database went away is answered after it came back', async () => {
  await using opened = openPool();
  const client = await opened.pool.connect();
  const asked = client.query('select pg_sleep(1), 1 as one');
  await db.pool.query(SLEEPING);
  proxy.cut(true);
  const broken = new Promise((resolve) => opened.pool.once('remove', resolve));
  await broken;
  proxy.cut(false);
  expect((await asked).rows[0].one).toBe(1);
});

test('commits do not wait for the disk', async () => {
  await using opened = openPool();
  const client = await opened.pool.connect();
  const { rows } = await client.query('show synchronous_commit');
  expect(rows).toEqual([{ synchronous_commit: 'off' }]);
});

test('a request for a connection to listen on is answered once the database is back', async () => {
  await using opened = openPool();
  proxy.cut(true);
  const connected = new Promise<void>((resolve, reject) => {
    opened.pool.connect((error, _client, release) => {
      release();
      error ? reject(error) : resolve();
    });
  });
  proxy.cut(false);
  await connected;
});

test('what the statement itself did wrong is told at once', async () => {
  await using opened = openPool();
  const client = await opened.pool.connect();
  await expect(client.query('select 1 / 0')).rejects.toMatchObject({ code: '22012' });
});

test('after stopRetrying it fails at once when the database is away', async () => {
  await using opened = openPool();
  proxy.cut(true);
  const client = await opened.pool.connect();
  const asked = client.query('select 1');
  opened.pool.stopRetrying();
  await expect(asked).rejects.toThrow();
  proxy.cut(false);
});

/** Returns once the statement has arrived. */
const SLEEPING = `
  do $$ begin
    while not exists (select from pg_stat_activity where state = 'active' and query like 'select pg_sleep(1), 1%') loop
      perform pg_sleep(0.01);
      perform pg_stat_clear_snapshot();
    end loop;
  end $$`;
