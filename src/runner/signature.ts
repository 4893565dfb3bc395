import { createHmac, sign } from 'node:crypto';
import { type SigningKey, signingKeyOf } from '../config/signing-secret.ts';

/** Returns the Webhook-Signature of a request; `timestamp` is in seconds. */
export type SignRequest = (id: string, timestamp: number, body: string) => string;

/**
 * Signs as Standard Webhooks specifies, with each of the secrets, so that a host may verify with any of them.
 * @throws Error when one of them is no secret; the message does not quote it
 */
export function createSigner(secrets: readonly string[]): SignRequest {
  const keys = secrets.map((secret) => {
    const key = signingKeyOf(secret);
    if (!key) throw new Error('a signing secret has another form than Standard Webhooks requires');
    return key;
  });
  return (id, timestamp, body) => {
    const signed = Buffer.from(`${id}.${timestamp}.${body}`);
    return keys.map((key) => `${key.version},${signatureOf(signed, key).toString('base64')}`).join(' ');
  };
}

const signatureOf = (signed: Buffer, key: SigningKey): Buffer =>
  key.version === 'v1'
    ? createHmac('sha256', key.secret).update(signed).digest()
    : sign(null, signed, key.privateKey);
