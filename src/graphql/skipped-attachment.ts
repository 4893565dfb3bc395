import { z } from 'zod';
import type { SkippedAttachment } from '../db/generated/prisma/client.ts';
import type { JourneyDecision } from '../orders/plan.ts';
import { AttachmentType } from './attachment.ts';
import { builder } from './builder.ts';
import { connectionType, forwardArgs } from './connection.ts';
import { OrderType } from './order.ts';
import { lineKey, OrderLineType } from './order-line.ts';
import { prismaList, readPrismaPage } from './prisma-list.ts';

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

export const SkippedAttachmentType = builder.prismaObject('SkippedAttachment', {
  description: 'What a checkout or an automation did not enqueue, and why.',
  select: { id: true },
  fields: (t) => ({
    groupId: t.exposeID('groupId'),
    line: t.prismaField({
      type: OrderLineType,
      select: { orderId: true, orderLinePosition: true },
      resolve: (query, { orderId, orderLinePosition }, _, { db }) =>
        db.prisma.orderLine.findUniqueOrThrow({ ...query, where: lineKey(orderId, orderLinePosition) }),
    }),
    attachment: t.prismaField({
      description: 'As it is now, or was when the product dropped it; null where the line has no product.',
      type: AttachmentType,
      nullable: true,
      select: { attachmentId: true },
      resolve: (query, { attachmentId }, _, { db }) =>
        attachmentId === null
          ? null
          : db.prisma.attachment.findUnique({ ...query, where: { id: attachmentId } }),
    }),
    decision: t.field({
      type: JourneyDecisionType,
      select: { decision: true },
      resolve: ({ decision }) => decision as JourneyDecision,
    }),
    reason: t.exposeString('reason', { nullable: true }),
  }),
});

const SkippedAttachmentConnection = connectionType('SkippedAttachment', SkippedAttachmentType, {
  counted: false,
});

builder.prismaObjectField(OrderType, 'skipped', (t) =>
  t.field({
    description: 'What checkout and automations left out, oldest first.',
    type: SkippedAttachmentConnection,
    args: forwardArgs(),
    resolve: ({ id }, args, ctx, info) =>
      readPrismaPage(ctx, info, ctx.db.prisma.skippedAttachment, SKIPPED_LIST, { orderId: id }, args),
  }),
);

const SKIPPED_LIST = prismaList<SkippedAttachment>(
  'skipped',
  {
    id: z
      .string()
      .regex(/^\d{1,18}$/)
      .transform(BigInt),
  },
  'asc',
);
