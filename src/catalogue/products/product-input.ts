import { z } from 'zod';
import { jsonObject, list, text } from '../../input-errors.ts';
import type { JsonObject } from '../../json/json.ts';
import { shopInput } from '../../shop.ts';
import { attachmentInput } from './attachment-input.ts';

const SLUG = /^[\p{L}\p{N}](?:[\p{L}\p{N}._~-]*[\p{L}\p{N}])?$/u;
const MAX_ATTACHMENTS = 200;

/** The input of saveProduct. GraphQL has already validated the types. */
export const productInput = z.object({
  shop: shopInput,
  /** Stored without surrounding white space. */
  sku: z.string().trim().pipe(text(200)),
  slug: text(200).regex(SLUG, 'must be letters, digits, ".", "_", "~" and "-", like rose-bouquet').nullish(),
  title: text(500).nullish(),
  attributes: jsonObject<JsonObject>().nullish(),
  journeyComponents: list(attachmentInput, MAX_ATTACHMENTS)
    .superRefine((items, context) => {
      const ids = items.map(({ id }) => id?.toLowerCase());
      ids.forEach((id, index) => {
        if (id !== undefined && ids.indexOf(id) < index)
          context.addIssue({
            code: 'custom',
            path: [index, 'id'],
            message: 'is in the list twice; keep one of them',
          });
      });
    })
    .nullish(),
  /** 0: the product must not exist yet. */
  expectedRevision: z.int().nullish(),
});

/** Missing or null fields preserve the stored values; for a new product they take their defaults. */
export type SaveProductInput = z.infer<typeof productInput>;

/** A slug made from the sku. `n`, from 1, is the number of the try, for when earlier slugs are taken. */
export function slugFrom(sku: string, n: number): string {
  const slug = sku
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return `${slug || 'product'}${n > 1 ? `-${n}` : ''}`;
}
