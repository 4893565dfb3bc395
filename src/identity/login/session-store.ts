import { hash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { rowsOf, statement } from '../../postgres/statement.ts';
import { ABSOLUTE_HOURS } from './session-source.ts';

/** A new session. `token` is the value of its cookie, which is not stored. */
export type CreatedSession = { token: string };

/** A session's cookie is `<id>.<secret>`. The id finds the session; its hash is that of the whole value. */
export function readSessionToken(token: string): { id: string; hash: Buffer } | null {
  const [, id] = /^([\w-]{16})\.[\w-]{43}$/.exec(token) ?? [];
  return id === undefined ? null : { id, hash: hash('sha256', token, 'buffer') };
}

export type SessionOwner = {
  principalId: string;
  /** The key with which the session ends. */
  apiKeyId?: string | null;
  /** The ID token by which the identity provider recognizes its own session at the sign-out. */
  idToken?: string | null;
};

/** Starts a session of a principal. */
export async function createSession(
  pool: pg.Pool,
  { principalId, apiKeyId = null, idToken = null }: SessionOwner,
): Promise<CreatedSession> {
  const id = randomBytes(12).toString('base64url');
  const token = `${id}.${randomBytes(32).toString('base64url')}`;
  await pool.query(DELETE_OLD);
  await pool.query(INSERT, [id, hash('sha256', token, 'buffer'), principalId, apiKeyId, idToken]);
  return { token };
}

/** Ends a session, or all sessions of its principal. Returns the ID token of the session; null if it has none. */
export async function endSession(pool: pg.Pool, id: string, isEverywhere: boolean): Promise<string | null> {
  return (await rowsOf(pool, END, [id, isEverywhere]))[0]?.idToken ?? null;
}

const INSERT = `insert into journey_sessions (id, hash, principal_id, api_key_id, id_token, expires_at)
  values ($1, $2, $3, $4, $5, now() + interval '${ABSOLUTE_HOURS} hours')`;

const END = statement({
  text: `
    with own as (select id, principal_id, id_token from journey_sessions where id = $1), ended as (
      update journey_sessions s set ended_at = now(), id_token = null from own
      where (s.id = own.id or ($2::bool and s.principal_id = own.principal_id)) and s.ended_at is null
    )
    select id_token as "idToken" from own`,
  columns: { idToken: 'text?' },
});

const DELETE_OLD = `delete from journey_sessions where expires_at < now() - interval '7 days'`;
