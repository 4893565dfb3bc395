import { StartupError } from '../../errors.ts';
import { createClient } from '../connection-config.ts';
import { rowsOf, statement } from '../statement.ts';
import type { Queryable } from '../transaction.ts';
import { unusableDatabase } from '../unusable.ts';
import { migrationNames, readMigration } from './migration-files.ts';
import { finishedMigrations } from './migration-ledger.ts';

/** The names of the unfinished migrations in prisma/migrations, oldest first, then of the job queue's own. */
export async function migrationsPending(database: Queryable): Promise<string[]> {
  const finished = await finishedMigrations(database);
  const pending = migrationNames().filter((name) => !finished.has(name));
  return (await queueRevision(database)) < QUEUE_REVISION ? [...pending, 'graphile_worker'] : pending;
}

/**
 * Compares the database's ledger with the migrations of this version, and returns a warning for each difference that
 * does not prevent the start.
 *
 * @throws StartupError when migrations are pending
 */
export async function checkMigrations(url: string): Promise<string[]> {
  const client = createClient(url);
  try {
    await client.connect();
  } catch (cause) {
    throw unusableDatabase(url, cause);
  }
  try {
    const pending = await migrationsPending(client);
    if (pending.length > 0)
      throw new StartupError(
        `The database lacks ${pending.length} of this version's migrations (${pending[0]} is the first), and JOURNEY_RUNTIME_MIGRATE is false: run the command migrate of this version, with a role that owns the tables, and start again.`,
      );
    return differences(await finishedMigrations(client));
  } finally {
    await client.end();
  }
}

function differences(finished: ReadonlyMap<string, string>): string[] {
  const names = migrationNames();
  const edited = names.filter((name) => finished.get(name) !== readMigration(name).checksum);
  const unknown = [...finished.keys()].filter((name) => !names.includes(name));
  const warnings: string[] = [];
  if (edited.length > 0)
    warnings.push(
      `the database has other texts of these migrations than this version, so its tables may differ: ${edited.join(', ')}`,
    );
  if (unknown.length > 0)
    warnings.push(
      `the database has migrations that this version does not know, so a later version has used it: ${unknown.join(', ')}`,
    );
  return warnings;
}

/** The latest migration of graphile-worker, which does not export its number. */
export const QUEUE_REVISION = 20;

/** The latest migration of graphile-worker in the database; 0 for none. */
async function queueRevision(database: Queryable): Promise<number> {
  const [queue] = await rowsOf(database, QUEUE_SCHEMA);
  return queue!.exists ? (await rowsOf(database, LATEST))[0]!.id : 0;
}

const QUEUE_SCHEMA = statement({
  text: `select to_regclass('graphile_worker.migrations') is not null as exists`,
  columns: { exists: 'bool' },
});

const LATEST = statement({
  text: 'select coalesce(max(id), 0) as id from graphile_worker.migrations',
  columns: { id: 'int4' },
});
