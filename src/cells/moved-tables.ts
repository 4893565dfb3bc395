import { COPIED_XID } from '../feed/log/event-xid.ts';

/** A table with rows of shops. Rows are copied and deleted together with the row of another table that they belong to. */
export type MovedTable = {
  name: string;
  /** The column with the id of the row that it belongs to: its own, or another table's. */
  key: string;
  /** An SQL condition: whether the row belongs to one of the ids $1. By default, its key is one of them. */
  isOf?: string;
  /** An SQL condition: whether the row is of the shop $1. */
  ofShop: string;
  /** The columns by which rows are inserted in their order, where that matters. */
  order?: string;
  /** The columns that get other values at the target, as SQL expressions over the row `r`; null: their default. */
  set?: Record<string, string | null>;
};

const OWN = 'shop = $1';
/** Run keys have no index on run_id. The caller of a key may be another one than that of its run. */
const KEY_OF_RUN = `(idempotency_key, shop, run_id) in (
  select r.idempotency_key, r.shop, r.id from journey_runs r where r.id = any($1::uuid[]))`;
const within = (key: string, table: string) => `${key} in (select id from ${table} where shop = $1)`;

/** A run that has ended: its request, key, outcome and events. */
export const RUN_TABLES: readonly MovedTable[] = [
  { name: 'journey_runs', key: 'id', ofShop: OWN },
  { name: 'journey_run_keys', key: 'run_id', isOf: KEY_OF_RUN, ofShop: OWN },
  { name: 'journey_run_outcomes', key: 'run_id', ofShop: OWN, set: { event_xid: COPIED_XID } },
  {
    name: 'journey_run_events',
    key: 'run_id',
    ofShop: OWN,
    order: 'xid, position',
    set: { xid: COPIED_XID, position: null },
  },
];

/** The state of a waiting run. */
export const WAITING_TABLE: MovedTable = {
  name: 'journey_run_queue',
  key: 'run_id',
  ofShop: OWN,
  set: { event_xid: COPIED_XID },
};

export const ORDER_TABLES: readonly MovedTable[] = [
  { name: 'orders', key: 'id', ofShop: OWN },
  { name: 'order_lines', key: 'order_id', ofShop: within('order_id', 'orders') },
  { name: 'journey_run_groups', key: 'order_id', ofShop: OWN },
  {
    name: 'journey_skipped_attachments',
    key: 'order_id',
    ofShop: within('order_id', 'orders'),
    order: 'id',
    set: { id: null },
  },
];

export const BULK_TABLES: readonly MovedTable[] = [
  { name: 'journey_bulk_operations', key: 'id', ofShop: OWN },
  {
    name: 'journey_bulk_operation_items',
    key: 'operation_id',
    ofShop: within('operation_id', 'journey_bulk_operations'),
  },
];

export const COMPONENT_TABLES: readonly MovedTable[] = [
  { name: 'journey_components', key: 'id', ofShop: OWN },
  {
    name: 'journey_component_versions',
    key: 'component_id',
    ofShop: within('component_id', 'journey_components'),
  },
];

export const PRODUCT_TABLES: readonly MovedTable[] = [
  { name: 'products', key: 'id', ofShop: OWN },
  { name: 'product_journey_components', key: 'product_id', ofShop: within('product_id', 'products') },
];

/** All tables with rows of shops, but for that of running runs, which are not copied. Rows refer to those of earlier tables. */
export const MOVED_TABLES: readonly MovedTable[] = [
  ...COMPONENT_TABLES,
  ...PRODUCT_TABLES,
  ...ORDER_TABLES,
  ...RUN_TABLES,
  WAITING_TABLE,
  ...BULK_TABLES,
];

/** An SQL condition: whether the row belongs to one of the ids $1. */
export const isOfSql = ({ key, isOf = `${key} = any($1::uuid[])` }: MovedTable): string => isOf;
