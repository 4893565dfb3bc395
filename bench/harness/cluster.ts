import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../../src/postgres/migrations/migrate.ts';
import { startTcpPostgres } from '../../test/support/tcp-postgres.ts';

/** The one PostgreSQL that everything is measured on, as it comes: no setting is changed, fsync is on. */
export type Cluster = {
  /** The pid of its first process; all others are its children. */
  pid: number;
  /** A new database: empty, or a copy of another one of the cluster. Nobody may be connected to that. */
  createDatabase(name: string, template?: string): Promise<string>;
  dropDatabase(name: string): Promise<void>;
  /** Runs `work` on a new database, which is a copy of the migrated one unless told otherwise. */
  withDatabase<T>(work: (url: string) => Promise<T>, template?: string): Promise<T>;
  /** The URL of a database that is made by `fill` once, and stays. */
  kept(name: string, fill: (url: string) => Promise<void>): Promise<string>;
  /** Writes everything to disk, so that no turn pays for what was done before it. */
  checkpoint(): Promise<void>;
  stop(): Promise<void>;
};

const MIGRATED = 'journey_runtime';

/** @param folder where the cluster is kept for the next time; null: in a temporary one, which `stop` deletes. */
export async function startCluster(folder: string | null): Promise<Cluster> {
  const dataDir = folder ?? mkdtempSync(join(tmpdir(), 'journey-runtime-bench-'));
  const postgres = await startTcpPostgres({ dataDir });
  await migrate(postgres.url);
  const urlOf = (name: string) => Object.assign(new URL(postgres.url), { pathname: name }).href;
  const admin = new pg.Client({ connectionString: urlOf('postgres') });
  await admin.connect();
  const { rows } = await admin.query(`select pg_read_file('postmaster.pid') as file`);
  let count = 0;

  const cluster: Cluster = {
    pid: Number.parseInt(rows[0].file, 10),
    async createDatabase(name, template = MIGRATED) {
      await admin.query(`drop database if exists ${name} with (force)`);
      await admin.query(`create database ${name} template ${template}`);
      return urlOf(name);
    },
    async dropDatabase(name) {
      await admin.query(`drop database ${name}`);
    },
    async withDatabase(work, template) {
      count += 1;
      const name = `bench_${count}`;
      const url = await cluster.createDatabase(name, template);
      try {
        return await work(url);
      } finally {
        await cluster.dropDatabase(name);
      }
    },
    async kept(name, fill) {
      const known = await admin.query('select from pg_database where datname = $1', [name]);
      if (known.rowCount === 1) return urlOf(name);
      const url = await cluster.createDatabase(`${name}_filling`);
      await fill(url);
      await admin.query(`alter database ${name}_filling rename to ${name}`);
      return urlOf(name);
    },
    async checkpoint() {
      await admin.query('checkpoint');
    },
    async stop() {
      await admin.end();
      await postgres.stop();
      if (folder === null) rmSync(dataDir, { recursive: true });
    },
  };
  return cluster;
}
