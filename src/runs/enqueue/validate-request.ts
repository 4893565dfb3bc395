import type pg from 'pg';
import { rowsOf } from '../../postgres/statement.ts';
import { unnestWritten } from '../../postgres/unnest.ts';
import { type EnqueueRequest, identified } from './enqueue-batch.ts';
import { INPUT, JUDGE, type Judgement } from './enqueue-statement.ts';

/** What enqueueing would say of a request just now, and what its run would be made of. Stores nothing. */
export async function judgeRequest(pool: pg.Pool, request: EnqueueRequest): Promise<Judgement> {
  const values = unnestWritten(INPUT, [identified(request).row]);
  return (await rowsOf(pool, JUDGE, values))[0]!;
}
