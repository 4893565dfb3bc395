import { spawnSync } from 'node:child_process';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkSessions } from '../../src/db/sessions.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startPgbouncer } from '../support/pgbouncer.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase({ migrated: false });
});
afterAll(() => db.drop());

const IGNORED = 'statement_timeout,lock_timeout,idle_in_transaction_session_timeout,options';

test('a server itself keeps all', async () => {
  await expect(checkSessions(db.url)).resolves.toBeUndefined();
});

/** Of PgBouncer. */
const [, minor] = /PgBouncer 1\.(\d+)/.exec(String(spawnSync('pgbouncer', ['--version']).stdout)) ?? [];

describe.skipIf(minor === undefined)('behind a pooler (needs apt-get install pgbouncer)', () => {
  async function check(settings: Record<string, string>): Promise<void> {
    const pooler = await startPgbouncer(db.url, settings);
    try {
      await checkSessions(pooler.url);
    } finally {
      await pooler.stop();
    }
  }

  test('that refuses what connections are opened with, the start says what to let it ignore', async () => {
    await expect(check({ pool_mode: 'session' })).rejects.toThrow(
      /unsupported startup parameter: .*ignore_startup_parameters = statement_timeout, lock_timeout/,
    );
  });

  test('session mode serves', async () => {
    await check({ pool_mode: 'session', ignore_startup_parameters: IGNORED });
  });

  test('a time zone that it ignores is missed before a moment is misread', async () => {
    const client = new pg.Client({ connectionString: db.url });
    await client.connect();
    const setZone = (zone: string) =>
      client.query(`alter database "${new URL(db.url).pathname.slice(1)}" set TimeZone = '${zone}'`);
    await setZone('Asia/Tokyo');
    const checked = check({ pool_mode: 'session', ignore_startup_parameters: IGNORED });
    await expect(checked).rejects.toThrow(/in the time zone Asia\/Tokyo .* set TimeZone = 'UTC'/);
    await setZone('UTC');
    await client.end();
  });

  test('in transaction mode that loses prepared statements, the start says what to use instead', async () => {
    const settings = { pool_mode: 'transaction', ignore_startup_parameters: IGNORED };
    // Older ones keep none, and do not know the setting.
    const keepsNone: Record<string, string> = Number(minor) < 21 ? {} : { max_prepared_statements: '0' };
    await expect(check({ ...settings, ...keepsNone })).rejects.toThrow(
      /lose what they have prepared .* Use its session mode/,
    );
  });
});
