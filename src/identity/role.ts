import { PERMISSIONS, type Permission } from './permission.ts';

/** The roles, each a bundle of permissions. A principal may hold roles and single permissions. */
export const ROLES = {
  /** Sees the catalogue, and the status of runs and orders, without payloads. */
  VIEWER: ['READ_CATALOGUE', 'READ_RUNS', 'READ_ORDERS', 'READ_SYSTEM'],
  /** A shop's backend: records orders, enqueues runs, reads its own runs, and mints tokens for its pages. */
  CHECKOUT: [
    'READ_CATALOGUE',
    'READ_OWN_RUNS',
    'READ_PAYLOADS',
    'ENQUEUE_RUNS',
    'WRITE_ORDERS',
    'MINT_TOKENS',
  ],
  /** Edits the catalogue with the payloads of real orders, and tries it with runs. */
  MERCHANDISER: [
    'READ_CATALOGUE',
    'WRITE_CATALOGUE',
    'READ_RUNS',
    'READ_PAYLOADS',
    'READ_ORDERS',
    'ENQUEUE_RUNS',
    'READ_SYSTEM',
  ],
  /** Watches and repairs runs, with their payloads. */
  OPERATOR: [
    'READ_CATALOGUE',
    'READ_RUNS',
    'READ_PAYLOADS',
    'ENQUEUE_RUNS',
    'OPERATE_RUNS',
    'READ_ORDERS',
    'WRITE_ORDERS',
    'READ_SYSTEM',
  ],
  ADMIN: PERMISSIONS,
} as const satisfies Record<string, readonly Permission[]>;
export type Role = keyof typeof ROLES;

/** A role or a permission, as stored with a principal and as tokens of issuers name them. */
type Grant = Role | Permission;

export const isRole = (name: string): name is Role => Object.hasOwn(ROLES, name);

export const isGrant = (name: string): name is Grant =>
  isRole(name) || (PERMISSIONS as readonly string[]).includes(name);

/** The permissions of all grants together. Unknown names, such as those of a later version, give none. */
export function permissionsOf(grants: readonly string[]): ReadonlySet<Permission> {
  const known = grants.filter(isGrant);
  return new Set(known.flatMap((grant): readonly Permission[] => (isRole(grant) ? ROLES[grant] : [grant])));
}
