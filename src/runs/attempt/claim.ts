import type pg from 'pg';
import { rowsOf } from '../../postgres/statement.ts';
import { withShared } from '../model/shared-payload.ts';
import { type RequestSources, wholeRequest } from '../model/stored-request.ts';
import { CLAIM_DUE, CLAIM_ONE, type ClaimedRow, RANKS, type Rank } from './claim-statement.ts';
import { createSharedPayloads } from './shared-payloads.ts';

/** A claimed run, whose payloads include what its group shares. */
export type ClaimedRun = ClaimedRow & {
  /** The worker that claimed it. */
  workerId: string;
  /** The request that an earlier call sent under this call key, byte for byte; null before the first call. */
  frozenRequest: string | null;
  /** The payloads from which its stored request is made. */
  sources: RequestSources;
  claimed: ClaimTime;
};

/** When a claim was sent and answered, in milliseconds since 1970, and how many runs it returned. */
type ClaimTime = { from: number; until: number; runs: number };

/** How many runs a worker can start now: `lost` of those that lost ALONE_FROM workers, and `free` of the others. */
export type Capacity = { free: number; lost: number };

export type ClaimedRuns = {
  /** In the order of their turn: by priority, then by the time since which they are due. */
  runs: ClaimedRun[];
  /** The milliseconds until the next run becomes due; null when none waits for its time. */
  nextDueMs: number | null;
};

/** Claims runs of one queue for a worker: QUEUED → RUNNING. A worker without a valid lease gets none. */
export type Claims = {
  /** Claims due runs, up to the worker's capacity. Runs that another worker is claiming are left to it. */
  due: (workerId: string, capacity: Capacity) => Promise<ClaimedRuns>;
  /** Claims one run, due or not; null when it is not QUEUED in this queue under this fence. */
  one: (workerId: string, run: { runId: string; fence: number }) => Promise<ClaimedRun | null>;
};

/** The pool's connections must plan by index (transition.ts). */
export function createClaims(pool: pg.Pool, queue: string): Claims {
  const groups = createSharedPayloads(pool);
  const places = createPlaces();

  const claimedRuns = (rows: ClaimedRow[], workerId: string, from: number): Promise<ClaimedRun[]> => {
    const found = rows.filter(({ id }) => id !== null);
    const claimed = { from, until: Date.now(), runs: found.length };
    return Promise.all(
      found.map(async (row) => {
        const shared = row.groupId === null ? null : await groups.get(row.groupId);
        return { ...claimedRun(row, workerId, { own: row, shared }), claimed };
      }),
    );
  };

  return {
    async due(workerId, { free, lost }) {
      const from = Date.now();
      const rows = await rowsOf(pool, CLAIM_DUE, [workerId, queue, free, lost, ...places.values()]);
      places.move(rows[0]!);
      return { runs: await claimedRuns(rows, workerId, from), nextDueMs: rows[0]!.nextDueMs };
    },
    async one(workerId, { runId, fence }) {
      const from = Date.now();
      const rows = await rowsOf(pool, CLAIM_ONE, [workerId, queue, runId, fence]);
      return (await claimedRuns(rows, workerId, from))[0] ?? null;
    },
  };
}

/**
 * The time of each rank from which a claim reads the queue. The index still has the runs that were claimed before it,
 * as long as any transaction on the server could see them, such as a backup of an hour; reading past them would take
 * longer with each run. Runs can be queued at an earlier place, by a transaction that took long or by a worker that
 * returns them: each WHOLE_MS a claim reads the whole queue.
 */
function createPlaces() {
  const places: Record<Rank, Date | '-infinity'> = {
    HIGH: '-infinity',
    NORMAL: '-infinity',
    LOW: '-infinity',
  };
  let wholeAt = performance.now();
  return {
    values(): (Date | '-infinity')[] {
      const isWhole = performance.now() - wholeAt >= WHOLE_MS;
      if (isWhole) wholeAt = performance.now();
      return RANKS.map((rank) => (isWhole ? '-infinity' : places[rank]));
    },
    move(found: Record<Rank, Date | null>): void {
      for (const rank of RANKS) places[rank] = found[rank] ?? places[rank];
    },
  };
}

const WHOLE_MS = 5_000;

function claimedRun(row: ClaimedRow, workerId: string, sources: RequestSources): Omit<ClaimedRun, 'claimed'> {
  const { frozenRequest, ...run } = row;
  const { shared } = sources;
  return {
    ...run,
    ...(shared && {
      inputPayload: withShared(shared.input, run.inputPayload),
      context: withShared(shared.context, run.context),
    }),
    workerId,
    frozenRequest: frozenRequest && wholeRequest(frozenRequest, sources),
    sources,
  };
}
