    with requested as materialized (
      select distinct on (i.run_id) i.* from unnest($1::uuid[], $2::int[], $3::uuid[], $4::text[], $5::float8[], $6::bool[], $7::text[], string_to_array($8, E'\x01', '')::jsonb[], string_to_array($9, E'\x01', '')::jsonb[], string_to_array($10, E'\x01', '')::jsonb[], string_to_array($11, E'\x01', '')::jsonb[]) with ordinality as i(run_id, fence, worker_id, kind, delay_seconds, definite, request, resolved_bindings, result, error, telemetry, n) order by i.run_id, i.n
    ), locked as materialized (
      select i.*, e.event from requested i cross join lateral (
        select * from journey_component_runs where id = i.run_id limit 1 for update
      ) r cross join lateral (select case when r.status in ('RUNNING') and (i.kind = 'completed') then 'COMPLETED' when r.status in ('RUNNING') and (i.kind = 'failed') then 'FAILED' when r.status in ('RUNNING') and (i.kind = 'canceled' or r.cancel_requested_at is not null) then 'CANCELED' when r.status in ('RUNNING') and (i.kind = 'retry') then 'RETRY_SCHEDULED' when r.status in ('RUNNING') and (i.kind = 'given-back') then 'REQUEUED' end as event) e
      where e.event is not null and (r.fence = i.fence and r.worker_id = i.worker_id)
    ), changed as (
      update journey_component_runs r set status = (case i.event when 'COMPLETED' then 'COMPLETED' when 'FAILED' then 'FAILED' when 'CANCELED' then 'CANCELED' when 'RETRY_SCHEDULED' then 'QUEUED' when 'REQUEUED' then 'QUEUED' end)::journey_run_status, fence = r.fence + (i.event in ('RETRY_SCHEDULED', 'REQUEUED'))::int, worker_id = null, attempt = r.attempt - (i.kind = 'given-back')::int, call_key = r.call_key + i.definite::int, run_at = case when i.event = 'RETRY_SCHEDULED' then now() + i.delay_seconds * interval '1 second' else r.run_at end, completed_at = case when i.event in ('RETRY_SCHEDULED', 'REQUEUED') then null else now() end, request = coalesce(i.request, r.request), resolved_bindings = case when i.kind = 'given-back' then r.resolved_bindings else coalesce(i.resolved_bindings, 'null') end, result_payload = coalesce(i.result, 'null'), error = case when i.event = 'REQUEUED' then r.error
      when i.event = 'CANCELED' and i.kind <> 'canceled' then '{"code":"CANCELED","message":"Canceled on request.","detail":null,"retryable":false}'::jsonb
      else coalesce(i.error, 'null') end, telemetry = case when i.kind = 'given-back' then r.telemetry else coalesce(i.telemetry, 'null') end, event_sequence = r.event_sequence + 1, event_xid = greatest(r.event_xid, pg_current_xact_id()), woken_at = now(), queue = case r.queue when '' then $12::text else r.queue end
      from locked i where r.id = i.run_id
      returning r.*, i.n, i.event::journey_run_event_type as event_type, case when i.event in ('COMPLETED', 'REQUEUED') then 'null' else r.error end as event_error, case when i.kind = 'given-back' then 'null' else r.telemetry end as event_telemetry, case when i.event = 'RETRY_SCHEDULED' then r.run_at end as event_run_at, 'worker' as event_actor, null::text as event_reason
    ), 
    appended as (
      insert into journey_run_events
        (run_id, sequence, xid, type, status, attempt, error, telemetry, run_at, actor, reason)
      select id, event_sequence, event_xid, event_type, status, attempt,
        event_error, event_telemetry, event_run_at, event_actor, event_reason
      from changed
    ), jobs as (
      
    select graphile_worker.add_jobs(array_agg(row(
      translate(r.queue, '-_', '_-') || '.execute_component_run', r.payload, null, r.run_at, 25, null, case r.priority when 'HIGH' then -10 when 'NORMAL' then 0 else 10 end, null
    )::graphile_worker.job_spec order by r.run_at, r.part), false) from (
      select queue, priority, run_at, part, json_build_object('wakeUps', json_agg(json_build_object('runId', r.id, 'fence', r.fence) order by r.id), 'lost', lost) as payload
      from (
        select id, fence, queue, priority, run_at, lost_attempts > 0 as lost,
          (row_number() over (partition by queue, priority, run_at, lost_attempts > 0 order by id) - 1) / 5 as part
        from (select * from changed where status = 'QUEUED') r
      ) r group by queue, priority, run_at, lost, part
    ) r having count(*) > 0
    ), woken as materialized (select count(*) from jobs)
    select r.n::int from changed r cross join woken
