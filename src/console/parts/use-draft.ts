import { useRef, useState } from 'react';

/**
 * The draft of a thing that a person edits. This browser stores it under `key` until it is saved or discarded, so that a closed
 * tab loses nothing. A new key, such as one of a new revision, is the place of later changes.
 */
export function useDraft<Draft>(key: string, base: Draft, { isSame, storable }: DraftOptions<Draft>) {
  const [restored] = useState(() => read<Draft>(key));
  const [draft, setDraft] = useState(restored ?? base);
  const [isRestored, setRestored] = useState(restored !== null && !isSame(restored, base));
  const latest = useRef(draft);
  const set = (next: Draft) => {
    latest.current = next;
    setDraft(next);
  };
  const change = (next: Draft) => {
    set(next);
    storeDraft(key, isSame(next, base) ? null : storable(next));
  };
  /** Replaces the draft after it was saved or discarded, and deletes the browser's copy. */
  const replace = (next: Draft) => {
    storeDraft(key, null);
    setRestored(false);
    set(next);
  };
  return {
    draft,
    change,
    replace,
    isRestored,
    discard: () => replace(base),
    /** The draft at this moment, also before the page is drawn again. */
    latest: () => latest.current,
    /** Whether there are changes at this moment, also before the page is drawn again. */
    isChanged: () => !isSame(latest.current, base),
  };
}

type DraftOptions<Draft> = {
  /** Whether both drafts would be saved alike. */
  isSame(one: Draft, other: Draft): boolean;
  /** The draft without what a browser must not store. */
  storable(draft: Draft): Draft;
};

function read<Draft>(key: string): Draft | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

/** Stores a draft in this browser; null deletes it. */
export function storeDraft(key: string, draft: unknown): void {
  try {
    if (draft === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // The browser's storage is full or switched off: the draft lives as long as the page.
  }
}
