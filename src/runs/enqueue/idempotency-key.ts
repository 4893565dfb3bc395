import type { UserError } from '../../errors.ts';
import { text } from '../../input-errors.ts';

/** A key under which something can have been stored. */
export const idempotencyKey = text(255);

/** Of a caller's key whose request was another one. */
export function keyTaken(key: string): UserError {
  const message = `Another request was sent under the key "${key}". Use a new key for a new request.`;
  return { code: 'IDEMPOTENCY_CONFLICT', message, path: ['idempotencyKey'] };
}
