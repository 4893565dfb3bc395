import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { ServiceError } from '../../errors.ts';
import { isOwnPage } from '../../http/origins.ts';
import type { CredentialCache } from './credential-cache.ts';
import type { Login } from './login.ts';
import { readSessionToken } from './session-store.ts';

/**
 * The login by a session's cookie. Browsers send cookies with requests of any page, so only requests that come from a
 * page of this service count.
 * @throws ServiceError UNAUTHENTICATED
 */
export async function loginBySession(
  sessions: CredentialCache,
  headers: IncomingHttpHeaders,
  cookie: string,
): Promise<Login> {
  if (!isOwnPage({ headers }))
    throw new ServiceError(
      'UNAUTHENTICATED',
      'A session is valid for pages of this service only. Other clients send an Authorization header.',
    );
  const given = readSessionToken(cookie);
  const stored = given && (await sessions.find(given.id));
  if (!stored || !timingSafeEqual(stored.credential.hash, given.hash))
    throw new ServiceError('UNAUTHENTICATED', 'The session has ended. Sign in again.');
  return stored;
}
