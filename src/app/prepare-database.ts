import type { Config } from '../config/config.ts';
import type { Logger } from '../logger.ts';
import type { EmbeddedPostgres } from '../postgres/embedded/embedded.ts';
import { SERVICE_ROLE } from '../postgres/embedded/service-role.ts';
import { checkMigrations } from '../postgres/migrations/check-migrations.ts';
import { grantRole } from '../postgres/migrations/grant-role.ts';
import { migrate } from '../postgres/migrations/migrate.ts';
import { type Settled, settleConnections } from '../postgres/sessions.ts';

export type PreparedDatabase = Pick<Settled, 'url' | 'listenUrl'> & {
  /** For changes of tables and rights. */
  ownerUrl: string;
  /** The names of the migrations that this start applied. */
  applied: string[];
};

/**
 * Prepares a database for this version: settles the sessions of its connections, and applies the pending migrations,
 * or fails if there are any and the configuration says so. Migrations of the embedded PostgreSQL are applied by the
 * owner of its tables, who grants the service's role what the service needs. `report` gets each step of migrations that
 * take long.
 *
 * @throws StartupError that names the fix
 */
export async function prepareDatabase(
  {
    databaseUrl,
    listenDatabaseUrl,
    migrates,
  }: Pick<Config, 'databaseUrl' | 'listenDatabaseUrl' | 'migrates'>,
  embedded: EmbeddedPostgres | null,
  logger: Logger,
  report: (progress: string) => void = () => {},
): Promise<PreparedDatabase> {
  const { url, listenUrl, lost } = await settleConnections(
    embedded?.url ?? databaseUrl ?? '',
    listenDatabaseUrl,
  );
  if (lost) logger.warn(lost);
  const ownerUrl = embedded?.ownerUrl ?? url;
  const applied = migrates
    ? await migrate(ownerUrl, (progress) => {
        logger.info({ progress }, 'migrating the database');
        report(`the database is being migrated (${progress})`);
      })
    : [];
  for (const warning of await checkMigrations(ownerUrl)) logger.warn(warning);
  // The process that runs the server has granted the rights, except on what is new.
  if (embedded && (!embedded.isShared || applied.length > 0)) await grantRole(ownerUrl, SERVICE_ROLE);
  return { url, listenUrl, ownerUrl, applied };
}
