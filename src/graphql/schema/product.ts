import type { GraphQLObjectType, GraphQLResolveInfo } from 'graphql';
import { z } from 'zod';
import { lintProducts } from '../../catalogue/lint/read-lint.ts';
import { eligible } from '../../catalogue/products/eligibility.ts';
import { findProductTree } from '../../catalogue/products/product-tree.ts';
import { saveProduct } from '../../catalogue/products/save-product.ts';
import type { SaveResult } from '../../errors.ts';
import type { Prisma, Product } from '../../postgres/generated/prisma/client.ts';
import { isUuid } from '../../postgres/uuid.ts';
import { shownShop } from '../../shop.ts';
import { ROWS_CHECKED, readCheckedPage } from '../selection/checked-page.ts';
import { oneKey, uniqueWhere } from '../selection/one-key.ts';
import { prismaList, readPrismaPage } from '../selection/prisma-list.ts';
import { fieldsBeneath, selectedRecentRuns } from '../selection/run-columns.ts';
import { searchFor } from '../selection/search.ts';
import { AttachmentInput, AttachmentType, SHOWN } from './attachment.ts';
import { builder } from './builder.ts';
import { bothWaysArgs, connectionType } from './connection.ts';
import { TriggerType } from './definition.ts';
import { NodeType } from './node.ts';
import { ofShop, SHOP_IN_CURSOR, SHOP_INPUT, shopArg, shopFilterArg } from './shop-args.ts';
import { addUserErrors } from './user-error.ts';

export const ProductType = builder.prismaObject('Product', {
  description: 'A product of the shop, with the components that are attached to it.',
  interfaces: [NodeType],
  select: { id: true },
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The UUID of the product.' }),
    shop: t.string({
      description: 'The shop of the product. null when it was stored without one.',
      nullable: true,
      select: { shop: true },
      resolve: ({ shop }) => shownShop(shop),
    }),
    sku: t.exposeString('sku', { description: 'The SKU of the product, unique within its shop.' }),
    slug: t.exposeString('slug', {
      description: 'The slug of the product, for URLs, unique within its shop.',
    }),
    title: t.exposeString('title', { description: 'The title of the product.' }),
    attributes: t.expose('attributes', {
      type: 'JSONObject',
      description:
        'The attributes of the product, as JSON. productField bindings can read them, besides id, sku, slug and title.',
    }),
    revision: t.exposeInt('revision', {
      description:
        'The number of times that the product was saved, from 1. saveProduct compares it with expectedRevision.',
    }),
    createdAt: t.expose('createdAt', {
      description: 'The time at which the product was created.',
      type: 'DateTime',
    }),
    updatedAt: t.expose('updatedAt', {
      description: 'The time at which the product was last saved.',
      type: 'DateTime',
    }),
    updatedBy: t.string({
      description:
        'The principal that saved the product last. null when the service identified nobody, and for products last saved before this field.',
      nullable: true,
      select: { updatedBy: true },
      resolve: ({ updatedBy }) => updatedBy || null,
    }),
    journeyComponents: t.relation('attachments', {
      description:
        'The attachments of the product, by displayOrder. With a channel or triggers, only the attachments that would run for them.',
      args: {
        channel: t.arg.string({
          description:
            'Lists only the attachments that are eligible for this channel and whose component is not archived. null lists the attachments of every channel.',
        }),
        trigger: t.arg({
          description:
            'Lists only the attachments whose component has one of these triggers and is not archived. null lists the attachments with any trigger.',
          type: [TriggerType],
        }),
      },
      query: ({ channel = null, trigger: triggers = null }) => ({
        where: { ...SHOWN, ...eligible({ channel, triggers }) },
        orderBy: [{ displayOrder: 'asc' }, { id: 'asc' }],
      }),
    }),
  }),
});

builder.prismaObjectField(AttachmentType, 'product', (t) =>
  t.relation('product', { description: 'The product that has the attachment.' }),
);

const ProductConnection = connectionType('Product', ProductType, { counted: true });

const PRODUCT_LIST = prismaList<Product>('products', { sku: z.string(), shop: SHOP_IN_CURSOR }, 'asc');

