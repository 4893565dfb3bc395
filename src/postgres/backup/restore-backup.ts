import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { StartupError } from '../../errors.ts';
import { createClient } from '../connection-config.ts';
import { migrate } from '../migrations/migrate.ts';
import { migrationNames } from '../migrations/migration-files.ts';
import { finishedMigrations } from '../migrations/migration-ledger.ts';
import { NO_LIMITS } from '../session-settings.ts';
import { rowsOf, statement } from '../statement.ts';
import { type BackupTable, type Manifest, readManifest, tableFile } from './backup-folder.ts';

/**
 * Restores a backup into an empty database: makes the tables as they were, by the migrations that the backup had, and loads
 * all rows in one transaction. Later migrations are left to the start. `url` is that of the tables' owner.
 *
 * @throws StartupError if the database has data, the backup is of a later version, or a file is damaged
 */
export async function restoreBackup(url: string, folder: string): Promise<Manifest> {
  const manifest = readManifest(folder);
  const known = new Set(migrationNames());
  if (!manifest.migrations.every((name) => known.has(name)))
    throw new StartupError('The backup is of a later version of the service: restore it with that version.');
  for (const table of manifest.tables) await checkFile(table, tableFile(folder, table.name));
  await migrate(url, undefined, manifest.migrations);
  const client = createClient(url, { query_timeout: 0 }, NO_LIMITS);
  await client.connect();
  try {
    await checkEmpty(client, manifest);
    await client.query('begin');
    await load(client, folder, manifest);
    await client.query('commit');
    await client.query('analyze');
    return manifest;
  } finally {
    await client.end();
  }
}

async function checkEmpty(client: pg.Client, { migrations }: Manifest): Promise<void> {
  const finished = await finishedMigrations(client);
  const others = [...finished.keys()].filter((name) => !migrations.includes(name));
  const [state] = await rowsOf(client, HAS_DATA);
  if (others.length === 0 && !state!.hasData) return;
  throw new StartupError(
    'The database is in use: restore into an empty one. For the embedded PostgreSQL, set JOURNEY_RUNTIME_DATA_DIR to a new folder.',
  );
}

const HAS_DATA = statement({
  text: `
  select exists (select from journey_components) or exists (select from products) or exists (select from orders)
    or exists (select from journey_runs) or exists (select from journey_principals) as "hasData"`,
  columns: { hasData: 'bool' },
});

/** Foreign keys are dropped while tables are loaded, and made anew afterwards, which checks all rows. */
async function load(client: pg.Client, folder: string, { tables, sequences }: Manifest): Promise<void> {
  const keys = await rowsOf(client, FOREIGN_KEYS);
  for (const { relation, name } of keys)
    await client.query(`alter table ${relation} drop constraint ${pg.escapeIdentifier(name)}`);
  for (const table of tables) {
    await client.query(`delete from ${pg.escapeIdentifier(table.name)}`);
    await loadTable(client, table, tableFile(folder, table.name));
  }
  for (const { relation, name, definition } of keys)
    await client.query(`alter table ${relation} add constraint ${pg.escapeIdentifier(name)} ${definition}`);
  for (const { name, value } of sequences)
    await client.query('select setval(quote_ident($1)::regclass, $2)', [name, value]);
}

async function loadTable(client: pg.Client, { name, columns }: BackupTable, file: string): Promise<void> {
  const list = columns.map((column) => pg.escapeIdentifier(column)).join(', ');
  const target = client.query(copyFrom(`copy ${pg.escapeIdentifier(name)} (${list}) from stdin`));
  await pipeline(createReadStream(file), createGunzip(), target);
}

/** Checks a file before anything is loaded, so that a damaged backup changes nothing. */
async function checkFile({ sha256 }: BackupTable, file: string): Promise<void> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(file), createGunzip(), hash);
  } catch (cause) {
    throw new StartupError(`The backup is damaged: ${file} cannot be read.`, { cause });
  }
  if (hash.digest('hex') !== sha256)
    throw new StartupError(`The backup is damaged: ${file} has other rows than were written.`);
}

/** Those of partitions follow from those of their table. */
const FOREIGN_KEYS = statement({
  text: `
  select k.conrelid::regclass::text as relation, k.conname::text as name, pg_get_constraintdef(k.oid) as definition
  from pg_constraint k join pg_class c on c.oid = k.conrelid
  where k.contype = 'f' and k.conparentid = 0 and c.relnamespace = current_schema()::regnamespace`,
  columns: { relation: 'text', name: 'text', definition: 'text' },
});
