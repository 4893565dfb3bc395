import { chownSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartupError } from '../../errors.ts';
import { canReach, type UserIds } from './unprivileged-user.ts';

/**
 * The default data folder of the embedded PostgreSQL: in the project's folder, so that each clone has its own data.
 */
export function defaultDataDir(user: UserIds | undefined): string {
  const project = fileURLToPath(new URL('../../..', import.meta.url));
  return canReach(user, project) ? resolve(project, '.data') : '/var/lib/journey-runtime';
}

/**
 * Creates the folder if it is missing; a new or empty one is owned by `user`. @throws StartupError if it cannot be
 * used.
 */
export function prepareDataDir(dir: string, user: UserIds | undefined): void {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o711 });
    if (user && readdirSync(dir).length === 0) chownSync(dir, user.uid, user.gid);
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new StartupError(`Cannot use the data folder (${reason}): ${FIX}.`, { cause });
  }
  if (!canReach(user, dir)) {
    const why = `PostgreSQL does not run as root, and its user cannot reach ${dir} below ${dirname(dir)}`;
    throw new StartupError(`${why}: ${FIX}.`);
  }
}

const FIX =
  'set JOURNEY_RUNTIME_DATA_DIR to a folder that can be used, or DATABASE_URL to a PostgreSQL server';
