import type pg from 'pg';
import { invalid, ok, type Result } from '../errors.ts';
import { rowsOf, statement } from '../postgres/statement.ts';

/** Deletes a secret with all its versions, unless a binding of an attachment refers to it. */
export async function deleteSecret(pool: pg.Pool, name: string): Promise<Result<string>> {
  const [row] = await rowsOf(pool, DELETE, [name, JSON.stringify([{ kind: 'secret', name }])]);
  const { sku, deleted } = row!;
  if (sku !== null) {
    const message = `A binding of the product ${sku} refers to this secret. Change the bindings that refer to it first.`;
    return invalid({ code: 'CONFLICT', message, path: ['name'] });
  }
  if (deleted > 0) return ok(name);
  const message = 'No secret with this name is stored. Take a name from Query.secrets.';
  return invalid({ code: 'NOT_FOUND', message, path: ['name'] });
}

/** Reads all attachments. */
const DELETE = statement({
  text: `
  with used as materialized (
    select p.sku from product_journey_components a join products p on p.id = a.product_id
    where a.hidden_at is null and a.bindings @> $2::jsonb limit 1
  ), gone as (
    delete from journey_secrets where name = $1 and not exists (select from used) returning id
  )
  select (select sku from used) as sku, (select count(*)::int from gone) as deleted`,
  columns: { sku: 'text?', deleted: 'int4' },
});
