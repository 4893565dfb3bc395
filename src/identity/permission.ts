/** The rights that a principal may hold. */
export const PERMISSIONS = [
  'READ_CATALOGUE',
  'WRITE_CATALOGUE',
  /** The status and history of every run. */
  'READ_RUNS',
  /** The status and history of the runs that the principal enqueued. */
  'READ_OWN_RUNS',
  /** Inputs, context, metadata, requests and results of the runs that the principal may read. */
  'READ_PAYLOADS',
  'ENQUEUE_RUNS',
  /** Cancel, retry, replay and bulk operations. */
  'OPERATE_RUNS',
  'READ_ORDERS',
  'WRITE_ORDERS',
  'READ_SYSTEM',
  /** Short-lived tokens that read one run or group. */
  'MINT_TOKENS',
  'MANAGE_SECRETS',
  'MANAGE_PRINCIPALS',
  'READ_AUDIT_LOG',
] as const;
export type Permission = (typeof PERMISSIONS)[number];
