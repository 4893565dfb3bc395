import { parseArgs } from 'node:util';
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

const KEY_USAGE = `Usage: npm run key -- <command>

  create --name <name> --role <role> [--permission <permission>] [--channel <channel>] [--days <days>]
                    creates a principal with an API key; repeat --role, --permission and --channel for several
  create --principal <id> [--days <days>]
                    creates a second key of a principal
  rotate <key id> [--hours <hours>]
                    creates a key that replaces another one, which stays valid for 24 hours, or as many as given
  revoke <key id>   ends a key
  update <principal id> [--name <name>] [--role <role>] [--permission <permission>] [--channel <channel> | --all-channels]
                    changes a principal; roles and permissions replace all that it had
  disable <principal id>
                    ends a principal with all its keys, for good
  adopt <principal id>
                    gives a principal the idempotency keys that were stored while the service was open
  list              lists the keys and their principals

Roles: ${Object.keys(ROLES).join(', ')}. A key is shown once.`;

const OPTIONS = {
  name: { type: 'string' },
  principal: { type: 'string' },
  role: { type: 'string', multiple: true },
  permission: { type: 'string', multiple: true },
  channel: { type: 'string', multiple: true },
  'all-channels': { type: 'boolean' },
  days: { type: 'string' },
  hours: { type: 'string', default: '24' },
} as const;

type Flags = ReturnType<typeof parse>['values'];
const parse = (args: string[]) => parseArgs({ args, options: OPTIONS, allowPositionals: true });

/** Executes a command on API keys and their principals. Returns the lines to print. @throws StartupError that names the fix */
export async function keyCommand(db: Database, { environment }: Config, args: string[]): Promise<string[]> {
  const { values, positionals } = parsed(args);
  const [command, id = ''] = positionals;
  switch (command) {
    case 'create': {
      const principalId = values.principal ?? (await newPrincipal(db, values));
      const expiresAt = values.days === undefined ? null : inDays(values.days);
      return shown(
        succeeded(await createApiKey(db.pool, OPEN_PRINCIPAL, environment, { principalId, expiresAt })),
      );
    }
    case 'rotate': {
      const overlapHours = positive('hours', values.hours);
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
    case 'list':
      return await listApiKeys(db.pool);
    default:
      throw new StartupError(KEY_USAGE);
  }
}

function parsed(args: string[]) {
  try {
    return parse(args);
  } catch (error) {
    throw new StartupError(`${(error as Error).message}\n\n${KEY_USAGE}`);
  }
}

async function newPrincipal(db: Database, flags: Flags): Promise<string> {
  const { name, channel = null } = flags;
  if (name === undefined) throw new StartupError(`Set --name or --principal.\n\n${KEY_USAGE}`);
  const input = { name, channels: channel, ...rightsIn(flags) };
  return succeeded(await createPrincipal(db.pool, OPEN_PRINCIPAL, input)).id;
}

function changesIn(flags: Flags): UpdatePrincipalInput {
  const { name, role, permission, channel, 'all-channels': allChannels } = flags;
  if (channel && allChannels) throw new StartupError('Set --channel or --all-channels, not both.');
  return {
    name,
    ...(role || permission ? rightsIn(flags) : {}),
    channels: allChannels ? null : channel,
  };
}

/** The given roles and permissions. @throws StartupError */
function rightsIn({ role: roles = [], permission: permissions = [] }: Flags) {
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
