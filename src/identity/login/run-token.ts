import { randomBytes } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import type pg from 'pg';
import { ServiceError } from '../../errors.ts';
import { databaseNow } from '../../postgres/clock.ts';
import { rowsOf, statement } from '../../postgres/statement.ts';
import type { Principal, Scope } from '../principal.ts';
import { type Login, timedLogin } from './login.ts';

/**
 * Tokens for pages of shops: each reads the status and the events of one run, or of the runs of one group, and nothing
 * else. They are signed with a key of this database's own, so that all processes accept them.
 */
export type RunTokens = {
  mint(scope: Scope, seconds: number): Promise<{ token: string; expiresAt: Date }>;
  /** @throws ServiceError UNAUTHENTICATED */
  login(token: string): Promise<Login>;
};

const TYPE = 'journey-run+jwt';
const ALGORITHM = 'HS256';

export function createRunTokens(pool: pg.Pool): RunTokens {
  let key: Promise<Buffer> | null = null;
  /** The key is read once, and made if there is none. */
  const signingKey = () => {
    key ??= readKey(pool).catch((error) => {
      key = null;
      throw error;
    });
    return key;
  };

  return {
    async mint(scope, seconds) {
      const now = Math.floor(databaseNow() / 1_000);
      const expiresAt = now + seconds;
      const token = await new SignJWT({ ...scope })
        .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
        .setIssuedAt(now)
        .setExpirationTime(expiresAt)
        .sign(await signingKey());
      return { token, expiresAt: new Date(expiresAt * 1_000) };
    },

    async login(token) {
      const secret = await signingKey();
      const options = {
        typ: TYPE,
        algorithms: [ALGORITHM],
        requiredClaims: ['exp'],
        currentDate: new Date(databaseNow()),
      };
      const { payload } = await jwtVerify(token, secret, options).catch((error) => {
        throw new ServiceError(
          'UNAUTHENTICATED',
          error instanceof errors.JWTExpired
            ? 'The token has expired. Get a new one from the shop.'
            : 'The token is not valid. Get a new one from the shop.',
        );
      });
      const { runId, groupId } = payload as { runId?: string; groupId?: string };
      const scope: Scope = runId ? { runId } : { groupId: groupId! };
      return timedLogin(principalOf(scope), new Date(payload.exp! * 1_000));
    },
  };
}

/** Whether a token says that it is one of these. Its signature is not verified yet. */
export function looksLikeRunToken(token: string): boolean {
  try {
    return JSON.parse(Buffer.from(token.split('.', 1)[0]!, 'base64url').toString()).typ === TYPE;
  } catch {
    return false;
  }
}

/** The principal of all tokens of one run or group. */
function principalOf(scope: Scope): Principal {
  const id = 'runId' in scope ? `run:${scope.runId}` : `group:${scope.groupId}`;
  return { id, name: id, permissions: new Set(['READ_RUNS']), channels: null, scope };
}

async function readKey(pool: pg.Pool): Promise<Buffer> {
  await pool.query(INSERT, [randomBytes(32)]);
  return (await rowsOf(pool, SELECT))[0]!.secret;
}

const INSERT = `insert into journey_signing_keys (id, secret) values ('run-tokens', $1) on conflict do nothing`;

const SELECT = statement({
  text: `select secret from journey_signing_keys where id = 'run-tokens'`,
  columns: { secret: 'bytea' },
});
