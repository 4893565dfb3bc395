import type { Config } from '../config/config.ts';
import { type Result, StartupError } from '../errors.ts';
import { adoptOpenKeys } from '../identity/keys/adopt-keys.ts';
import { createApiKey, revokeApiKey, rotateApiKey } from '../identity/keys/api-keys.ts';
import {
  disablePrincipal,
  type UpdatePrincipalInput,
  updatePrincipal,
} from '../identity/keys/change-principal.ts';
import { listApiKeys } from '../identity/keys/list-api-keys.ts';
import { createPrincipal } from '../identity/keys/principals.ts';
import { PERMISSIONS, type Permission } from '../identity/permission.ts';
import { OPEN_PRINCIPAL } from '../identity/principal.ts';
import { isRole, ROLES, type Role } from '../identity/role.ts';
import type { Database } from '../postgres/database.ts';
import type { KeyFlags } from './key-arguments.ts';

/**
 * Executes a command on API keys and their principals, whose arguments are checked. Returns the lines to print.
 *
 * @throws StartupError that names the fix
 */
export async function keyCommand(
  db: Database,
  { environment }: Config,
  values: KeyFlags,
  [command, id = '']: string[],
): Promise<string[]> {
  switch (command) {
    case 'create': {
      const expiresAt = values.days === undefined ? null : inDays(values.days);
      const principalId = values.principal ?? (await newPrincipal(db, values));
      return shown(
        succeeded(await createApiKey(db.pool, OPEN_PRINCIPAL, environment, { principalId, expiresAt })),
      );
    }
    case 'rotate': {
      const overlapHours = positive('hours', values.hours ?? '24');
      return shown(succeeded(await rotateApiKey(db.pool, OPEN_PRINCIPAL, environment, { id, overlapHours })));
    }
    case 'revoke':
      succeeded(await revokeApiKey(db.pool, id));
      return [`Revoked ${id}. Running services reject it within 5 seconds.`];
    case 'update':
      succeeded(await updatePrincipal(db.pool, OPEN_PRINCIPAL, id, changesIn(values)));
      return [`Updated ${id}. Running services apply it within 5 seconds.`];
    case 'disable':
      succeeded(await disablePrincipal(db.pool, id));
      return [`Disabled ${id}. Running services reject its keys within 5 seconds.`];
    case 'adopt':
      return [`Adopted ${succeeded(await adoptOpenKeys(db.pool, id))} idempotency keys.`];
    default:
      return await listApiKeys(db.pool);
  }
}

async function newPrincipal(db: Database, flags: KeyFlags): Promise<string> {
  const { name = '', channel = null } = flags;
  const input = { name, channels: channel, ...rightsIn(flags) };
  return succeeded(await createPrincipal(db.pool, OPEN_PRINCIPAL, input)).id;
}

function changesIn(flags: KeyFlags): UpdatePrincipalInput {
  const { name, role, permission, channel, 'all-channels': allChannels } = flags;
  if (channel && allChannels) throw new StartupError('Set --channel or --all-channels, not both.');
  return {
    name,
    ...(role || permission ? rightsIn(flags) : {}),
    channels: allChannels ? null : channel,
  };
}

/** The given roles and permissions. @throws StartupError */
function rightsIn({ role: roles = [], permission: permissions = [] }: KeyFlags) {
  for (const role of roles)
    if (!isRole(role))
      throw new StartupError(`There is no role ${role}; use ${Object.keys(ROLES).join(', ')}.`);
  for (const one of permissions)
    if (!(PERMISSIONS as readonly string[]).includes(one))
      throw new StartupError(`There is no permission ${one}; use ${PERMISSIONS.join(', ')}.`);
  return { roles: roles as Role[], permissions: permissions as Permission[] };
}

const shown = ({ id, key }: { id: string; key: string }): string[] => [
  key,
  `Store it now: it is not shown again. Its id is ${id}.`,
];

function succeeded<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new StartupError(result.userErrors.map(({ message }) => message).join(' '));
}

const inDays = (days: string): Date => new Date(Date.now() + positive('days', days) * 86_400_000);

function positive(name: string, text: string): number {
  const value = Number(text);
  if (value > 0 && value <= 36_500) return value;
  throw new StartupError(`--${name} must be a number from 0 to 36500, such as 30.`);
}
