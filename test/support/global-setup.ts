import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  const dataDir = mkdtempSync(join(tmpdir(), 'journey-runtime-test-'));
  const postgres = await startTcpPostgres({ dataDir, settings: SETTINGS });
  await migrate(postgres.url);
  await makeRunsWritable(postgres.url);
  project.provide('templateUrl', postgres.url);
  return async () => {
    await postgres.stop();
    rmSync(dataDir, { recursive: true });
  };
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
