import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../../src/postgres/database.ts';

export type TestDatabase = Database & {
  /** Closes it, fails when the test left connections open, and deletes it. */
  drop(): Promise<void>;
};

/** An empty database for one test file, migrated unless told otherwise: call it in beforeAll, and `drop` in afterAll. */
export async function createTestDatabase({
  maxConnections = 10,
  migrated = true,
} = {}): Promise<TestDatabase> {
  const template = new URL(inject('templateUrl'));
  const name = `test_${randomBytes(6).toString('hex')}`;
  const source = migrated ? template.pathname.slice(1) : 'template0';
  await asAdmin((admin) => admin.query(`create database ${name} template ${source}`));
  const url = new URL(template);
  url.pathname = name;
  const database = openDatabase({ url: url.href, maxConnections });
  const drop = async () => {
    await database.close();
    await asAdmin(async (admin) => {
      const leaked = await openConnections(admin, name);
      await admin.query(`drop database ${name} with (force)`);
      if (leaked.length > 0) throw new Error(`The test left connections open: ${leaked.join('; ')}`);
    });
  };
  return { ...database, drop };
}

/** The major version of the PostgreSQL of this run. */
export function majorVersion(): Promise<number> {
  return asAdmin(async (admin) => {
    const { rows } = await admin.query(`select current_setting('server_version_num')::int as number`);
    return Math.floor(rows[0].number / 10_000);
  });
}

async function asAdmin<T>(work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const url = new URL(inject('templateUrl'));
  url.pathname = 'postgres';
  const admin = new pg.Client({ connectionString: url.href });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

const LEAK_GRACE_MS = 30_000;

/** What is still connected after the grace: PostgreSQL of a busy machine is slow to see that a client has gone. */
async function openConnections(admin: pg.Client, database: string): Promise<string[]> {
  const deadline = performance.now() + LEAK_GRACE_MS;
  for (;;) {
    const { rows } = await admin.query<{ connection: string }>(
      `select application_name || ': ' || query as connection from pg_stat_activity where datname = $1`,
      [database],
    );
    if (rows.length === 0 || performance.now() > deadline) return rows.map((row) => row.connection);
    await pause(20);
  }
}
