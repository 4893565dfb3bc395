import { Logger, runMigrations } from 'graphile-worker';
import pg from 'pg';
import { StartupError } from '../errors.ts';
import { migrationList, migrationNames, NO_FILTERS, openSchemaEngine } from './schema-engine.ts';

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
    await client.query(
      'begin; set local idle_in_transaction_session_timeout = 0; set local lock_timeout = 0',
    );
    await client.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    const applied = (await migrationsPending(client)).length > 0 ? await applyMigrations(client, url) : [];
    await runMigrations({ connectionString: url, logger: SILENT });
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
const CONNECT_TIMEOUT_MS = 5_000;
const SILENT = new Logger(() => () => {});

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'journey-runtime migrate',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (cause) {
    const reason = `The database at ${client.host}:${client.port}/${client.database} cannot be used (${firstLine(cause)})`;
    const mend =
      'see that it runs and that DATABASE_URL is right, or unset DATABASE_URL for the embedded one';
    throw new StartupError(`${reason}: ${mend}.`, { cause });
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

/** An AggregateError (both addresses of localhost refused) has its words in its parts. */
function firstLine(error: unknown): string {
  const [first] = error instanceof AggregateError ? error.errors : [error];
  return String(first instanceof Error ? first.message : first).split('\n')[0] ?? '';
}
