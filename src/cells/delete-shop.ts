import { rowsOf } from '../postgres/statement.ts';
import { type Cell, inMove } from './cell.ts';
import { deleteRowsSql } from './delete-rows.ts';
import {
  BULK_TABLES,
  COMPONENT_TABLES,
  type MovedTable,
  ORDER_TABLES,
  PRODUCT_TABLES,
  RUN_TABLES,
  WAITING_TABLE,
} from './moved-tables.ts';

/** Deletes the rows of a closed shop in batches. Goes on where it was stopped. */
export async function deleteShop(cell: Cell, shop: string): Promise<void> {
  await cell.client.query(FORGET_PLACES);
  for (const tables of IN_TURN) while ((await deleteBatch(cell, shop, tables)) > 0);
}

/** Products before the components that they use. */
const IN_TURN: readonly (readonly MovedTable[])[] = [
  [...RUN_TABLES, WAITING_TABLE],
  ORDER_TABLES,
  BULK_TABLES,
  PRODUCT_TABLES,
  COMPONENT_TABLES,
];

function deleteBatch(cell: Cell, shop: string, tables: readonly MovedTable[]): Promise<number> {
  return inMove(cell, async () => {
    const text = `select id from ${tables[0]!.name} where shop = $1 order by id limit ${BATCH}`;
    const rows = await rowsOf<{ id: string }>(cell.client, { text, columns: { id: 'uuid' } }, [shop]);
    if (rows.length > 0) await cell.client.query(deleteRowsSql(tables), [rows.map(({ id }) => id)]);
    return rows.length;
  });
}

const BATCH = 500;
const FORGET_PLACES = `delete from journey_moved_events where at < now() - interval '1 day'`;
