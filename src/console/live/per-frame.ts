/** How often events are applied in a hidden tab, where browsers call no requestAnimationFrame. */
const HIDDEN_MS = 250;

/** Gathers items, and applies all that arrived meanwhile once a frame, however many they are. */
export function perFrame<Item>(apply: (items: Item[]) => void): { add(item: Item): void; cancel(): void } {
  let items: Item[] = [];
  let cancel: (() => void) | null = null;
  const flush = () => {
    const gathered = items;
    items = [];
    cancel = null;
    apply(gathered);
  };
  return {
    add(item) {
      items.push(item);
      cancel ??= schedule(flush);
    },
    cancel() {
      cancel?.();
      items = [];
      cancel = null;
    },
  };
}

function schedule(flush: () => void): () => void {
  if (document.hidden) {
    const timer = setTimeout(flush, HIDDEN_MS);
    return () => clearTimeout(timer);
  }
  let isDone = false;
  const once = () => {
    if (!isDone) flush();
    isDone = true;
  };
  // A tab that is hidden before the frame gets the events by the timer.
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, HIDDEN_MS);
  return () => {
    isDone = true;
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
