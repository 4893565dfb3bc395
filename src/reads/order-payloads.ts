import type pg from 'pg';
import { ServiceError } from '../errors.ts';
import type { JsonObject } from '../json/json.ts';
import { json, rowsOf, type Statement, statement } from '../postgres/statement.ts';

/**
 * Loads the payloads of orders by id. Lists of orders do not select them, because together they may be large.
 * @throws ServiceError BAD_REQUEST when they are too large for one response
 */
export const loadOrderPayloads = (pool: pg.Pool, ids: readonly string[]): Promise<Map<string, JsonObject>> =>
  load(pool, OF_ORDERS, [ids]);

/** Likewise the payloads of order lines, by `lineId`. */
export function loadLinePayloads(
  pool: pg.Pool,
  lineIds: readonly string[],
): Promise<Map<string, JsonObject>> {
  const keys = lineIds.map((id) => id.split(' '));
  return load(pool, OF_LINES, [
    keys.map(([orderId]) => orderId),
    keys.map(([, position]) => Number(position)),
  ]);
}

/** Identifies a line among those of all orders. */
export const lineId = ({ orderId, position }: { orderId: string; position: number }): string =>
  `${orderId} ${position}`;

type Row = { id: string; fits: boolean; value: JsonObject };

async function load(
  pool: pg.Pool,
  text: Statement<Row>,
  keys: unknown[][] | readonly (readonly unknown[])[],
): Promise<Map<string, JsonObject>> {
  const rows = await rowsOf(pool, text, [...keys, BYTES_AT_MOST]);
  if (rows.some(({ fits }) => !fits))
    throw new ServiceError(
      'BAD_REQUEST',
      'The payloads of these orders are too large to be read at once. Request fewer orders.',
    );
  return new Map(rows.map(({ id, value }) => [id, value]));
}

const BYTES_AT_MOST = 16 * 1024 * 1024;

const columns = { id: 'text', fits: 'bool', value: json<JsonObject>() } as const;

/** Uses the primary key. */
const OF_ORDERS = statement({
  name: 'order-payloads',
  text: `
  with summed as (
    select id::text, payload, sum(octet_length(payload::text)) over (order by id) <= $2 as fits
    from orders where id = any($1::uuid[])
  )
  select id, fits, case when fits then payload else '{}' end as value from summed`,
  columns,
});

/** Uses the primary key. */
const OF_LINES = statement({
  name: 'order-line-payloads',
  text: `
  with summed as (
    select l.order_id || ' ' || l.position as id, l.payload,
      sum(octet_length(l.payload::text)) over (order by l.order_id, l.position) <= $3 as fits
    from order_lines l join unnest($1::uuid[], $2::int[]) k(order_id, position) using (order_id, position)
  )
  select id, fits, case when fits then payload else '{}' end as value from summed`,
  columns,
});
