import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** The key of a Standard Webhooks secret, by the version of the signatures that it makes. */
export type SigningKey = { version: 'v1'; secret: Buffer } | { version: 'v1a'; privateKey: KeyObject };

/**
 * Reads a secret: `whsec_` and 24 to 64 bytes in base64, or `whsk_` and an ed25519 private key followed by its public
 * key in base64. null for another text.
 */
export function signingKeyOf(text: string): SigningKey | null {
  const isPrivateKey = text.startsWith('whsk_');
  const encoded = text.replace(/^(whsec|whsk)_/, '');
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.toString('base64') !== encoded) return null;
  if (!isPrivateKey)
    return bytes.length >= 24 && bytes.length <= 64 ? { version: 'v1', secret: bytes } : null;
  if (bytes.length !== 64) return null;
  const [d, x] = [bytes.subarray(0, 32), bytes.subarray(32)].map((part) => part.toString('base64url'));
  const privateKey = createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', d, x }, format: 'jwk' });
  // Node derives the public key from the private one, so this shows whether the two belong together.
  return createPublicKey(privateKey).export({ format: 'jwk' }).x === x
    ? { version: 'v1a', privateKey }
    : null;
}
