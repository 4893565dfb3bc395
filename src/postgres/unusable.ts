import pg from 'pg';
import { hostsOf, urlForPg } from '../config/database-url.ts';
import { StartupError } from '../errors.ts';

/** The error of a start that cannot reach or use its database. */
export function unusableDatabase(url: string, cause: unknown): StartupError {
  const reason = `The database at ${serverOf(url)} cannot be used (${firstLine(cause)})`;
  const fix = /unrecognized configuration parameter/.test(firstLine(cause))
    ? 'it needs PostgreSQL 14 or newer'
    : 'check that it runs, that it has connections left and that DATABASE_URL is right, or unset DATABASE_URL for the embedded one';
  return new StartupError(`${reason}: ${fix}.`, { cause });
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
