import type { Queryable } from '../postgres/transaction.ts';
import { unnestSql, unnestValues } from '../postgres/unnest.ts';
import type { LineStep } from './plan-steps.ts';

/** Stores, within the group's transaction, which attachments a checkout or an automation skipped, and why. */
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
