  with ended as materialized (
    select id from journey_component_runs
    where order_id = $1 and id > $2 and forgotten_at is null and status in ('COMPLETED', 'FAILED', 'CANCELED')
    order by id limit $3 for update
  ), events as (
    update journey_run_events e set error = case when jsonb_typeof(e.error) = 'object' then jsonb_build_object(
  'code', e.error -> 'code', 'message', 'The message was erased with the order.', 'detail', null,
  'retryable', e.error -> 'retryable') else e.error end, telemetry = case when jsonb_typeof(e.telemetry) = 'object' then e.telemetry - 'outputPreview' - 'errorPreview' else e.telemetry end,
      reason = null
    from ended where e.run_id = ended.id
  ), erased as (
    update journey_component_runs r set input_payload = '{}', metadata = '{}', context = '{}', binding_snapshot = '[]',
      resolved_bindings = 'null', result_payload = 'null', request = null, request_call_key = null,
      error = case when jsonb_typeof(r.error) = 'object' then jsonb_build_object(
  'code', r.error -> 'code', 'message', 'The message was erased with the order.', 'detail', null,
  'retryable', r.error -> 'retryable') else r.error end, telemetry = case when jsonb_typeof(r.telemetry) = 'object' then r.telemetry - 'outputPreview' - 'errorPreview' else r.telemetry end, forgotten_at = now()
    from ended where r.id = ended.id returning r.id
  )
  select (select id from erased order by id desc limit 1) as last, (select count(*)::int from erased) as erased
