import { PERMISSIONS, type Permission } from './permission.ts';

/** A service or a person, to which API keys, sessions and the subjects of tokens belong. It outlives them. */
export type Principal = {
  /** The owner of idempotency keys and the actor of events. Never changed, and never given to another principal. */
  id: string;
  name: string;
  permissions: ReadonlySet<Permission>;
  /** The channels whose runs and orders the principal may see and enqueue; null: all. */
  channels: ReadonlySet<string> | null;
};

/** The principal of all requests to a service without identity: it may do everything. */
export const OPEN_PRINCIPAL: Principal = {
  id: '',
  name: 'anonymous',
  permissions: new Set(PERMISSIONS),
  channels: null,
};
