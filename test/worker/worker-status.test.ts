import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../src/postgres/embedded/server-address.ts';
import { runCommand, spawnWorker } from '../support/command.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const READY = { database: 'ok', migrations: 'ok', writes: 'ok', lease: 'ok', jobs: 'ok' };

test('a worker reports on a port of its own whether it is alive and ready', async () => {
  const port = String(await freePort());
  const child = spawnWorker({ DATABASE_URL: db.url, JOURNEY_RUNTIME_WORKER_PORT: port });
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    return { status: response.status, body: await response.json() };
  };
  await expect
    .poll(() => get('/readyz').catch(() => null))
    .toEqual({ status: 200, body: { status: 'ready', checks: READY } });
  expect(await get('/livez')).toEqual({ status: 200, body: { status: 'alive' } });
  expect((await get('/graphql')).status).toBe(404);
  expect((await fetch(`http://127.0.0.1:${port}/livez`, { method: 'POST' })).status).toBe(405);

  await db.pool.query('update journey_workers set dead_at = now()');
  await db.pool.query('alter table journey_workers rename to hidden');
  await expect
    .poll(() => get('/readyz'))
    .toMatchObject({ status: 503, body: { checks: { lease: 'not renewed in time', database: 'ok' } } });
  await db.pool.query('alter table hidden rename to journey_workers');
  await expect.poll(() => get('/readyz')).toMatchObject({ status: 200 });

  child.kill('SIGTERM');
  await once(child, 'exit');
});

test('a port that is taken ends the start of a worker, and the variable is named', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as { port: number };
  const env = { DATABASE_URL: db.url, JOURNEY_RUNTIME_WORKER_PORT: String(port) };
  expect(await runCommand(['worker'], env)).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/EADDRINUSE.*set JOURNEY_RUNTIME_WORKER_PORT to another port/),
  });
  taken.close();
});
