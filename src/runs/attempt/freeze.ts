import type pg from 'pg';
import { createRowBatch } from '../../postgres/row-batch.ts';
import { statement } from '../../postgres/statement.ts';
import { unnestSql } from '../../postgres/unnest.ts';
import type { ClaimToken } from './record.ts';

/**
 * Stores the bytes of a call before they are sent, so that a repeat under the same Idempotency-Key, even after a
 * crash, sends the same bytes. Returns false when the run was taken away meanwhile: nothing may be sent then.
 */
export type Freeze = (token: ClaimToken, request: string) => Promise<boolean>;

const INPUT = { run_id: 'uuid', fence: 'int', worker_id: 'uuid', request: 'text' } as const;

/** Uses the primary key of running runs. */
const FREEZE = statement({
  name: 'freeze',
  text: `
  update journey_running r set request = i.request, request_call_key = r.call_key
  from (select * from ${unnestSql(INPUT, 'i')} order by run_id) i
  where r.run_id = i.run_id and (r.fence = i.fence and r.worker_id = i.worker_id) is true
  returning i.n::int`,
  columns: { n: 'int4' },
});

export function createFreeze(pool: pg.Pool): Freeze {
  const submit = createRowBatch(pool, INPUT, FREEZE);
  return ({ runId, fence, workerId }, request) =>
    submit({ run_id: runId, fence, worker_id: workerId, request });
}
