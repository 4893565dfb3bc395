import type pg from 'pg';
import { z } from 'zod';
import { invalid, ok, type Result, shownId, type UserError } from '../../errors.ts';
import { inputErrors, list, text } from '../../input-errors.ts';
import type { PrincipalKind } from '../../postgres/generated/prisma/enums.ts';
import { newId } from '../../postgres/new-id.ts';
import type { Permission } from '../permission.ts';
import type { Principal } from '../principal.ts';
import type { Role } from '../role.ts';
import { excessErrors } from './excess.ts';

const MOST_CHANNELS = 100;

export const principalName = text(200);
export const principalChannels = list(text(200), MOST_CHANNELS).nullish();

const input = z.object({ name: principalName, channels: principalChannels });

/** GraphQL and the command line have already validated the kind, the roles and the permissions. */
export type CreatePrincipalInput = {
  name: string;
  kind?: PrincipalKind | null;
  roles?: readonly Role[] | null;
  permissions?: readonly Permission[] | null;
  /** null: all channels. */
  channels?: readonly string[] | null;
};

/**
 * Stores a new principal. `creator` may give only permissions and channels that it has itself, so that nobody gains
 * rights by creating a principal.
 */
export async function createPrincipal(
  pool: pg.Pool,
  creator: Principal,
  given: CreatePrincipalInput,
): Promise<Result<{ id: string }>> {
  const grants = [...(given.roles ?? []), ...(given.permissions ?? [])];
  const channels = given.channels ?? null;
  const errors = [...inputErrors(input, given), ...excessErrors(creator, { grants, channels })];
  if (grants.length === 0) errors.push(NO_RIGHTS);
  if (errors.length > 0) return invalid(...errors);
  const id = newId();
  await pool.query({
    name: 'create-principal',
    text: CREATE,
    values: [id, given.name, given.kind ?? 'SERVICE', grants, channels === null, channels ?? [], creator.id],
  });
  return ok({ id });
}

export const NO_RIGHTS: UserError = {
  code: 'INVALID',
  message: 'Give at least one role or permission.',
  path: ['roles'],
};

/** Whether a text can be the id of a principal. PostgreSQL rejects some other texts. */
export const isPrincipalId = (id: string): boolean => /^[\x20-\x7e]{1,600}$/.test(id);

export const unknownPrincipal = (id: string, path: string[]): UserError => ({
  code: 'NOT_FOUND',
  message: `There is no principal ${shownId(id)}. Correct the id.`,
  path,
});

const CREATE = `
  insert into journey_principals (id, name, kind, grants, all_channels, channels, created_by)
  values ($1, $2, $3, $4, $5, $6, $7)`;
