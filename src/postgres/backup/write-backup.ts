import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { createClient } from '../connection-config.ts';
import { finishedMigrations } from '../migrations/migration-ledger.ts';
import { NO_LIMITS } from '../session-settings.ts';
import { rowsOf, statement } from '../statement.ts';
import {
  type BackupTable,
  createBackupFolder,
  type Manifest,
  tableFile,
  writeManifest,
} from './backup-folder.ts';

/**
 * Writes all rows of the service's tables, as of one moment, to a new folder. The service may run meanwhile. Jobs are left
 * out: workers find due runs without them. `url` is that of the tables' owner.
 */
export async function writeBackup(url: string, folder: string): Promise<Manifest> {
  createBackupFolder(folder);
  const client = createClient(url, { query_timeout: 0 }, NO_LIMITS);
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const takenAt = new Date().toISOString();
    const migrations = [...(await finishedMigrations(client)).keys()];
    const tables: BackupTable[] = [];
    for (const { name, columns } of await rowsOf(client, TABLES))
      tables.push({
        name,
        columns,
        ...(await writeTable(client, { name, columns }, tableFile(folder, name))),
      });
    const sequences = await rowsOf(client, SEQUENCES);
    const manifest: Manifest = { format: 1, takenAt, migrations, tables, sequences };
    writeManifest(folder, manifest);
    return manifest;
  } finally {
    await client.end();
  }
}

type Table = { name: string; columns: string[] };

async function writeTable(client: pg.Client, { name, columns }: Table, file: string) {
  const list = columns.map((column) => pg.escapeIdentifier(column)).join(', ');
  const rows = client.query(copyTo(`copy (select ${list} from ${pg.escapeIdentifier(name)}) to stdout`));
  const hash = createHash('sha256');
  const hashed = new PassThrough().on('data', (chunk) => hash.update(chunk));
  await pipeline(rows, hashed, createGzip(), createWriteStream(file, { mode: 0o600 }));
  return { rows: rows.rowCount, sha256: hash.digest('hex') };
}

/** Partitions are read by their table, and the ledger of migrations is made by the migrations. */
const TABLES = statement({
  text: `
  select c.relname::text as name, (
    select array_agg(a.attname::text order by a.attnum) from pg_attribute a
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  ) as columns
  from pg_class c
  where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and c.relname <> '_prisma_migrations'
  order by c.relname`,
  columns: { name: 'text', columns: 'text[]' },
});

const SEQUENCES = statement({
  text: `
  select sequencename::text as name, last_value::text as value from pg_sequences
  where schemaname = current_schema() and last_value is not null order by sequencename`,
  columns: { name: 'text', value: 'text' },
});
