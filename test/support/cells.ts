import { type Cell, openCell } from '../../src/cells/cell.ts';
import type { Copied } from '../../src/cells/copy-shop.ts';
import { MOVED_TABLES } from '../../src/cells/moved-tables.ts';
import type { Database } from '../../src/postgres/database.ts';

/** Works on a shop in two databases, as move-shop does; `lines` is what it prints. */
export async function withCells<T>(
  from: Database,
  to: Database,
  shop: string,
  work: (move: Copied) => Promise<T>,
): Promise<{ result: T; lines: string[] }> {
  const lines: string[] = [];
  await using opened = new AsyncDisposableStack();
  const open = async (db: Database): Promise<Cell> => {
    const cell = await openCell(db.url);
    opened.defer(cell.close);
    return cell;
  };
  const move = {
    source: await open(from),
    target: await open(to),
    shop,
    print: (line: string) => lines.push(line),
  };
  return { result: await work(move), lines };
}

/** The rows of a shop by table, without the columns that differ between cells. */
export async function rowsOfShop({ pool }: Database, shop: string): Promise<Record<string, object[]>> {
  const rows: Record<string, object[]> = {};
  for (const { name, ofShop, set = {} } of MOVED_TABLES) {
    const read = `select to_jsonb(t) - $2::text[] as row from ${name} t where ${ofShop} order by 1`;
    rows[name] = (await pool.query(read, [shop, Object.keys(set)])).rows.map(({ row }) => row);
  }
  return rows;
}
