import { PERMISSIONS, type Permission } from './permission.ts';

/** A service or a person, to which API keys, sessions and the subjects of tokens belong. It outlives them. */
export type Principal = {
  /** The owner of idempotency keys and the actor of events. Never changed, and never given to another principal. */
  id: string;
  name: string;
  permissions: ReadonlySet<Permission>;
  /** The channels whose runs and orders the principal may see and enqueue; null: all. */
  channels: ReadonlySet<string> | null;
  /** The one run or group that a shop front's token reads; null: the permissions and channels alone decide. */
  scope: Scope | null;
};

/** The run, or the group of runs, whose status and events a principal may read, and nothing else. */
export type Scope = { runId: string } | { groupId: string };

/** The principal of all requests to a service without identity: it may do everything. */
export const OPEN_PRINCIPAL: Principal = {
  id: '',
  name: 'anonymous',
  permissions: new Set(PERMISSIONS),
  channels: null,
  scope: null,
};

/** Whether both are one principal with the same rights. */
export function hasSameRights(a: Principal, b: Principal): boolean {
  return (
    a.id === b.id &&
    a.permissions.symmetricDifference(b.permissions).size === 0 &&
    (a.channels === null || b.channels === null
      ? a.channels === b.channels
      : a.channels.symmetricDifference(b.channels).size === 0)
  );
}
