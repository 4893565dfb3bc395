import { spawnSync } from 'node:child_process';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { watchSettings } from '../../src/app/settings-watch.ts';
import { connectionConfig, createClient } from '../../src/postgres/connection-config.ts';
import { openDatabase } from '../../src/postgres/database.ts';
import { migrate } from '../../src/postgres/migrations/migrate.ts';
import { migrationNames } from '../../src/postgres/migrations/migration-files.ts';
import { fromOptions, LIMITS, PLANNED_BY_INDEX, REQUIRED } from '../../src/postgres/session-settings.ts';
import { settleConnections, settleSessions } from '../../src/postgres/sessions.ts';
import { openStatementPool } from '../../src/postgres/statement-pool.ts';
import { openRetryingPool } from '../../src/queue/retrying-pool.ts';
import { createTestDatabase, majorVersion, type TestDatabase } from '../support/database.ts';
import { type Pgbouncer, startPgbouncer } from '../support/pgbouncer.ts';
import { startProxy } from '../support/proxy.ts';
import { insertComponent } from '../support/runs.ts';
import { openEnqueue, startTestWorker, untilEvent } from '../support/worker.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

/** Makes settings the default of the database; none: takes them back. */
async function setDefaults(settings: Record<string, string>): Promise<void> {
  const client = createClient(db.url);
  await client.connect();
  const name = new URL(db.url).pathname.slice(1);
  await client.query(`alter database ${name} reset all`);
  for (const [setting, value] of Object.entries(settings))
    await client.query(`alter database ${name} set ${setting} = '${value}'`);
  await client.end();
}
beforeEach(() => setDefaults({}));

/** Against each of REQUIRED and LIMITS. */
const HOSTILE = {
  TimeZone: 'Asia/Tokyo',
  DateStyle: 'SQL, DMY',
  IntervalStyle: 'sql_standard',
  bytea_output: 'escape',
  extra_float_digits: '-15',
  array_nulls: 'off',
  transform_null_equals: 'on',
  quote_all_identifiers: 'on',
  default_transaction_isolation: 'serializable',
  default_transaction_deferrable: 'on',
  row_security: 'off',
  gin_fuzzy_search_limit: '5',
  exit_on_error: 'on',
  idle_session_timeout: '1h',
  statement_timeout: '1h',
  lock_timeout: '1h',
  idle_in_transaction_session_timeout: '1h',
  standard_conforming_strings: 'off',
};

const inForce = async (client: Pick<pg.ClientBase, 'query'>, names: object): Promise<object> => {
  const text = 'select name, current_setting(name) as value from unnest($1::text[]) as s(name)';
  const { rows } = await client.query(text, [Object.keys(names)]);
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
};
const NEEDED = { ...REQUIRED, ...LIMITS };

/** What each kind of connection that the service opens has in force. */
async function everyConnection(url: string) {
  const database = openDatabase({ url, maxConnections: 1 });
  const statementPool = openStatementPool(url, 1);
  const jobs = openRetryingPool({ url, listenUrl: url }, 1);
  const client = createClient(url);
  await client.connect();
  try {
    return {
      pool: await inForce(database.pool, NEEDED),
      client: await inForce(client, NEEDED),
      statementPool: await inForce(statementPool, { ...NEEDED, ...PLANNED_BY_INDEX }),
      jobs: await inForce(await jobs.connect(), { ...NEEDED, ...PLANNED_BY_INDEX }),
    };
  } finally {
    await Promise.all([database.close(), statementPool.end(), jobs.end(), client.end()]);
  }
}
const ALL_IN_FORCE = {
  pool: NEEDED,
  client: NEEDED,
  statementPool: { ...NEEDED, ...PLANNED_BY_INDEX, statement_timeout: '5s' },
  jobs: { ...NEEDED, ...PLANNED_BY_INDEX },
};

test('a server itself takes all settings, whatever the defaults of the database', async () => {
  await setDefaults(HOSTILE);
  const { url, lost } = await settleSessions(db.url);
  expect({ url, lost }).toEqual({ url: db.url, lost: null });
  expect(await everyConnection(url)).toEqual(ALL_IN_FORCE);
});

