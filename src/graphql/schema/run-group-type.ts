import { queryFromInfo } from '@pothos/plugin-prisma';
import type { RunGroup } from '../../postgres/generated/prisma/client.ts';
import { isUuid } from '../../postgres/uuid.ts';
import { readRunCounts } from '../../reads/run-counts.ts';
import { shownShop } from '../../shop.ts';
import type { Context } from '../context.ts';
import { seesGroup } from '../rights/narrowing.ts';
import { loadRow } from '../selection/load-row.ts';
import { COUNT_AT_MOST } from '../selection/page.ts';
import { readPrismaPage } from '../selection/prisma-list.ts';
import { builder } from './builder.ts';
import { forwardArgs } from './connection.ts';
import { NodeType } from './node.ts';
import { OrderType } from './order.ts';
import { RunType } from './run.ts';
import { RunCountsType } from './run-counts-type.ts';
import { checkedFilter } from './run-filter-input.ts';
import { SKIPPED_LIST, SkippedAttachmentConnection } from './skipped-attachment.ts';

const RunGroupKindType = builder.enumType('RunGroupKind', {
  description: 'The mutation that enqueued the runs of a group.',
  values: {
    CHECKOUT: { value: 'CHECKOUT', description: 'The runs were enqueued by enqueueCheckoutRuns.' },
    AUTOMATION: { value: 'AUTOMATION', description: 'The runs were enqueued by runOrderAutomation.' },
  } as const satisfies Record<RunGroup['kind'], object>,
});

export const RunGroupType = builder.prismaObject('RunGroup', {
  description: 'The runs that one checkout or one automation enqueued for an order.',
  interfaces: [NodeType],
  select: { id: true },
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The UUID of the group, which its runs have as groupId.' }),
    kind: t.expose('kind', {
      description: 'The mutation that enqueued the runs.',
      type: RunGroupKindType,
    }),
    shop: t.string({
      description: 'The shop of the group: that of its order. null when it has none.',
      nullable: true,
      select: { shop: true },
      resolve: ({ shop }) => shownShop(shop),
    }),
    order: t.prismaField({
      description: 'The order of the runs.',
      type: OrderType,
      select: { orderId: true },
      resolve: async (query, { orderId }, _, ctx) => (await loadRow(ctx, 'order', query, { id: orderId }))!,
    }),
    actor: t.string({
      description: 'The principal that enqueued the runs. null when the service identified nobody.',
      nullable: true,
      select: { caller: true },
      resolve: ({ caller }) => caller || null,
    }),
    createdAt: t.expose('createdAt', {
      description: 'The time at which the runs were enqueued.',
      type: 'DateTime',
    }),
    counts: t.field({
      description: 'The numbers of the runs by status.',
      type: RunCountsType,
      weighs: { always: 100 },
      resolve: ({ id }, _, ctx) =>
        readRunCounts(ctx.db.pool, checkedFilter(ctx, { groupId: [id] }), COUNT_AT_MOST + 1),
    }),
    skipped: t.field({
      description: 'The attachments and lines for which no run was enqueued, oldest first.',
      type: SkippedAttachmentConnection,
      args: forwardArgs(),
      resolve: ({ id }, args, ctx, info) =>
        readPrismaPage(ctx, info, ctx.db.prisma.skippedAttachment, SKIPPED_LIST, { groupId: id }, args),
    }),
  }),
});

/** The group; null if the client sees none of its runs. */
export async function findGroup(
  context: Context,
  query: { where: { id: string } } & object,
): Promise<RunGroup | null> {
  return (await seesGroup(context, query.where.id))
    ? ((await context.db.prisma.runGroup.findUnique(query)) as RunGroup | null)
    : null;
}

builder.queryField('group', (t) =>
  t.prismaField({
    description: 'The group of runs with this id. null when there is none.',
    type: RunGroupType,
    nullable: true,
    args: { id: t.arg.id({ description: 'The id of the group.', required: true }) },
    resolve: (query, _, { id }, ctx) => (isUuid(id) ? findGroup(ctx, { ...query, where: { id } }) : null),
  }),
);

builder.objectField(RunType, 'group', (t) =>
  t.prismaField({
    description: 'The group that enqueued the run. null for a run of no group.',
    type: RunGroupType,
    nullable: true,
    extensions: { columns: ['groupId'] },
    resolve: (query, { groupId }, _, ctx) =>
      groupId === null ? null : loadRow(ctx, 'runGroup', query, { id: groupId }),
  }),
);

builder.prismaObjectField(OrderType, 'groups', (t) =>
  t.field({
    description:
      'The groups of runs of the order, oldest first, at most 100: one of its checkout, and one of each automation.',
    type: [RunGroupType],
    resolve: async ({ id }, _, context, info) => {
      const { db, loaders } = context;
      const { select } = queryFromInfo({ context, info, select: { id: true, orderId: true } }) as {
        select: { id: true; orderId: true };
      };
      // One statement reads the groups of all orders that select the same fields of them.
      const groups = loaders.of(`groups of orders ${JSON.stringify(select)}`, async (ids) => {
        const where = { orderId: { in: [...ids] } };
        const found = await db.prisma.runGroup.findMany({ select, where, orderBy: { id: 'asc' } });
        return Map.groupBy(found, ({ orderId }) => orderId);
      });
      const found = ((await groups.load(id)) ?? []).slice(0, 100) as RunGroup[];
      const seen = await Promise.all(found.map((group) => seesGroup(context, group.id)));
      return found.filter((_, index) => seen[index]);
    },
  }),
);
