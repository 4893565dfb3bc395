import type { GraphQLResolveInfo } from 'graphql';
import type pg from 'pg';
import { BULK_OPERATIONS } from '../bulk/operation.ts';
import { COMPONENT_VERSIONS, COMPONENTS } from '../components/component-row.ts';
import { rowsById, type Table } from '../db/table.ts';
import { isUuid } from '../db/uuid.ts';
import { ServiceError } from '../errors.ts';
import { RUNS } from '../model/run.ts';
import { ORDERS } from '../orders/order-row.ts';
import { ATTACHMENTS } from '../products/attachment-row.ts';
import { PRODUCTS } from '../products/product-row.ts';
import { askedOfType } from './asked.ts';
import { builder } from './builder.ts';
import type { Context } from './context.ts';
import { NodeType } from './node.ts';
import { PAGE_AT_MOST } from './page.ts';

type Row = { id: string };

const TABLES = {
  Component: COMPONENTS,
  ComponentVersion: COMPONENT_VERSIONS,
  Product: PRODUCTS,
  Attachment: ATTACHMENTS,
  Order: ORDERS,
  Run: RUNS,
  BulkOperation: BULK_OPERATIONS,
} as { [type: string]: Table<Row> };

builder.queryFields((t) => ({
  node: t.field({
    description: 'The object of any type that has this id; null where none has.',
    type: NodeType,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, ctx, info) => nodeById(ctx, info, id),
  }),
  nodes: t.field({
    description: `The objects that have these ids, in their order, with null for an id that none has. At most ${PAGE_AT_MOST}.`,
    type: [NodeType],
    nullable: { list: false, items: true },
    args: { ids: t.arg.idList({ required: true }) },
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

/** One statement for the types of all ids that an operation asks for within a tick, and one for the rows of each type. */
async function nodeById({ db, loaders }: Context, info: GraphQLResolveInfo, id: string): Promise<Row | null> {
  if (!isUuid(id)) return null;
  const key = id.toLowerCase();
  const type = await loaders.of('types of nodes', (ids) => typesOf(db.pool, ids)).load(key);
  const table = type && TABLES[type];
  if (!table) return null;
  const selection = askedOfType(info, type, table, 'id');
  const rows = loaders.of(`${table.from} ${selection.key}`, (ids) =>
    rowsById(db.pool, table, selection, ids),
  );
  const row = await rows.load(key);
  // By which the executor knows the type of an interface's value.
  return row ? Object.assign(row, { __typename: type }) : null;
}

async function typesOf(pool: pg.Pool, ids: readonly string[]): Promise<Map<string, string>> {
  const query = { name: 'types-of-nodes', text: TYPES, values: [ids] };
  const { rows } = await pool.query<{ id: string; type: string }>(query);
  return new Map(rows.map(({ id, type }) => [id, type]));
}

const TYPES = Object.entries(TABLES)
  .map(
    ([type, { from, columns }]) =>
      `select ${columns.id} as id, '${type}' as type from ${from} where ${columns.id} = any($1::uuid[])`,
  )
  .join(' union all ');