test('defaults that lose acknowledged commits or end transactions are replaced, stricter ones stay', async () => {
  const major = await majorVersion();
  const withTimeout = (value: string): Record<string, string> =>
    major >= 17 ? { transaction_timeout: value } : {};
  await setDefaults({ synchronous_commit: 'off', ...withTimeout('1s') });
  const names = { synchronous_commit: '', ...withTimeout('') };
  const settled = async () => {
    const { url } = await settleSessions(db.url);
    const client = createClient(url);
    await client.connect();
    const values = await inForce(client, names);
    await client.end();
    return values;
  };
  expect(await settled()).toEqual({ synchronous_commit: 'on', ...withTimeout('0') });
  await setDefaults({ synchronous_commit: 'remote_apply' });
  expect(await settled()).toEqual({ synchronous_commit: 'remote_apply', ...withTimeout('0') });
});

test.each([
  [{ session_replication_role: 'replica' }, /session_replication_role is replica.* reset/],
  [{ search_path: 'nowhere' }, /No schema of the search_path \(nowhere\).* set search_path/],
])('a default that no connection may replace is refused with its fix: %j', async (settings, message) => {
  await setDefaults(settings);
  await expect(settleSessions(db.url)).rejects.toThrow(message);
});

test('settings that are no longer in force are logged with their fix, and when they are again', async () => {
  const lines: string[] = [];
  const logger = pino({}, { write: (line) => void lines.push(line) });
  // As behind a pooler in transaction mode: the role's settings hold.
  const pool = new pg.Pool({ connectionString: db.url, max: 1 });
  const set = (settings: object) => pool.query(SET, [Object.keys(settings), Object.values(settings)]);
  await set(NEEDED);
  const watch = watchSettings(pool, logger, 10);
  await set({ lock_timeout: '0' });
  await expect
    .poll(() => lines.join())
    .toMatch(/not in force: lock_timeout.*alter role .* set lock_timeout = '500ms'/);
  await set({ lock_timeout: '500ms' });
  await expect.poll(() => lines.join()).toContain("checking the connections' settings recovered");
  await watch.stop();
  await pool.end();
});
const SET = 'select set_config(name, value, false) from unnest($1::text[], $2::text[]) s(name, value)';

test('a URL to listen by must lead to the same database', async () => {
  expect(await settleConnections(db.url, db.url)).toEqual({ url: db.url, listenUrl: db.url, lost: null });
  const other = await createTestDatabase();
  await expect(settleConnections(db.url, other.url)).rejects.toThrow(
    /^JOURNEY_RUNTIME_LISTEN_DATABASE_URL leads to another database/,
  );
  await other.drop();
});

test('the options of a URL are understood where a pooler drops them', () => {
  expect(fromOptions('-c geqo=off -csearch_path=a,\\ b --work-mem=8MB -c  x.y=')).toEqual({
    geqo: 'off',
    search_path: 'a, b',
    work_mem: '8MB',
    'x.y': '',
  });
  expect(fromOptions('')).toEqual({});
});

test('nothing that weakens durability outlives its statement', async () => {
  const proxy = await startProxy(db.url);
  const proxied = openDatabase({ url: proxy.url, maxConnections: 4 });
  const door = openEnqueue(proxied);
  const worker = await startTestWorker(proxied);
  const { id: componentId } = await insertComponent(db.pool);
  const { runId } = await door.enqueue({ componentId });
  await untilEvent(proxied, runId!, 'COMPLETED');
  await worker.stop();
  await door.close();
  await proxied.close();
  await proxy.close();

  const sent = proxy.sent();
  expect(sent).toContain('add_jobs');
  const mentions = sent.match(/.{0,12}synchronous_commit.{0,14}/g) ?? [];
  expect(mentions.length).toBeGreaterThan(0);
  for (const mention of mentions)
    expect(mention).toMatch(/set local synchronous_commit|set_config\('synchronous_commit', 'off', true/);
  // A text that begins a message, or follows another statement in it.
  expect(sent).not.toMatch(/(?:Q[\s\S]{4}|;|\0)\s*set (?!local)/i);
  for (const [call] of sent.matchAll(/set_config\(.{0,60}/g)) expect(call).toMatch(/^[^)]*, true\)/);
});

/** Of PgBouncer. */
const [, minor] = /PgBouncer 1\.(\d+)/.exec(String(spawnSync('pgbouncer', ['--version']).stdout)) ?? [];

