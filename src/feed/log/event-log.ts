import type pg from 'pg';
import { ServiceError } from '../../errors.ts';
import {
  json,
  pick,
  type RowColumns,
  type RowOf,
  rowsOf,
  type Statement,
  statement,
} from '../../postgres/statement.ts';
import { COPIED_XID, RELEASED, releasedBefore } from './event-xid.ts';
import { type Cursor, compareCursors, markOf } from './feed-cursor.ts';
import { EVENT_COLUMNS, EVENT_TYPES, type EventRow, type FeedEvent, toFeedEvent } from './feed-event.ts';

/**
 * The reason why a cursor is invalid.
 * era: the database was restored to another server since · pruned: retention deleted events after it · lost: the
 * server does not have the cursor's event, so its history differs from the cursor's · moved: a shop of the filter is in
 * another cell.
 */
export type Expiry = 'era' | 'pruned' | 'lost' | 'moved';

export type LogPage =
  | { expired: Expiry }
  | {
      expired: null;
      /** Released events strictly after the cursor, in order. */
      events: FeedEvent[];
      /**
       * How often details of events were erased. Events that were read under another number must not be shown any
       * more.
       */
      erasures: number;
      /** How often a shop has moved to another cell, or came back. */
      moves: number;
      /**
       * The age in milliseconds of the first event that a transaction in progress holds back, by the database's
       * clock; null when no event is held back.
       */
      heldMs: number | null;
    };

export type PageRequest = {
  limit: number;
  timeoutMs: number;
  /** Ids of transactions that are known to belong to other databases, which hold no event back. */
  foreign: readonly string[];
};

/**
 * Reads a page of the log after a cursor, and whether the cursor is still valid in the same snapshot. It is one
 * statement, on the index (xid, position) and the primary keys of runs and components.
 */
export async function readPage(
  pool: pg.Pool,
  cursor: Cursor,
  { limit, timeoutMs, foreign }: PageRequest,
): Promise<LogPage> {
  const values = [cursor.xid, cursor.position, limit, foreign];
  const rows = await rowsOf(pool, PAGE, values, { query_timeout: timeoutMs });
  const feed = rows[0];
  if (!feed) throw new Error('the row of journey_feed is missing');
  const expired = expiryOf(cursor, feed, standOf(feed.stand));
  if (expired) return { expired };
  const events = rows.filter(hasEvent).map((row) => toFeedEvent(feed.era, row));
  return { expired, events, erasures: feed.erasures, moves: feed.moves, heldMs: feed.heldMs };
}

/** The event at a cursor's place. */
export type Stand = { runId: string; sequence: number; atMs: number };

/**
 * An SQL select of the event at a place as a Stand, also if it is not released, or moved to another cell lately. It uses the
 * indexes (xid, position) of events and (position) of moved ones.
 */
export const standSql = (xid: string, position: string): string => {
  const at = (table: string) => `
  select json_build_object('runId', e.run_id, 'sequence', e.sequence,
    'atMs', (extract(epoch from e.at) * 1000)::bigint) as stand
  from ${table} e where e.xid = ${xid}::xid8 and e.position = ${position}::bigint`;
  return `(${at('journey_run_events')} limit 1) union all (${at('journey_moved_events')}) limit 1`;
};

export const standOf = (stand: Stand | null) => (stand ? { ...stand, at: new Date(stand.atMs) } : undefined);

/** Whether the cursor's event is in the log, released or not. It uses the index (xid, position). */
export async function isInLog(pool: pg.Pool, cursor: Cursor, timeoutMs: number): Promise<boolean> {
  const values = [cursor.xid, cursor.position];
  const [event] = await rowsOf(pool, STAND, values, { query_timeout: timeoutMs });
  return event !== undefined && markOf(event) === cursor.mark;
}

const STAND = statement({
  name: 'feed-stand',
  text: `select run_id as "runId", sequence, at from journey_run_events where xid = $1::xid8 and position = $2::bigint`,
  columns: pick(EVENT_TYPES, ['runId', 'sequence', 'at']),
});

/**
 * The columns of journey_feed `f` that a statement selects to validate a cursor, whose xid and position are these
 * parameters.
 */
export const watermarkColumns = (xid: string, position: string) => `
  f.era, (f.watermark_xid, f.watermark_position) > (${xid}::xid8, ${position}::bigint) as "isPruned",
  (f.watermark_xid, f.watermark_position) = (${xid}::xid8, ${position}::bigint) as "isAtWatermark"`;

export const WATERMARK_TYPES = {
  era: 'int4',
  isPruned: 'bool',
  isAtWatermark: 'bool',
} as const satisfies RowColumns;

