    with requested as materialized (
      select distinct on (i.run_id) i.* from unnest($1::uuid[], $2::text[], $3::text[]) with ordinality as i(run_id, actor, reason, n) order by i.run_id, i.n
    ), locked as materialized (
      select i.*, e.event from requested i cross join lateral (
        select * from journey_component_runs where id = i.run_id limit 1 for update
      ) r cross join lateral (select case when r.status in ('QUEUED') and (true) then 'CANCELED' when r.status in ('RUNNING') and (true) then 'CANCEL_REQUESTED' end as event) e
      where e.event is not null and (r.cancel_requested_at is null)
    ), changed as (
      update journey_component_runs r set status = (case i.event when 'CANCELED' then 'CANCELED' when 'CANCEL_REQUESTED' then 'RUNNING' end)::journey_run_status, cancel_requested_at = now(), completed_at = case when i.event = 'CANCELED' then now() end, error = case when i.event = 'CANCELED' then '{"code":"CANCELED","message":"Canceled on request.","detail":null,"retryable":false}'::jsonb else r.error end, event_sequence = r.event_sequence + 1, event_xid = greatest(r.event_xid, pg_current_xact_id())
      from locked i where r.id = i.run_id
      returning r.*, i.n, i.event::journey_run_event_type as event_type, case when i.event = 'CANCELED' then r.error else 'null' end as event_error, 'null'::jsonb as event_telemetry, null::timestamptz as event_run_at, i.actor as event_actor, i.reason as event_reason
    ), 
    appended as (
      insert into journey_run_events
        (run_id, sequence, xid, type, status, attempt, error, telemetry, run_at, actor, reason)
      select id, event_sequence, event_xid, event_type, status, attempt,
        event_error, event_telemetry, event_run_at, event_actor, event_reason
      from changed
    )
    select r.id from changed r
