import { rowsOf, statement } from '../postgres/statement.ts';
import { type Cell, inMove } from './cell.ts';
import { deleteRowsSql } from './delete-rows.ts';
import { isOfSql, type MovedTable } from './moved-tables.ts';

/**
 * Replaces the rows of these ids at the target by those at the source, in one transaction each. Rows travel as text, which
 * PostgreSQL reads back unchanged. The tables must have the same columns in the same order in both databases.
 * @throws Error if the shop is not arriving at the target any more
 */
export async function copyRows(
  { source, target, shop }: { source: Cell; target: Cell; shop: string },
  tables: readonly MovedTable[],
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await inMove(target, async () => {
    const { rowCount } = await target.client.query(LOCK_ARRIVING, [shop]);
    if (rowCount !== 1) throw new Error(`the shop ${shop} is not arriving at the target any more`);
    await target.client.query(deleteRowsSql(tables), [ids]);
    await source.client.query('begin isolation level repeatable read, read only');
    try {
      for (const table of tables) await copyTable(source, target, table, ids);
    } finally {
      await source.client.query('commit');
    }
  });
}

const LOCK_ARRIVING = `select from journey_shop_moves where shop = $1 and state = 'ARRIVING' for key share`;

async function copyTable(
  source: Cell,
  target: Cell,
  table: MovedTable,
  ids: readonly string[],
): Promise<void> {
  const { name, key, order = key, set = {} } = table;
  const text = `select t::text as row from ${name} t where ${isOfSql(table)} order by ${order}`;
  const rows = await rowsOf<{ row: string }>(source.client, { text, columns: { row: 'text' } }, [ids]);
  if (rows.length === 0) return;
  const columns = (await columnsOf(target, name)).filter((column) => set[column] !== null);
  const values = columns.map((column) => set[column] ?? `(r.row).${column}`);
  await target.client.query(
    `insert into ${name} (${columns.join(', ')})
    select ${values.join(', ')}
    from unnest($1::text[]) with ordinality i(text, n) cross join lateral (select i.text::${name} as row offset 0) r
    order by i.n`,
    [rows.map(({ row }) => row)],
  );
}

async function columnsOf({ client }: Cell, table: string): Promise<string[]> {
  return (await rowsOf(client, COLUMNS, [table])).map(({ name }) => name);
}

const COLUMNS = statement({
  text: `
  select quote_ident(attname) as name from pg_attribute
  where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
  columns: { name: 'text' },
});
