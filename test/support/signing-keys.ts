import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** An ed25519 key in the spellings of Standard Webhooks, and the key with which a host verifies. */
export function signingKeys(): { privateKey: string; publicKey: string; verifier: KeyObject } {
  const { d, x } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const [own, shared] = [d!, x!].map((part) => Buffer.from(part, 'base64url'));
  return {
    privateKey: `whsk_${Buffer.concat([own!, shared!]).toString('base64')}`,
    publicKey: `whpk_${shared!.toString('base64')}`,
    verifier: createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: x! }, format: 'jwk' }),
  };
}
