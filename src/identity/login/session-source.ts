import type pg from 'pg';
import { rowsOf, statement } from '../../postgres/statement.ts';
import type { CredentialSource } from './credential-cache.ts';
import { CREDENTIAL_COLUMNS, credentialOf, PRINCIPAL_OF_CREDENTIAL } from './key-source.ts';

/** A session ends after this time without a request, and in any case after ABSOLUTE_HOURS. */
const IDLE_HOURS = 1;
export const ABSOLUTE_HOURS = 12;

/** Reads the sessions that are valid now, with their principals. A session by API key ends with its key. */
export function createSessionSource(pool: pg.Pool): CredentialSource {
  return {
    read: async (ids) => (await rowsOf(pool, VALID_SESSIONS, [ids])).map(credentialOf),
    markUsed: (ids) => pool.query({ name: 'mark-sessions', text: MARK, values: [ids] }),
  };
}

const VALID_SESSIONS = statement({
  name: 'valid-sessions',
  text: `
    select s.id, s.hash, least(s.expires_at, s.last_used_at + interval '${IDLE_HOURS} hours') as "expiresAt",
      ${PRINCIPAL_OF_CREDENTIAL}
    from journey_sessions s join journey_principals p on p.id = s.principal_id
      left join journey_api_keys k on k.id = s.api_key_id
    where s.id = any($1::text[]) and s.ended_at is null and s.expires_at > now()
      and s.last_used_at > now() - interval '${IDLE_HOURS} hours' and p.disabled_at is null
      and (s.api_key_id is null or (k.revoked_at is null and (k.expires_at is null or k.expires_at > now())))`,
  columns: CREDENTIAL_COLUMNS,
});

const MARK = `update journey_sessions set last_used_at = now()
  where id = any($1::text[]) and last_used_at < now() - interval '1 minute'`;
