import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrationList, NO_FILTERS, openSchemaEngine } from '../../../scripts/schema-engine.ts';
import { StartupError } from '../../../src/errors.ts';
import {
  checkMigrations,
  migrationsPending,
  QUEUE_REVISION,
} from '../../../src/postgres/migrations/check-migrations.ts';
import { migrate } from '../../../src/postgres/migrations/migrate.ts';
import {
  concurrentStatements,
  migrationNames,
  readMigration,
} from '../../../src/postgres/migrations/migration-files.ts';
import { runCommand, startServe } from '../../support/command.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase({ migrated: false });
});
afterEach(() => database.drop());

test('two starts at once migrate an empty database once', async () => {
  expect(await migrationsPending(database.pool)).toEqual([...migrationNames(), 'graphile_worker']);

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
])('%s is a startup error, reported in one line with its fix', async (_, change, message) => {
  const url = Object.assign(new URL(database.url), change);
  const failed = migrate(url.href);
  await expect(failed).rejects.toThrow(StartupError);
  await expect(failed).rejects.toThrow(message);
  await expect(failed).rejects.not.toThrow(/\n|wrong-one/);
});

test("the ledger is Prisma's: its own engine has nothing left to apply, nor have we after it", async () => {
  const { engine, close } = await openSchemaEngine(database.url);
  const list = { migrationsList: migrationList(), filters: NO_FILTERS };
  try {
    await migrate(database.url);
    expect(await engine.applyMigrations(list)).toEqual({ appliedMigrationNames: [] });
    await database.pool.query('drop schema public cascade; create schema public');
    expect(await engine.applyMigrations(list)).toEqual({ appliedMigrationNames: migrationNames() });
    expect(await migrate(database.url)).toEqual([]);
  } finally {
    await close();
  }
});

test('a failure names the migration and the fix', async () => {
  await database.pool.query('create table orders ()');
  await expect(migrate(database.url)).rejects.toThrow(
    /^The migration 20\d+_init failed and left nothing behind \(relation "orders" already exists\): .*a database of its own.*\.$/,
  );
});

test('tables that the search_path no longer leads to first are missed before others are made', async () => {
  await migrate(database.url);
  const name = new URL(database.url).pathname.slice(1);
  await database.pool.query(`create schema other; alter database ${name} set search_path = other, public`);
  await database.pool.query(
    `delete from _prisma_migrations where migration_name = '${migrationNames().at(-1)}'`,
  );
  await expect(migrate(database.url)).rejects.toThrow(
    /in the schema public, but new ones would be made in other .*search_path that begins with public/,
  );
});

test("the job queue's latest migration is the one that is required", async () => {
  await migrate(database.url);
  const { rows } = await database.pool.query('select max(id) as latest from graphile_worker.migrations');
  expect(rows).toEqual([{ latest: QUEUE_REVISION }]);
});

test('a migration that was edited or is of a later version is noticed', async () => {
  await migrate(database.url);
  expect(await checkMigrations(database.url)).toEqual([]);
  const [first] = migrationNames();
  await database.pool.query(`update _prisma_migrations set checksum = 'other' where migration_name = $1`, [
    first,
  ]);
  await database.pool.query(
    `insert into _prisma_migrations (id, migration_name, checksum, finished_at) values ('1', '2999_later', '', now())`,
  );
  const warnings = [
    expect.stringContaining(`other texts of these migrations`),
    expect.stringMatching(/2999_later$/),
  ];
  expect(await checkMigrations(database.url)).toEqual(warnings);
  const { code, stderr } = await runCommand(['migrate'], { DATABASE_URL: database.url });
  expect(code).toBe(0);
  expect(stderr).toContain(first);
  expect(stderr).toContain('2999_later');
});

