import type pg from 'pg';
import type { SecretKey } from '../config/config-values.ts';
import { decryptSecret, type EncryptedSecret } from './encryption.ts';
import { currentSecrets, secretVersions } from './read-secrets.ts';

/** The stored secrets, for the process that makes calls with their values. */
export type SecretStore = {
  /** The current versions of these secrets, without those that are not stored. */
  current(names: readonly string[]): Promise<EncryptedSecret[]>;
  /** These versions, without those that were deleted. */
  versions(ids: readonly string[]): Promise<EncryptedSecret[]>;
  /** @throws UnreadableSecretError */
  decrypt(secret: EncryptedSecret): string;
};

export const createSecretStore = (pool: pg.Pool, keys: readonly SecretKey[]): SecretStore => ({
  current: (names) => currentSecrets(pool, names),
  versions: (ids) => secretVersions(pool, ids),
  decrypt: (secret) => decryptSecret(secret, keys),
});
