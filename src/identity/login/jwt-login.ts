import { hash } from 'node:crypto';
import { decodeJwt, errors, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import type { JwtIssuer } from '../../config/issuer-config.ts';
import { ServiceError } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import { databaseNow } from '../../postgres/clock.ts';
import { isPrincipalId } from '../keys/principals.ts';
import type { Principal } from '../principal.ts';
import { permissionsOf } from '../role.ts';
import { nameIn, principalIdOf, rightsIn } from './claims.ts';
import { createIssuerKeys, type IssuerKeys } from './issuer-keys.ts';
import { type Login, timedLogin } from './login.ts';

/** The signature algorithms of tokens: asymmetric ones only, so that no issuer's public key can sign. */
const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];
/** The difference of clocks that is allowed for. Subscriptions end at `exp` itself. */
const SKEW_MS = 30_000;
const LIFETIME_AT_MOST_MS = 24 * 3_600_000;
/** A verified token is not verified again for this long. */
const REMEMBERED_MS = 60_000;
const REMEMBERED_AT_MOST = 2_000;

type Verified = { principal: Principal; expiresAt: Date };

/** Verifies the tokens of the configured issuers. */
export class JwtLogins {
  readonly #issuers: ReadonlyMap<string, JwtIssuer & { keys: IssuerKeys }>;
  readonly #verified = new LRUCache<string, Verified>({ max: REMEMBERED_AT_MOST, ttl: REMEMBERED_MS });

  constructor(issuers: readonly JwtIssuer[], logger: Logger) {
    const known = issuers.map(
      (one) => [one.issuer, { ...one, keys: createIssuerKeys(one.jwksUrl, logger) }] as const,
    );
    this.#issuers = new Map(known);
  }

  /** @throws ServiceError UNAUTHENTICATED; UNAVAILABLE if the keys of the issuer cannot be read */
  async login(token: string): Promise<Login> {
    const id = hash('sha256', token, 'base64');
    const known = this.#verified.get(id);
    if (known && known.expiresAt.getTime() + SKEW_MS > databaseNow())
      return timedLogin(known.principal, known.expiresAt);
    const verified = await this.#verify(token);
    this.#verified.set(id, verified);
    return timedLogin(verified.principal, verified.expiresAt);
  }

  stop(): void {
    for (const { keys } of this.#issuers.values()) keys.stop();
  }

  async #verify(token: string): Promise<Verified> {
    const issuer = this.#issuers.get(issuerOf(token));
    if (!issuer) throw unauthenticated('The issuer of the token is not known to this service.');
    const now = databaseNow();
    const { payload } = await jwtVerify(token, issuer.keys.find, {
      issuer: issuer.issuer,
      audience: issuer.audience,
      typ: issuer.typ,
      algorithms: ALGORITHMS,
      clockTolerance: SKEW_MS / 1_000,
      currentDate: new Date(now),
      requiredClaims: ['sub', 'exp'],
    }).catch((error) => {
      throw rejectionOf(error);
    });
    const expiresAt = new Date(payload.exp! * 1_000);
    if (expiresAt.getTime() - now > LIFETIME_AT_MOST_MS)
      throw unauthenticated('The token is valid for more than 24 hours. Use one with a shorter life.');
    const id = principalIdOf(issuer.issuer, payload.sub!);
    if (typeof payload.sub !== 'string' || !isPrincipalId(id))
      throw unauthenticated('The claim sub of the token must be printable ASCII.');
    const { grants, channels } = rightsIn(payload, issuer);
    const principal: Principal = {
      id,
      name: nameIn(payload),
      permissions: permissionsOf(grants),
      channels: channels && new Set(channels),
      scope: null,
    };
    return { principal, expiresAt };
  }
}

/** The claim iss, before the signature is verified. */
function issuerOf(token: string): string {
  try {
    return String(decodeJwt(token).iss);
  } catch {
    throw unauthenticated(
      'The bearer token is neither an API key nor a JSON Web Token: send an API key, which begins with jrk_, or a token of an issuer that this service knows.',
    );
  }
}

function rejectionOf(error: unknown): ServiceError {
  if (error instanceof errors.JWTExpired)
    return unauthenticated('The token has expired. Get a new one from its issuer.');
  if (error instanceof errors.JWTClaimValidationFailed)
    return unauthenticated(`The token's ${error.claim} is missing or not the one that this service accepts.`);
  if (error instanceof errors.JOSEError && !UNREADABLE_KEYS.has(error.code))
    return unauthenticated('The token is not valid: its form, its algorithm or its signature is wrong.');
  return new ServiceError('UNAVAILABLE', "The keys of the token's issuer cannot be read. Try again.", {
    cause: error,
  });
}

const UNREADABLE_KEYS = new Set(['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID']);

const unauthenticated = (message: string) => new ServiceError('UNAUTHENTICATED', message);
