import { isOfSql, type MovedTable } from './moved-tables.ts';

/**
 * A statement that deletes the rows that belong to the ids $1, in all tables at once, because rows of two tables may
 * refer to each other. It remembers the places of deleted events of the last day: cursors of other shops stand
 * at any event that was the last one when a client read the lists.
 */
export function deleteRowsSql(tables: readonly MovedTable[]): string {
  const deletes = tables.map(
    (table) => `deleted_${table.name} as (delete from ${table.name} where ${isOfSql(table)} returning *)`,
  );
  const remembered = tables.some(({ name }) => name === EVENTS) ? [`remembered as (${REMEMBER})`] : [];
  return `with ${[...deletes, ...remembered].join(', ')} select`;
}

const EVENTS = 'journey_run_events';
const REMEMBER = `
  insert into journey_moved_events (position, xid, run_id, sequence, at)
  select position, xid, run_id, sequence, at from deleted_${EVENTS} where at > now() - interval '1 day'
  on conflict do nothing`;
