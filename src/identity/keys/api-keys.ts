import type pg from 'pg';
import { invalid, ok, type Result, shownId, type UserError } from '../../errors.ts';
import { rowsOf, statement } from '../../postgres/statement.ts';
import { inTransaction } from '../../postgres/transaction.ts';
import type { Principal } from '../principal.ts';
import { isApiKeyId, newApiKey } from './api-key.ts';
import { excessErrors } from './excess.ts';
import { LAST_ADMIN_KEY, lockAdmins } from './last-admin.ts';
import { isPrincipalId, unknownPrincipal } from './principals.ts';

/** The most keys of a principal that are valid at the same time: the old one and the new one of a rotation. */
const LIVE_AT_MOST = 2;
const LOCK_TIMEOUT_MS = 2_000;

/** A new key. `key` is its text, which is not stored. */
export type CreatedApiKey = { id: string; key: string };

/**
 * Creates a key of a principal whose rights do not exceed the creator's. A principal has at most two valid keys, so that a key can be replaced without a gap.
 * @param expiresAt null: the key does not expire
 */
export function createApiKey(
  pool: pg.Pool,
  creator: Principal,
  environment: string,
  { principalId, expiresAt = null }: { principalId: string; expiresAt?: Date | null },
): Promise<Result<CreatedApiKey>> {
  if (!isPrincipalId(principalId))
    return Promise.resolve(invalid(unknownPrincipal(principalId, ['principalId'])));
  if (expiresAt !== null && !(expiresAt.getTime() > Date.now())) return Promise.resolve(invalid(PAST));
  return inTransaction(pool, LOCK_TIMEOUT_MS, async (client) => {
    const [principal] = await rowsOf(client, LOCK_PRINCIPAL, [principalId]);
    if (!principal) return invalid(unknownPrincipal(principalId, ['principalId']));
    if (principal.isDisabled) return invalid(DISABLED);
    const excess = excessErrors(creator, principal);
    if (excess.length > 0) return invalid(...excess.map((error) => ({ ...error, path: ['principalId'] })));
    const [{ live } = { live: 0 }] = await rowsOf(client, COUNT_LIVE, [principalId]);
    if (live >= LIVE_AT_MOST) return invalid(TOO_MANY);
    const { id, hash, text } = newApiKey(environment);
    await client.query(INSERT, [id, principalId, environment, hash, creator.id, expiresAt]);
    return ok({ id, key: text });
  });
}

/**
 * Revokes a key. It ends everywhere within 5 seconds. Revoking a revoked key succeeds. The last valid key of all
 * administrators stays.
 */
export function revokeApiKey(pool: pg.Pool, id: string): Promise<Result<{ id: string }>> {
  if (!isApiKeyId(id)) return Promise.resolve(invalid(unknownKey(id)));
  return inTransaction(pool, LOCK_TIMEOUT_MS, async (client) => {
    const { signIns } = await lockAdmins(client);
    if (signIns.length === 1 && signIns[0]!.keyId === id) return invalid(LAST_ADMIN_KEY);
    const { rowCount } = await client.query(REVOKE, [id]);
    return rowCount === 1 ? ok({ id }) : invalid(unknownKey(id));
  });
}

/** Creates a key that replaces another one, which stays valid for `overlapHours`. */
export async function rotateApiKey(
  pool: pg.Pool,
  creator: Principal,
  environment: string,
  { id, overlapHours }: { id: string; overlapHours: number },
): Promise<Result<CreatedApiKey>> {
  const [old] = isApiKeyId(id) ? await rowsOf(pool, PRINCIPAL_OF_KEY, [id]) : [];
  if (!old) return invalid(unknownKey(id));
  const created = await createApiKey(pool, creator, environment, { principalId: old.principalId });
  if (created.ok) await pool.query(EXPIRE, [id, overlapHours]);
  return created;
}

const unknownKey = (id: string): UserError => ({
  code: 'NOT_FOUND',
  message: `There is no API key ${shownId(id)}. Set id to the part of the key between the second and the third "_".`,
  path: ['id'],
});

const PAST: UserError = {
  code: 'INVALID',
  message: 'expiresAt must be in the future.',
  path: ['expiresAt'],
};

const DISABLED: UserError = {
  code: 'CONFLICT',
  message: 'The principal is disabled. Create a new one.',
  path: ['principalId'],
};

const TOO_MANY: UserError = {
  code: 'CONFLICT',
  message: `The principal has ${LIVE_AT_MOST} valid keys already. Revoke one of them first.`,
  path: ['principalId'],
};

const LOCK_PRINCIPAL = statement({
  text: `
    select disabled_at is not null as "isDisabled", grants, case when not all_channels then channels end as channels
    from journey_principals where id = $1 for update`,
  columns: { isDisabled: 'bool', grants: 'text[]', channels: 'text[]?' },
});

const COUNT_LIVE = statement({
  text: `select count(*)::int4 as live from journey_api_keys
    where principal_id = $1 and revoked_at is null and (expires_at is null or expires_at > now())`,
  columns: { live: 'int4' },
});

const PRINCIPAL_OF_KEY = statement({
  text: 'select principal_id as "principalId" from journey_api_keys where id = $1',
  columns: { principalId: 'text' },
});

const INSERT = `insert into journey_api_keys (id, principal_id, environment, hash, created_by, expires_at)
  values ($1, $2, $3, $4, $5, $6)`;

const REVOKE = 'update journey_api_keys set revoked_at = coalesce(revoked_at, now()) where id = $1';

const EXPIRE = `update journey_api_keys
  set expires_at = least(expires_at, now() + $2::float8 * interval '1 hour') where id = $1`;
