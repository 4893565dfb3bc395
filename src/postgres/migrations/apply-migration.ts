import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { commandLine } from '../../command-line.ts';
import { StartupError } from '../../errors.ts';
import { beginWith, NO_LIMITS } from '../session-settings.ts';
import { firstLine } from '../unusable.ts';
import { createIndex, dropIndex, LOCK_TIMEOUT } from './concurrent-index.ts';
import { type ConcurrentStatement, concurrentStatements, type Migration } from './migration-files.ts';
import { isFinished, recordFinished } from './migration-ledger.ts';

/**
 * Applies a migration and records it in the ledger, in one transaction. A migration with concurrent indexes cannot
 * run in a transaction: its statements can each be repeated safely after an interrupted start. Returns false if
 * another process has finished it.
 *
 * @throws StartupError that names the migration and the fix
 */
export async function applyMigration(client: pg.Client, migration: Migration): Promise<boolean> {
  const concurrent = concurrentStatements(migration.script);
  try {
    if (concurrent) for (const statement of concurrent) await runConcurrently(client, statement);
    await client.query(BEGIN);
    const isNew = !(await isFinished(client, migration.name));
    if (isNew && !concurrent) await client.query(`${LOCK_TIMEOUT}; ${migration.script}`);
    if (isNew) await recordFinished(client, migration.name, migration.checksum);
    await client.query('commit');
    return isNew;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw failure(migration.name, error as pg.DatabaseError, concurrent !== null);
  }
}

/** Read committed holds no snapshot between statements; a concurrent index in another session would wait for one. */
export const BEGIN = `${beginWith(NO_LIMITS)}; set transaction isolation level read committed`;

const runConcurrently = async (
  client: pg.Client,
  { text, creates, drops }: ConcurrentStatement,
): Promise<void> => {
  if (creates) await createIndex(client, creates, text);
  else if (drops) await dropIndex(client, drops, text);
  else await client.query(text);
};

/**
 * Resolves when no session applies a migration any more. The session of a killed process goes on until its statement
 * ends. Each check is its own transaction, so that nothing waits for this session between checks.
 */
export async function untilOthersEnded(client: pg.Client, applicationName: string): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ count: number }>(OTHERS, [applicationName]);
    if (rows[0]!.count === 0) return;
    await sleep(LOOK_MS);
  }
}

const LOOK_MS = 200;
const OTHERS = `
  select count(*)::int as count from pg_stat_activity
  where datname = current_database() and application_name = $1 and pid <> pg_backend_pid() and state <> 'idle'`;

function failure(name: string, error: pg.DatabaseError, isConcurrent: boolean): StartupError {
  if (error instanceof StartupError) return error;
  const left = isConcurrent ? '' : ' and left nothing behind';
  const fix = FIXES[error.code ?? ''] ?? 'fix the cause, and start again';
  return new StartupError(`The migration ${name} failed${left} (${firstLine(error)}): ${fix}.`, {
    cause: error,
  });
}

const TAKEN =
  'something else in the schema has that name; give the service a database of its own, or rename the other one, and start again';
const FIXES: Record<string, string> = {
  '42P07': TAKEN,
  '42710': TAKEN,
  '23505': 'remove the duplicate rows that it names, and start again',
  '2BP01': 'drop the views of your own that use it, start again, and then create them again',
  '42501': `run \`${commandLine('migrate')}\` with the role that owns the tables, and start again`,
  '53100': 'free disk space on the server, and start again',
  '55006': 'stop all processes of the earlier version, and start again',
  '55P03': 'end the transaction that holds the table, and start again',
  '57014': `run \`${commandLine('migrate')}\` with a DATABASE_URL without a time limit on statements (past the pooler, if there is one), and start again`,
};
