import type pg from 'pg';
import { invalid, ok, type Result, type UserError } from '../../errors.ts';
import { rowsOf, statement } from '../../postgres/statement.ts';
import { isPrincipalId, unknownPrincipal } from './principals.ts';

/**
 * Makes a principal the owner of the idempotency keys that clients of an open service have stored, so that its requests
 * find them. Keys that the principal has stored itself stay as they are. Returns the number of adopted keys.
 */
export async function adoptOpenKeys(pool: pg.Pool, principalId: string): Promise<Result<number>> {
  const [known] = isPrincipalId(principalId) ? await rowsOf(pool, EXISTS, [principalId]) : [];
  if (!known) return invalid(unknownPrincipal(principalId, ['principalId']));
  if ((await rowsOf(pool, MOVING)).length > 0) return invalid(SHOP_MOVING);
  let adopted = 0;
  for (const table of ['journey_run_groups', 'journey_bulk_operations'])
    adopted += (await pool.query(adoptIn(table), [principalId])).rowCount ?? 0;
  for (let after: { key: string; shop: string } | null = { key: '', shop: '' }; after !== null; ) {
    const [batch]: BatchOfKeys[] = await rowsOf(pool, ADOPT_RUN_KEYS, [principalId, after.key, after.shop]);
    adopted += batch?.adopted ?? 0;
    after = batch ? { key: batch.key, shop: batch.shop } : null;
  }
  return ok(adopted);
}

type BatchOfKeys = { key: string; shop: string; adopted: number };

const EXISTS = statement({
  text: 'select id from journey_principals where id = $1',
  columns: { id: 'text' },
});

/** The keys of a shop that is being moved may be copied already. */
const MOVING = statement({
  text: `select shop from journey_shop_moves where state <> 'MOVED' limit 1`,
  columns: { shop: 'text' },
});

const SHOP_MOVING: UserError = {
  code: 'CONFLICT',
  message: 'A shop is being moved to another cell. Adopt the keys when move-shop has ended, in both cells.',
  path: [],
};

const adoptIn = (table: string) => `
  update ${table} o set caller = $1
  where o.caller = '' and o.idempotency_key is not null and not exists (
    select from ${table} own where own.caller = $1 and own.idempotency_key = o.idempotency_key and own.shop = o.shop
  )`;

/** Adopts the next keys after one, in their order, and returns the last of them; no row at the end. */
const ADOPT_RUN_KEYS = statement({
  text: `
    with batch as (
      select idempotency_key, shop from journey_run_keys
      where caller = '' and (idempotency_key, shop) > ($2, $3)
      order by idempotency_key, shop limit 1000
    ), adopted as (
      update journey_run_keys k set caller = $1 from batch b
      where k.idempotency_key = b.idempotency_key and k.caller = '' and k.shop = b.shop and not exists (
        select from journey_run_keys own
        where own.idempotency_key = k.idempotency_key and own.caller = $1 and own.shop = k.shop
      )
      returning 1
    )
    select idempotency_key as key, shop, (select count(*)::int4 from adopted) as adopted
    from batch order by idempotency_key desc, shop desc limit 1`,
  columns: { key: 'text', shop: 'text', adopted: 'int4' },
});
