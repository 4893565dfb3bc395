import { commandLine } from '../../command-line.ts';
import type { UserError } from '../../errors.ts';
import { rowsOf, statement } from '../../postgres/statement.ts';
import type { Queryable } from '../../postgres/transaction.ts';

export type Admins = {
  /** The ids of the principals with the role ADMIN that are not disabled. */
  ids: ReadonlySet<string>;
  /** How they can sign in. People of an identity provider sign in without a key. */
  signIns: { principalId: string; keyId: string | null }[];
};

/**
 * The administrators, locked until the transaction ends, so that two changes cannot each rely on the other's
 * administrator to remain.
 */
export async function lockAdmins(client: Queryable): Promise<Admins> {
  const admins = await rowsOf(client, LOCK);
  // A statement of its own, which sees what was committed while the first one waited for its locks.
  return { ids: new Set(admins.map(({ id }) => id)), signIns: await rowsOf(client, SIGN_INS) };
}

export const LAST_ADMIN: UserError = {
  code: 'CONFLICT',
  message:
    'This is the last principal with the role ADMIN that can sign in. Give the role to another one with a valid key first.',
  path: ['id'],
};

export const LAST_ADMIN_KEY: UserError = {
  code: 'CONFLICT',
  message: `This is the last valid key of a principal with the role ADMIN. Create another one first, with createApiKey or with ${commandLine('key create --principal')}.`,
  path: ['id'],
};

const LOCK = statement({
  text: `select id from journey_principals where 'ADMIN' = any(grants) and disabled_at is null order by id for update`,
  columns: { id: 'text' },
});

/** The id of a person of an identity provider has a "|" (login/claims.ts). */
const SIGN_INS = statement({
  text: `
    select p.id as "principalId", k.id as "keyId"
    from journey_principals p left join journey_api_keys k
      on k.principal_id = p.id and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())
    where 'ADMIN' = any(p.grants) and p.disabled_at is null and (k.id is not null or p.id like '%|%')`,
  columns: { principalId: 'text', keyId: 'text?' },
});