describe.skipIf(minor === undefined)('behind a pooler (needs apt-get install pgbouncer)', () => {
  async function behind<T>(settings: Record<string, string>, work: (pooler: Pgbouncer) => Promise<T>) {
    const pooler = await startPgbouncer(db.url, settings);
    try {
      return await work(pooler);
    } finally {
      await pooler.stop();
    }
  }

  test.each([
    ['refuses', {}],
    ['drops', { ignore_startup_parameters: 'options' }],
  ])(
    'in session mode that %s what connections are opened with, they make their settings',
    async (_, more) => {
      await setDefaults(HOSTILE);
      await behind({ pool_mode: 'session', ...more }, async (pooler) => {
        const { url, lost } = await settleSessions(`${pooler.url}?options=-c%20geqo%3Doff`);
        expect(lost).toBeNull();
        expect(await everyConnection(url)).toEqual(ALL_IN_FORCE);
        expect(await migrate(url)).toEqual([]);
        const pool = new pg.Pool(connectionConfig(url));
        expect(await inForce(pool, { geqo: '' })).toEqual({ geqo: 'off' });
        await pool.end();
      });
    },
  );

  test('in statement mode, the start says what to use instead', async () => {
    await behind({ pool_mode: 'statement' }, async (pooler) => {
      await expect(settleSessions(pooler.url)).rejects.toThrow(
        /^DATABASE_URL leads through a pooler in statement mode.*Use its session or transaction mode/,
      );
    });
  });

  test('in transaction mode that loses prepared statements, the start says what to use instead', async () => {
    // Older ones keep none, and do not know the setting.
    const keepsNone: Record<string, string> = Number(minor) < 21 ? {} : { max_prepared_statements: '0' };
    await behind({ pool_mode: 'transaction', ...keepsNone }, async (pooler) => {
      await expect(settleSessions(pooler.url)).rejects.toThrow(
        /lose what they have prepared .* Use its session mode/,
      );
    });
  });

  describe.skipIf(Number(minor) < 21)('in transaction mode that keeps prepared statements (1.21)', () => {
    test('the role needs the settings, and no setting of ours stays with the pooled connections', async () => {
      const settings = { pool_mode: 'transaction', max_prepared_statements: '200', default_pool_size: '8' };
      const statements = await behind(settings, async (pooler) => {
        const error = await settleSessions(pooler.url).catch((refused) => refused);
        expect(error.message).toMatch(/alter role "postgres" set statement_timeout = '10s';/);
        return error.message.match(/alter role [^;]*;/g) as string[];
      });
      const name = new URL(db.url).pathname.slice(1);
      for (const statement of statements)
        await db.pool.query(statement.replace(' set ', ` in database ${name} set `));

      await behind(settings, async (pooler) => {
        const { url, lost } = await settleSessions(pooler.url);
        expect(lost).toMatch(/LISTEN does not work/);
        const settled = await settleConnections(pooler.url, db.url);
        expect(settled).toEqual({ url, listenUrl: db.url, lost: null });
        await expect(settleConnections(pooler.url, pooler.url)).rejects.toThrow(
          /^JOURNEY_RUNTIME_LISTEN_DATABASE_URL leads through a pooler in transaction mode/,
        );
        await db.pool.query(
          'drop schema public cascade; drop schema graphile_worker cascade; create schema public',
        );
        const applied = await Promise.all([migrate(url), migrate(url)]);
        expect(applied.flat()).toEqual(migrationNames());
        const pooled = openDatabase({ url, maxConnections: 8 });
        const door = openEnqueue(pooled);
        const worker = await startTestWorker(pooled);
        const { id: componentId } = await insertComponent(db.pool);
        const { runId } = await door.enqueue({ componentId });
        // LISTEN is not heard here, so the test listens past the pooler.
        await untilEvent(db, runId!, 'COMPLETED');
        await worker.stop();
        await door.close();

        const names = { synchronous_commit: 'on', enable_seqscan: 'on', plan_cache_mode: 'auto' };
        const clients = await Promise.all(Array.from({ length: 8 }, () => pooled.pool.connect()));
        for (const client of clients) await client.query('begin');
        for (const client of clients) {
          expect(await inForce(client, { ...names, ...LIMITS })).toEqual({ ...names, ...LIMITS });
        }
        for (const client of clients) {
          await client.query('rollback');
          client.release();
        }
        await pooled.close();
      });
    });
  });
});
