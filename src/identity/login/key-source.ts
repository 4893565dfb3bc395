import type pg from 'pg';
import { rowsOf, statement } from '../../postgres/statement.ts';
import type { Principal } from '../principal.ts';
import { permissionsOf } from '../role.ts';
import type { Credential, CredentialSource } from './credential-cache.ts';

/** Reads API keys that are valid now, with their principals. */
export function createKeySource(pool: pg.Pool): CredentialSource {
  return {
    read: async (ids) => (await rowsOf(pool, VALID_KEYS, [ids])).map(credentialOf),
    markUsed: (ids) => pool.query({ name: 'mark-api-keys', text: MARK, values: [ids] }),
  };
}

/** Whether the database has any principal, disabled ones included. */
export async function hasPrincipals(pool: pg.Pool): Promise<boolean> {
  return (await rowsOf(pool, ANY_PRINCIPAL))[0]!.any;
}

type StoredKey = {
  id: string;
  hash: Buffer;
  expiresAt: Date | null;
  principalId: string;
  name: string;
  grants: string[];
  channels: string[] | null;
};

export function credentialOf({
  id,
  hash,
  expiresAt,
  principalId,
  name,
  grants,
  channels,
}: StoredKey): Credential {
  const principal: Principal = {
    id: principalId,
    name,
    permissions: permissionsOf(grants),
    channels: channels && new Set(channels),
    scope: null,
  };
  return { id, hash, principal, expiresAt };
}

/** The columns of a credential's principal, which has the alias p. */
export const PRINCIPAL_OF_CREDENTIAL = `p.id as "principalId", p.name, p.grants,
  case when not p.all_channels then p.channels end as channels`;

export const CREDENTIAL_COLUMNS = {
  id: 'text',
  hash: 'bytea',
  expiresAt: 'timestamptz?',
  principalId: 'text',
  name: 'text',
  grants: 'text[]',
  channels: 'text[]?',
} as const;

const VALID_KEYS = statement({
  name: 'valid-api-keys',
  text: `
    select k.id, k.hash, k.expires_at as "expiresAt", ${PRINCIPAL_OF_CREDENTIAL}
    from journey_api_keys k join journey_principals p on p.id = k.principal_id
    where k.id = any($1::text[]) and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())
      and p.disabled_at is null`,
  columns: CREDENTIAL_COLUMNS,
});

const ANY_PRINCIPAL = statement({
  name: 'any-principal',
  text: 'select exists (select from journey_principals) as any',
  columns: { any: 'bool' },
});

/** Several processes may use a key. The condition limits all of them to one write a minute. */
const MARK = `update journey_api_keys set last_used_at = now()
  where id = any($1::text[]) and (last_used_at is null or last_used_at < now() - interval '1 minute')`;
