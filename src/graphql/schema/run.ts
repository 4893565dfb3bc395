import type { GraphQLResolveInfo } from 'graphql';
import { isUuid } from '../../postgres/uuid.ts';
import { findLatestReplays, REPLAYS_FOLLOWED } from '../../reads/latest-replays.ts';
import { findListedRuns } from '../../reads/run-lookup.ts';
import type { ListedRun } from '../../runs/model/run-row.ts';
import type { Context } from '../context.ts';
import { loadRow } from '../selection/load-row.ts';
import { selectedRunColumns } from '../selection/run-columns.ts';
import { AttachmentType, SHOWN } from './attachment.ts';
import { builder } from './builder.ts';
import { ComponentType } from './component.ts';
import { ComponentVersionType } from './component-version.ts';
import { TriggerType } from './definition.ts';
import { NodeType } from './node.ts';
import { ProductType } from './product.ts';
import { RunPriorityType, RunStatusType } from './run-status.ts';

export const RunType = builder.objectRef<ListedRun>('Run').implement({
  description:
    'One requested execution of a component. It is retried by the retryPolicy of the component until it reaches a terminal status.',
  interfaces: [NodeType],
  fields: (t) => ({
    id: t.exposeID('id', {
      description: 'The UUID of the run, version 7 (RFC 9562). Ids sort by the time of enqueueing.',
    }),
    status: t.expose('status', { description: 'The status of the run.', type: RunStatusType }),
    component: t.prismaField({
      description: 'The component of the run.',
      type: ComponentType,
      extensions: { columns: ['componentId'] },
      resolve: async (query, { componentId }, _, ctx) =>
        (await loadRow(ctx, 'component', query, { id: componentId }))!,
    }),
    componentVersion: t.prismaField({
      description: 'The version of the component that the run uses. It was fixed when the run was enqueued.',
      type: ComponentVersionType,
      extensions: { columns: ['componentVersionId'] },
      resolve: async (query, { componentVersionId }, _, ctx) =>
        (await loadRow(ctx, 'componentVersion', query, { id: componentVersionId }))!,
    }),
    product: t.prismaField({
      description: 'The product of the run. null when the run was enqueued without one.',
      type: ProductType,
      nullable: true,
      extensions: { columns: ['productId'] },
      resolve: (query, { productId }, _, ctx) =>
        productId === null ? null : loadRow(ctx, 'product', query, { id: productId }),
    }),
    attachment: t.prismaField({
      description:
        'The attachment of the run. null when the run was enqueued without one, or when the product no longer has it.',
      type: AttachmentType,
      nullable: true,
      extensions: { columns: ['attachmentId'] },
      resolve: (query, { attachmentId }, _, ctx) =>
        attachmentId === null ? null : loadRow(ctx, 'attachment', query, { id: attachmentId, ...SHOWN }),
    }),
    groupId: t.exposeID('groupId', {
      nullable: true,
      description:
        'The UUID that the runs of one enqueueCheckoutRuns or runOrderAutomation share. null for other runs.',
    }),
    shop: t.exposeString('shop', {
      description: 'The shop of the run: that of its component. null when it has none.',
      nullable: true,
    }),
    channel: t.exposeString('channel', {
      description: 'The channel of the run. null when none was given.',
      nullable: true,
    }),
    trigger: t.expose('trigger', {
      description: 'The trigger of the run. null when none was given.',
      type: TriggerType,
      nullable: true,
    }),
    priority: t.expose('priority', { description: 'The priority of the run.', type: RunPriorityType }),
    attempt: t.exposeInt('attempt', {
      description:
        'Times a worker has started this run, including attempts lost with a crashed worker. 0 before the first.',
    }),
    lostAttempts: t.exposeInt('lostAttempts', {
      description:
        'The number of attempts that were lost with a crashed worker. They do not count towards maxAttempts. A retry resets it to 0.',
    }),
    maxAttempts: t.exposeInt('maxAttempts', {
      description:
        "The highest number of attempts: a failed attempt is retried while attempt - lostAttempts < maxAttempts. It starts at the retryPolicy's maxAttempts, and retryRun raises it by one attempt.",
    }),
    queuedAt: t.expose('queuedAt', {
      description: 'The time at which the run was enqueued.',
      type: 'DateTime',
    }),
    runAt: t.expose('runAt', {
      type: 'DateTime',
      description:
        'The time at which the run is due. It is later than queuedAt for a run that was enqueued for later or waits for a retry.',
    }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time at which the first attempt started. null before it.',
    }),
    completedAt: t.expose('completedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'The time at which the run reached a terminal status. null before it, and again after a retry.',
    }),
    cancelRequestedAt: t.expose('cancelRequestedAt', {
      description: 'The time at which a cancel was requested. null when none was, and again after a retry.',
      type: 'DateTime',
      nullable: true,
    }),
    forgottenAt: t.expose('forgottenAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time at which forgetOrder erased the payloads of the run. null for other runs.',
    }),
    idempotencyKey: t.exposeString('idempotencyKey', {
      description: 'The idempotency key with which the run was enqueued. null when it had none.',
      nullable: true,
    }),
    queue: t.exposeString('queue', {
      nullable: true,
      description:
        'The task queue of the run; only workers of this queue execute it. null for a run that was enqueued before queues were stored; the first worker that claims it sets the queue.',
    }),
    sequence: t.exposeInt('sequence', {
      description:
        'The sequence of the latest event of the run. Of two reads of a run, the one with the greater sequence is newer; an event with a greater sequence happened after the read.',
    }),
  }),
});

builder.objectField(RunType, 'replayOf', (t) =>
  t.field({
    description: 'The run that this run replays. null when this run is not a replay.',
    type: RunType,
    nullable: true,
    extensions: { columns: ['replayOfId'] },
    resolve: ({ replayOfId }, _, ctx, info) => (replayOfId === null ? null : loadRun(ctx, info, replayOfId)),
  }),
);

builder.objectField(RunType, 'latestReplay', (t) =>
  t.field({
    description: `The latest replay of this run: its newest replay, or the newest replay of that one, and so on, up to ${REPLAYS_FOLLOWED} replays of replays. null when this run was not replayed.`,
    type: RunType,
    nullable: true,
    weighs: { always: 5 },
    resolve: async ({ id }, _, { db, loaders, runScope }, info) => {
      const columns = selectedRunColumns(info);
      const latest = loaders.of(`latest replays ${columns}`, (ids) =>
        findLatestReplays(db.pool, runScope, ids, columns),
      );
      return (await latest.load(id)) ?? null;
    },
  }),
);

builder.queryField('run', (t) =>
  t.field({
    description: 'The run with this id. null when there is none.',
    type: RunType,
    nullable: true,
    args: { id: t.arg.id({ description: 'The id of the run.', required: true }) },
    resolve: (_, { id }, ctx, info) => (isUuid(id) ? loadRun(ctx, info, id.toLowerCase()) : null),
  }),
);

/**
 * Loads a run by its id, with the columns that the operation selects; null if the client may not see it. One statement loads all runs that are requested
 * together.
 */
export async function loadRun(
  { db, loaders, runScope }: Context,
  info: GraphQLResolveInfo,
  id: string,
): Promise<ListedRun | null> {
  const columns = selectedRunColumns(info);
  const runs = loaders.of(`runs ${columns}`, (ids) => findListedRuns(db.pool, runScope, ids, columns));
  return (await runs.load(id)) ?? null;
}
