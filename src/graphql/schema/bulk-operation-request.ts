import { type BulkRequested, findBulkRequests } from '../../bulk/requested.ts';
import type { Context } from '../context.ts';
import { builder } from './builder.ts';
import { BulkOperationType } from './bulk-operation.ts';

builder.prismaObjectFields(BulkOperationType, (t) => ({
  where: t.field({
    description:
      'The filter of the runs, as it was sent: a RunFilter. null for an operation that was started before filters were stored, and after the retention time.',
    type: 'JSONObject',
    nullable: true,
    resolve: async ({ id }, _, ctx) => (await requestOf(ctx, id))?.where,
  }),
  reason: t.string({
    description: 'The reason of a cancel. null when none was given, and for other operations.',
    nullable: true,
    resolve: async ({ id }, _, ctx) => (await requestOf(ctx, id))?.reason,
  }),
  input: t.field({
    description:
      'The input of a replay, as it was sent: a ReplayRunInput. null for other operations, and after the retention time.',
    type: 'JSONObject',
    nullable: true,
    resolve: async ({ id }, _, ctx) => (await requestOf(ctx, id))?.input,
  }),
}));

/** Loads the request of an operation; one statement loads those of all bulk operations that are read together. */
function requestOf({ db, loaders }: Context, id: string): Promise<BulkRequested | undefined> {
  return loaders.of('requests of bulk operations', (ids) => findBulkRequests(db.pool, ids)).load(id);
}
