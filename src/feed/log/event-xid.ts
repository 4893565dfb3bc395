/**
 * Events are ordered by the id of their transaction plus the feed's base (journey_feed.xid_base). The base is 0 until the
 * database is restored to a server whose transaction ids are behind those of the log (era.ts); it places all new events
 * after the restored ones.
 */
const withBase = (xid: string, from = ''): string =>
  `(select ((${xid}::text::bigint + f.xid_base)::text)::xid8 from journey_feed f${from} where f.id = 1)`;

/**
 * An SQL expression: the xid of all events that were copied from another cell. It is smaller than any that a server assigns, so
 * these come before all others. They are history: subscribers got them in their old cell.
 */
export const COPIED_XID = `'2'::xid8`;

/** An SQL expression: the xid that this transaction's events get. Evaluated once in a statement. */
export const EVENT_XID = withBase('pg_current_xact_id()');

/**
 * An SQL condition: whether an event is released. An event is released when its transaction and all transactions with
 * smaller ids have ended, so that no reader sees an event appear before its place. An event's stored xid is never
 * smaller than that of the transaction that wrote it.
 */
export const RELEASED = `e.xid < ${withBase('pg_snapshot_xmin(pg_current_snapshot())')}`;

/**
 * An SQL expression: the xid from which events are not released, if the transactions of the parameter (an array of
 * xid8) are known to belong to other databases. They never write events.
 */
export const releasedBefore = (foreign: string): string =>
  withBase(
    `coalesce(
      (select min(x::text::bigint) from pg_snapshot_xip(s) x where x <> all(${foreign}::xid8[])),
      pg_snapshot_xmax(s)::text::bigint)`,
    ', pg_current_snapshot() s',
  );
