import type { Slice } from '../postgres/slice.ts';
import type { Queryable } from '../postgres/transaction.ts';
import { unnestSql, unnestValues } from '../postgres/unnest.ts';
import type { LineStep, Skip } from './plan-steps.ts';

/** What a checkout or an automation left out of an order, and why; `id` counts in the order of the plan. */
export type SkippedAttachment = {
  /** A 64-bit integer, as text. */
  id: string;
  groupId: string;
  orderId: string;
  orderLinePosition: number;
  attachmentId: string | null;
  decision: Skip;
  reason: string | null;
};

/** A slice by id of an order's, oldest first or, when `reverse`, newest first. Leans on the index (order_id, id). */
export async function skippedOfOrder(
  pool: Queryable,
  orderId: string,
  { after, before, limit, reverse }: Slice<string>,
): Promise<SkippedAttachment[]> {
  const { rows } = await pool.query<SkippedAttachment>({
    name: `skipped-of-order-${reverse ? 'desc' : 'asc'}`,
    text: `${SELECT} where order_id = $1 and ($2::bigint is null or id > $2) and ($3::bigint is null or id < $3)
      order by id ${reverse ? 'desc' : 'asc'} limit $4`,
    values: [orderId, after, before, limit],
  });
  return rows;
}

/** All of a group, in the order of its plan. Leans on the index (group_id, id). */
export async function skippedOfGroup(pool: Queryable, groupId: string): Promise<SkippedAttachment[]> {
  const { rows } = await pool.query<SkippedAttachment>({
    name: 'skipped-of-group',
    text: `${SELECT} where group_id = $1 order by id`,
    values: [groupId],
  });
  return rows;
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
