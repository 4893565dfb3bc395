import type pg from 'pg';
import { unnestWritten } from '../db/unnest.ts';
import { type EnqueueRequest, identified } from './enqueue.ts';
import { INPUT, JUDGE, type Judgement } from './enqueue-sql.ts';

/** What enqueueing would say of a request just now, and what its run would be made of. Stores nothing. */
export async function judgeRequest(pool: pg.Pool, request: EnqueueRequest): Promise<Judgement> {
  const values = unnestWritten(INPUT, [identified(request).row]);
  const { rows } = await pool.query<Judgement>({ name: 'judge', text: JUDGE, values });
  return rows[0]!;
}
