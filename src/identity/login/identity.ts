import type { IncomingHttpHeaders } from 'node:http';
import type pg from 'pg';
import { type Repeated, repeatedly } from '../../async/repeatedly.ts';
import type { Config } from '../../config.ts';
import { ServiceError, StartupError } from '../../errors.ts';
import { isLoopback } from '../../http/loopback.ts';
import type { Logger } from '../../logger.ts';
import { looksLikeApiKey } from '../keys/api-key.ts';
import { OPEN_PRINCIPAL } from '../principal.ts';
import { loginByApiKey } from './api-key-login.ts';
import { CredentialCache } from './credential-cache.ts';
import { createKeySource, hasPrincipals } from './key-source.ts';
import { type Login, LoginEnd } from './login.ts';

/** Identifies the clients of this process. */
export type Identity = {
  /**
   * Whether every client may do everything. The service is open only while it listens on a loopback address and the
   * database has no principal.
   */
  isOpen(): boolean;
  /** @throws ServiceError UNAUTHENTICATED that names the fix */
  authenticate(headers: IncomingHttpHeaders): Promise<Login>;
  stop(): Promise<void>;
};

/** Credentials and the first principal take effect everywhere within this time and the time of a query. */
const REFRESH_MS = 2_000;

export async function startIdentity(
  { host, environment }: Pick<Config, 'host' | 'environment'>,
  pool: pg.Pool,
  logger: Logger,
): Promise<Identity> {
  const keys = new CredentialCache(createKeySource(pool));
  const openEnd = new LoginEnd();
  const open: Login = { principal: OPEN_PRINCIPAL, onEnd: (listener) => openEnd.add(listener) };
  let isOpen = isLoopback(host) && !(await hasPrincipals(pool));

  const refreshing: Repeated = repeatedly(
    { what: 'reading principals and API keys', logger, afterFailureMs: REFRESH_MS },
    async () => {
      if (isOpen && (await hasPrincipals(pool))) {
        isOpen = false;
        logger.info('the database has a principal now; clients must authenticate from here on');
        openEnd.happened();
      }
      await keys.refresh();
      return REFRESH_MS;
    },
  );

  return {
    isOpen: () => isOpen,
    async authenticate({ authorization }) {
      if (isOpen) return open;
      const token = bearerTokenOf(authorization);
      if (looksLikeApiKey(token)) return loginByApiKey(keys, environment, token);
      throw new ServiceError(
        'UNAUTHENTICATED',
        'The bearer token is not an API key. An API key begins with jrk_.',
      );
    },
    stop: refreshing.stop,
  };
}

/** @throws StartupError if the service would be open on an address that other machines can reach */
export async function checkIdentity({ host }: Pick<Config, 'host'>, pool: pg.Pool): Promise<void> {
  if (isLoopback(host) || (await hasPrincipals(pool))) return;
  throw new StartupError(
    `HOST is ${host}, which other machines can reach, and nobody could sign in: create the first API key with \`npm run key -- create --name admin --role ADMIN\`, or set HOST to 127.0.0.1.`,
  );
}

function bearerTokenOf(authorization: string | undefined): string {
  if (authorization === undefined)
    throw new ServiceError(
      'UNAUTHENTICATED',
      'This service requires an API key: send it as "Authorization: Bearer jrk_…".',
    );
  const [, token] = /^Bearer +(\S+) *$/i.exec(authorization) ?? [];
  if (token === undefined)
    throw new ServiceError('UNAUTHENTICATED', 'Send the API key as "Authorization: Bearer jrk_…".');
  return token;
}
