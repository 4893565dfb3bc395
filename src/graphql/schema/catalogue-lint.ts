import { z } from 'zod';
import type { LintCode, LintSeverity } from '../../catalogue/lint/lint.ts';
import {
  type AttachmentFinding,
  type LintedProduct,
  lintProducts,
  listLinted,
} from '../../catalogue/lint/read-lint.ts';
import { isUuid } from '../../postgres/uuid.ts';
import type { Context } from '../context.ts';
import { loadRow } from '../selection/load-row.ts';
import { readPage } from '../selection/page.ts';
import { keysetCursor } from '../selection/page-cursor.ts';
import { AttachmentType } from './attachment.ts';
import { builder } from './builder.ts';
import { connectionType, forwardArgs } from './connection.ts';
import { ProductType } from './product.ts';
import { SHOP_IN_CURSOR } from './shop-args.ts';

const LintSeverityType = builder.enumType('LintSeverity', {
  description: 'How certain it is that runs will fail.',
  values: {
    ERROR: { value: 'ERROR', description: 'Runs of the attachment will fail, or none will be enqueued.' },
    WARNING: { value: 'WARNING', description: 'Some runs of the attachment may fail.' },
  } as const satisfies Record<LintSeverity, object>,
});

const LintCodeType = builder.enumType('LintCode', {
  description: 'The kind of a problem that catalogueLint finds.',
  values: {
    COMPONENT_ARCHIVED: {
      value: 'COMPONENT_ARCHIVED',
      description: 'The component is archived, so that no run of the attachment is enqueued.',
    },
    SCHEMA_UNUSABLE: {
      value: 'SCHEMA_UNUSABLE',
      description: 'The inputSchema of the component accepts no inputs at all, or cannot be used.',
    },
    PATH_NOT_FOUND: {
      value: 'PATH_NOT_FOUND',
      description: 'A productField path finds no value on this product.',
    },
    SECRET_NOT_FOUND: {
      value: 'SECRET_NOT_FOUND',
      description: 'The secret to which a binding refers is not stored.',
    },
    INPUT_REFUSED: {
      value: 'INPUT_REFUSED',
      description:
        'The inputSchema does not accept a static value, the value that a path finds, or the payload that checkouts send.',
    },
    INPUT_MISSING: {
      value: 'INPUT_MISSING',
      description: 'The inputSchema requires an input that no binding fills.',
    },
  } as const satisfies Record<LintCode, object>,
});

export const LintFindingType = builder.objectRef<AttachmentFinding>('LintFinding').implement({
  description: 'A problem that will make runs of this attachment fail.',
  fields: (t) => ({
    attachment: t.prismaField({
      description: 'The attachment that has the problem.',
      type: AttachmentType,
      resolve: async (query, { attachmentId }, _, ctx) =>
        (await loadRow(ctx, 'attachment', query, { id: attachmentId }))!,
    }),
    code: t.expose('code', { description: 'The kind of the problem.', type: LintCodeType }),
    severity: t.expose('severity', {
      description: 'How certain it is that runs will fail.',
      type: LintSeverityType,
    }),
    message: t.exposeString('message', {
      description: 'A sentence that says what is wrong and how to fix it.',
    }),
    path: t.exposeStringList('path', {
      description:
        'The path of the faulty value in the attachment, as in AttachmentInput: ["bindings", "0", "path"]. Items of lists are counted from 0.',
    }),
  }),
});

const ProductLintType = builder.objectRef<LintedProduct>('ProductLint').implement({
  description: 'The problems of the attachments of one product.',
  fields: (t) => ({
    product: t.prismaField({
      description: 'The product.',
      type: ProductType,
      resolve: async (query, { id }, _, ctx) => (await loadRow(ctx, 'product', query, { id }))!,
    }),
    findings: t.field({
      description:
        'The problems, in the displayOrder of the attachments. The list is empty when there are none.',
      type: [LintFindingType],
      weighs: { always: 50 },
      resolve: ({ id }, _, ctx) => findingsOf(ctx, id),
    }),
  }),
});

builder.prismaObjectField(ProductType, 'problems', (t) =>
  t.field({
    description:
      'The problems of the attachments that will make runs fail, as catalogueLint lists them, in the displayOrder of the attachments.',
    type: [LintFindingType],
    weighs: { always: 50 },
    resolve: ({ id }, _, ctx) => findingsOf(ctx, id),
  }),
);

/** Checks a product. One statement reads all products that the operation checks. */
async function findingsOf({ db, loaders, checkBudget }: Context, id: string): Promise<AttachmentFinding[]> {
  const lint = loaders.of('lint', (ids) => lintProducts(db.pool, ids, checkBudget));
  return (await lint.load(id)) ?? [];
}

const ProductLintConnection = connectionType('ProductLint', ProductLintType, { counted: false });

builder.queryField('catalogueLint', (t) =>
  t.field({
    description:
      'Checks the attachments of every product, or of one product, as they are stored now, and lists the problems that will make runs fail. Products are sorted by sku and shop.',
    type: ProductLintConnection,
    args: {
      ...forwardArgs(),
      productId: t.arg.id({
        description: 'Checks only the product with this id. null checks every product.',
      }),
    },
    resolve: (_, { productId = null, ...args }, { db }) =>
      readPage<LintedProduct, [string, string]>(args, {
        cursor: CURSOR,
        keyOf: ({ sku, shop }) => [sku, shop],
        fetch: async (slice) =>
          productId !== null && !isUuid(productId) ? [] : listLinted(db.pool, productId, slice),
      }),
  }),
);

const CURSOR = keysetCursor('lint', z.tuple([z.string(), SHOP_IN_CURSOR]));
