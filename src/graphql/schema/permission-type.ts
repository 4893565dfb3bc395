import type { Permission } from '../../identity/permission.ts';
import type { Role } from '../../identity/role.ts';
import { builder } from './builder.ts';

export const PermissionType = builder.enumType('Permission', {
  description: 'A right that a principal may hold.',
  values: {
    READ_CATALOGUE: { value: 'READ_CATALOGUE', description: 'Reads components, products and attachments.' },
    WRITE_CATALOGUE: { value: 'WRITE_CATALOGUE', description: 'Changes components and products.' },
    READ_RUNS: { value: 'READ_RUNS', description: 'Reads the status and the history of every run.' },
    READ_OWN_RUNS: {
      value: 'READ_OWN_RUNS',
      description: 'Reads the status and the history of the runs that the principal enqueued.',
    },
    READ_PAYLOADS: {
      value: 'READ_PAYLOADS',
      description: 'Reads the payloads, requests and results of the runs that the principal may read.',
    },
    ENQUEUE_RUNS: { value: 'ENQUEUE_RUNS', description: 'Enqueues runs.' },
    OPERATE_RUNS: {
      value: 'OPERATE_RUNS',
      description: 'Cancels, retries and replays runs, one by one and in bulk.',
    },
    READ_ORDERS: { value: 'READ_ORDERS', description: 'Reads orders.' },
    WRITE_ORDERS: { value: 'WRITE_ORDERS', description: 'Records and forgets orders.' },
    READ_SYSTEM: {
      value: 'READ_SYSTEM',
      description: 'Reads the workers, the queues and the configuration.',
    },
    MINT_TOKENS: {
      value: 'MINT_TOKENS',
      description: 'Creates short-lived tokens, each of which reads one run or one group.',
    },
    MANAGE_SECRETS: { value: 'MANAGE_SECRETS', description: 'Sets and removes secrets.' },
    MANAGE_PRINCIPALS: { value: 'MANAGE_PRINCIPALS', description: 'Manages principals and their API keys.' },
    READ_AUDIT_LOG: { value: 'READ_AUDIT_LOG', description: 'With READ_RUNS, reads the audit log.' },
  } as const satisfies Record<Permission, object>,
});

export const RoleType = builder.enumType('Role', {
  description: 'A bundle of permissions.',
  values: {
    VIEWER: {
      value: 'VIEWER',
      description: 'Sees the catalogue, and the status of runs and orders, without payloads.',
    },
    CHECKOUT: {
      value: 'CHECKOUT',
      description:
        "A shop's backend: it records orders, enqueues runs, reads its own runs, and creates tokens for its pages.",
    },
    MERCHANDISER: {
      value: 'MERCHANDISER',
      description: 'Edits the catalogue, and tries it with runs.',
    },
    OPERATOR: { value: 'OPERATOR', description: 'Watches and repairs runs, with their payloads.' },
    ADMIN: { value: 'ADMIN', description: 'Has every permission.' },
  } as const satisfies Record<Role, object>,
});