export type Watermark = RowOf<typeof WATERMARK_TYPES>;

/**
 * Returns why a cursor is invalid; null when it is valid. A valid cursor has the log's era, no event after it was
 * deleted, and it is either at the place up to which retention has deleted (at first, the log's start) or at an event
 * (`standsAt`) with its mark. The mark makes the check independent of the server's past: after a restore or a crash,
 * numbers may be assigned again, but an event's run, sequence and time are not.
 */
export function expiryOf(
  cursor: Cursor,
  { era, isPruned, isAtWatermark }: Watermark,
  standsAt: { runId: string; sequence: number; at: Date } | undefined,
): Expiry | null {
  if (era !== cursor.era) return 'era';
  if (isPruned) return 'pruned';
  const isKnown = standsAt !== undefined && markOf(standsAt) === cursor.mark;
  return isKnown || isAtWatermark ? null : 'lost';
}

/**
 * Reads the feed's end: the place of the last released event, or the place up to which retention has deleted, if that
 * is later.
 */
export async function readEnd(pool: pg.Pool, timeoutMs: number): Promise<Cursor> {
  const [row] = await rowsOf(pool, END, [], { query_timeout: timeoutMs });
  if (!row) throw new Error('the row of journey_feed is missing');
  const { era, watermarkXid, watermarkPosition } = row;
  const watermark: Cursor = {
    era,
    xid: BigInt(watermarkXid),
    position: BigInt(watermarkPosition),
    mark: 0,
  };
  if (row.runId === null) return watermark;
  const last: Cursor = { era, xid: BigInt(row.xid), position: BigInt(row.position), mark: markOf(row) };
  return compareCursors(last, watermark) >= 0 ? last : watermark;
}

/** The error for a reader whose cursor is invalid. */
export function cursorExpired(reason: Expiry): ServiceError {
  return new ServiceError('CURSOR_EXPIRED', MESSAGES[reason]);
}

const MESSAGES: Record<Expiry, string> = {
  era: 'The database was restored or replaced since this cursor was issued. Read the lists again, and continue from a new feedCursor.',
  pruned:
    'Events after this cursor were deleted by retention. Read the lists again, and continue from a new feedCursor.',
  lost: 'The database no longer knows this cursor. Read the lists again, and continue from a new feedCursor.',
  moved:
    'A shop of the filter has moved to another cell. Read the lists again there, and continue from a new feedCursor of that cell.',
};

type Feed = Watermark & { erasures: number; moves: number; heldMs: number | null; stand: Stand | null };
type PageRow = Feed & (EventRow | { [column in keyof EventRow]: null });
type EndRow = { era: number; watermarkXid: string; watermarkPosition: string } & (
  | { runId: null }
  | { runId: string; sequence: number; at: Date; xid: string; position: string }
);

const hasEvent = (row: PageRow): row is Feed & EventRow => row.runId !== null;

const PAGE = statement({
  name: 'feed-page',
  text: `
  select ${watermarkColumns('$1', '$2')}, f.erasures, f.moves,
    (select (extract(epoch from clock_timestamp() - h.at) * 1000)::float8 from journey_run_events h
      where h.xid >= ${releasedBefore('$4')} order by h.xid, h.position limit 1) as "heldMs",
    (${standSql('$1', '$2')}) as stand, page.*
  from journey_feed f left join lateral (
    select ${EVENT_COLUMNS} from (
      select * from journey_run_events e
      where (e.xid, e.position) > ($1::xid8, $2::bigint) and e.xid > ${COPIED_XID} and e.xid < ${releasedBefore('$4')}
      order by e.xid, e.position limit $3
    ) e join journey_runs r on r.id = e.run_id join journey_components c on c.id = r.component_id
  ) page on true
  where f.id = 1 order by page.xid, page.position`,
  columns: {
    ...WATERMARK_TYPES,
    erasures: 'int4',
    moves: 'int4',
    heldMs: 'float8?',
    stand: json<Stand | null>(),
    ...EVENT_TYPES,
  },
}) as Statement<PageRow>;

const END = statement({
  name: 'feed-end',
  text: `
  select f.era, f.watermark_xid as "watermarkXid", f.watermark_position as "watermarkPosition", last.*
  from journey_feed f left join lateral (
    select e.run_id as "runId", e.sequence, e.at, e.xid, e.position from journey_run_events e
    where ${RELEASED} order by e.xid desc, e.position desc limit 1
  ) last on true
  where f.id = 1`,
  columns: {
    era: 'int4',
    watermarkXid: 'xid8',
    watermarkPosition: 'int8',
    ...pick(EVENT_TYPES, ['runId', 'sequence', 'at', 'xid', 'position']),
  },
}) as Statement<EndRow>;
