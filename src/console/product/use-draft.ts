import { useState } from 'react';
import { isSame, type ProductDraft } from './product-draft.ts';

type Base = { revision: number; draft: ProductDraft };

/**
 * The draft of a product. This browser stores it by product and revision until it is saved or discarded, so that a
 * closed tab loses nothing. Values of secrets are not stored.
 */
export function useDraft(product: string, base: Base) {
  const key = `draft ${product} ${base.revision}`;
  const [restored] = useState(() => read(key));
  const [draft, setDraft] = useState(restored ?? base.draft);
  const [isRestored, setRestored] = useState(restored !== null && !isSame(restored, base.draft));
  const change = (next: ProductDraft) => {
    setDraft(next);
    if (isSame(next, base.draft)) localStorage.removeItem(key);
    else write(key, next);
  };
  /** Replaces the draft after it was saved or discarded, and deletes the browser's copy. */
  const replace = (next: ProductDraft) => {
    localStorage.removeItem(key);
    setRestored(false);
    setDraft(next);
  };
  return { draft, change, replace, isRestored, discard: () => replace(base.draft) };
}

function read(key: string): ProductDraft | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

function write(key: string, draft: ProductDraft): void {
  const steps = draft.steps.map((step) => ({
    ...step,
    bindings: step.bindings.map((binding) =>
      binding.source.kind === 'value' && binding.source.isSecret
        ? { ...binding, source: { ...binding.source, text: '' } }
        : binding,
    ),
  }));
  try {
    localStorage.setItem(key, JSON.stringify({ ...draft, steps }));
  } catch {
    // The browser's storage is full or switched off: the draft lives as long as the page.
  }
}
