import type pg from 'pg';

/**
 * Deletes one batch of items of a bulk operation that ended more than `days` ago; with the last items, its input and
 * its filter are erased. The operation stays, with its counts and its key. Returns false when there is none left.
 */
export async function eraseOldOperations(pool: pg.Pool, days: number): Promise<boolean> {
  const { rowCount } = await pool.query({ name: 'erase-old-bulk', text: ERASE, values: [days, BATCH] });
  return rowCount !== 0;
}

const BATCH = 5_000;

/** Uses the partial index over completed_at, and the items' primary key. */
const ERASE = `
  with old as materialized (
    select id from journey_bulk_operations
    where erased_at is null and completed_at < now() - $1 * interval '1 day'
    order by completed_at limit 1 for update skip locked
  ), items as materialized (
    select i.operation_id, i.position from old join journey_bulk_operation_items i on i.operation_id = old.id
    order by i.position limit $2
  ), gone as (
    delete from journey_bulk_operation_items i using items
    where i.operation_id = items.operation_id and i.position = items.position
  ), erased as (
    update journey_bulk_operations o set input = '{}', filter = null, erased_at = now() from old
    where o.id = old.id and (select count(*) from items) < $2
  )
  select id from old`;
