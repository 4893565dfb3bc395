import type pg from 'pg';
import { ServiceError } from '../errors.ts';
import type { Slice } from '../postgres/slice.ts';
import { type RowColumns, type RowOf, rowsOf, type Statement } from '../postgres/statement.ts';

/** An entry of the audit log: a change of an object, or the rejected operations of a client within a minute. */
export type AuditEntry = RowOf<typeof COLUMNS>;

/** Selects entries that meet every condition given. */
export type AuditFilter = {
  principal?: readonly string[] | null;
  action?: readonly string[] | null;
  objectId?: string | null;
  rejected?: boolean | null;
  after?: Date | null;
  before?: Date | null;
};

const COLUMNS = {
  id: 'int8',
  at: 'timestamptz',
  principal: 'text',
  address: 'text?',
  action: 'text',
  rejected: 'bool',
  times: 'int4',
  objectType: 'text?',
  objectIds: 'text[]',
  hashBefore: 'bytea?',
  hashAfter: 'bytea?',
  requestId: 'text?',
} as const satisfies RowColumns;

/**
 * Lists a slice of the entries, newest first. Uses the primary key, the index (principal, id) or that of the objects.
 * @throws ServiceError BAD_REQUEST on a list of more than 100 members
 */
export function listAuditEntries(
  pool: pg.Pool,
  filter: AuditFilter,
  slice: Slice<string>,
): Promise<AuditEntry[]> {
  return rowsOf(pool, auditQuery(filter, slice));
}

/** The statement of listAuditEntries. */
function auditQuery(filter: AuditFilter, slice: Slice<string>): Statement<AuditEntry> {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const conditions: string[] = [];
  const { principal, action, objectId, rejected, after, before } = filter;
  if (principal) conditions.push(`principal = any(${bind(limited(principal, 'principal'))}::text[])`);
  if (action) conditions.push(`action = any(${bind(limited(action, 'action'))}::text[])`);
  if (objectId != null) conditions.push(`object_ids @> array[${bind(objectId)}::text]`);
  if (rejected != null) conditions.push(`rejected = ${bind(rejected)}::bool`);
  if (after) conditions.push(`at >= ${bind(after)}::timestamptz`);
  if (before) conditions.push(`at < ${bind(before)}::timestamptz`);
  if (slice.after) conditions.push(`id < ${bind(slice.after)}::bigint`);
  if (slice.before) conditions.push(`id > ${bind(slice.before)}::bigint`);
  const text = `
    select id, at, principal, address, action, rejected, times, object_type as "objectType", object_ids as "objectIds",
      hash_before as "hashBefore", hash_after as "hashAfter", request_id as "requestId"
    from journey_audit_log where ${conditions.join(' and ') || 'true'}
    order by id ${slice.reverse ? 'asc' : 'desc'} limit ${bind(slice.limit)}::int`;
  return { text, values, columns: COLUMNS };
}

function limited(values: readonly string[], name: string): readonly string[] {
  if (values.length <= MEMBERS_AT_MOST) return values;
  throw new ServiceError('BAD_REQUEST', `where.${name} takes at most ${MEMBERS_AT_MOST} values.`);
}

const MEMBERS_AT_MOST = 100;
