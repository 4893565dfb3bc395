import {
  type AttachmentFields,
  type AttachmentInput,
  attachmentInput,
  normaliseAttachment,
} from '../catalogue/products/attachment-input.ts';
import { referenceMistake } from '../catalogue/products/attachment-reference.ts';
import { productInput, type SaveProductInput, slugFrom } from '../catalogue/products/product-input.ts';
import { invalid, ok, type Result, type UserError } from '../errors.ts';
import { inputErrors, mistakeErrors } from '../input-errors.ts';
import type { JsonObject } from '../json/json.ts';
import { inJsonbOrder } from '../json/jsonb-order.ts';
import type { Database } from '../postgres/database.ts';
import { isUuid, NO_ID } from '../postgres/uuid.ts';
import { bindingMistakes } from '../script-request/bindings/binding-model.ts';
import type { AttachmentSnapshot, ProductSnapshot } from '../script-request/build.ts';
import { inShop, shopOf } from '../shop.ts';

/** Unsaved changes that a preview uses instead of the saved values. */
export type Drafts = { product?: SaveProductInput | null; attachment?: AttachmentInput | null };

/** The errors that saving the drafts would return; paths begin with the draft's name. */
export function draftMistakes({ product, attachment }: Drafts): UserError[] {
  const within = (name: string, mistakes: UserError[]) =>
    mistakes.map(({ path, ...mistake }) => ({ ...mistake, path: [name, ...path] }));
  return [
    ...within('product', product ? inputErrors(productInput, product) : []),
    ...within('attachment', attachment ? inputErrors(attachmentInput, attachment) : []),
  ];
}

/** The product of the shop as it would be after saving the draft. */
export async function draftProduct({ prisma }: Database, draft: SaveProductInput): Promise<ProductSnapshot> {
  const sku = draft.sku.trim();
  const stored = await prisma.product.findUnique({ where: inShop('sku', sku, shopOf(draft.shop)) });
  return {
    id: stored?.id ?? NO_ID,
    sku,
    slug: draft.slug ?? stored?.slug ?? slugFrom(sku, 1),
    title: draft.title ?? stored?.title ?? sku,
    attributes: inJsonbOrder(draft.attributes ?? (stored?.attributes as JsonObject | undefined) ?? {}),
  };
}

export type DraftAttachment = AttachmentSnapshot & AttachmentFields & { componentId: string };

/**
 * The attachment of the shop as it would be after saving the draft, or the errors that saving would return. A stored secret is
 * never previewed with a different component, whose inputSchema could be written to find it out.
 */
export async function draftAttachment(
  { prisma }: Database,
  draft: AttachmentInput,
  shop: string,
): Promise<Result<DraftAttachment>> {
  const stored =
    draft.id != null && isUuid(draft.id)
      ? await prisma.attachment.findUnique({ where: { id: draft.id, hiddenAt: null, product: { shop } } })
      : null;
  const reference = referenceMistake(draft, stored);
  if (reference) return invalid({ ...reference, path: ['attachment', ...reference.path] });
  const fields = normaliseAttachment(
    draft,
    stored?.displayOrder ?? 0,
    (stored as AttachmentFields | null) ?? undefined,
  );
  const mistakes = draft.bindings ? bindingMistakes(fields.bindings) : [];
  if (mistakes.length > 0) return invalid(...mistakeErrors(['attachment', 'bindings'], mistakes));
  return ok({
    ...fields,
    id: stored?.id ?? NO_ID,
    componentId: draft.componentId.toLowerCase(),
    metadata: inJsonbOrder(fields.metadata),
  });
}
