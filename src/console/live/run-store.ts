import { useCallback, useSyncExternalStore } from 'react';

/** A run with the number of its latest event, by which a newer state is distinguished from an older one. */
export type LiveRun = { id: string; sequence: number };

/**
 * The runs that the console shows, each in its newest known state. Pages that were read and events that arrive are put
 * in any order. A run's listeners are called when that run changes, so that one event renders one row.
 */
export class RunStore<Run extends LiveRun> {
  readonly #runs = new Map<string, Run>();
  readonly #listeners = new Map<string, Set<() => void>>();

  get(id: string): Run | undefined {
    return this.#runs.get(id);
  }

  /** Stores the runs that are newer than the stored ones, and returns those. */
  put(runs: readonly Run[]): Run[] {
    const newer = runs.filter((run) => {
      const stored = this.#runs.get(run.id);
      if (stored && stored.sequence >= run.sequence) return false;
      this.#runs.set(run.id, run);
      return true;
    });
    for (const { id } of newer) for (const listener of this.#listeners.get(id) ?? []) listener();
    return newer;
  }

  subscribe(id: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(id) ?? new Set();
    this.#listeners.set(id, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(id);
    };
  }
}

/** The newest known state of a run. The component renders again when this run changes. */
export function useStoredRun<Run extends LiveRun>(store: RunStore<Run>, id: string): Run | undefined {
  const subscribe = useCallback((listener: () => void) => store.subscribe(id, listener), [store, id]);
  return useSyncExternalStore(subscribe, () => store.get(id));
}
