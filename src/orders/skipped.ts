import type { Slice } from '../postgres/slice.ts';
import { type RowColumns, type RowOf, rowsOf, type Statement, statement } from '../postgres/statement.ts';
import type { Queryable } from '../postgres/transaction.ts';
import { unnestSql, unnestValues } from '../postgres/unnest.ts';
import type { LineStep, Skip } from './plan-steps.ts';

/** What a checkout or an automation left out of an order, and why; `id` counts in the order of the plan. */
export type SkippedAttachment = RowOf<typeof COLUMNS> & { decision: Skip };

const COLUMNS = {
  /** A 64-bit integer, as text. */
  id: 'int8',
  groupId: 'uuid',
  orderId: 'uuid',
  orderLinePosition: 'int4',
  attachmentId: 'uuid?',
  decision: 'text',
  reason: 'text?',
} as const satisfies RowColumns;

/** A slice by id of an order's, oldest first or, when `reverse`, newest first. Leans on the index (order_id, id). */
export async function skippedOfOrder(
  pool: Queryable,
  orderId: string,
  { after, before, limit, reverse }: Slice<string>,
): Promise<SkippedAttachment[]> {
  return rowsOf(pool, OF_ORDER[reverse ? 'desc' : 'asc'], [orderId, after, before, limit]);
}

/** All of a group, in the order of its plan. Leans on the index (group_id, id). */
export async function skippedOfGroup(pool: Queryable, groupId: string): Promise<SkippedAttachment[]> {
  return rowsOf(pool, OF_GROUP, [groupId]);
}

/** Puts on record, within the group's transaction, what it left out. */
export async function storeSkipped(
  client: Queryable,
  group: { id: string | null; orderId: string },
  skipped: readonly LineStep[],
): Promise<void> {
  const rows = skipped.map(({ line, candidate, decision, reason }) => ({
    order_line_position: line.position,
    attachment_id: candidate?.attachmentId,
    decision,
    reason,
  }));
  const values = [...unnestValues(SKIPPED, rows), group.id, group.orderId];
  await client.query({ name: 'store-skipped', text: STORE_SKIPPED, values });
}

const SELECT = `
  select id, group_id as "groupId", order_id as "orderId", order_line_position as "orderLinePosition",
    attachment_id as "attachmentId", decision, reason
  from journey_skipped_attachments`;

const ofOrder = (direction: 'asc' | 'desc') =>
  statement({
    name: `skipped-of-order-${direction}`,
    text: `${SELECT} where order_id = $1 and ($2::bigint is null or id > $2) and ($3::bigint is null or id < $3)
      order by id ${direction} limit $4`,
    columns: COLUMNS,
  }) as Statement<SkippedAttachment>;

const OF_ORDER = { asc: ofOrder('asc'), desc: ofOrder('desc') };

const OF_GROUP = statement({
  name: 'skipped-of-group',
  text: `${SELECT} where group_id = $1 order by id`,
  columns: COLUMNS,
}) as Statement<SkippedAttachment>;

const SKIPPED = {
  order_line_position: 'int',
  attachment_id: 'uuid',
  decision: 'text',
  reason: 'text',
} as const;

const STORE_SKIPPED = `
  insert into journey_skipped_attachments (group_id, order_id, order_line_position, attachment_id, decision, reason)
  select $5::uuid, $6::uuid, i.order_line_position, i.attachment_id, i.decision, i.reason
  from ${unnestSql(SKIPPED, 'i')} order by i.n`;
