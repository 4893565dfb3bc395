    with requested as materialized (
      select distinct on (i.run_id) i.* from unnest($1::uuid[], $2::int[], $3::uuid[], $4::text[]) with ordinality as i(run_id, fence, worker_id, queue, n) order by i.run_id, i.n
    ), locked as materialized (
      select i.*, e.event from requested i cross join lateral (
        select * from journey_component_runs where id = i.run_id limit 1 for update
      ) r cross join lateral (select case when r.status in ('QUEUED') and (true) then 'STARTED' end as event) e
      where e.event is not null and (r.fence = i.fence and r.queue in (i.queue, '')
    and exists (select 1 from journey_workers w where w.id = i.worker_id and w.dead_at is null and w.lease_until > now()))
    ), changed as (
      update journey_component_runs r set status = (case i.event when 'STARTED' then 'RUNNING' end)::journey_run_status, fence = r.fence + 1, attempt = r.attempt + 1, worker_id = i.worker_id, queue = i.queue, started_at = coalesce(r.started_at, now()), event_sequence = r.event_sequence + 1, event_xid = greatest(r.event_xid, pg_current_xact_id())
      from locked i where r.id = i.run_id
      returning r.*, i.n, i.event::journey_run_event_type as event_type, 'null'::jsonb as event_error, 'null'::jsonb as event_telemetry, null::timestamptz as event_run_at, 'worker' as event_actor, null::text as event_reason
    ), 
    appended as (
      insert into journey_run_events
        (run_id, sequence, xid, type, status, attempt, error, telemetry, run_at, actor, reason)
      select id, event_sequence, event_xid, event_type, status, attempt,
        event_error, event_telemetry, event_run_at, event_actor, event_reason
      from changed
    )
    
    select r.n::int, r.id as "id", r.component_version_id as "componentVersionId", r.group_id as "groupId", r.order_id as "orderId", r.channel as "channel", r.trigger as "trigger", r.attempt as "attempt", r.lost_attempts as "lostAttempts", r.max_attempts as "maxAttempts", r.input_payload as "inputPayload", r.context as "context", r.metadata as "metadata", r.binding_snapshot as "bindingSnapshot", r.fence, r.call_key as "callKey",
      case when r.request_call_key = r.call_key then r.request end as "frozenRequest",
      case when p.id is not null then jsonb_build_object('id', p.id, 'sku', p.sku, 'slug', p.slug, 'title', p.title,
  'attributes', p.attributes) end as product,
      case when a.id is not null then jsonb_build_object('id', a.id, 'displayOrder', a.display_order,
  'isRequired', a.is_required, 'channelEligibility', a.channel_eligibility, 'metadata', a.metadata) end as attachment
    from changed r
      left join products p on p.id = r.product_id
      left join product_journey_components a on a.id = r.attachment_id
