import type pg from 'pg';
import { z } from 'zod';
import { invalid, ok, type Result, type UserError } from '../../errors.ts';
import { inputErrors } from '../../input-errors.ts';
import { rowsOf, statement } from '../../postgres/statement.ts';
import { inTransaction, type Queryable } from '../../postgres/transaction.ts';
import type { Permission } from '../permission.ts';
import type { Principal } from '../principal.ts';
import { isRole, type Role } from '../role.ts';
import { excessErrors, type StoredRights } from './excess.ts';
import { LAST_ADMIN, lockAdmins } from './last-admin.ts';
import {
  isPrincipalId,
  NO_RIGHTS,
  principalChannels,
  principalName,
  unknownPrincipal,
} from './principals.ts';

const LOCK_TIMEOUT_MS = 2_000;

const input = z.object({ name: principalName.nullish(), channels: principalChannels });

/**
 * GraphQL and the command line have already validated the roles and the permissions. Fields that are missing stay as they
 * are, as do those that are null, except `channels`: null stands for all channels.
 */
export type UpdatePrincipalInput = {
  expectedRevision?: number | null;
  name?: string | null;
  roles?: readonly Role[] | null;
  permissions?: readonly Permission[] | null;
  channels?: readonly string[] | null;
};

/**
 * Changes a principal. Other rights are those of all its credentials within 5 seconds, and its open subscriptions end then.
 * `updater` may give only rights that it has itself.
 */
export function updatePrincipal(
  pool: pg.Pool,
  updater: Principal,
  id: string,
  given: UpdatePrincipalInput,
): Promise<Result<{ id: string }>> {
  return changePrincipal(pool, id, async (client, stored) => {
    const { name, grants, channels } = changed(stored, given);
    const errors = inputErrors(input, given);
    if (given.roles || given.permissions || given.channels !== undefined)
      errors.push(...excessErrors(updater, { grants, channels }));
    if (grants.length === 0) errors.push(NO_RIGHTS);
    if (stored.isDisabled) errors.push(conflict('The principal is disabled. Create a new one.'));
    if (id.includes('|')) errors.push(OF_PROVIDER);
    const { expectedRevision } = given;
    if (expectedRevision != null && expectedRevision !== stored.revision)
      errors.push({ ...conflict(changedMeanwhile(stored.revision)), path: ['expectedRevision'] });
    if (stored.isLastAdmin && !grants.includes('ADMIN')) errors.push(LAST_ADMIN);
    if (errors.length > 0) return errors;
    await client.query(UPDATE, [id, name, grants, channels === null, channels ?? []]);
    return [];
  });
}

/** Disables a principal for good: its keys, sessions and tokens end within 5 seconds. A repeated call succeeds. */
export function disablePrincipal(pool: pg.Pool, id: string): Promise<Result<{ id: string }>> {
  return changePrincipal(pool, id, async (client, { isLastAdmin }) => {
    if (isLastAdmin) return [LAST_ADMIN];
    await client.query(DISABLE, [id]);
    return [];
  });
}

type Stored = StoredRights & { name: string; revision: number; isDisabled: boolean; isLastAdmin: boolean };

/** Changes a principal in a transaction, in which no other one changes. `change` returns the errors in its input. */
function changePrincipal(
  pool: pg.Pool,
  id: string,
  change: (client: Queryable, stored: Stored) => Promise<UserError[]>,
): Promise<Result<{ id: string }>> {
  if (!isPrincipalId(id)) return Promise.resolve(invalid(unknownPrincipal(id, ['id'])));
  return inTransaction(pool, LOCK_TIMEOUT_MS, async (client) => {
    // All changes lock the administrators first, so that two of them cannot disable each other.
    const admins = await lockAdmins(client);
    const [stored] = await rowsOf(client, LOCK, [id]);
    if (!stored) return invalid(unknownPrincipal(id, ['id']));
    const isLastAdmin = admins.ids.has(id) && admins.signIns.every(({ principalId }) => principalId === id);
    const errors = await change(client, { ...stored, isLastAdmin });
    return errors.length > 0 ? invalid(...errors) : ok({ id });
  });
}

/** The stored principal with the changes. Roles and permissions are replaced apart from each other. */
function changed(stored: Stored, { name, roles, permissions, channels }: UpdatePrincipalInput) {
  return {
    name: name ?? stored.name,
    grants: [
      ...new Set([
        ...(roles ?? stored.grants.filter(isRole)),
        ...(permissions ?? stored.grants.filter((grant) => !isRole(grant))),
      ]),
    ],
    channels: channels === undefined ? stored.channels : channels,
  };
}

const conflict = (message: string): UserError => ({ code: 'CONFLICT', message, path: ['id'] });

const OF_PROVIDER = conflict(
  'The name and the rights of this principal come from the identity provider at each sign-in. Change them there.',
);

const changedMeanwhile = (revision: number): string =>
  `The principal has the revision ${revision}. Read it again, and repeat the change with this revision.`;

const LOCK = statement({
  text: `
    select name, revision, grants, case when not all_channels then channels end as channels,
      disabled_at is not null as "isDisabled"
    from journey_principals where id = $1 for update`,
  columns: { name: 'text', revision: 'int4', grants: 'text[]', channels: 'text[]?', isDisabled: 'bool' },
});

/** A call that changes nothing leaves the revision as it is. */
const UPDATE = `
  update journey_principals set name = $2, grants = $3, all_channels = $4, channels = $5, revision = revision + 1
  where id = $1 and (name, grants, all_channels, channels) is distinct from ($2, $3::text[], $4, $5::text[])`;

const DISABLE = 'update journey_principals set disabled_at = coalesce(disabled_at, now()) where id = $1';
