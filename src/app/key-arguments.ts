import type { ParseArgsOptionsConfig } from 'node:util';
import { StartupError } from '../errors.ts';
import { ROLES } from '../identity/role.ts';

export const KEY_USAGE = `  create --name <name> --role <role> [--permission <permission>] [--channel <channel>] [--days <days>]
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

export const KEY_OPTIONS = {
  name: { type: 'string' },
  principal: { type: 'string' },
  role: { type: 'string', multiple: true },
  permission: { type: 'string', multiple: true },
  channel: { type: 'string', multiple: true },
  'all-channels': { type: 'boolean' },
  days: { type: 'string' },
  hours: { type: 'string' },
} as const satisfies ParseArgsOptionsConfig;

export type KeyFlags = {
  name?: string;
  principal?: string;
  role?: string[];
  permission?: string[];
  channel?: string[];
  'all-channels'?: boolean;
  days?: string;
  hours?: string;
};

type Accepted = { id?: string; options: readonly (keyof KeyFlags)[] };

const RIGHTS = ['name', 'role', 'permission', 'channel'] as const;
/** The options of each command, and what its id names. */
const ACCEPTED: Record<string, Accepted> = {
  create: { options: [...RIGHTS, 'principal', 'days'] },
  rotate: { id: '<key id>', options: ['hours'] },
  revoke: { id: '<key id>', options: [] },
  update: { id: '<principal id>', options: [...RIGHTS, 'all-channels'] },
  disable: { id: '<principal id>', options: [] },
  adopt: { id: '<principal id>', options: [] },
  list: { options: [] },
};

/** @throws StartupError when the arguments are not those of one of the commands on keys */
export function checkKeyArguments(flags: KeyFlags, [command, id, ...more]: string[]): void {
  const fail = (problem: string) => new StartupError(`${problem}\n\n${KEY_USAGE}`);
  if (command === undefined) throw fail('key needs a command.');
  const accepted = Object.hasOwn(ACCEPTED, command) ? ACCEPTED[command] : undefined;
  if (!accepted) throw fail(`There is no command key ${command}.`);
  if (accepted.id && !id) throw fail(`key ${command} needs ${accepted.id}.`);
  const [extra] = accepted.id ? more : [id, ...more];
  if (extra !== undefined) throw fail(`key ${command} does not know the argument ${extra}.`);
  const given = Object.keys(flags) as (keyof KeyFlags)[];
  const foreign = given.filter((flag) => !accepted.options.includes(flag)).map((flag) => `--${flag}`);
  if (foreign.length > 0) throw fail(`key ${command} does not know ${foreign.join(', ')}.`);
  if (command !== 'create') return;
  if ((flags.name === undefined) === (flags.principal === undefined))
    throw fail('Set --name or --principal, one of them.');
  if (flags.principal !== undefined && RIGHTS.some((flag) => flags[flag] !== undefined))
    throw fail('A second key has the rights of its principal: leave out --role, --permission and --channel.');
}
