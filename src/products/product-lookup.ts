import type { Queryable } from '../db/transaction.ts';

/** The ids of the products that have these skus now, by sku. Leans on the unique sku. */
export async function productIdsOf(pool: Queryable, skus: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await pool.query<{ sku: string; id: string }>({
    name: 'product-ids-by-sku',
    text: 'select sku, id from products where sku = any($1::text[])',
    values: [skus],
  });
  return new Map(rows.map(({ sku, id }) => [sku, id]));
}
