import { timingSafeEqual } from 'node:crypto';
import { ServiceError } from '../../errors.ts';
import { readApiKey } from '../keys/api-key.ts';
import type { CredentialCache } from './credential-cache.ts';
import type { Login } from './login.ts';

/**
 * The login by an API key. The error is the same for unknown, expired and revoked keys.
 * @throws ServiceError UNAUTHENTICATED
 */
export async function loginByApiKey(
  keys: CredentialCache,
  environment: string,
  text: string,
): Promise<Login> {
  const given = readApiKey(text);
  if (!given)
    throw new ServiceError(
      'UNAUTHENTICATED',
      'The API key is malformed. Check that it was copied as a whole.',
    );
  if (given.environment !== environment)
    throw new ServiceError(
      'UNAUTHENTICATED',
      `The API key is for the environment ${given.environment}, and this service is ${environment}. Use a key of this environment.`,
    );
  const stored = await keys.find(given.id);
  if (!stored || !timingSafeEqual(stored.credential.hash, given.hash))
    throw new ServiceError(
      'UNAUTHENTICATED',
      'The API key is not valid: it is unknown, expired or revoked. Use another key.',
    );
  return stored;
}
