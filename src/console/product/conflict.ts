import { meaningOf } from '../parts/sorted-keys.ts';
import { inputOf, objectIn, type ProductDraft } from './product-draft.ts';

/** A part of a product that two people changed differently. */
export type Conflict = { part: 'title' | 'attributes' | 'steps'; label: string };

const PARTS = { title: 'Title', attributes: 'Attributes', steps: 'Steps' } as const;

/**
 * Compares what one person typed with what another person stored meanwhile. `base` is the state from which both began.
 * A part that only one of them changed is taken over; the others are conflicts, in which `merged` has mine.
 */
export function mergeDrafts(base: ProductDraft, mine: ProductDraft, theirs: ProductDraft): Merged {
  const conflicts: Conflict[] = [];
  const merged = { ...mine };
  for (const part of Object.keys(PARTS) as (keyof typeof PARTS)[]) {
    const [before, own, other] = [base, mine, theirs].map((draft) => meaningOf(storedPart(draft, part)));
    if (own === other || other === before) continue;
    if (own === before) Object.assign(merged, { [part]: theirs[part] });
    else conflicts.push({ part, label: PARTS[part] });
  }
  return { merged, conflicts };
}

export type Merged = { merged: ProductDraft; conflicts: Conflict[] };

/** The part as it would be stored, without what only the page knows. */
export function storedPart(draft: ProductDraft, part: Conflict['part']): unknown {
  switch (part) {
    case 'title':
      return draft.title;
    case 'attributes':
      return objectIn(draft.attributes) ?? draft.attributes;
    case 'steps':
      return inputOf({ ...draft, attributes: '{}' }, '', null)?.journeyComponents;
  }
}
