import type { Config } from '../config.ts';
import type { Logger } from '../logger.ts';
import { checkMigrations } from '../postgres/migrations/check-migrations.ts';
import { migrate } from '../postgres/migrations/migrate.ts';
import { type Settled, settleConnections } from '../postgres/sessions.ts';

export type PreparedDatabase = Pick<Settled, 'url' | 'listenUrl'> & {
  /** The names of the migrations that this start applied. */
  applied: string[];
};

/**
 * Prepares a database for this version: settles the sessions of its connections, and applies the pending migrations,
 * or fails if there are any and the configuration says so.
 *
 * @throws StartupError that names the fix
 */
export async function prepareDatabase(
  databaseUrl: string,
  { listenDatabaseUrl, migrates }: Pick<Config, 'listenDatabaseUrl' | 'migrates'>,
  logger: Logger,
): Promise<PreparedDatabase> {
  const { url, listenUrl, lost } = await settleConnections(databaseUrl, listenDatabaseUrl);
  if (lost) logger.warn(lost);
  const applied = migrates
    ? await migrate(url, (progress) => logger.info({ progress }, 'migrating the database'))
    : [];
  for (const warning of await checkMigrations(url)) logger.warn(warning);
  return { url, listenUrl, applied };
}
