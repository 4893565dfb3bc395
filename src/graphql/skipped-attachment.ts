import { z } from 'zod';
import type { JourneyDecision } from '../orders/plan.ts';
import { type SkippedAttachment, skippedOfOrder } from '../orders/skipped.ts';
import { ATTACHMENTS } from '../products/attachment-row.ts';
import { AttachmentType } from './attachment.ts';
import { builder } from './builder.ts';
import { connectionType, forwardArgs } from './connection.ts';
import { keysetCursor } from './cursor.ts';
import { OrderType } from './order.ts';
import { lineAt, OrderLineType } from './order-line.ts';
import { readPage } from './page.ts';
import { rowById } from './row-by-id.ts';

export const JourneyDecisionType = builder.enumType('JourneyDecision', {
  values: {
    ELIGIBLE: { value: 'ELIGIBLE', description: 'It runs.' },
    CHANNEL_NOT_ELIGIBLE: {
      value: 'CHANNEL_NOT_ELIGIBLE',
      description: 'The attachment does not take the channel.',
    },
    TRIGGER_NOT_MATCHED: {
      value: 'TRIGGER_NOT_MATCHED',
      description: 'The component has none of the triggers.',
    },
    COMPONENT_ARCHIVED: { value: 'COMPONENT_ARCHIVED', description: 'The component runs no more.' },
    PRODUCT_NOT_FOUND: { value: 'PRODUCT_NOT_FOUND', description: 'There is no such product.' },
  } as const satisfies Record<JourneyDecision, object>,
});

export const SkippedAttachmentType = builder.objectRef<SkippedAttachment>('SkippedAttachment').implement({
  description: 'What a checkout or an automation did not enqueue, and why.',
  fields: (t) => ({
    groupId: t.exposeID('groupId'),
    line: t.field({
      type: OrderLineType,
      resolve: async ({ orderId, orderLinePosition }, _, ctx, info) =>
        (await lineAt(ctx, info, orderId, orderLinePosition))!,
    }),
    attachment: t.field({
      description: 'As it is now, or was when the product dropped it; null where the line has no product.',
      type: AttachmentType,
      nullable: true,
      resolve: ({ attachmentId }, _, ctx, info) =>
        attachmentId === null ? null : rowById(ctx, info, ATTACHMENTS, attachmentId),
    }),
    decision: t.expose('decision', { type: JourneyDecisionType }),
    reason: t.exposeString('reason', { nullable: true }),
  }),
});

const SkippedAttachmentConnection = connectionType('SkippedAttachment', SkippedAttachmentType, {
  counted: false,
});

builder.objectField(OrderType, 'skipped', (t) =>
  t.field({
    description: 'What checkout and automations left out, oldest first.',
    type: SkippedAttachmentConnection,
    args: forwardArgs(),
    reads: ['id'],
    resolve: ({ id }, args, { db }) =>
      readPage<SkippedAttachment, [string]>(args, {
        cursor: CURSOR,
        keyOf: (skipped) => [skipped.id],
        fetch: ({ after, before, ...slice }) =>
          skippedOfOrder(db.pool, id, { ...slice, after: after?.[0] ?? null, before: before?.[0] ?? null }),
      }),
  }),
);

const CURSOR = keysetCursor('skipped', z.tuple([z.string().regex(/^\d{1,18}$/)]));
