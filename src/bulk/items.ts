import type pg from 'pg';
import type { BulkItemStatus } from '../postgres/generated/prisma/enums.ts';
import type { Slice } from '../postgres/slice.ts';
import { type RowColumns, type RowOf, rowsOf, statement } from '../postgres/statement.ts';

/** One run of a bulk operation's set, and its outcome in the operation. */
export type BulkOperationItem = RowOf<typeof COLUMNS>;

const COLUMNS = {
  /** From 1, in the order of execution. */
  position: 'int4',
  runId: 'uuid',
  status: 'journey_bulk_item_status',
  /** Why the item failed or was skipped. */
  reason: 'text?',
} as const satisfies RowColumns;

/** A slice of the items by their positions, with any status or with the given ones. Uses the primary key. */
export async function listBulkItems(
  pool: pg.Pool,
  operationId: string,
  statuses: readonly BulkItemStatus[] | null,
  { after, before, limit, reverse }: Slice<number>,
): Promise<BulkOperationItem[]> {
  return rowsOf(pool, ITEMS[reverse ? 'desc' : 'asc'], [operationId, after, before, statuses, limit]);
}

const items = (order: 'asc' | 'desc') =>
  statement({
    name: `bulk-items-${order}`,
    text: `
  select position, run_id as "runId", status, reason from journey_bulk_operation_items
  where operation_id = $1 and position > coalesce($2, 0) and ($3::int is null or position < $3)
    and ($4::journey_bulk_item_status[] is null or status = any($4))
  order by position ${order} limit $5`,
    columns: COLUMNS,
  });

const ITEMS = { asc: items('asc'), desc: items('desc') };