builder.queryFields((t) => ({
  product: t.prismaField({
    description:
      'The product with this id, SKU or slug. null when there is none. Set exactly one argument; otherwise the error is BAD_REQUEST.',
    type: ProductType,
    nullable: true,
    args: {
      id: t.arg.id({ description: 'The id of the product.' }),
      sku: t.arg.string({ description: 'The SKU of the product. Surrounding white space is ignored.' }),
      slug: t.arg.string({ description: 'The slug of the product.' }),
      shop: shopArg('product'),
    },
    resolve: (query, _, { sku, shop, ...keys }, { db, runScope }, info) => {
      const key = oneKey({ ...keys, sku: sku?.trim() }, shop);
      if (key === null) return null;
      const product = findProductTree(db.pool, query.select ?? {}, key, {
        ...recentRunsBeneath(info),
        scope: runScope,
      });
      return product
        ? (product as Promise<Product | null>)
        : db.prisma.product.findUnique({ ...query, where: uniqueWhere<Prisma.ProductWhereUniqueInput>(key) });
    },
  }),

  products: t.field({
    description: 'The products, by SKU and shop.',
    type: ProductConnection,
    weighs: { search: 100, hasProblems: 5_000 },
    args: {
      ...bothWaysArgs(),
      search: t.arg.string({
        description:
          'A text that the SKU, the slug or the title contains, ignoring case. At most 200 characters.',
      }),
      shop: shopFilterArg('products'),
      componentId: t.arg.id({
        description: 'Lists only the products that have an attachment of the component with this id.',
      }),
      hasProblems: t.arg.boolean({
        description: `Lists only the products that have problems (Product.problems), or only those that have none. Each product is checked as it is now, at most ${ROWS_CHECKED} for a page: such a page may have fewer nodes than requested, and pageInfo.endCursor leads on. It cannot be combined with last and before.`,
      }),
    },
    resolve: (_, { search, shop, componentId, hasProblems, ...args }, ctx, info) => {
      const attachments = { some: { ...SHOWN, componentId: { in: [componentId].filter(isKnowable) } } };
      const found = {
        ...ofShop(shop),
        ...(componentId == null ? {} : { attachments }),
        ...searchFor(search, ['sku', 'slug', 'title']),
      };
      const { db, checkBudget } = ctx;
      const delegate = db.prisma.product;
      if (hasProblems == null) return readPrismaPage(ctx, info, delegate, PRODUCT_LIST, found, args);
      const passing = async (ids: readonly string[]) => {
        const lint = await lintProducts(db.pool, ids, checkBudget);
        return new Set(ids.filter((id) => lint.get(id)!.length > 0 === hasProblems));
      };
      return readCheckedPage(ctx, info, { delegate, list: PRODUCT_LIST, where: found, passing }, args);
    },
  }),
}));

const isKnowable = (id: string | null | undefined) => id != null && isUuid(id);

/** The recent runs that product-tree.ts reads with the product, instead of by a separate statement. */
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
  description:
    'The product to create or update, found by its SKU within its shop. Fields that are omitted or null keep their stored values.',
  fields: (t) => ({
    shop: t.string({ description: SHOP_INPUT }),
    sku: t.string({
      required: true,
      description:
        'The SKU of the product, unique within its shop, at most 200 characters. Surrounding white space is removed.',
    }),
    slug: t.string({
      description:
        'The slug of the product, unique within its shop: letters, digits, ".", "_", "~" and "-", at most 200 characters. Defaults for a new product to a slug made from the SKU.',
    }),
    title: t.string({
      description: 'The title of the product, at most 500 characters. Defaults for a new product to the SKU.',
    }),
    attributes: t.field({
      description:
        'The attributes of the product, at most 256 KiB of JSON. They replace the stored ones. Defaults for a new product to {}.',
      type: 'JSONObject',
    }),
    journeyComponents: t.field({
      type: [AttachmentInput],
      description:
        'The attachments of the product, at most 200. The list replaces the whole stored list: attachments that are not in it are removed from the product.',
    }),
    expectedRevision: t.int({
      description:
        'The revision that you expect to be stored; 0 means that the product must not exist yet. If it differs, the result is CONFLICT with the stored product, and nothing is changed. Omit it to save over any revision.',
    }),
  }),
});

const ProductPayload = builder.objectRef<SaveResult>('ProductPayload');
ProductPayload.implement({
  description: 'The result of saving a product.',
  fields: (t) => ({
    product: t.prismaField({
      type: ProductType,
      nullable: true,
      description:
        'The product as saved. null when there are userErrors, except with CONFLICT, which returns the stored product.',
      resolve: (query, { id }, _, { db }) =>
        id === null ? null : db.prisma.product.findUnique({ ...query, where: { id } }),
    }),
  }),
});
addUserErrors(ProductPayload);

builder.mutationField('saveProduct', (t) =>
  t.field({
    takesLargeInput: true,
    description:
      'Creates a product, or updates the one with the same SKU in its shop, with its attachments. Everything is saved, or nothing.',
    type: ProductPayload,
    audits: 'Product',
    args: { input: t.arg({ description: 'The product to save.', type: SaveProductInput, required: true }) },
    resolve: (_, { input }, { db, principal }) => saveProduct(db, input, principal.id),
  }),
);
