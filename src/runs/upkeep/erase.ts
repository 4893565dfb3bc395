import { rowsOf, statement } from '../../postgres/statement.ts';
import type { Queryable } from '../../postgres/transaction.ts';

/**
 * Erases the payloads of one batch of an order's ended runs, those with ids beyond `after`, and every field that
 * could quote the payloads: results, snapshots, requests, errors' texts, previews and reasons, in the runs and in
 * their events. Status history and keys stay. Returns the last run's id; null when there are no more. Uses the
 * index (order_id, id).
 */
export async function erasePayloadsOfOrder(
  client: Queryable,
  orderId: string,
  after: string,
): Promise<{ last: string | null; erased: number }> {
  return (await rowsOf(client, ERASE, [orderId, after, BATCH]))[0]!;
}

const BATCH = 500;

/** Erases an error's text, which may quote a payload. Its code stays. */
const erasedError = (error: string) => `case when jsonb_typeof(${error}) = 'object' then jsonb_build_object(
  'code', ${error} -> 'code', 'message', 'The message was erased with the order.', 'detail', null,
  'retryable', ${error} -> 'retryable') else ${error} end`;
const erasedTelemetry = (telemetry: string) =>
  `case when jsonb_typeof(${telemetry}) = 'object' then ${telemetry} - 'outputPreview' - 'errorPreview' else ${telemetry} end`;

const ERASE = statement({
  name: 'erase-runs-of-order',
  text: `
  with ended as materialized (
    select r.id from journey_runs r join journey_run_outcomes o on o.run_id = r.id
    where r.order_id = $1 and r.id > $2 and r.forgotten_at is null
    order by r.id limit $3 for update
  ), events as (
    update journey_run_events e set error = ${erasedError('e.error')}, telemetry = ${erasedTelemetry('e.telemetry')},
      reason = null
    from ended where e.run_id = ended.id
  ), erased as (
    update journey_runs r set input_payload = '{}', metadata = '{}', context = '{}', binding_snapshot = '[]',
      forgotten_at = now()
    from ended where r.id = ended.id returning r.id
  ), outcomes as (
    update journey_run_outcomes o set resolved_bindings = null, result_payload = null, request = null,
      request_call_key = null, error = ${erasedError('o.error')}, telemetry = ${erasedTelemetry('o.telemetry')}
    from ended where o.run_id = ended.id
  )
  select (select id from erased order by id desc limit 1) as last, (select count(*)::int from erased) as erased`,
  columns: { last: 'uuid?', erased: 'int4' },
});
