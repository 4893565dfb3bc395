import type { Hold } from './record.ts';

/** Why a run in hand is aborted: a cancel was asked, it is no longer this worker's, or this worker stops. */
export type AbortReason = 'cancel' | 'taken' | 'stop';

/** How long a claim's answer may be on its way before it counts as lost: as long as a lease. */
const STRAY_MS = 8_000;

/** A run that the database says is RUNNING under this worker. */
export type OwnRun = { runId: string; fence: number; cancelRequested: boolean };

export type RunInHand = { hold: Hold; signal: AbortSignal };

/** The runs that this process is working on, each with the means to abort it alone. */
export type InHand = {
  add: (hold: Hold) => RunInHand;
  remove: (run: RunInHand) => void;
  size: () => number;
  abortAll: (reason: AbortReason) => void;
  /**
   * Holds what is in hand against what the database says is this worker's: aborts what was canceled or taken away, and
   * returns what is the worker's for longer than a lease without being in hand, a claim whose answer was lost.
   */
  reconcile: (ownRuns: OwnRun[], askedAt: number, workerId: string) => Hold[];
};

type Entry = RunInHand & { since: number; controller: AbortController };

export function createInHand(): InHand {
  const entries = new Map<string, Entry>();
  /** performance.now() when a run was first seen as ours without being in hand, by run and fence. */
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