describe('a start with JOURNEY_RUNTIME_MIGRATE=false', () => {
  const env = () => ({ DATABASE_URL: database.url, JOURNEY_RUNTIME_MIGRATE: 'false', PORT: '0' });

  test.each(['serve', 'worker'])('of %s names pending migrations and applies none', async (command) => {
    expect(await runCommand([command], env())).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(
        /^The database lacks \d+ .*_init is the first.* run the command migrate [^\n]*\n$/,
      ),
    });
    const { rows } = await database.pool.query(`select to_regclass('_prisma_migrations') as ledger`);
    expect(rows).toEqual([{ ledger: null }]);
  });

  test('notices that only those of the job queue are pending', async () => {
    await migrate(database.url);
    await database.pool.query('drop schema graphile_worker cascade');
    expect((await runCommand(['worker'], env())).stderr).toMatch(
      /lacks 1 .*\(graphile_worker is the first\)/,
    );
  });

  test('serves a database that the command migrate has prepared', async () => {
    expect(await runCommand(['migrate'], env())).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Applied/),
    });
    const serving = await startServe({ ...env(), JOURNEY_RUNTIME_WORKER_ENABLED: 'false' });
    expect((await fetch(`${serving.url}/readyz`)).status).toBe(200);
    serving.child.kill('SIGTERM');
    await once(serving.child, 'exit');
  });
});

describe('starts at once, while an index is made concurrently', () => {
  const [concurrent] = migrationNames().flatMap((name) => {
    const made = concurrentStatements(readMigration(name).script)?.find(({ creates }) => creates);
    return made ? [{ name, index: made.creates!.name }] : [];
  });
  const { name, index } = concurrent!;
  const isValid = async () =>
    (
      await database.pool.query(
        'select indisvalid as valid from pg_index where indexrelid = to_regclass($1)',
        [index],
      )
    ).rows[0]?.valid;
  const finished = async () =>
    (
      await database.pool.query(
        `select migration_name as name from _prisma_migrations where finished_at is not null and rolled_back_at is null
         order by finished_at, migration_name`,
      )
    ).rows;
  const start = () => runCommand(['migrate'], { DATABASE_URL: database.url });
  /** The exit code, and what was logged beside the steps. */
  const outcome = ({ code, stderr }: Awaited<ReturnType<typeof start>>) => [
    code,
    stderr.split('\n').filter((line) => line !== '' && !line.includes('"msg":"migrating the database"')),
  ];

  /** A transaction of another client, for which a concurrent index waits until it ends. */
  async function holdUp() {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query('begin isolation level repeatable read; select 1');
    return {
      async until(condition: string): Promise<void> {
        await expect
          .poll(async () => (await database.pool.query(`select (${condition}) as holds`)).rows[0].holds)
          .toBe(true);
      },
      async end(): Promise<void> {
        await client.query('rollback');
        await client.end();
      },
    };
  }
  const IN_WORK = `exists (select from pg_stat_progress_create_index where datname = current_database() and phase = 'waiting for old snapshots')`;
  const started = (count: number) =>
    `(select count(*) from pg_stat_activity where datname = current_database() and application_name = 'journey-runtime migrate') >= ${count}`;

  test('three wait for each other, and one applies all', async () => {
    const held = await holdUp();
    const starts = [start(), start(), start()];
    await held.until(`${IN_WORK} and ${started(3)}`);
    await held.end();
    const ended = await Promise.all(starts);
    expect(ended.map(outcome)).toEqual(Array(3).fill([0, []]));
    expect(ended.filter(({ stderr }) => stderr.includes('waiting for another process'))).toHaveLength(2);
    expect(ended.filter(({ stdout }) => stdout.startsWith('Applied'))).toHaveLength(1);
    expect(await isValid()).toBe(true);
    expect((await finished()).map((row) => row.name)).toEqual(migrationNames());
  });

  test.each([
    ['is repaired where the server ended its statement too', true],
    ['is waited for where its statement goes on', false],
  ])('one that is killed in the middle %s', async (_, isTerminated) => {
    const held = await holdUp();
    const main = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
    const killed = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, 'migrate'], {
      env: { PATH: process.env.PATH, DATABASE_URL: database.url },
      stdio: 'ignore',
    });
    await held.until(IN_WORK);
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    expect(await isValid()).toBe(false);
    if (isTerminated) {
      await database.pool.query(
        `select pg_terminate_backend(pid) from pg_stat_progress_create_index where datname = current_database()`,
      );
      await held.until(`not ${IN_WORK}`);
    }
    const starts = [start(), start()];
    await held.until(started(2));
    await held.end();
    expect((await Promise.all(starts)).map(outcome)).toEqual(Array(2).fill([0, []]));
    expect(await isValid()).toBe(true);
    expect((await finished()).filter((row) => row.name === name)).toHaveLength(1);
  });
});
