import type { ObjectRef } from '@pothos/core';
import { builder } from './builder.ts';
import { COUNT_AT_MOST, type Page } from './page.ts';

type Types = typeof builder.$inferSchemaTypes;
type Edge<T> = Page<T>['edges'][number];

/**
 * Defines `<name>Connection` and `<name>Edge` over a node type; resolve fields of it with readPage (page.ts).
 * `counted` connections carry totalCount, which their source must then be able to count.
 */
export function connectionType<T>(name: string, node: ObjectRef<Types, T>, options: { counted: boolean }) {
  const edge = builder.objectRef<Edge<T>>(`${name}Edge`);
  edge.implement({
    fields: (t) => ({
      cursor: t.exposeString('cursor', {}),
      node: t.field({ type: node, resolve: ({ node }) => node as never }),
    }),
  });

  const connection = builder.objectRef<Page<T>>(`${name}Connection`);
  connection.implement({
    fields: (t) => ({
      edges: t.field({ type: [edge], resolve: ({ edges }) => edges }),
      nodes: t.field({ type: [node], resolve: ({ edges }) => edges.map((edge) => edge.node) as never }),
      pageInfo: t.field({ type: PageInfo, resolve: (page) => page }),
    }),
  });
  if (options.counted)
    builder.objectFields(connection, (t) => ({
      totalCount: t.int({
        description: `The whole list's length, counted up to ${COUNT_AT_MOST}.`,
        weighs: { always: 10 },
        resolve: async (page) => Math.min(await page.count(), COUNT_AT_MOST),
      }),
      totalCountExact: t.boolean({
        description: `False when the list is longer than ${COUNT_AT_MOST}.`,
        resolve: async (page) => (await page.count()) <= COUNT_AT_MOST,
      }),
    }));
  return connection;
}

const PageInfo = builder.objectRef<Page<unknown>>('PageInfo').implement({
  fields: (t) => ({
    hasNextPage: t.boolean({ resolve: (page) => page.hasNextPage() }),
    hasPreviousPage: t.boolean({ resolve: (page) => page.hasPreviousPage() }),
    startCursor: t.string({ nullable: true, resolve: ({ edges }) => edges.at(0)?.cursor }),
    endCursor: t.string({ nullable: true, resolve: ({ edges }) => edges.at(-1)?.cursor }),
  }),
});

/** The arguments of a list that pages forwards only. */
export const forwardArgs = () => builder.args((t) => ({ first: t.int(), after: t.string() }));

/** The arguments of a list that pages both ways, as Query's do. */
export const bothWaysArgs = () =>
  builder.args((t) => ({ first: t.int(), after: t.string(), last: t.int(), before: t.string() }));
