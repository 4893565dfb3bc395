import { hash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * An API key is `jrk_<environment>_<id>_<secret><checksum>`. The id is public and finds the stored key; the secret has
 * 256 random bits; the checksum lets the service and secret scanners recognize a mistyped key without a look-up. All
 * parts are base62, so that a double click selects the whole key.
 */
export type ApiKeyParts = {
  environment: string;
  id: string;
  /** SHA-256 of the whole key. The key itself is never stored. */
  hash: Buffer;
};

/** Makes a new key. `text` is shown once. */
export function newApiKey(environment: string): ApiKeyParts & { text: string } {
  const id = base62(randomBytes(ID_BYTES), ID_LENGTH);
  const unchecked = `jrk_${environment}_${id}_${base62(randomBytes(SECRET_BYTES), SECRET_LENGTH)}`;
  const text = `${unchecked}${checksumOf(unchecked)}`;
  return { environment, id, hash: hashOf(text), text };
}

/** The parts of a well-formed key with a correct checksum; null for any other text. */
export function readApiKey(text: string): ApiKeyParts | null {
  const [, environment, id] = KEY.exec(text) ?? [];
  if (environment === undefined || id === undefined) return null;
  const at = text.length - CHECKSUM_LENGTH;
  if (text.slice(at) !== checksumOf(text.slice(0, at))) return null;
  return { environment, id, hash: hashOf(text) };
}

/** Whether a credential is meant as an API key, well-formed or not. */
export const looksLikeApiKey = (text: string): boolean => text.startsWith('jrk_');

export const isApiKeyId = (text: string): boolean => /^[0-9A-Za-z]{17}$/.test(text);

const ID_BYTES = 12;
const ID_LENGTH = 17;
const SECRET_BYTES = 32;
const SECRET_LENGTH = 43;
const CHECKSUM_LENGTH = 6;
const KEY = /^jrk_([a-z0-9]{1,16})_([0-9A-Za-z]{17})_[0-9A-Za-z]{49}$/;

const hashOf = (text: string): Buffer => hash('sha256', text, 'buffer');

function checksumOf(text: string): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(text));
  return base62(bytes, CHECKSUM_LENGTH);
}

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The bytes as a number in base 62, with leading zeros up to the length. */
function base62(bytes: Buffer, length: number): string {
  let rest = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  while (rest > 0n) {
    text = DIGITS[Number(rest % 62n)]! + text;
    rest /= 62n;
  }
  return text.padStart(length, '0');
}
