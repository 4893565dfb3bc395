import type { Hold } from './record.ts';

/**
 * Why an active run is aborted: a cancel was requested, the run no longer belongs to this worker, or this worker
 * stops.
 */
export type AbortReason = 'cancel' | 'taken' | 'stop';

/** A claim whose answer has not arrived after this many milliseconds counts as lost. It equals the lease. */
const STRAY_MS = 8_000;

/** A run that the database says is RUNNING under this worker. */
export type OwnRun = { runId: string; fence: number; cancelRequested: boolean };

export type RunInHand = { hold: Hold; signal: AbortSignal };

/** The runs that this process is executing. Each of them can be aborted separately. */
export type InHand = {
  add: (hold: Hold) => RunInHand;
  remove: (run: RunInHand) => void;
  size: () => number;
  abortAll: (reason: AbortReason) => void;
  /**
   * Compares the runs being executed here with those the database assigns to this worker. Aborts runs that were
   * canceled or reassigned. Returns the claims whose answer was lost: runs that have been assigned to this worker
   * for longer than a lease and are not executed here.
   */
  reconcile: (ownRuns: OwnRun[], askedAt: number, workerId: string) => Hold[];
};

type Entry = RunInHand & { since: number; controller: AbortController };

export function createInHand(): InHand {
  const entries = new Map<string, Entry>();
  /** By run and fence: performance.now() when a run was first seen as assigned to this worker but not executed here. */
  const strays = new Map<string, number>();

  return {
    add(hold) {
      const controller = new AbortController();
      const entry = { hold, controller, signal: controller.signal, since: performance.now() };
      entries.set(hold.runId, entry);
      return entry;
    },
    remove(run) {
      if (entries.get(run.hold.runId) === run) entries.delete(run.hold.runId);
    },
    size: () => entries.size,
    abortAll(reason) {
      for (const entry of entries.values()) entry.controller.abort(reason);
    },
    reconcile(ownRuns, askedAt, workerId) {
      const own = new Map(ownRuns.map((run) => [run.runId, run]));
      for (const entry of entries.values()) {
        const stored = own.get(entry.hold.runId);
        const stillOurs = stored?.fence === entry.hold.fence;
        if (stillOurs && stored.cancelRequested) entry.controller.abort('cancel' satisfies AbortReason);
        if (!stillOurs && entry.since < askedAt) entry.controller.abort('taken' satisfies AbortReason);
      }
      return strayHolds(ownRuns, askedAt, workerId);
    },
  };

  function strayHolds(ownRuns: OwnRun[], askedAt: number, workerId: string): Hold[] {
    const notInHand = ownRuns.filter((run) => entries.get(run.runId)?.hold.fence !== run.fence);
    const keys = new Set(notInHand.map(keyOf));
    for (const key of strays.keys()) if (!keys.has(key)) strays.delete(key);
    for (const key of keys) if (!strays.has(key)) strays.set(key, askedAt);
    return notInHand
      .filter((run) => askedAt - strays.get(keyOf(run))! >= STRAY_MS)
      .map((run) => ({ runId: run.runId, fence: run.fence, workerId }));
  }
}

const keyOf = (run: OwnRun): string => `${run.runId}:${run.fence}`;
