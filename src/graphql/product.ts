import type { GraphQLObjectType, GraphQLResolveInfo } from 'graphql';
import { z } from 'zod';
import type { Product } from '../db/generated/prisma/client.ts';
import type { Written } from '../errors.ts';
import { eligible } from '../products/eligibility.ts';
import { findProductTree } from '../products/product-tree.ts';
import { saveProduct } from '../products/save-product.ts';
import { AttachmentInput, AttachmentType, SHOWN } from './attachment.ts';
import { builder } from './builder.ts';
import { bothWaysArgs, connectionType } from './connection.ts';
import { TriggerType } from './definition.ts';
import { NodeType } from './node.ts';
import { oneKey } from './one-key.ts';
import { prismaList, readPrismaPage } from './prisma-list.ts';
import { fieldsBeneath, selectedRecentRuns } from './run-columns.ts';
import { searchFor } from './search.ts';
import { addUserErrors } from './user-error.ts';

export const ProductType = builder.prismaObject('Product', {
  interfaces: [NodeType],
  select: { id: true },
  fields: (t) => ({
    id: t.exposeID('id'),
    sku: t.exposeString('sku', { description: 'Unique.' }),
    slug: t.exposeString('slug', { description: 'Unique.' }),
    title: t.exposeString('title'),
    attributes: t.expose('attributes', {
      type: 'JSONObject',
      description: 'What product_field bindings read beside id, sku, slug and title.',
    }),
    revision: t.exposeInt('revision', { description: '+1 at every save.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
    journeyComponents: t.relation('attachments', {
      description:
        'In displayOrder: all of them, or those that would run for this channel and any of these triggers.',
      args: { channel: t.arg.string(), trigger: t.arg({ type: [TriggerType] }) },
      query: ({ channel = null, trigger: triggers = null }) => ({
        where: { ...SHOWN, ...eligible({ channel, triggers }) },
        orderBy: [{ displayOrder: 'asc' }, { id: 'asc' }],
      }),
    }),
  }),
});

builder.prismaObjectField(AttachmentType, 'product', (t) => t.relation('product'));

const ProductConnection = connectionType('Product', ProductType, { counted: true });

const PRODUCT_LIST = prismaList<Product>('products', { sku: z.string() }, 'asc');

builder.queryFields((t) => ({
  product: t.prismaField({
    type: ProductType,
    nullable: true,
    args: { id: t.arg.id(), sku: t.arg.string(), slug: t.arg.string() },
    resolve: (query, _, { sku, ...keys }, { db }, info) => {
      const where = oneKey({ ...keys, sku: sku?.trim() });
      if (where === null) return null;
      const product = findProductTree(db.pool, query.select ?? {}, where, recentRunsBeneath(info));
      return product
        ? (product as Promise<Product | null>)
        : db.prisma.product.findUnique({ ...query, where });
    },
  }),

  products: t.field({
    description: 'By sku.',
    type: ProductConnection,
    weighs: { search: 100 },
    args: {
      ...bothWaysArgs(),
      search: t.arg.string({ description: 'Part of the sku, the slug or the title.' }),
    },
    resolve: (_, { search, ...args }, ctx, info) => {
      const found = searchFor(search, ['sku', 'slug', 'title']);
      return readPrismaPage(ctx, info, ctx.db.prisma.product, PRODUCT_LIST, found, args);
    },
  }),
}));

/** What product-tree.ts reads along, in place of a statement of its own. */
function recentRunsBeneath(info: GraphQLResolveInfo) {
  const [product, attachment] = ['Product', 'Attachment'].map(
    (name) => info.schema.getType(name) as GraphQLObjectType,
  );
  const attachments = fieldsBeneath(info, product!, info.fieldNodes).filter(
    ({ name }) => name.value === 'journeyComponents',
  );
  return {
    product: selectedRecentRuns(info, product!, info.fieldNodes),
    attachments: selectedRecentRuns(info, attachment!, attachments),
  };
}

export const SaveProductInput = builder.inputType('SaveProductInput', {
  description: 'What is left out, or null, stays as it is stored.',
  fields: (t) => ({
    sku: t.string({ required: true, description: 'Stored without white space around it.' }),
    slug: t.string({ description: 'A new product gets one made from its sku.' }),
    title: t.string({ description: 'A new product gets its sku.' }),
    attributes: t.field({ type: 'JSONObject' }),
    journeyComponents: t.field({
      type: [AttachmentInput],
      description: "Replaces the product's whole list; what is not in it is detached.",
    }),
    expectedRevision: t.int({
      description: 'CONFLICT where it is not the stored one; 0 stands for a new product.',
    }),
  }),
});

const ProductPayload = builder.objectRef<Written>('ProductPayload');
ProductPayload.implement({
  fields: (t) => ({
    product: t.prismaField({
      type: ProductType,
      nullable: true,
      description: 'As saved; with CONFLICT, as stored.',
      resolve: (query, { id }, _, { db }) =>
        id === null ? null : db.prisma.product.findUnique({ ...query, where: { id } }),
    }),
  }),
});
addUserErrors(ProductPayload);

builder.mutationField('saveProduct', (t) =>
  t.field({
    description: 'Loads or creates the product of a sku, and saves what is given: all of it, or nothing.',
    type: ProductPayload,
    args: { input: t.arg({ type: SaveProductInput, required: true }) },
    resolve: (_, { input }, { db }) => saveProduct(db, input),
  }),
);
