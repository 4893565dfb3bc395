import type pg from 'pg';
import type { JsonObject } from '../json/json.ts';
import { json, type RowColumns, type RowOf, rowsOf, statement } from '../postgres/statement.ts';

/** The request that started a bulk operation. */
export type BulkRequested = RowOf<typeof COLUMNS>;

const COLUMNS = {
  id: 'uuid',
  /** The filter of the runs; null for an operation of an earlier version, and once it is erased. */
  where: json<JsonObject | null>(),
  /** The reason of a cancel. */
  reason: 'text?',
  /** The input of a replay. */
  input: json<JsonObject | null>(),
} as const satisfies RowColumns;

/** Finds the requests of these operations, by id. */
export async function findBulkRequests(
  pool: pg.Pool,
  ids: readonly string[],
): Promise<Map<string, BulkRequested>> {
  return new Map((await rowsOf(pool, REQUESTED, [ids])).map((request) => [request.id, request]));
}

const REQUESTED = statement({
  name: 'bulk-requested',
  text: `
  select o.id, o.filter as where, case when o.kind = 'CANCEL' then o.input ->> 'reason' end as reason,
    case when o.kind = 'REPLAY' and o.erased_at is null then o.input end as input
  from journey_bulk_operations o where o.id = any($1::uuid[])`,
  columns: COLUMNS,
});
