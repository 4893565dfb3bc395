import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { StartupError } from '../../errors.ts';
import { defaultDataDir, prepareDataDir } from './data-dir.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import { type UserIds, unprivilegedUser } from './unprivileged-user.ts';

/** An initialised PostgreSQL cluster on disk, with the values needed to run it. */
export type Cluster = {
  /** The folder that the configuration names; PostgreSQL's own files are in `directory` below it. */
  dataDir: string;
  directory: string;
  logFile: string;
  program: string;
  password: string;
  user: UserIds | undefined;
};

/**
 * Opens the cluster in the data folder, and creates it if there is none. @throws StartupError if the folder cannot be
 * used.
 */
export async function openCluster(configured: string | null): Promise<Cluster> {
  const dataDir = resolve(configured ?? defaultDataDir(unprivilegedUser()));
  const directory = join(dataDir, 'postgres');
  const user = unprivilegedUser(directory);
  prepareDataDir(dataDir, user);
  const { initdb, postgres, major } = await postgresBinaries(user, dataDir);
  if (!existsSync(directory)) await createCluster(initdb, dataDir, directory, user);
  checkMajor(directory, dataDir, major);
  const password = readFileSync(join(directory, PASSWORD_FILE), 'utf8').trim();
  return { dataDir, directory, logFile: join(dataDir, 'postgres.log'), program: postgres, password, user };
}

/** PostgreSQL does not read the files of another major version, and says only that they are incompatible. */
function checkMajor(directory: string, dataDir: string, major: string): void {
  const made = readFileSync(join(directory, 'PG_VERSION'), 'utf8').trim();
  if (made === major) return;
  throw new StartupError(
    `The data folder ${dataDir} is of PostgreSQL ${made}, and the embedded PostgreSQL is ${major}: back it up with PostgreSQL ${made}, and restore the backup into a new folder, as docs/operations/backup-and-restore.md shows. Or set JOURNEY_RUNTIME_DATA_DIR to another folder.`,
  );
}

const PASSWORD_FILE = 'journey-runtime-password';

/**
 * Creates a cluster in another folder and renames it, so that an interrupted start, or two at once, leave no partial
 * cluster.
 */
async function createCluster(
  initdb: string,
  dataDir: string,
  directory: string,
  user: UserIds | undefined,
): Promise<void> {
  const aside = mkdtempSync(join(dataDir, 'unfinished-'));
  const password = join(aside, 'password');
  try {
    writeFileSync(password, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
    if (user) for (const path of [aside, password]) chownSync(path, user.uid, user.gid);
    const unfinished = join(aside, 'postgres');
    await promisify(execFile)(initdb, [...INITDB, `--pwfile=${password}`, `--pgdata=${unfinished}`], {
      ...user,
      cwd: dataDir,
    });
    renameSync(password, join(unfinished, PASSWORD_FILE));
    renameSync(unfinished, directory);
  } catch (error) {
    const anotherStartWasFaster = existsSync(directory);
    if (!anotherStartWasFaster) throw error;
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

const INITDB = [
  '--username=postgres',
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  // The builtin provider sorts by code point on every machine; the C library's locales do not.
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--locale=C',
];
