import type pg from 'pg';
import type { OidcSettings } from '../../config/issuer-config.ts';
import { rowsOf, statement } from '../../postgres/statement.ts';
import { isPrincipalId } from '../keys/principals.ts';
import { type Claims, nameIn, principalIdOf, rightsIn } from './claims.ts';

/**
 * Stores the principal of a person who has signed in, with the rights that the claims give now. Returns null if the
 * claims give no rights, or the principal is disabled.
 */
export async function storePerson(
  pool: pg.Pool,
  settings: OidcSettings,
  claims: Claims & { iss: string; sub: string },
): Promise<{ principalId: string; name: string } | null> {
  const principalId = principalIdOf(claims.iss, claims.sub);
  const { grants, channels } = rightsIn(claims, settings);
  if (grants.length === 0 || !isPrincipalId(principalId)) return null;
  const name = nameIn(claims);
  const values = [principalId, name, grants, channels === null, channels ?? []];
  const [stored] = await rowsOf(pool, STORE, values);
  return stored!.isDisabled ? null : { principalId, name };
}

const STORE = statement({
  text: `
    insert into journey_principals (id, name, kind, grants, all_channels, channels)
    values ($1, $2, 'PERSON', $3::text[], $4, $5::text[])
    on conflict (id) do update set name = excluded.name, grants = excluded.grants,
      all_channels = excluded.all_channels, channels = excluded.channels
    returning disabled_at is not null as "isDisabled"`,
  columns: { isDisabled: 'bool' },
});
