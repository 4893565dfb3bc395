import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate, migrationsPending } from '../../src/db/migrate.ts';
import { migrationNames } from '../../src/db/schema-engine.ts';
import { StartupError } from '../../src/errors.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase({ migrated: false });
});
afterEach(() => database.drop());

test('two starts at once migrate an empty database once', async () => {
  expect(await migrationsPending(database.pool)).toEqual(migrationNames());

  const applied = await Promise.all([migrate(database.url), migrate(database.url)]);

  expect(applied.flat()).toEqual(migrationNames());
  expect(await migrationsPending(database.pool)).toEqual([]);
  const { rows } = await database.pool.query('select migration_name from _prisma_migrations');
  expect(rows).toEqual(migrationNames().map((name) => ({ migration_name: name })));
  await expect(database.pool.query('select from graphile_worker.jobs')).resolves.toMatchObject({
    rowCount: 0,
  });
});

test('a migration that fails leaves nothing behind, and the next start tries it again', async () => {
  await database.pool.query(`create type journey_backoff as enum ('NONE')`);
  const failed = migrate(database.url);
  await expect(failed).rejects.toThrow(StartupError);
  await expect(failed).rejects.toThrow('type "journey_backoff" already exists');
  const { rows } = await database.pool.query(`select to_regclass('products') as products`);
  expect(rows).toEqual([{ products: null }]);

  await database.pool.query('drop type journey_backoff');
  expect(await migrate(database.url)).toEqual(migrationNames());
});

test.each([
  ['no server', { port: '1' }, /127\.0\.0\.1:1\/.*ECONNREFUSED.*DATABASE_URL/],
  ['no such database', { pathname: '/nowhere' }, /\/nowhere .*does not exist.*DATABASE_URL/],
  ['a wrong password', { password: 'wrong-one' }, /password authentication failed.*DATABASE_URL/],
])('%s is a mistake of the start, named in one line with its mend', async (_, change, message) => {
  const url = Object.assign(new URL(database.url), change);
  const failed = migrate(url.href);
  await expect(failed).rejects.toThrow(StartupError);
  await expect(failed).rejects.toThrow(message);
  await expect(failed).rejects.not.toThrow(/\n|wrong-one/);
});
