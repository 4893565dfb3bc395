import { once } from 'node:events';
import pg from 'pg';
import { expect, test } from 'vitest';
import { freePort } from '../../src/postgres/embedded/server-address.ts';
import { startServe } from '../support/command.ts';
import { createTestDatabase } from '../support/database.ts';

/** The lock of a process that migrates. */
const MIGRATION_LOCK = 6_021_962;

test('a start that waits for migrations is alive and not ready, and says what it does', {
  timeout: 120_000,
}, async () => {
  await using opened = new AsyncDisposableStack();
  const db = await createTestDatabase({ migrated: false });
  opened.defer(db.drop);
  const other = new pg.Client({ connectionString: db.url });
  await other.connect();
  opened.defer(() => other.end());
  await other.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);

  const port = String(await freePort());
  const starting = startServe({
    DATABASE_URL: db.url,
    PORT: port,
    JOURNEY_RUNTIME_WORKER_ENABLED: 'false',
  });
  opened.defer(async () => {
    const { child } = await starting;
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  });
  starting.catch(() => {});
  const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
  const answerOf = async (path: string) =>
    get(path).then(
      async (response) => ({ status: response.status, body: await response.json() }),
      () => null,
    );

  await expect
    .poll(() => answerOf('/readyz'), { timeout: 60_000 })
    .toEqual({
      status: 503,
      body: {
        status: 'not ready',
        checks: {
          start: 'the database is being migrated (waiting for another process that migrates it)',
        },
      },
    });
  expect(await answerOf('/livez')).toEqual({ status: 200, body: { status: 'alive' } });
  const early = await get('/graphql?query={__typename}');
  expect([early.status, early.headers.get('retry-after')]).toEqual([503, '1']);
  const message = expect.stringContaining('The service is starting: the database is being migrated');
  expect(await early.json()).toEqual({ errors: [{ message, extensions: { code: 'UNAVAILABLE' } }] });

  await other.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
  await starting;
  expect(await answerOf('/readyz')).toMatchObject({ status: 200 });
});
