import { z } from 'zod';
import { isUuid } from '../db/uuid.ts';
import type { LintCode, LintSeverity } from '../products/lint.ts';
import {
  type AttachmentFinding,
  type LintedProduct,
  lintProducts,
  listLinted,
} from '../products/read-lint.ts';
import { AttachmentType } from './attachment.ts';
import { builder } from './builder.ts';
import { connectionType, forwardArgs } from './connection.ts';
import { keysetCursor } from './cursor.ts';
import { readPage } from './page.ts';
import { ProductType } from './product.ts';

const LintSeverityType = builder.enumType('LintSeverity', {
  values: {
    ERROR: { value: 'ERROR', description: 'Its runs fail, or none is made.' },
    WARNING: { value: 'WARNING', description: 'Some of its runs may fail.' },
  } as const satisfies Record<LintSeverity, object>,
});

const LintCodeType = builder.enumType('LintCode', {
  values: {
    COMPONENT_ARCHIVED: { value: 'COMPONENT_ARCHIVED', description: 'The component runs no more.' },
    SCHEMA_UNUSABLE: {
      value: 'SCHEMA_UNUSABLE',
      description: "The component's inputSchema accepts no inputs at all, or cannot be used.",
    },
    PATH_NOT_FOUND: {
      value: 'PATH_NOT_FOUND',
      description: 'A product_field path finds nothing on this product.',
    },
    INPUT_REFUSED: {
      value: 'INPUT_REFUSED',
      description: 'The inputSchema refuses a static value, what a path finds, or what checkouts hand over.',
    },
    INPUT_MISSING: { value: 'INPUT_MISSING', description: 'The inputSchema requires what no binding fills.' },
  } as const satisfies Record<LintCode, object>,
});

const LintFindingType = builder.objectRef<AttachmentFinding>('LintFinding').implement({
  description: 'What would fail before a shopper does.',
  fields: (t) => ({
    attachment: t.prismaField({
      type: AttachmentType,
      resolve: (query, { attachmentId }, _, { db }) =>
        db.prisma.attachment.findUniqueOrThrow({ ...query, where: { id: attachmentId } }),
    }),
    code: t.expose('code', { type: LintCodeType }),
    severity: t.expose('severity', { type: LintSeverityType }),
    message: t.exposeString('message', { description: 'What is wrong, and what would mend it.' }),
    path: t.exposeStringList('path', {
      description: 'Into the attachment as saveProduct takes it, like ["bindings", "0", "path"].',
    }),
  }),
});

const ProductLintType = builder.objectRef<LintedProduct>('ProductLint').implement({
  description: "What is wrong with a product's attachments.",
  fields: (t) => ({
    product: t.prismaField({
      type: ProductType,
      resolve: (query, { id }, _, { db }) => db.prisma.product.findUniqueOrThrow({ ...query, where: { id } }),
    }),
    findings: t.field({
      description: 'By the display order of the attachments; empty where all is well.',
      type: [LintFindingType],
      weighs: { always: 50 },
      resolve: async ({ id }, _, { db, loaders, checkBudget }) =>
        (await loaders.of('lint', (ids) => lintProducts(db.pool, ids, checkBudget)).load(id)) ?? [],
    }),
  }),
});

const ProductLintConnection = connectionType('ProductLint', ProductLintType, { counted: false });

builder.queryField('catalogueLint', (t) =>
  t.field({
    description:
      'Every product, or the one given, by sku, with what would fail of its attachments as they are now.',
    type: ProductLintConnection,
    args: { ...forwardArgs(), productId: t.arg.id() },
    resolve: (_, { productId = null, ...args }, { db }) =>
      readPage<LintedProduct, [string]>(args, {
        cursor: CURSOR,
        keyOf: ({ sku }) => [sku],
        fetch: async ({ after, before, ...slice }) =>
          productId !== null && !isUuid(productId)
            ? []
            : listLinted(db.pool, productId, {
                ...slice,
                after: after?.[0] ?? null,
                before: before?.[0] ?? null,
              }),
      }),
  }),
);

const CURSOR = keysetCursor('lint', z.tuple([z.string()]));
