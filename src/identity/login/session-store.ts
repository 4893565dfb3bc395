import { hash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { ABSOLUTE_HOURS } from './session-source.ts';

/** A new session. `token` is the value of its cookie, which is not stored. */
export type CreatedSession = { token: string };

/** A session's cookie is `<id>.<secret>`. The id finds the session; its hash is that of the whole value. */
export function readSessionToken(token: string): { id: string; hash: Buffer } | null {
  const [, id] = /^([\w-]{16})\.[\w-]{43}$/.exec(token) ?? [];
  return id === undefined ? null : { id, hash: hash('sha256', token, 'buffer') };
}

/** Starts a session of a principal. With `apiKeyId`, it ends when that key does. */
export async function createSession(
  pool: pg.Pool,
  { principalId, apiKeyId = null }: { principalId: string; apiKeyId?: string | null },
): Promise<CreatedSession> {
  const id = randomBytes(12).toString('base64url');
  const token = `${id}.${randomBytes(32).toString('base64url')}`;
  await pool.query(DELETE_OLD);
  await pool.query(INSERT, [id, hash('sha256', token, 'buffer'), principalId, apiKeyId]);
  return { token };
}

/** Ends a session, or all sessions of its principal. */
export async function endSession(pool: pg.Pool, id: string, isEverywhere: boolean): Promise<void> {
  await pool.query(isEverywhere ? END_ALL : END, [id]);
}

const INSERT = `insert into journey_sessions (id, hash, principal_id, api_key_id, expires_at)
  values ($1, $2, $3, $4, now() + interval '${ABSOLUTE_HOURS} hours')`;

const END = 'update journey_sessions set ended_at = now() where id = $1 and ended_at is null';

const END_ALL = `update journey_sessions set ended_at = now()
  where principal_id = (select principal_id from journey_sessions where id = $1) and ended_at is null`;

const DELETE_OLD = `delete from journey_sessions where expires_at < now() - interval '7 days'`;
