import { z } from 'zod';
import type { Written } from '../errors.ts';
import { type Attachment, attachmentsOf } from '../products/attachment-row.ts';
import { PRODUCTS, type Product } from '../products/product-row.ts';
import { saveProduct } from '../products/save-product.ts';
import { nestedIn } from './asked.ts';
import { AttachmentInput, AttachmentType } from './attachment.ts';
import { builder } from './builder.ts';
import { bothWaysArgs, connectionType } from './connection.ts';
import { TriggerType } from './definition.ts';
import { NodeType } from './node.ts';
import { rowByKey } from './row-by-id.ts';
import { readRowPage, rowList } from './row-list.ts';
import { searchFor } from './search.ts';
import { addUserErrors } from './user-error.ts';

export const ProductType = builder.objectRef<Product>('Product').implement({
  interfaces: [NodeType],
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
    journeyComponents: t.field({
      description:
        'In displayOrder: all of them, or those that would run for this channel and any of these triggers.',
      type: [AttachmentType],
      args: { channel: t.arg.string(), trigger: t.arg({ type: [TriggerType] }) },
      nests: ({ channel = null, trigger: triggers = null }) => attachmentsOf({ channel, triggers }),
      resolve: (product, args, _, info) => nestedIn<Attachment[]>(product, args, info),
    }),
  }),
});

builder.objectField(AttachmentType, 'product', (t) =>
  t.field({
    type: ProductType,
    nests: () => ({ table: PRODUCTS, where: () => 'p.id = a.product_id' }),
    resolve: (attachment, args, _, info) => nestedIn<Product>(attachment, args, info),
  }),
);

const ProductConnection = connectionType('Product', ProductType, { counted: true });

const PRODUCT_LIST = rowList('products', PRODUCTS, { sku: z.string() }, 'asc');

builder.queryFields((t) => ({
  product: t.field({
    type: ProductType,
    nullable: true,
    args: { id: t.arg.id(), sku: t.arg.string(), slug: t.arg.string() },
    resolve: (_, { id, sku, slug }, ctx, info) =>
      rowByKey(ctx, info, PRODUCTS, { id, sku: sku?.trim(), slug }),
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
      const found = searchFor(search, ['p.sku', 'p.slug', 'p.title']);
      return readRowPage(ctx, info, PRODUCT_LIST, found, args);
    },
  }),
}));

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
    product: t.field({
      type: ProductType,
      nullable: true,
      description: 'As saved; with CONFLICT, as stored.',
      resolve: ({ id }, _, ctx, info) => (id === null ? null : rowByKey(ctx, info, PRODUCTS, { id })),
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
