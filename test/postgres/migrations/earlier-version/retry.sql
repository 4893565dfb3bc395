    with requested as materialized (
      select distinct on (i.run_id) i.* from unnest($1::uuid[], $2::text[], $3::journey_run_priority[]) with ordinality as i(run_id, actor, priority, n) order by i.run_id, i.n
    ), locked as materialized (
      select i.*, e.event from requested i cross join lateral (
        select * from journey_component_runs where id = i.run_id limit 1 for update
      ) r cross join lateral (select case when r.status in ('FAILED', 'CANCELED') and (true) then 'RETRIED' end as event) e
      where e.event is not null and (r.forgotten_at is null
    and not exists (select from orders o where o.id = r.order_id and o.forgotten_at is not null))
    ), changed as (
      update journey_component_runs r set status = (case i.event when 'RETRIED' then 'QUEUED' end)::journey_run_status, fence = r.fence + 1, max_attempts = r.attempt + 1, lost_attempts = 0, priority = coalesce(i.priority, r.priority), run_at = now(), completed_at = null, cancel_requested_at = null, error = case when r.error ->> 'code' = 'CANCELED' then 'null' else r.error end, event_sequence = r.event_sequence + 1, event_xid = greatest(r.event_xid, pg_current_xact_id()), woken_at = now(), queue = case r.queue when '' then $4::text else r.queue end
      from locked i where r.id = i.run_id
      returning r.*, i.n, i.event::journey_run_event_type as event_type, 'null'::jsonb as event_error, 'null'::jsonb as event_telemetry, null::timestamptz as event_run_at, i.actor as event_actor, null::text as event_reason
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
