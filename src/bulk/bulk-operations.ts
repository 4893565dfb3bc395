import type pg from 'pg';
import { invalid, ok, type Result, shownId, type UserError } from '../errors.ts';
import type { BulkOperationKind } from '../postgres/generated/prisma/enums.ts';
import { type RowColumns, type RowOf, rowsOf, statement } from '../postgres/statement.ts';
import type { Queryable } from '../postgres/transaction.ts';
import { isUuid } from '../postgres/uuid.ts';

export type { BulkOperationKind };

/**
 * An operator's request on many runs at once. It is RUNNING until every run of the set has an outcome (COMPLETED),
 * or an operator stops it before that (ABORTED).
 */
export type BulkOperation = RowOf<typeof BULK_OPERATION_TYPES>;

export const BULK_OPERATION_TYPES = {
  id: 'uuid',
  kind: 'journey_bulk_operation_kind',
  shop: 'text',
  status: 'journey_bulk_operation_status',
  expected: 'int4',
  done: 'int4',
  failed: 'int4',
  skipped: 'int4',
  caller: 'text',
  createdAt: 'timestamptz',
  completedAt: 'timestamptz?',
} as const satisfies RowColumns;

/** The select list of a BulkOperation, for its table under the alias. */
export const bulkOperationColumns = (
  alias: string,
): string => `${alias}.id, ${alias}.kind, ${alias}.shop, ${alias}.status,
  ${alias}.expected, ${alias}.done, ${alias}.failed, ${alias}.skipped, ${alias}.caller,
  ${alias}.created_at as "createdAt", ${alias}.completed_at as "completedAt"`;

/** Limits a look-up to the operations that a principal started. */
export type OfCaller = { caller?: string };

export async function findBulkOperation(
  db: Queryable,
  id: string,
  { caller }: OfCaller = {},
): Promise<BulkOperation | null> {
  if (!isUuid(id)) return null;
  return (await rowsOf(db, BY_ID, [id, caller ?? null]))[0] ?? null;
}

/** Stops an operation after the current batch; the outcomes so far stand. Succeeds also if it is already aborted. */
export async function abortBulkOperation(
  pool: pg.Pool,
  id: string,
  of: OfCaller = {},
): Promise<Result<BulkOperation>> {
  if (isUuid(id)) await pool.query({ name: 'bulk-abort', text: ABORT, values: [id, of.caller ?? null] });
  const operation = await findBulkOperation(pool, id, of);
  if (!operation) return invalid(unknownOperation(id));
  if (operation.status === 'COMPLETED') return invalid(ENDED);
  return ok(operation);
}

const unknownOperation = (id: string): UserError => ({
  code: 'NOT_FOUND',
  message: `There is no bulk operation ${shownId(id)}. Correct the id.`,
  path: ['id'],
});

const ENDED: UserError = {
  code: 'CONFLICT',
  message: 'The bulk operation is COMPLETED: there is nothing left to abort.',
  path: ['id'],
};

const BY_ID = statement({
  name: 'bulk-by-id',
  text: `select ${bulkOperationColumns('o')} from journey_bulk_operations o
    where o.id = $1 and ($2::text is null or o.caller = $2)`,
  columns: BULK_OPERATION_TYPES,
});

const ABORT = `
  update journey_bulk_operations set status = 'ABORTED', completed_at = now() 
  where id = $1 and ($2::text is null or caller = $2) and status = 'RUNNING'`;
