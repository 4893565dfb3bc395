import { inputOf, type ProductDraft } from './product-draft.ts';

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
    const [before, own, other] = [base, mine, theirs].map((draft) => stored(draft, part));
    if (own === other || other === before) continue;
    if (own === before) Object.assign(merged, { [part]: theirs[part] });
    else conflicts.push({ part, label: PARTS[part] });
  }
  return { merged, conflicts };
}

export type Merged = { merged: ProductDraft; conflicts: Conflict[] };

/** The part as it would be stored, without what only the page knows. */
function stored(draft: ProductDraft, part: keyof typeof PARTS): string {
  if (part !== 'steps') return draft[part];
  return JSON.stringify(inputOf({ ...draft, attributes: '{}' }, '', null)?.journeyComponents);
}
