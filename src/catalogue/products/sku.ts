/** A sku as it is stored and looked up: without white space around it; null where nothing is left. */
export const skuOf = (text: string | null | undefined): string | null => text?.trim() || null;
