import type { Queryable } from '../db/transaction.ts';
import type { Skip } from './plan.ts';

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

/** Strictly between two ids, at most `limit`, from the end when `reverse`. */
export type SkippedSlice = { after: string | null; before: string | null; limit: number; reverse: boolean };

/** An order's, oldest first or, when `reverse`, newest first. Leans on the index (order_id, id). */
export async function skippedOfOrder(
  pool: Queryable,
  orderId: string,
  { after, before, limit, reverse }: SkippedSlice,
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

const SELECT = `
  select id, group_id as "groupId", order_id as "orderId", order_line_position as "orderLinePosition",
    attachment_id as "attachmentId", decision, reason
  from journey_skipped_attachments`;
