import type pg from 'pg';
import type { Slice } from '../../postgres/slice.ts';
import { json, type RowColumns, rowsOf, type Statement } from '../../postgres/statement.ts';
import type { RunFilter } from '../../runs/model/run-filter.ts';
import type { NarrowedFilter } from '../../runs/model/run-scope.ts';
import { eventFilterSql } from './event-filter.ts';
import {
  cursorExpired,
  expiryOf,
  type Stand,
  standOf,
  standSql,
  WATERMARK_TYPES,
  type Watermark,
  watermarkColumns,
} from './event-log.ts';
import { RELEASED, releasedBefore } from './event-xid.ts';
import { type Cursor, checkCursor } from './feed-cursor.ts';
import { EVENT_COLUMNS, EVENT_TYPES, type EventRow, type FeedEvent, toFeedEvent } from './feed-event.ts';

/** A slice of the log, bounded by places. */
export type EventSlice = Slice<Cursor>;

/**
 * Lists the events of a slice that match the filter, in the log's order, or in the opposite order with `reverse`: the
 * same events in the same order, with the same cursors, as a subscription after `after` would receive. `foreign` are the
 * transactions that the feed does not wait for.
 * @throws ServiceError CURSOR_EXPIRED when `after` is invalid
 */
export async function listEvents(
  pool: pg.Pool,
  filter: NarrowedFilter,
  slice: EventSlice,
  foreign: readonly string[] = [],
): Promise<FeedEvent[]> {
  checkCursor(slice.after, filter.runId);
  return eventsOf(await rowsOf(pool, eventsQuery(filter, slice, foreign)), slice);
}

/** The statement of listEvents. */
export function eventsQuery(
  filter: RunFilter,
  slice: EventSlice,
  foreign: readonly string[] = [],
): Statement<HistoryRow> {
  const values: unknown[] = [];
  const bounds = boundsSql(slice, values);
  const bind = (value: unknown) => `$${values.push(value)}`;
  const { runs, condition } = eventFilterSql(filter, bind);
  const direction = slice.reverse ? 'desc' : 'asc';
  const limit = bind(slice.limit);
  const released = `e.xid < ${releasedBefore(bind(foreign))}`;
  const pages = runs.selects({ columns: 'r.*' }).map(
    (select) => `(
      select ${EVENT_COLUMNS} from (${select}) r join journey_run_events e on e.run_id = r.id ${JOIN_COMPONENT}
      where ${released} and ${bounds.condition} and ${condition}
      order by e.xid ${direction}, e.position ${direction} limit ${limit})`,
  );
  const order = `order by page.xid ${direction}, page.position ${direction}`;
  const text = `
    ${runs.ctes} select ${bounds.columns}, page.* from journey_feed f ${bounds.standsAt} left join lateral (
      select page.* from (${pages.join(' union all ')}) page ${order} limit ${limit}
    ) page on true
    where f.id = 1 ${order}`;
  return { text, values, columns: { ...bounds.types, ...EVENT_TYPES } };
}

/**
 * Lists the same slice of the events of each of many runs, by run, in one statement. It uses the key (run_id,
 * sequence), which has the log's order within a run. Runs without events are left out. Events that are not released
 * yet are included: no event can come before them within their run, and their cursors are marked as valid for that
 * run only.
 * @throws ServiceError CURSOR_EXPIRED when `after` is invalid
 */
export async function listEventsOfRuns(
  pool: pg.Pool,
  runIds: readonly string[],
  slice: EventSlice,
): Promise<Map<string, FeedEvent[]>> {
  checkCursor(slice.after, runIds);
  const rows = await rowsOf(pool, eventsOfRunsQuery(runIds, slice));
  return Map.groupBy(eventsOf(rows, slice), ({ runId }) => runId);
}

/** The statement of listEventsOfRuns. */
export function eventsOfRunsQuery(runIds: readonly string[], slice: EventSlice): Statement<HistoryRow> {
  const values: unknown[] = [];
  const bounds = boundsSql(slice, values);
  values.push(runIds, slice.limit);
  const text = `
    select ${bounds.columns}, page.* from journey_feed f ${bounds.standsAt} left join (
      unnest($${values.length - 1}::uuid[]) requested(id) cross join lateral (
        select ${EVENT_COLUMNS}, ${RELEASED} as "isReleased" from ${EVENTS}
        where e.run_id = requested.id and ${bounds.condition}
        order by e.sequence ${slice.reverse ? 'desc' : 'asc'} limit $${values.length}
      ) page
    ) on true
    where f.id = 1 order by page.sequence ${slice.reverse ? 'desc' : 'asc'}`;
  const name = `events-of-runs${shapeOf(slice)}`;
  return { name, text, values, columns: { ...bounds.types, ...EVENT_TYPES, isReleased: 'bool?' } };
}

/** Distinguishes the SQL texts that boundsSql makes, for the statement's name. */
const shapeOf = ({ after, before, reverse }: EventSlice) =>
  [after && '-after', before && '-before', reverse && '-reverse'].filter(Boolean).join('');

const JOIN_COMPONENT = 'join journey_components c on c.id = r.component_id';
const EVENTS = `journey_run_events e join journey_runs r on r.id = e.run_id ${JOIN_COMPONENT}`;

type HistoryRow = Watermark & { stand: Stand | null; isReleased?: boolean | null } & (
    | EventRow
    | { [column in keyof EventRow]: null }
  );

/** The slice's bounds as SQL; their parameters are added to `values`. */
function boundsSql({ after, before }: EventSlice, values: unknown[]) {
  const parameters = (cursor: Cursor) => {
    const xid = `$${values.push(cursor.xid)}`;
    return [xid, `$${values.push(cursor.position)}`] as const;
  };
  const conditions: string[] = [];
  let columns = 'f.era';
  let types: RowColumns = { era: 'int4' };
  let standsAt = '';
  if (after) {
    const [xid, position] = parameters(after);
    conditions.push(`(e.xid, e.position) > (${xid}::xid8, ${position}::bigint)`);
    columns = `${watermarkColumns(xid, position)}, stand.stand`;
    types = { ...WATERMARK_TYPES, stand: json<Stand | null>() };
    standsAt = `left join lateral (${standSql(xid, position)}) stand on true`;
  }
  if (before) {
    const [xid, position] = parameters(before);
    conditions.push(`(e.xid, e.position) < (${xid}::xid8, ${position}::bigint)`);
  }
  return { columns, types, standsAt, condition: conditions.join(' and ') || 'true' };
}

function eventsOf(rows: HistoryRow[], { after }: EventSlice): FeedEvent[] {
  const feed = rows[0];
  if (!feed) throw new Error('the row of journey_feed is missing');
  if (after) {
    const expired = expiryOf(after, feed, standOf(feed.stand));
    if (expired) throw cursorExpired(expired);
  }
  return rows
    .filter((row): row is HistoryRow & EventRow => row.runId !== null)
    .map((row) => {
      const event = toFeedEvent(feed.era, row);
      return row.isReleased === false ? { ...event, cursor: { ...event.cursor, runId: row.runId } } : event;
    });
}
