import type { ClaimToken } from './record.ts';

/**
 * Why an active run is aborted: a cancel was requested, the run no longer belongs to this worker, or this worker
 * stops.
 */
export type AbortReason = 'cancel' | 'taken' | 'stop';

/** A claim whose answer has not arrived after this many milliseconds counts as lost. It equals the lease. */
const ORPHANED_MS = 8_000;

/** A run that the database says is RUNNING under this worker. */
export type OwnRun = { runId: string; fence: number; cancelRequested: boolean };

export type ActiveRun = { token: ClaimToken; signal: AbortSignal };

/** The runs that this process is executing. Each of them can be aborted separately. */
export type ActiveRuns = {
  add: (token: ClaimToken) => ActiveRun;
  remove: (run: ActiveRun) => void;
  abortAll: (reason: AbortReason) => void;
  ids: () => string[];
  /**
   * Aborts the runs being executed here that were canceled, or that the database no longer assigns to this worker.
   * `ownRuns` are those of the executed runs that it assigned to this worker at `requestedAt`.
   */
  reconcile: (ownRuns: OwnRun[], requestedAt: number) => void;
  /**
   * Returns the claims whose answer was lost: of all runs that the database assigns to this worker, those that it has
   * assigned for longer than a lease and that are not executed here.
   */
  orphanedClaims: (ownRuns: OwnRun[], requestedAt: number, workerId: string) => ClaimToken[];
};

type Entry = ActiveRun & { since: number; controller: AbortController };

export function createActiveRuns(): ActiveRuns {
  const entries = new Map<string, Entry>();
  /** By run and fence: performance.now() when a run was first seen as assigned to this worker but not executed here. */
  const orphanedSince = new Map<string, number>();

  return {
    add(token) {
      const controller = new AbortController();
      const entry = { token, controller, signal: controller.signal, since: performance.now() };
      entries.set(token.runId, entry);
      return entry;
    },
    remove(run) {
      if (entries.get(run.token.runId) === run) entries.delete(run.token.runId);
    },
    ids: () => [...entries.keys()],
    abortAll(reason) {
      for (const entry of entries.values()) entry.controller.abort(reason);
    },
    reconcile(ownRuns, requestedAt) {
      const own = new Map(ownRuns.map((run) => [run.runId, run]));
      for (const entry of entries.values()) {
        const stored = own.get(entry.token.runId);
        const stillOurs = stored?.fence === entry.token.fence;
        if (stillOurs && stored.cancelRequested) entry.controller.abort('cancel' satisfies AbortReason);
        if (!stillOurs && entry.since < requestedAt) entry.controller.abort('taken' satisfies AbortReason);
      }
    },
    orphanedClaims,
  };

  function orphanedClaims(ownRuns: OwnRun[], requestedAt: number, workerId: string): ClaimToken[] {
    const notActive = ownRuns.filter((run) => entries.get(run.runId)?.token.fence !== run.fence);
    const keys = new Set(notActive.map(keyOf));
    for (const key of orphanedSince.keys()) if (!keys.has(key)) orphanedSince.delete(key);
    for (const key of keys) if (!orphanedSince.has(key)) orphanedSince.set(key, requestedAt);
    return notActive
      .filter((run) => requestedAt - orphanedSince.get(keyOf(run))! >= ORPHANED_MS)
      .map((run) => ({ runId: run.runId, fence: run.fence, workerId }));
  }
}

const keyOf = (run: OwnRun): string => `${run.runId}:${run.fence}`;
