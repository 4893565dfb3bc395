import { resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import { StartupError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Manifest } from '../postgres/backup/backup-folder.ts';
import { restoreBackup } from '../postgres/backup/restore-backup.ts';
import { writeBackup } from '../postgres/backup/write-backup.ts';
import { joinEmbedded } from '../postgres/embedded/embedded.ts';
import { settleSessions } from '../postgres/sessions.ts';
import { prepareDatabase } from './prepare-database.ts';

/** Backs the embedded PostgreSQL up into a new folder, also while the service runs. Returns a line for the terminal. */
export async function backUp(config: Config, folder: string): Promise<string> {
  if (config.databaseUrl !== null)
    throw new StartupError(
      'backup is for the embedded PostgreSQL, and DATABASE_URL is set: back that server up by its own tools, such as pg_dump.',
    );
  const embedded = await joinEmbedded(config);
  try {
    const manifest = await writeBackup(embedded.ownerUrl, resolve(folder));
    return `Backed up ${rowsIn(manifest)} rows to ${resolve(folder)}.`;
  } finally {
    await embedded.stop();
  }
}

/** Restores a backup into an empty database, and migrates it to this version. Returns a line for the terminal. */
export async function restore(config: Config, folder: string, logger: Logger): Promise<string> {
  const embedded = config.databaseUrl === null ? await joinEmbedded(config) : null;
  try {
    const url = embedded?.ownerUrl ?? (await settleSessions(config.databaseUrl!)).url;
    const manifest = await restoreBackup(url, resolve(folder));
    await prepareDatabase({ ...config, migrates: true }, embedded, logger);
    return `Restored ${rowsIn(manifest)} rows of ${manifest.takenAt}.`;
  } finally {
    await embedded?.stop();
  }
}

const rowsIn = ({ tables }: Manifest): number => tables.reduce((sum, { rows }) => sum + rows, 0);
