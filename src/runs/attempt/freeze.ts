import type pg from 'pg';
import { createBatch } from '../../postgres/batch.ts';
import { rowsOf, statement } from '../../postgres/statement.ts';
import { type SerializedRow, serializeRow, unnestSerialized, unnestSql } from '../../postgres/unnest.ts';
import type { ClaimToken } from './record.ts';

/**
 * Stores the bytes of a call before they are sent, so that a repeat under the same Idempotency-Key, even after a
 * crash, sends the same bytes. Returns false when the run was taken away meanwhile: nothing may be sent then.
 */
export type Freeze = (token: ClaimToken, request: string) => Promise<boolean>;

const INPUT = { run_id: 'uuid', fence: 'int', worker_id: 'uuid', request: 'text' } as const;

/** Uses the runs' primary key. Locks in id order, as transitions do. */
const FREEZE = statement({
  name: 'freeze',
  text: `
  with locked as materialized (
    select i.* from ${unnestSql(INPUT, 'i')} join journey_component_runs r on r.id = i.run_id
    where r.status = 'RUNNING' and r.fence = i.fence and r.worker_id = i.worker_id
    order by r.id for update of r
  )
  update journey_component_runs r set request = i.request, request_call_key = r.call_key
  from locked i where r.id = i.run_id returning i.n::int`,
  columns: { n: 'int4' },
});

export function createFreeze(pool: pg.Pool): Freeze {
  const batch = createBatch<SerializedRow, boolean>({
    bytesOf: (row) => row.bytes,
    run: async (rows) => {
      const values = unnestSerialized(INPUT, rows);
      const frozen = await rowsOf(pool, FREEZE, values);
      const positions = new Set(frozen.map((row) => row.n));
      return rows.map((_, index) => positions.has(index + 1));
    },
  });
  return ({ runId, fence, workerId }, request) =>
    batch.submit(serializeRow(INPUT, { run_id: runId, fence, worker_id: workerId, request }));
}
