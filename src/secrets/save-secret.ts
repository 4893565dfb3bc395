import type pg from 'pg';
import { z } from 'zod';
import type { SecretKey } from '../config/config-values.ts';
import { invalid, ok, type Result, ServiceError } from '../errors.ts';
import { inputErrors, text, validated } from '../input-errors.ts';
import { newId } from '../postgres/new-id.ts';
import { withRetriedTransaction } from '../postgres/retried-transaction.ts';
import { rowsOf, statement } from '../postgres/statement.ts';
import { encryptSecret } from './encryption.ts';
import { secretNameMistake } from './secret-name.ts';

export type SaveSecretInput = { name: string; value: string };

/**
 * Stores a secret, encrypted with the first key. A secret of this name gets a new version, which calls made from then on
 * send.
 * @throws ServiceError BAD_REQUEST when the service has no key
 */
export async function saveSecret(
  pool: pg.Pool,
  [key]: readonly SecretKey[],
  input: SaveSecretInput,
): Promise<Result<string>> {
  const mistakes = inputErrors(SAVED, input);
  if (mistakes.length > 0) return invalid(...mistakes);
  if (!key) throw new ServiceError('BAD_REQUEST', NO_KEY);
  const { name, value } = input;
  const { id, keyId, wrappedKey, encrypted } = encryptSecret({ id: newId(), name }, value, key);
  const isSaved = await withRetriedTransaction(pool, async (client) => {
    await client.query({ ...SUPERSEDE, values: [name] });
    const saved = await rowsOf(client, INSERT, [id, name, keyId, wrappedKey, encrypted, MOST_SECRETS]);
    return saved.length > 0;
  });
  if (isSaved) return ok(name);
  const message = `${MOST_SECRETS} secrets are stored, the most that are allowed. Delete one that no binding uses.`;
  return invalid({ code: 'TOO_LARGE', message, path: ['name'] });
}

const MOST_SECRETS = 1_000;
const LONGEST_VALUE = 16_384;

const SAVED = z.object({
  name: validated<string>((name) => {
    const message = secretNameMistake(name);
    return message ? [{ path: [], message }] : [];
  }),
  value: text(LONGEST_VALUE),
});

const NO_KEY =
  'The secret was not saved: the service has no key to encrypt it with. Set JOURNEY_RUNTIME_SECRET_KEYS to an id and 32 random bytes in base64, such as key-1: followed by the output of "openssl rand -base64 32", for the API and its workers, and restart them.';

const SUPERSEDE = {
  name: 'supersede-secret',
  text: 'update journey_secrets set superseded_at = now() where name = $1 and superseded_at is null',
};

/** Uses the partial index of the current versions. */
const INSERT = statement({
  name: 'insert-secret',
  text: `
  insert into journey_secrets (id, name, key_id, wrapped_key, encrypted)
  select $1::uuid, $2::text, $3::text, $4::bytea, $5::bytea
  where (select count(*) from journey_secrets where superseded_at is null) < $6::int
  returning true as "isSaved"`,
  columns: { isSaved: 'bool' },
});
