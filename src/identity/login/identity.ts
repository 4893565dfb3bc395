import type { IncomingHttpHeaders } from 'node:http';
import type pg from 'pg';
import { type Repeated, repeatedly } from '../../async/repeatedly.ts';
import { commandLine } from '../../command-line.ts';
import type { Config } from '../../config/config.ts';
import { ServiceError, StartupError } from '../../errors.ts';
import { isLoopback } from '../../http/loopback.ts';
import type { Logger } from '../../logger.ts';
import { looksLikeApiKey } from '../keys/api-key.ts';
import { OPEN_PRINCIPAL } from '../principal.ts';
import { loginByApiKey } from './api-key-login.ts';
import { CredentialCache } from './credential-cache.ts';
import { JwtLogins } from './jwt-login.ts';
import { createKeySource, hasPrincipals } from './key-source.ts';
import { type Login, LoginEnd, MissingCredentialError } from './login.ts';
import { createRunTokens, looksLikeRunToken, type RunTokens } from './run-token.ts';
import { cookieIn, sessionCookie } from './session-cookie.ts';
import { loginBySession } from './session-login.ts';
import { createSessionSource } from './session-source.ts';

/** Identifies the clients of this process. */
export type Identity = {
  /**
   * Whether every client may do everything. The service is open only while it listens on a loopback address, no
   * issuer or provider is configured and the database has no principal.
   */
  isOpen(): boolean;
  /** @throws ServiceError UNAUTHENTICATED that names the fix */
  authenticate(headers: IncomingHttpHeaders): Promise<Login>;
  /** Reads the known credentials again, so that those that have ended end here at once. */
  refresh(): Promise<void>;
  /** Creates a token that reads one run or group. */
  mintRunToken: RunTokens['mint'];
  stop(): Promise<void>;
};

/** Credentials and the first principal take effect everywhere within this time and the time of a query. */
const REFRESH_MS = 2_000;

export async function startIdentity(
  { host, environment, jwtIssuers, oidc }: Pick<Config, 'host' | 'environment' | 'jwtIssuers' | 'oidc'>,
  pool: pg.Pool,
  logger: Logger,
): Promise<Identity> {
  const jwts = new JwtLogins(jwtIssuers, logger);
  const keys = new CredentialCache(createKeySource(pool));
  const sessions = new CredentialCache(createSessionSource(pool));
  const runTokens = createRunTokens(pool);
  const openEnd = new LoginEnd();
  const open: Login = {
    principal: OPEN_PRINCIPAL,
    expiresAt: null,
    onEnd: (listener) => openEnd.add(listener),
  };
  let isOpen = jwtIssuers.length === 0 && oidc === null && isLoopback(host) && !(await hasPrincipals(pool));

  const refresh = async () => {
    await Promise.all([keys.refresh(), sessions.refresh()]);
  };
  const refreshing: Repeated = repeatedly(
    { what: 'reading principals and API keys', logger, afterFailureMs: REFRESH_MS },
    async () => {
      if (isOpen && (await hasPrincipals(pool))) {
        isOpen = false;
        logger.info('the database has a principal now; clients must authenticate from here on');
        openEnd.happened();
      }
      await refresh();
      return REFRESH_MS;
    },
  );

  return {
    isOpen: () => isOpen,
    refresh,
    mintRunToken: runTokens.mint,
    async authenticate(headers) {
      if (isOpen) return open;
      const { authorization } = headers;
      const session = authorization === undefined ? cookieIn(headers, sessionCookie(headers)) : null;
      if (session !== null) return loginBySession(sessions, headers, session);
      const token = bearerTokenOf(authorization);
      if (looksLikeApiKey(token)) return loginByApiKey(keys, environment, token);
      return looksLikeRunToken(token) ? runTokens.login(token) : jwts.login(token);
    },
    async stop() {
      jwts.stop();
      await refreshing.stop();
    },
  };
}

/** @throws StartupError if the service would be open on an address that other machines can reach */
export async function checkIdentity(
  { host, jwtIssuers, oidc }: Pick<Config, 'host' | 'jwtIssuers' | 'oidc'>,
  pool: pg.Pool,
): Promise<void> {
  if (isLoopback(host) || jwtIssuers.length > 0 || oidc || (await hasPrincipals(pool))) return;
  throw new StartupError(
    `HOST is ${host}, which other machines can reach, and nobody could sign in: create the first API key with \`${commandLine('key create --name admin --role ADMIN')}\`, set JOURNEY_RUNTIME_JWT_ISSUERS, or set HOST to 127.0.0.1.`,
  );
}

function bearerTokenOf(authorization: string | undefined): string {
  if (authorization === undefined) throw new MissingCredentialError();
  const [, token] = /^Bearer +(\S+) *$/i.exec(authorization) ?? [];
  if (token === undefined)
    throw new ServiceError('UNAUTHENTICATED', 'Send the API key or the token as "Authorization: Bearer …".');
  return token;
}
