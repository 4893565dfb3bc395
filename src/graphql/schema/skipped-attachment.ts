import { z } from 'zod';
import type { JourneyDecision } from '../../orders/plan-steps.ts';
import type { SkippedAttachment } from '../../postgres/generated/prisma/client.ts';
import { checkAllChannels } from '../rights/narrowing.ts';
import { loadRow } from '../selection/load-row.ts';
import { prismaList, readPrismaPage } from '../selection/prisma-list.ts';
import { AttachmentType } from './attachment.ts';
import { builder } from './builder.ts';
import { connectionType, forwardArgs } from './connection.ts';
import { OrderType } from './order.ts';
import { OrderLineType } from './order-line.ts';

export const JourneyDecisionType = builder.enumType('JourneyDecision', {
  description: 'The decision whether an attachment runs.',
  values: {
    ELIGIBLE: { value: 'ELIGIBLE', description: 'The attachment runs.' },
    CHANNEL_NOT_ELIGIBLE: {
      value: 'CHANNEL_NOT_ELIGIBLE',
      description: 'The attachment is not eligible for the channel.',
    },
    TRIGGER_NOT_MATCHED: {
      value: 'TRIGGER_NOT_MATCHED',
      description: 'The component has none of the triggers.',
    },
    COMPONENT_ARCHIVED: { value: 'COMPONENT_ARCHIVED', description: 'The component is archived.' },
    PRODUCT_NOT_FOUND: {
      value: 'PRODUCT_NOT_FOUND',
      description: 'There is no such product, or the order line has no SKU.',
    },
  } as const satisfies Record<JourneyDecision, object>,
});

export const SkippedAttachmentType = builder.prismaObject('SkippedAttachment', {
  description:
    'An attachment or an order line for which a checkout or an automation enqueued no run, with the reason.',
  select: { id: true },
  fields: (t) => ({
    groupId: t.exposeID('groupId', {
      description: 'The UUID of the group of runs that the checkout or automation enqueued.',
    }),
    line: t.prismaField({
      description: 'The order line.',
      type: OrderLineType,
      select: { orderId: true, orderLinePosition: true },
      resolve: async (query, { orderId, orderLinePosition: position }, _, ctx) =>
        (await loadRow(ctx, 'orderLine', query, { orderId, position }))!,
    }),
    attachment: t.prismaField({
      description:
        'The attachment as it is now, or as it was when it was removed from the product. null when the line has no product.',
      type: AttachmentType,
      nullable: true,
      select: { attachmentId: true },
      resolve: (query, { attachmentId }, _, ctx) =>
        attachmentId === null ? null : loadRow(ctx, 'attachment', query, { id: attachmentId }),
    }),
    decision: t.field({
      description: 'The reason, as a code.',
      type: JourneyDecisionType,
      select: { decision: true },
      resolve: ({ decision }) => decision as JourneyDecision,
    }),
    reason: t.exposeString('reason', { description: 'The reason, as a sentence.', nullable: true }),
  }),
});

export const SkippedAttachmentConnection = connectionType('SkippedAttachment', SkippedAttachmentType, {
  counted: false,
});

builder.prismaObjectField(OrderType, 'skipped', (t) =>
  t.field({
    description:
      'The attachments and lines of the order for which checkouts and automations enqueued no run, oldest first.',
    type: SkippedAttachmentConnection,
    args: forwardArgs(),
    resolve: ({ id }, args, ctx, info) => {
      checkAllChannels(ctx.principal);
      return readPrismaPage(ctx, info, ctx.db.prisma.skippedAttachment, SKIPPED_LIST, { orderId: id }, args);
    },
  }),
);

export const SKIPPED_LIST = prismaList<SkippedAttachment>(
  'skipped',
  {
    id: z
      .string()
      .regex(/^\d{1,18}$/)
      .transform(BigInt),
  },
  'asc',
);
