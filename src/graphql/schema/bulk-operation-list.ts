import { z } from 'zod';
import type { BulkOperation } from '../../postgres/generated/prisma/client.ts';
import { ownBulkOperations } from '../rights/narrowing.ts';
import { prismaList, readPrismaPage } from '../selection/prisma-list.ts';
import { builder } from './builder.ts';
import { BulkOperationStatusType, BulkOperationType } from './bulk-operation.ts';
import { bothWaysArgs, connectionType } from './connection.ts';
import { ofShop, shopFilterArg } from './shop-args.ts';

const BulkOperationConnection = connectionType('BulkOperation', BulkOperationType, { counted: true });

/** The ids are in the order of the starts. */
const BULK_OPERATION_LIST = prismaList<BulkOperation>('bulk operations', { id: z.uuid() }, 'desc');

builder.queryField('bulkOperations', (t) =>
  t.field({
    description: 'The bulk operations, newest first.',
    type: BulkOperationConnection,
    args: {
      ...bothWaysArgs(),
      status: t.arg({
        description:
          'Lists only the operations with one of these statuses. null lists those of every status.',
        type: [BulkOperationStatusType],
      }),
      shop: shopFilterArg('operations'),
    },
    resolve: (_, { status, shop, ...args }, ctx, info) => {
      const where = {
        ...ofShop(shop),
        ...ownBulkOperations(ctx),
        ...(status == null ? {} : { status: { in: status } }),
      };
      return readPrismaPage(ctx, info, ctx.db.prisma.bulkOperation, BULK_OPERATION_LIST, where, args);
    },
  }),
);
