import type pg from 'pg';
import { selectList } from '../postgres/select-list.ts';
import { json, type RowColumns, type RowOf, rowsOf, statement } from '../postgres/statement.ts';
import type { RunError } from '../runs/model/run-error.ts';
import { RUN_COLUMNS, RUN_TYPES, SHARED_JOIN } from '../runs/model/run-row.ts';
import type { RunEventType, RunStatus } from '../runs/model/status.ts';
import type { RunTelemetry } from '../runs/model/telemetry.ts';

/** The end of a run, by which runs are archived: in the order of completedAt, then of the id. */
export type RunEnd = { completedAt: Date; runId: string };

/** A run that has ended, with the names of what it belongs to and with its events, oldest first. Nothing is masked. */
export type EndedRun = RowOf<typeof COLUMNS>;

type EndedRunEvent = {
  sequence: number;
  type: RunEventType;
  status: RunStatus;
  attempt: number;
  at: string;
  runAt: string | null;
  actor: string | null;
  reason: string | null;
  workerId: string | null;
  callKey: number | null;
  error: RunError | null;
  telemetry: RunTelemetry | null;
};

// The request repeats the payloads and the resolved bindings.
const { request: _, ...RUN } = RUN_TYPES;

const COLUMNS = {
  ...RUN,
  completedAt: 'timestamptz',
  caller: 'text',
  componentKey: 'text',
  componentVersion: 'int4',
  productSku: 'text?',
  orderNumber: 'text?',
  events: json<EndedRunEvent[]>(),
} as const satisfies RowColumns;

/**
 * Reads the next runs that ended after `after` and before a time, at most RUNS_AT_MOST, and fewer if they are large. It
 * uses the index on completed_at of each partition and primary keys. A run and its events are read at one moment.
 */
export function readEndedRuns(pool: pg.Pool, after: RunEnd, before: Date): Promise<EndedRun[]> {
  const values = [after.completedAt, after.runId, before, BYTES_AT_MOST];
  return rowsOf(pool, ENDED, values);
}

/** Counts the runs that ended after `after`, up to and including `last`, and their events. */
export async function countEndedRuns(
  pool: pg.Pool,
  after: RunEnd,
  last: RunEnd,
): Promise<{ runs: number; events: number }> {
  const values = [after.completedAt, after.runId, last.completedAt, last.runId];
  return (await rowsOf(pool, COUNT, values))[0]!;
}

const RUNS_AT_MOST = 50;
/** Once the payloads of a page have this size, the page ends with the run that reached it. */
const BYTES_AT_MOST = 16 * 1024 * 1024;

/** Without its request, a run is about to be deleted by retention, which takes the requests first. */
const IS_WHOLE = 'exists (select from journey_runs r where r.id = o.run_id)';

const ENDED = statement({
  name: 'ended-runs',
  text: `
  with page as materialized (
    select o.* from journey_run_outcomes o
    where (o.completed_at, o.run_id) > ($1::timestamptz, $2::uuid) and o.completed_at < $3::timestamptz and ${IS_WHOLE}
    order by o.completed_at, o.run_id limit ${RUNS_AT_MOST}
  ), runs as (
    select ${selectList(RUN_COLUMNS, Object.keys(RUN) as (keyof typeof RUN)[])}, r.caller,
      c.key as "componentKey", v.version as "componentVersion", p.sku as "productSku", n.number as "orderNumber"
    from page s join journey_runs r on r.id = s.run_id ${SHARED_JOIN}
      left join journey_components c on c.id = r.component_id
      left join journey_component_versions v on v.id = r.component_version_id
      left join products p on p.id = r.product_id left join orders n on n.id = r.order_id
  ), sizes as (
    select id, sum(octet_length("inputPayload"::text) + octet_length(context::text) + octet_length(metadata::text)
        + coalesce(octet_length("resultPayload"::text), 0))
      over (order by "completedAt", id rows between unbounded preceding and 1 preceding) as before
    from runs
  )
  select w.*, coalesce((
      select json_agg(json_build_object('sequence', e.sequence, 'type', e.type, 'status', e.status, 'attempt', e.attempt,
        'at', e.at, 'runAt', e.run_at, 'actor', e.actor, 'reason', e.reason, 'workerId', e.worker_id,
        'callKey', e.call_key, 'error', e.error, 'telemetry', e.telemetry) order by e.sequence)
      from journey_run_events e where e.run_id = w.id
    ), '[]') as events
  from runs w join sizes on sizes.id = w.id
  where coalesce(sizes.before, 0) < $4 order by w."completedAt", w.id`,
  columns: COLUMNS,
});

const COUNT = statement({
  name: 'count-ended-runs',
  text: `
  select count(*)::int as runs, coalesce(sum(e.count), 0)::int as events
  from journey_run_outcomes o
    cross join lateral (select count(*) from journey_run_events e where e.run_id = o.run_id) e
  where (o.completed_at, o.run_id) > ($1::timestamptz, $2::uuid)
    and (o.completed_at, o.run_id) <= ($3::timestamptz, $4::uuid) and ${IS_WHOLE}`,
  columns: { runs: 'int4', events: 'int4' },
});
