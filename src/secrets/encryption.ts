import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SecretKey } from '../config/config-values.ts';

/** A version of a secret as it is stored. */
export type EncryptedSecret = {
  id: string;
  name: string;
  /** The id of the key that wraps the data key. */
  keyId: string;
  /** The data key, encrypted. */
  wrappedKey: Buffer;
  /** The value, encrypted with the data key. */
  encrypted: Buffer;
};

/** A secret cannot be decrypted. The message is a sentence with the fix. */
export class UnreadableSecretError extends Error {}

/**
 * Encrypts a value with a data key of its own, and that key with `key`. Both are bound to the version's id and name,
 * so that rows of the database cannot be exchanged.
 */
export function encryptSecret({ id, name }: Version, value: string, key: SecretKey): EncryptedSecret {
  const dataKey = randomBytes(KEY_BYTES);
  return {
    id,
    name,
    keyId: key.id,
    wrappedKey: encrypt(dataKey, key.bytes, `key of ${id} ${name}`),
    encrypted: encrypt(Buffer.from(value), dataKey, `${id} ${name}`),
  };
}

/** @throws UnreadableSecretError */
export function decryptSecret(secret: EncryptedSecret, keys: readonly SecretKey[]): string {
  const dataKey = unwrap(secret, keys);
  return readable(secret, () => decrypt(secret.encrypted, dataKey, `${secret.id} ${secret.name}`).toString());
}

/** The same secret with its data key wrapped by `key`. @throws UnreadableSecretError */
export function rewrapSecret(
  secret: EncryptedSecret,
  keys: readonly SecretKey[],
  key: SecretKey,
): EncryptedSecret {
  const wrappedKey = encrypt(unwrap(secret, keys), key.bytes, `key of ${secret.id} ${secret.name}`);
  return { ...secret, keyId: key.id, wrappedKey };
}

type Version = Pick<EncryptedSecret, 'id' | 'name'>;

function unwrap(secret: EncryptedSecret, keys: readonly SecretKey[]): Buffer {
  const key = keys.find(({ id }) => id === secret.keyId);
  if (!key) {
    throw new UnreadableSecretError(
      `The secret ${secret.name} is encrypted with the key ${secret.keyId}, which is missing. Add it to JOURNEY_RUNTIME_SECRET_KEYS, and restart.`,
    );
  }
  return readable(secret, () => decrypt(secret.wrappedKey, key.bytes, `key of ${secret.id} ${secret.name}`));
}

function readable<T>({ name, keyId }: EncryptedSecret, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new UnreadableSecretError(
      `The secret ${name} cannot be decrypted with the key ${keyId}. Set that key in JOURNEY_RUNTIME_SECRET_KEYS as it was when the secret was saved, or save the secret again.`,
      { cause },
    );
  }
}

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Nonce, ciphertext and tag. */
function encrypt(text: Buffer, key: Buffer, boundTo: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(boundTo));
  return Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(stored: Buffer, key: Buffer, boundTo: string): Buffer {
  const nonce = stored.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(boundTo));
  decipher.setAuthTag(stored.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(stored.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
}
