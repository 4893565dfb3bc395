import type pg from 'pg';
import { createBatch } from '../postgres/batch.ts';
import type { ListedRun } from '../runs/model/run-row.ts';
import { EVERY_RUN } from '../runs/model/run-scope.ts';
import { findListedRuns } from './run-lookup.ts';

/**
 * Reads a run that the caller has enqueued as it is now; null when it does not exist. Calls that wait at the same time
 * share one statement, also those of different principals.
 */
export type ReadRun = (id: string) => Promise<ListedRun | null>;

export function createReadRun(pool: pg.Pool): ReadRun {
  const batch = createBatch<string, ListedRun | null>({
    bytesOf: () => BYTES_GUESSED,
    run: async (ids) => {
      const runs = await findListedRuns(pool, EVERY_RUN, ids);
      return ids.map((id) => runs.get(id) ?? null);
    },
  });
  return batch.submit;
}

const BYTES_GUESSED = 20_000;
