import type pg from 'pg';
import type { SecretKey } from '../config/config-values.ts';
import { StartupError } from '../errors.ts';
import { rowsOf, statement } from '../postgres/statement.ts';
import { rewrapSecret, UnreadableSecretError } from './encryption.ts';
import { wrappedByOthers } from './read-secrets.ts';

/**
 * Wraps the data keys of all secrets with the first key, so that the other keys are needed no more. The values stay
 * encrypted as they are. Returns the number of versions that were wrapped anew. It may be interrupted and repeated.
 * @throws StartupError when a key is missing
 */
export async function rotateKey(pool: pg.Pool, keys: readonly SecretKey[]): Promise<number> {
  const [key] = keys;
  if (!key) throw new StartupError('There is no key to wrap secrets with: set JOURNEY_RUNTIME_SECRET_KEYS.');
  let rewrapped = 0;
  for (;;) {
    const secrets = await wrappedByOthers(pool, key.id);
    if (secrets.length === 0) return rewrapped;
    for (const secret of secrets) {
      const { id, keyId, wrappedKey } = rewrap(secret);
      await pool.query({ ...REWRAP, values: [id, keyId, wrappedKey] });
      rewrapped += 1;
    }
  }

  function rewrap(secret: Parameters<typeof rewrapSecret>[0]) {
    try {
      return rewrapSecret(secret, keys, key!);
    } catch (error) {
      if (error instanceof UnreadableSecretError) throw new StartupError(error.message, { cause: error });
      throw error;
    }
  }
}

const REWRAP = {
  text: 'update journey_secrets set key_id = $2, wrapped_key = $3 where id = $1',
};

/** The ids of keys that wrap stored secrets and are not among `keys`. */
export async function missingKeys(pool: pg.Pool, keys: readonly SecretKey[]): Promise<string[]> {
  const rows = await rowsOf(pool, MISSING, [keys.map(({ id }) => id)]);
  return rows.map(({ keyId }) => keyId);
}

const MISSING = statement({
  text: `select distinct key_id as "keyId" from journey_secrets where key_id <> all($1::text[]) order by 1`,
  columns: { keyId: 'text' },
});
