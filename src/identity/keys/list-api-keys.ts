import type pg from 'pg';
import { rowsOf, statement } from '../../postgres/statement.ts';

/** Lists the API keys, one per line: principals by name, and the keys of each from the newest. */
export async function listApiKeys(pool: pg.Pool): Promise<string[]> {
  const keys = await rowsOf(pool, KEYS);
  if (keys.length === 0) return ['There are no API keys.'];
  return keys.map(({ id, environment, name, principalId, grants, state, lastUsedAt }) => {
    const used = lastUsedAt ? `used ${lastUsedAt.toISOString()}` : 'never used';
    return `${id}  ${environment}  ${state}  ${used}  ${name} (${principalId}: ${grants.join(', ')})`;
  });
}

const KEYS = statement({
  text: `
    select k.id, k.environment, p.name, p.id as "principalId", p.grants, k.last_used_at as "lastUsedAt",
      case
        when p.disabled_at is not null then 'principal disabled'
        when k.revoked_at is not null then 'revoked'
        when k.expires_at <= now() then 'expired'
        else 'valid'
      end as state
    from journey_api_keys k join journey_principals p on p.id = k.principal_id
    order by p.name, p.id, k.created_at desc`,
  columns: {
    id: 'text',
    environment: 'text',
    name: 'text',
    principalId: 'text',
    grants: 'text[]',
    lastUsedAt: 'timestamptz?',
    state: 'text',
  },
});
