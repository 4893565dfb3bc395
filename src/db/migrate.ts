import { Logger, runMigrations } from 'graphile-worker';
import pg from 'pg';
import { StartupError } from '../errors.ts';
import { connectionConfig, createClient } from './connection.ts';
import { migrationList, migrationNames, NO_FILTERS, openSchemaEngine } from './schema-engine.ts';
import { beginWith, NO_LIMITS } from './session-settings.ts';
import { firstLine, unusableDatabase } from './unusable.ts';

/**
 * Brings the database to this version's state: prisma/migrations in Prisma's own ledger, so that `prisma migrate deploy` agrees,
 * then graphile-worker's. Processes that start at once wait for each other. Returns the names of the migrations applied.
 *
 * @throws StartupError when the database cannot be reached, is too old, or a migration fails
 */
export async function migrate(url: string): Promise<string[]> {
  const client = await connect(url);
  try {
    await checkVersion(client);
    // Held by a transaction, for a session's lock would not survive a connection pooler.
    await client.query(`${beginWith(NO_LIMITS)}; set transaction isolation level read committed`);
    await client.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    const applied = (await migrationsPending(client)).length > 0 ? await applyMigrations(client, url) : [];
    await migrateQueue(url);
    await client.query('commit');
    return applied;
  } catch (error) {
    if (error instanceof StartupError) throw error;
    throw new StartupError(`A migration failed: ${firstLine(error)}`, { cause: error });
  } finally {
    await client.end();
  }
}

/** The names of the migrations in prisma/migrations that the database has not finished, oldest first. */
export async function migrationsPending(database: Pick<pg.ClientBase, 'query'>): Promise<string[]> {
  if (!(await hasLedger(database))) return migrationNames();
  const { rows } = await database.query<{ name: string }>(
    'select migration_name as name from _prisma_migrations where finished_at is not null and rolled_back_at is null',
  );
  const finished = new Set(rows.map((row) => row.name));
  return migrationNames().filter((name) => !finished.has(name));
}

const MIGRATION_LOCK = 6_021_962;
const OLDEST_SERVER_VERSION = 140_000;
const SILENT = new Logger(() => () => {});

async function connect(url: string): Promise<pg.Client> {
  const client = createClient(
    url,
    { application_name: 'journey-runtime migrate', query_timeout: 0 },
    NO_LIMITS,
  );
  try {
    await client.connect();
    return client;
  } catch (cause) {
    throw unusableDatabase(url, cause);
  }
}

async function migrateQueue(url: string): Promise<void> {
  const pgPool = new pg.Pool({ ...connectionConfig(url, NO_LIMITS), query_timeout: 0, max: 1 });
  // graphile-worker asks for listeners on both the idle and the busy connections.
  pgPool.on('error', () => {});
  pgPool.on('connect', (client) => client.on('error', () => {}));
  try {
    await runMigrations({ pgPool, logger: SILENT });
  } finally {
    await pgPool.end();
  }
}

async function checkVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: number; name: string }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as name`,
  );
  const [version] = rows;
  if (version && version.number >= OLDEST_SERVER_VERSION) return;
  throw new StartupError(`The database runs PostgreSQL ${version?.name}: upgrade it to 14 or newer.`);
}

async function applyMigrations(client: pg.Client, url: string): Promise<string[]> {
  const { engine, explain, close } = await openSchemaEngine(url);
  try {
    const list = { migrationsList: migrationList(), filters: NO_FILTERS };
    // Each is one transaction: what a process began and did not finish has left nothing behind.
    for (const migrationName of await migrationsCutOff(client))
      await engine.markMigrationRolledBack({ migrationName });
    return (await engine.applyMigrations(list)).appliedMigrationNames;
  } catch (error) {
    throw explain(error);
  } finally {
    await close();
  }
}

async function migrationsCutOff(client: pg.Client): Promise<string[]> {
  if (!(await hasLedger(client))) return [];
  const { rows } = await client.query<{ name: string }>(
    'select migration_name as name from _prisma_migrations where finished_at is null and rolled_back_at is null',
  );
  return rows.map((row) => row.name);
}

async function hasLedger(database: Pick<pg.ClientBase, 'query'>): Promise<boolean> {
  const { rows } = await database.query(`select to_regclass('_prisma_migrations') is not null as known`);
  return rows[0].known;
}
