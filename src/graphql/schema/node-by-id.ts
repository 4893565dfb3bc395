import { queryFromInfo } from '@pothos/plugin-prisma';
import type { GraphQLResolveInfo } from 'graphql';
import type pg from 'pg';
import { ServiceError } from '../../errors.ts';
import { rowsOf, type Statement, statement } from '../../postgres/statement.ts';
import { isUuid } from '../../postgres/uuid.ts';
import type { Context } from '../context.ts';
import { mayRead } from '../rights/check-rights.ts';
import { ownBulkOperations } from '../rights/narrowing.ts';
import { PAGE_AT_MOST } from '../selection/page.ts';
import { builder } from './builder.ts';
import { NodeType } from './node.ts';
import { loadRun } from './run.ts';
import { findGroup } from './run-group-type.ts';

/** The table of each type with an id, and the loader of its rows. */
const TABLES = {
  Component: 'journey_components',
  ComponentVersion: 'journey_component_versions',
  Product: 'products',
  Attachment: 'product_journey_components',
  Order: 'orders',
  Run: 'journey_runs',
  RunGroup: 'journey_run_groups',
  BulkOperation: 'journey_bulk_operations',
};
type NodeTypeName = keyof typeof TABLES;

builder.queryFields((t) => ({
  node: t.field({
    description: 'The object with this id, of any type that implements Node. null when there is none.',
    type: NodeType,
    nullable: true,
    args: { id: t.arg.id({ description: 'The id of the object.', required: true }) },
    resolve: (_, { id }, ctx, info) => nodeById(ctx, info, id),
  }),
  nodes: t.field({
    description:
      'The objects with these ids, in the order of the ids. The list has null for each unknown id.',
    type: [NodeType],
    nullable: { list: false, items: true },
    args: {
      ids: t.arg.idList({
        description: 'The ids of the objects, at most 100. A longer list fails with BAD_REQUEST.',
        required: true,
      }),
    },
    resolve: (_, { ids }, ctx, info) => {
      if (ids.length > PAGE_AT_MOST)
        throw new ServiceError(
          'BAD_REQUEST',
          `ids takes at most ${PAGE_AT_MOST} ids; it was given ${ids.length}. Send them in several operations.`,
        );
      return ids.map((id) => nodeById(ctx, info, id));
    },
  }),
}));

/**
 * Loads a node. One statement finds the types of all ids that an operation requests within a tick, and one more per
 * type loads the rows.
 */
async function nodeById(
  context: Context,
  info: GraphQLResolveInfo,
  id: string,
): Promise<{ id: string } | null> {
  if (!isUuid(id)) return null;
  const key = id.toLowerCase();
  const { db, loaders } = context;
  const typeName = await loaders.of('types of nodes', (ids) => typesOf(db.pool, ids)).load(key);
  if (typeName === undefined || !mayRead(context.principal, typeName)) return null;
  const row =
    typeName === 'Run' ? await loadRun(context, info, key) : await findRow(context, info, typeName, key);
  // The executor reads the concrete type of an interface's value from __typename.
  return row && Object.assign(row, { __typename: typeName });
}

function findRow(
  context: Context,
  info: GraphQLResolveInfo,
  typeName: Exclude<NodeTypeName, 'Run'>,
  id: string,
) {
  const { prisma } = context.db;
  const args: { where: { id: string } } = {
    ...queryFromInfo({ context, info, typeName, select: { id: true } }),
    where: { id },
  };
  switch (typeName) {
    case 'Component':
      return prisma.component.findUnique(args);
    case 'ComponentVersion':
      return prisma.componentVersion.findUnique(args);
    case 'Product':
      return prisma.product.findUnique(args);
    case 'Attachment':
      return prisma.attachment.findUnique(args);
    case 'Order':
      return context.principal.channels === null ? prisma.order.findUnique(args) : null;
    case 'RunGroup':
      return findGroup(context, args);
    case 'BulkOperation':
      return prisma.bulkOperation.findUnique({
        ...args,
        where: { id, ...ownBulkOperations(context) },
      });
  }
}

async function typesOf(pool: pg.Pool, ids: readonly string[]): Promise<Map<string, NodeTypeName>> {
  const rows = await rowsOf(pool, TYPES, [ids]);
  return new Map(rows.map(({ id, type }) => [id, type]));
}

const TYPES = statement({
  name: 'types-of-nodes',
  text: Object.entries(TABLES)
    .map(([type, table]) => `select id, '${type}' as type from ${table} where id = any($1::uuid[])`)
    .join(' union all '),
  columns: { id: 'uuid', type: 'text' },
}) as Statement<{ id: string; type: NodeTypeName }>;
