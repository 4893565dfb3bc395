import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../src/postgres/migrations/migrate.ts';
import { startTcpPostgres } from './tcp-postgres.ts';
import { makeRunsWritable } from './writable-runs.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL for this run of vitest alone; its database is migrated and empty, and nobody connects to it. */
    templateUrl: string;
  }
}

/** Returns what vitest calls when all is over. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, stop } = process.env.TEST_DATABASE_URL
    ? await createDatabase(process.env.TEST_DATABASE_URL)
    : await startServer();
  await migrate(url);
  await makeRunsWritable(url);
  project.provide('templateUrl', url);
  return stop;
}

/** An embedded PostgreSQL for this run alone. */
async function startServer() {
  const dataDir = mkdtempSync(join(tmpdir(), 'journey-runtime-test-'));
  const postgres = await startTcpPostgres({ dataDir, settings: SETTINGS });
  const stop = async () => {
    await postgres.stop();
    rmSync(dataDir, { recursive: true });
  };
  return { url: postgres.url, stop };
}

/** A database on another server, whose URL is that of a superuser. Tests that need a server of their own still start one. */
async function createDatabase(server: string) {
  const name = `journey_runtime_test_${randomBytes(4).toString('hex')}`;
  const asAdmin = async (sql: string) => {
    const admin = new pg.Client({ connectionString: server });
    await admin.connect();
    await admin.query(sql).finally(() => admin.end());
  };
  await asAdmin(`create database ${name} encoding 'UTF8' locale 'C' template template0`);
  const url = Object.assign(new URL(server), { pathname: name }).href;
  return { url, stop: () => asAdmin(`drop database ${name} with (force)`) };
}

// Nothing has to outlive the run.
const SETTINGS = {
  fsync: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_connections: '200',
  // Cloning a database waits for a checkpoint when files are copied, and is fast when the copy goes through the log.
  max_wal_size: '4GB',
};
