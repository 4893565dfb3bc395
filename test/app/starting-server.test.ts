import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import pg from 'pg';
import { beforeEach, expect, test } from 'vitest';
import { freePort } from '../../src/postgres/embedded/server-address.ts';
import { spawnWorker, startServe } from '../support/command.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

/** The lock of a process that migrates. */
const MIGRATION_LOCK = 6_021_962;

let opened: AsyncDisposableStack;
let db: TestDatabase;
let other: pg.Client;
let port: string;
beforeEach(async () => {
  opened = new AsyncDisposableStack();
  db = await createTestDatabase({ migrated: false });
  opened.defer(db.drop);
  other = new pg.Client({ connectionString: db.url });
  await other.connect();
  opened.defer(() => other.end());
  await other.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
  port = String(await freePort());
  return () => opened.disposeAsync();
});

const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
const answerOf = (path: string) =>
  get(path).then(
    async (response) => ({ status: response.status, body: await response.json() }),
    () => null,
  );
const untilAnswered = (path: string, answer: object) =>
  expect.poll(() => answerOf(path), { timeout: 60_000 }).toEqual(answer);

const ALIVE = { status: 200, body: { status: 'alive' } };
const WAITING = {
  status: 503,
  body: {
    status: 'not ready',
    checks: { start: 'the database is being migrated (waiting for another process that migrates it)' },
  },
};
const READY = { status: 200, body: expect.objectContaining({ status: 'ready' }) };

async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

test('an API that waits for migrations is alive and not ready, and says what it does', {
  timeout: 120_000,
}, async () => {
  const starting = startServe({
    DATABASE_URL: db.url,
    PORT: port,
    JOURNEY_RUNTIME_WORKER_ENABLED: 'false',
  });
  opened.defer(async () => end((await starting).child));
  starting.catch(() => {});
  await untilAnswered('/readyz', WAITING);
  expect(await answerOf('/livez')).toEqual(ALIVE);
  const early = await get('/graphql?query={__typename}');
  expect([early.status, early.headers.get('retry-after')]).toEqual([503, '1']);
  const message = expect.stringContaining('The service is starting: the database is being migrated');
  expect(await early.json()).toEqual({ errors: [{ message, extensions: { code: 'UNAVAILABLE' } }] });

  await other.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
  await untilAnswered('/readyz', READY);
});

test('a worker that waits for migrations is alive and not ready, too', { timeout: 120_000 }, async () => {
  const worker = spawnWorker({ DATABASE_URL: db.url, JOURNEY_RUNTIME_WORKER_PORT: port });
  opened.defer(() => end(worker));
  await untilAnswered('/readyz', WAITING);
  expect(await answerOf('/livez')).toEqual(ALIVE);
  await other.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
  await untilAnswered('/readyz', READY);
});
