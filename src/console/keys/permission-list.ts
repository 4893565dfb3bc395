import type { Permission } from '../api/generated/graphql.ts';

/** A permission that the API gains later is an error of the types here. */
const ALL: Record<Permission, true> = {
  ENQUEUE_RUNS: true,
  MANAGE_PRINCIPALS: true,
  MANAGE_SECRETS: true,
  MINT_TOKENS: true,
  OPERATE_RUNS: true,
  READ_AUDIT_LOG: true,
  READ_CATALOGUE: true,
  READ_ORDERS: true,
  READ_OWN_RUNS: true,
  READ_PAYLOADS: true,
  READ_RUNS: true,
  READ_SYSTEM: true,
  WRITE_CATALOGUE: true,
  WRITE_ORDERS: true,
};

export const PERMISSIONS = Object.keys(ALL);
