/** A sku as it is stored and looked up: without surrounding white space; null if it is blank. */
export const skuOf = (text: string | null | undefined): string | null => text?.trim() || null;
