import { queryFromInfo } from '@pothos/plugin-prisma';
import { z } from 'zod';
import type { Product } from '../db/generated/prisma/client.ts';
import type { Written } from '../errors.ts';
import type { JsonObject } from '../json/json.ts';
import { textMistake } from '../json/limits.ts';
import type { Trigger } from '../model/run.ts';
import { saveProduct } from '../products/save-product.ts';
import { AttachmentInput } from './attachment.ts';
import { builder } from './builder.ts';
import { bothWaysArgs, connectionType, NODE_PATHS } from './connection.ts';
import { keysetCursor } from './cursor.ts';
import { TriggerType } from './definition.ts';
import { keysetArgs } from './keyset.ts';
import { oneKey } from './one-key.ts';
import { readPage } from './page.ts';
import { searchFor } from './search.ts';
import { addUserErrors } from './user-error.ts';

export const ProductType = builder.prismaObject('Product', {
  select: { id: true },
  fields: (t) => ({
    id: t.exposeID('id'),
    sku: t.exposeString('sku', { description: 'Unique.' }),
    slug: t.exposeString('slug', { description: 'Unique.' }),
    title: t.exposeString('title'),
    attributes: t.field({
      type: 'JSONObject',
      description: 'What product_field bindings read beside id, sku, slug and title.',
      select: { attributes: true },
      resolve: ({ attributes }) => attributes as JsonObject,
    }),
    revision: t.exposeInt('revision', { description: '+1 at every save.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
    journeyComponents: t.relation('attachments', {
      description:
        'In displayOrder: all of them, or those that would run for this channel and any of these triggers.',
      args: { channel: t.arg.string(), trigger: t.arg({ type: [TriggerType] }) },
      query: ({ channel, trigger }) => ({
        where: { hiddenAt: null, ...eligible(channel, trigger) },
        orderBy: [{ displayOrder: 'asc' }, { id: 'asc' }],
      }),
    }),
  }),
});

/** An archived component runs for no channel and by no trigger. */
function eligible(channel: string | null | undefined, trigger: readonly Trigger[] | null | undefined) {
  if (channel == null && trigger == null) return {};
  const isOpen = channel == null || channel === 'admin_preview';
  const takesChannel =
    textMistake(channel ?? '') === null ? [{ channelEligibility: { has: channel ?? '' } }] : [];
  return {
    component: {
      archivedAt: null,
      ...(trigger ? { currentVersion: { triggers: { hasSome: [...trigger] } } } : {}),
    },
    ...(isOpen ? {} : { OR: [{ channelEligibility: { isEmpty: true } }, ...takesChannel] }),
  };
}

const ProductConnection = connectionType('Product', ProductType, { counted: true });

builder.queryFields((t) => ({
  product: t.prismaField({
    type: ProductType,
    nullable: true,
    args: { id: t.arg.id(), sku: t.arg.string(), slug: t.arg.string() },
    resolve: (query, _, { id, sku, slug }, { db }) => {
      const where = oneKey({ id, sku, slug });
      return where && db.prisma.product.findFirst({ ...query, where });
    },
  }),

  products: t.field({
    description: 'By sku.',
    type: ProductConnection,
    args: {
      ...bothWaysArgs(),
      search: t.arg.string({ description: 'Part of the sku, the slug or the title.' }),
    },
    resolve: (_, args, context, info) => {
      const found = searchFor(args.search);
      const where = found ? { OR: [{ sku: found }, { slug: found }, { title: found }] } : {};
      const { product } = context.db.prisma;
      const query = queryFromInfo({ context, info, paths: NODE_PATHS, select: { id: true, sku: true } });
      return readPage<Product, [string]>(args, {
        cursor: BY_SKU,
        keyOf: ({ sku }) => [sku],
        fetch: (slice) => {
          const page = keysetArgs([{ name: 'sku', direction: 'asc' }], slice);
          return product.findMany({ ...query, ...page, where: { AND: [where, page.where] } }) as Promise<
            Product[]
          >;
        },
        count: (take) => product.count({ where, take }),
      });
    },
  }),
}));

const BY_SKU = keysetCursor('products', z.tuple([z.string()]));

export const SaveProductInput = builder.inputType('SaveProductInput', {
  description: 'What is left out, or null, stays as it is stored.',
  fields: (t) => ({
    sku: t.string({ required: true }),
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
        id ? db.prisma.product.findUnique({ ...query, where: { id } }) : null,
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
