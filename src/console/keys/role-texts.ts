import type { Role } from '../api/generated/graphql.ts';

/** The roles, each with the people and programs that it is for. */
export const ROLE_TEXTS: Record<Role, string> = {
  VIEWER: 'sees the catalogue, and the status of runs and orders',
  CHECKOUT: 'a shop’s backend: records orders, enqueues runs, reads its own',
  MERCHANDISER: 'edits products and components, and tries them with runs',
  OPERATOR: 'watches and repairs runs, with their payloads',
  ADMIN: 'may do everything, also manage principals',
};
