import type pg from 'pg';
import { type BatchOptions, createBatch } from './batch.ts';
import { rowsOf, type Statement } from './statement.ts';
import { type Columns, type Rows, type SerializedRow, serializeRow, unnestSerialized } from './unnest.ts';

/**
 * Combines concurrent rows into one statement, which returns the positions `n` of the rows (unnestSql) that it took effect for.
 * Returns whether the row's is among them.
 */
export function createRowBatch<C extends Columns>(
  pool: pg.Pool,
  columns: C,
  statement: Statement<{ n: number }>,
  options: Pick<BatchOptions<SerializedRow, boolean>, 'lanes'> = {},
): (row: Rows<C>[number]) => Promise<boolean> {
  const batch = createBatch<SerializedRow, boolean>({
    ...options,
    bytesOf: (row) => row.bytes,
    run: async (rows) => {
      const affected = await rowsOf(pool, statement, unnestSerialized(columns, rows));
      const positions = new Set(affected.map(({ n }) => n));
      return rows.map((_, index) => positions.has(index + 1));
    },
  });
  return (row) => batch.submit(serializeRow(columns, row));
}
