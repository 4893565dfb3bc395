import type { ObjectRef } from '@pothos/core';
import { COUNT_AT_MOST, PAGE_AT_MOST, PAGE_DEFAULT, type Page } from '../selection/page.ts';
import { builder } from './builder.ts';

type Types = typeof builder.$inferSchemaTypes;
type Edge<T> = Page<T>['edges'][number];

/**
 * Defines `<name>Connection` and `<name>Edge` over a node type. Its fields resolve with readPage (page.ts). `counted`
 * connections have totalCount, which requires a source with `count`.
 */
export function connectionType<T>(name: string, node: ObjectRef<Types, T>, options: { counted: boolean }) {
  const edge = builder.objectRef<Edge<T>>(`${name}Edge`);
  edge.implement({
    description: `A ${name} in a list, with its cursor.`,
    fields: (t) => ({
      cursor: t.exposeString('cursor', {
        description:
          'The position of the node in the list. Pass it as `after` or `before` to read on from here.',
      }),
      node: t.field({ description: `The ${name}.`, type: node, resolve: ({ node }) => node as never }),
    }),
  });

  const connection = builder.objectRef<Page<T>>(`${name}Connection`);
  connection.implement({
    description: `A page of a list of ${name} objects, as in the GraphQL Cursor Connections Specification (https://relay.dev/graphql/connections.htm).`,
    fields: (t) => ({
      edges: t.field({
        description: 'The nodes of the page, with their cursors.',
        type: [edge],
        resolve: ({ edges }) => edges,
      }),
      nodes: t.field({
        description: 'The nodes of the page.',
        type: [node],
        resolve: ({ edges }) => edges.map((edge) => edge.node) as never,
      }),
      pageInfo: t.field({
        description: 'The position of the page in the list.',
        type: PageInfo,
        resolve: (page) => page,
      }),
    }),
  });
  if (options.counted)
    builder.objectFields(connection, (t) => ({
      totalCount: t.int({
        description: `The number of nodes in the whole list, counted up to ${COUNT_AT_MOST}.`,
        weighs: { always: 10 },
        resolve: async (page) => (await page.totalCount()).count,
      }),
      totalCountExact: t.boolean({
        description: `True if totalCount is exact; false if the list has more than ${COUNT_AT_MOST} nodes, or was not read to its end.`,
        resolve: async (page) => (await page.totalCount()).isExact,
      }),
    }));
  return connection;
}

const PageInfo = builder.objectRef<Page<unknown>>('PageInfo').implement({
  description: 'The position of a page in its list.',
  fields: (t) => ({
    hasNextPage: t.boolean({
      description: 'True if there are nodes after this page.',
      resolve: (page) => page.hasNextPage(),
    }),
    hasPreviousPage: t.boolean({
      description: 'True if there are nodes before this page.',
      resolve: (page) => page.hasPreviousPage(),
    }),
    startCursor: t.string({
      description: 'The cursor of the first node of the page. null for an empty page.',
      nullable: true,
      resolve: ({ edges }) => edges.at(0)?.cursor,
    }),
    endCursor: t.string({
      description:
        'The cursor of the last node of the page, or of the place up to which the list was read. null for an empty page.',
      nullable: true,
      resolve: ({ edges, endCursor }) => endCursor ?? edges.at(-1)?.cursor,
    }),
  }),
});

const SIZE = `from 1 to ${PAGE_AT_MOST}. Defaults to ${PAGE_DEFAULT}.`;

/** The arguments of a list that pages forwards only. */
export const forwardArgs = () =>
  builder.args((t) => ({
    first: t.int({ description: `The number of nodes to return, ${SIZE}` }),
    after: t.string({
      description: 'Returns the nodes after this cursor, which an earlier page of the list returned.',
    }),
  }));

/** The arguments of a list that pages in both directions, as the lists of Query do. */
export const bothWaysArgs = () => ({
  ...forwardArgs(),
  ...builder.args((t) => ({
    last: t.int({
      description: `The number of nodes to return from the end of the list, ${SIZE} It cannot be combined with first.`,
    }),
    before: t.string({
      description: 'Returns the nodes before this cursor, which an earlier page of the list returned.',
    }),
  })),
});
