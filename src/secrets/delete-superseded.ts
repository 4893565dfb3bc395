import type pg from 'pg';
import { rowsOf, statement } from '../postgres/statement.ts';

/**
 * Deletes versions of secrets that were superseded more than `days` ago and that no unfinished run sends again. Returns
 * their number. Reads all queued and running runs if there is such a version.
 */
export async function deleteSuperseded(pool: pg.Pool, days: number): Promise<number> {
  const [row] = await rowsOf(pool, DELETE, [days]);
  return row!.deleted;
}

const DELETE = statement({
  text: `
  with gone as (
    delete from journey_secrets s where s.superseded_at < now() - $1::float8 * interval '1 day'
      and not exists (select from journey_run_queue r where r.request like '%secret:' || s.id || '%')
      and not exists (select from journey_running r where r.request like '%secret:' || s.id || '%')
    returning s.id
  )
  select count(*)::int as deleted from gone`,
  columns: { deleted: 'int4' },
});
