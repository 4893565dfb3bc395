import type pg from 'pg';
import { StartupError } from '../errors.ts';
import { LIMITS, REQUIRED, type Settings } from './session-settings.ts';
import type { Queryable } from './transaction.ts';

/**
 * Rejects databases and roles with settings that a connection cannot override. @throws StartupError that names the
 * fix
 */
export async function checkDatabase(client: pg.Client): Promise<void> {
  const { encoding, replication, schema, role, path, isReplica } = (await client.query<Facts>(FACTS))
    .rows[0]!;
  if (isReplica)
    throw new StartupError(
      'The database is a read replica, which stores nothing and sends no notifications. Set DATABASE_URL to the primary server, or to an address that follows it.',
    );
  if (encoding !== 'UTF8')
    throw new StartupError(
      `The database is encoded in ${encoding}, which cannot hold all text. Create another one, create database … encoding 'UTF8' template template0, and set DATABASE_URL to it.`,
    );
  if (replication !== 'origin')
    throw new StartupError(
      `session_replication_role is ${replication}, which turns foreign keys and triggers off. Reset it: alter role "${role}" reset session_replication_role (or alter database … reset).`,
    );
  if (schema === null)
    throw new StartupError(
      `No schema of the search_path (${path}) exists, so there is no place for tables. Create one, or set it: alter role "${role}" set search_path = public.`,
    );
}

type Facts = {
  encoding: string;
  replication: string;
  schema: string | null;
  role: string;
  path: string;
  isReplica: boolean;
};

const FACTS = `
  select current_setting('server_encoding') as encoding, current_setting('session_replication_role') as replication,
    current_schema() as schema, session_user as role, current_setting('search_path') as path,
    pg_is_in_recovery() as "isReplica"`;

/**
 * Rejects roles without the settings that the service's statements require. Behind a pooler in transaction mode only
 * the role can have them. @throws StartupError that names the fix
 */
export async function checkRole(client: pg.Client): Promise<void> {
  const missing = await missingSettings(client);
  if (missing.length === 0) return;
  throw new StartupError(
    `PostgreSQL is behind a pooler in transaction mode, where connections cannot make the settings that the service needs. Set them on the role once, then restart the pooler: ${alterRole(missing)} Or use its session mode, or connect past it.`,
  );
}

type Missing = { name: string; role: string };

/** The settings of the service's connections that are not in force on this one. */
export async function missingSettings(client: Queryable): Promise<Missing[]> {
  const names = Object.keys(NEEDED);
  const { rows } = await client.query<Missing & { value: string }>(VALUES, [names]);
  return rows.filter(({ name, value }) => !suffices(name, value));
}

/** The statements that make the missing settings by the role. */
export const alterRole = (missing: readonly Missing[]): string =>
  missing.map(({ name, role }) => `alter role "${role}" set ${name} = '${NEEDED[name]}';`).join(' ');

const NEEDED: Settings = { ...REQUIRED, ...LIMITS };

const VALUES = `
  select name, current_setting(name) as value, session_user as role from unnest($1::text[]) as s(name)`;

function suffices(name: string, value: string): boolean {
  if (name in LIMITS) return value !== '0';
  if (name === 'TimeZone') return value === 'UTC' || value === 'Etc/UTC';
  if (name === 'DateStyle') return value.startsWith('ISO');
  if (name === 'extra_float_digits') return Number(value) >= 1;
  return value === REQUIRED[name];
}

/**
 * The settings that conflict with those the service needs, with the values to set instead. Older servers do not have
 * all of them. Of synchronous_commit only `off` loses acknowledged data; other values may be stricter than the
 * default.
 */
export async function conflictingSettings(client: pg.Client): Promise<Settings> {
  const { rows } = await client.query<{ name: string; value: string }>(CONFLICTS, [Object.keys(INSTEAD)]);
  const wrong = rows.filter(({ name, value }) => INSTEAD[name]!.wrong(value));
  return Object.fromEntries(wrong.map(({ name }) => [name, INSTEAD[name]!.value]));
}

const CONFLICTS = 'select name, setting as value from pg_settings where name = any($1)';

const INSTEAD: Record<string, { value: string; wrong: (value: string) => boolean }> = {
  synchronous_commit: { value: 'on', wrong: (value) => value === 'off' },
  transaction_timeout: { value: '0', wrong: (value) => value !== '0' },
  restrict_nonsystem_relation_kind: { value: '', wrong: (value) => value !== '' },
};
