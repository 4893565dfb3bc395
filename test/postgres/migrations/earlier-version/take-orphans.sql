    with requested as materialized (
      select distinct on (i.run_id) i.* from unnest($1::uuid[]) with ordinality as i(run_id, n) order by i.run_id, i.n
    ), locked as materialized (
      select i.*, e.event from requested i cross join lateral (
        select * from journey_component_runs where id = i.run_id limit 1 for update
      ) r cross join lateral (select case when r.status in ('RUNNING') and (r.cancel_requested_at is not null) then 'CANCELED' when r.status in ('RUNNING') and (r.lost_attempts + 1 >= 3) then 'FAILED' when r.status in ('RUNNING') and (true) then 'WORKER_LOST' end as event) e
      where e.event is not null and (not exists (select 1 from journey_workers w where w.id = r.worker_id and w.dead_at is null))
    ), changed as (
      update journey_component_runs r set status = (case i.event when 'CANCELED' then 'CANCELED' when 'FAILED' then 'FAILED' when 'WORKER_LOST' then 'QUEUED' end)::journey_run_status, fence = r.fence + (i.event = 'WORKER_LOST')::int, lost_attempts = r.lost_attempts + 1, worker_id = null, completed_at = case when i.event <> 'WORKER_LOST' then now() end, error = case when i.event = 'CANCELED' then '{"code":"CANCELED","message":"Canceled on request.","detail":null,"retryable":false}'::jsonb else '{"code":"WORKER_LOST","message":"The worker that ran this attempt died or lost its lease.","detail":null,"retryable":true}'::jsonb end, event_sequence = r.event_sequence + 1, event_xid = greatest(r.event_xid, pg_current_xact_id()), woken_at = now(), queue = case r.queue when '' then $2::text else r.queue end
      from locked i where r.id = i.run_id
      returning r.*, i.n, i.event::journey_run_event_type as event_type, r.error as event_error, 'null'::jsonb as event_telemetry, null::timestamptz as event_run_at, 'system' as event_actor, null::text as event_reason
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
    select r.id from changed r cross join woken
