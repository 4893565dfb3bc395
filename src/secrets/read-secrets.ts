import type pg from 'pg';
import { rowsOf, statement } from '../postgres/statement.ts';
import type { EncryptedSecret } from './encryption.ts';

/** A secret as clients see it. */
export type ListedSecret = { name: string; savedAt: Date };

export const listSecrets = (pool: pg.Pool): Promise<ListedSecret[]> => rowsOf(pool, LIST);

export async function readSecret(pool: pg.Pool, name: string): Promise<ListedSecret | null> {
  return (await rowsOf(pool, ONE, [name]))[0] ?? null;
}

/** The current versions of these secrets, without those that are not stored. */
export const currentSecrets = async (pool: pg.Pool, names: readonly string[]): Promise<EncryptedSecret[]> =>
  names.length === 0 ? [] : rowsOf(pool, CURRENT, [names]);

/** These versions, without those that were deleted. */
export const secretVersions = async (pool: pg.Pool, ids: readonly string[]): Promise<EncryptedSecret[]> =>
  ids.length === 0 ? [] : rowsOf(pool, VERSIONS, [ids]);

const LISTED = { name: 'text', savedAt: 'timestamptz' } as const;
const SELECT_LISTED = 'select name, saved_at as "savedAt" from journey_secrets where superseded_at is null';

const LIST = statement({ text: `${SELECT_LISTED} order by name`, columns: LISTED });

const ONE = statement({ text: `${SELECT_LISTED} and name = $1`, columns: LISTED });

const ENCRYPTED = {
  id: 'uuid',
  name: 'text',
  keyId: 'text',
  wrappedKey: 'bytea',
  encrypted: 'bytea',
} as const;
const SELECT_ENCRYPTED =
  'select id, name, key_id as "keyId", wrapped_key as "wrappedKey", encrypted from journey_secrets';

/** Uses the partial index of the current versions. */
const CURRENT = statement({
  name: 'current-secrets',
  text: `${SELECT_ENCRYPTED} where superseded_at is null and name = any($1::text[])`,
  columns: ENCRYPTED,
});

/** Uses the primary key. */
const VERSIONS = statement({
  name: 'secret-versions',
  text: `${SELECT_ENCRYPTED} where id = any($1::uuid[])`,
  columns: ENCRYPTED,
});

/** Up to 100 versions whose data keys are wrapped by another key. */
export const wrappedByOthers = (pool: pg.Pool, keyId: string): Promise<EncryptedSecret[]> =>
  rowsOf(pool, OTHERS, [keyId]);

const OTHERS = statement({
  text: `${SELECT_ENCRYPTED} where key_id <> $1 order by id limit 100`,
  columns: ENCRYPTED,
});
