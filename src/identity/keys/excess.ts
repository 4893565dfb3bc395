import type { UserError } from '../../errors.ts';
import type { Principal } from '../principal.ts';
import { permissionsOf } from '../role.ts';

/** The rights of a principal as they are stored. `channels` is null for all channels. */
export type StoredRights = { grants: readonly string[]; channels: readonly string[] | null };

/** The errors of rights that exceed those of the principal that gives them. */
export function excessErrors(giver: Principal, { grants, channels }: StoredRights): UserError[] {
  const errors: UserError[] = [];
  const excess = [...permissionsOf(grants)].filter((permission) => !giver.permissions.has(permission));
  if (excess.length > 0)
    errors.push({
      code: 'INVALID',
      message: `You can give only permissions that you have; you do not have ${excess.join(', ')}.`,
      path: ['permissions'],
    });
  const own = giver.channels;
  if (own !== null && (channels === null || channels.some((channel) => !own.has(channel))))
    errors.push({
      code: 'INVALID',
      message: `You can give only channels that you have: ${[...own].join(', ')}.`,
      path: ['channels'],
    });
  return errors;
}
