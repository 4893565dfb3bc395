import type pg from 'pg';

/**
 * Erases what groups share with their runs, in one batch of groups that are older than `days` and whose runs are
 * all deleted. The groups stay, with the keys and hashes that identify a repeated request. Returns how many were
 * erased; 0 when none are left. A group gets no further runs once it is stored. Uses the partial index over
 * created_at.
 */
export async function eraseOldGroups(pool: pg.Pool, days: number): Promise<number> {
  const { rowCount } = await pool.query({ name: 'erase-old-groups', text: ERASE, values: [days, BATCH] });
  return rowCount ?? 0;
}

const BATCH = 500;

const ERASE = `
  with old as materialized (
    select g.id from journey_run_groups g
    where g.erased_at is null and g.created_at < now() - $1 * interval '1 day'
      and not exists (select from journey_runs r where r.group_id = g.id)
    order by g.created_at limit $2 for update skip locked
  )
  update journey_run_groups g set shared_input = '{}', shared_context = '{}', erased_at = now()
  from old where g.id = old.id`;
