import { meaningOf } from '../parts/sorted-keys.ts';
import { type ComponentDraft, schemaIn } from './component-draft.ts';

/**
 * Puts what one person typed on a version that another person stored meanwhile. `base` is the version from which both
 * began. `both` are the fields that both changed differently; `merged` has mine there.
 */
export function mergeDrafts(
  base: ComponentDraft,
  mine: ComponentDraft,
  theirs: ComponentDraft,
): { merged: ComponentDraft; both: (keyof ComponentDraft)[] } {
  const fields = Object.keys(base) as (keyof ComponentDraft)[];
  const text = (draft: ComponentDraft, field: keyof ComponentDraft) =>
    meaningOf((field === 'inputSchema' && schemaIn(draft.inputSchema)) || draft[field]);
  const own = fields.filter((field) => text(mine, field) !== text(base, field));
  const both = own.filter(
    (field) => text(theirs, field) !== text(base, field) && text(theirs, field) !== text(mine, field),
  );
  const kept = own.map((field) => [field, mine[field]]);
  return { merged: { ...theirs, ...Object.fromEntries(kept) }, both };
}
