import { setTimeout as sleep } from 'node:timers/promises';
import { Logger, runMigrations } from 'graphile-worker';
import pg from 'pg';
import { StartupError } from '../../errors.ts';
import { connectionConfig, createClient } from '../connection-config.ts';
import { NO_LIMITS } from '../session-settings.ts';
import { firstLine, missingRight, unusableDatabase } from '../unusable.ts';
import { applyMigration, BEGIN, untilOthersEnded } from './apply-migration.ts';
import { migrationNames, readMigration } from './migration-files.ts';
import { createLedger, finishedMigrations } from './migration-ledger.ts';

/**
 * Migrates the database to this version: applies prisma/migrations with Prisma's own ledger, so that `prisma migrate
 * deploy` agrees, then graphile-worker's migrations. Processes that start at once wait for each other. Returns the
 * names of the applied migrations. `report` gets a line for each wait, each migration of a database that is not new, and
 * each step of one that takes long. `names` limits the migrations, for a backup of an earlier version.
 *
 * @throws StartupError when the database cannot be reached, is too old, or a migration fails
 */
export async function migrate(
  url: string,
  report: (progress: string) => void = () => {},
  names: readonly string[] = migrationNames(),
): Promise<string[]> {
  await using opened = new AsyncDisposableStack();
  const connect = async (name: string) => {
    const client = createClient(url, { application_name: name, query_timeout: 0 }, NO_LIMITS);
    try {
      await client.connect();
    } catch (cause) {
      throw unusableDatabase(url, cause);
    }
    opened.defer(() => client.end());
    return client;
  };
  const holder = await connect('journey-runtime migrate');
  await checkVersion(holder);
  try {
    await takeTurn(holder, report);
    const applied: string[] = [];
    const finished = await finishedMigrations(holder);
    const pending = names.filter((name) => !finished.has(name));
    const client = pending.length > 0 ? await connect(APPLICATION_NAME) : null;
    if (client) {
      client.on('notice', (notice) => {
        if (notice.routine === RAISED) report(notice.message ?? '');
      });
      await untilOthersEnded(client, APPLICATION_NAME);
      await checkSchema(client);
      await createLedger(client);
      for (const name of pending) {
        if (finished.size > 0) report(name);
        if (await applyMigration(client, readMigration(name))) applied.push(name);
      }
    }
    await migrateQueue(url);
    await holder.query('commit');
    return applied;
  } catch (error) {
    if (error instanceof StartupError) throw error;
    throw (
      missingRight(error) ??
      new StartupError(`A migration failed (${firstLine(error)}): fix the cause, and start again.`, {
        cause: error,
      })
    );
  }
}

/**
 * The application name of sessions that apply migrations. By it, a later start finds the session of a killed process.
 */
const APPLICATION_NAME = 'journey-runtime migration';
/** The routine of the server that sends the messages of RAISE, in contrast to the server's own notices. */
const RAISED = 'exec_stmt_raise';
const MIGRATION_LOCK = 6_021_962;
const TURN_MS = 100;
const OLDEST_SERVER_VERSION = 140_000;
const SILENT = new Logger(() => () => {});

/**
 * Takes the migration lock for a transaction, which is left open: a session lock would not survive a connection
 * pooler. Polls for the lock, since a session that waits in a statement holds a snapshot, for which a concurrent
 * index of the lock's holder would wait.
 */
async function takeTurn(client: pg.Client, report: (progress: string) => void): Promise<void> {
  for (let turn = 0; ; turn += 1) {
    await client.query(BEGIN);
    const { rows } = await client.query('select pg_try_advisory_xact_lock($1) as held', [MIGRATION_LOCK]);
    if (rows[0].held) return;
    await client.query('rollback');
    if (turn === 0) report('waiting for another process that migrates it');
    await sleep(TURN_MS);
  }
}

async function migrateQueue(url: string): Promise<void> {
  const pgPool = new pg.Pool({ ...connectionConfig(url, NO_LIMITS), query_timeout: 0, max: 1 });
  // graphile-worker requires listeners on both the idle and the busy connections.
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

/**
 * Checks the schema: if the search_path has changed, new tables would be created in another schema than the old ones.
 */
async function checkSchema(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ ledger: string; target: string; path: string }>(
    `select n.nspname as ledger, current_schema() as target, current_setting('search_path') as path
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.oid = to_regclass('_prisma_migrations') and n.nspname <> current_schema()`,
  );
  const [other] = rows;
  if (!other) return;
  throw new StartupError(
    `The tables are in the schema ${other.ledger}, but new ones would be made in ${other.target} (search_path ${other.path}): set a search_path that begins with ${other.ledger}.`,
  );
}
