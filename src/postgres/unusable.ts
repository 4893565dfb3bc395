import pg from 'pg';
import { commandLine } from '../command-line.ts';
import { hostsOf, urlForPg } from '../config/database-url.ts';
import { StartupError } from '../errors.ts';

/** The error of a start that cannot reach or use its database. */
export function unusableDatabase(url: string, cause: unknown): StartupError {
  const reason = `The database at ${serverOf(url)} cannot be used (${firstLine(cause)})`;
  const [, fix] = FIXES.find(([problem]) => problem.test(firstLine(cause))) ?? [null, CHECK];
  return new StartupError(`${reason}: ${fix}.`, { cause });
}

const ROLE_FIX =
  'name the role before the @ in DATABASE_URL, as in postgresql://journey-runtime@/journey-runtime?host=/var/run/postgresql';
const FIXES: readonly [RegExp, string][] = [
  [/unrecognized configuration parameter/, 'it needs PostgreSQL 14 or newer'],
  [/no PostgreSQL user name/, ROLE_FIX],
  [
    /^Peer authentication failed|^role ".*" does not exist/,
    `${ROLE_FIX}, and start the service as the system user of the same name, or with a password in the URL`,
  ],
];
const CHECK =
  'check that it runs, that it has connections left and that DATABASE_URL is right, or unset DATABASE_URL for the embedded one';

/** Returns the fix for an error of PostgreSQL that says that the role lacks a right; undefined for another error. */
export function missingRight(error: unknown): StartupError | undefined {
  if (!(error instanceof pg.DatabaseError) || error.code !== '42501') return undefined;
  return new StartupError(
    `The role of DATABASE_URL lacks rights in the database (${firstLine(error)}). After a restore, repeat pg_restore with --role=<the role>; otherwise let the owner of the tables run \`${commandLine('migrate --grant-to <the role>')}\`.`,
    { cause: error },
  );
}

/** The servers and the database of a URL, without its credentials. */
export function serverOf(url: string): string {
  const parsed = new URL(url);
  const { host, port, database } = new pg.Client({ connectionString: urlForPg(parsed).href });
  const hosts = hostsOf(parsed).map((one) => `${one.host}:${one.port}`);
  return `${hosts.join(',') || `${host}:${port}`}/${database}`;
}

/**
 * The first line of an error's message. An AggregateError (both addresses of localhost unreachable) has the messages
 * in its parts.
 */
export function firstLine(error: unknown): string {
  const [first] = error instanceof AggregateError ? error.errors : [error];
  return String(first instanceof Error ? first.message : first).split('\n')[0] ?? '';
}
