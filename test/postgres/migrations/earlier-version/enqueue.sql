  with input as materialized (
    select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::int[], $8::uuid[], $9::uuid[], $10::text[], $11::journey_trigger[], $12::journey_run_priority[], string_to_array($13, E'\x01', '')::jsonb[], string_to_array($14, E'\x01', '')::jsonb[], string_to_array($15, E'\x01', '')::jsonb[], string_to_array($16, E'\x01', '')::jsonb[], $17::timestamptz[], $18::text[], $19::text[], $20::bytea[], $21::text[]) with ordinality as i(id, component_id, component_version_id, product_id, attachment_id, order_id, order_line_position, group_id, replay_of_id, channel, trigger, priority, input_payload, metadata, context, bindings, run_at, caller, idempotency_key, request_hash, queue, n)
  ), validated as materialized (
    select i.*, k.id as known_id, k.request_hash = i.request_hash as same_request,
      coalesce(i.product_id, a.product_id) as on_product_id, a.id as on_attachment_id,
      coalesce(i.bindings, a.bindings, '[]') as binding_snapshot,
      v.id as version_id, v.max_attempts,
      array_remove(array[
        case when v.id is null then 'COMPONENT_NOT_FOUND' when c.archived_at is not null then 'COMPONENT_ARCHIVED' end,
        case when i.product_id is not null and p.id is null then 'PRODUCT_NOT_FOUND' end,
        case when i.attachment_id is not null and (a.id is null or a.hidden_at is not null and (i.replay_of_id is null or i.bindings is null))
          then 'ATTACHMENT_NOT_FOUND' end,
        case when a.product_id <> i.product_id and p.id is not null then 'PRODUCT_MISMATCH' end,
        case when a.component_id <> i.component_id and c.id is not null then 'COMPONENT_MISMATCH' end,
        case when i.channel <> 'admin_preview' and cardinality(a.channel_eligibility) > 0
          and i.channel <> all (a.channel_eligibility) and i.replay_of_id is null then 'CHANNEL_NOT_ELIGIBLE' end,
        case when i.order_id is not null and o.id is null then 'ORDER_NOT_FOUND'
          when o.forgotten_at is not null then 'ORDER_FORGOTTEN' end
      ], null) as mistakes
    from input i
      left join journey_component_runs k on k.caller = i.caller and k.idempotency_key = i.idempotency_key
      left join journey_components c on c.id = i.component_id
      left join journey_component_versions v
        on v.id = coalesce(i.component_version_id, c.current_version_id) and v.component_id = c.id
      left join products p on p.id = i.product_id
      left join lateral (select id, forgotten_at from orders where id = i.order_id for key share) o on true
      left join lateral (
        select (array_agg(s.id))[1] as id
        from (
          select id from product_journey_components
          where product_id = i.product_id and component_id = i.component_id and hidden_at is null limit 2
        ) s
        where i.attachment_id is null and i.replay_of_id is null having count(*) = 1
      ) single on true
      left join product_journey_components a on a.id = coalesce(i.attachment_id, single.id)
  ), stored as (
    insert into journey_component_runs (
      id, component_id, component_version_id, product_id, attachment_id, order_id,
      order_line_position, group_id, replay_of_id, channel, trigger, priority, max_attempts, input_payload, metadata,
      context, binding_snapshot, run_at, caller, idempotency_key,
      request_hash, queue, event_xid
    )
    select id, component_id, version_id, on_product_id, on_attachment_id, order_id,
      order_line_position, group_id, replay_of_id, channel, trigger, priority, max_attempts, input_payload, metadata, context, binding_snapshot, greatest(run_at, now()), caller,
      idempotency_key, request_hash, coalesce(queue, $22::text), pg_current_xact_id()
    from validated
    where known_id is null and mistakes = '{}'
    order by caller, idempotency_key, id
    on conflict do nothing
    returning id, queue, run_at, priority, fence, lost_attempts, event_xid, caller
  ), appended as (
    insert into journey_run_events (run_id, sequence, xid, type, status, attempt, actor)
    select id, 1, event_xid, 'ENQUEUED', 'QUEUED', 0, nullif(caller, '') from stored
  ), jobs as (
    select graphile_worker.add_jobs(array_agg(row(
      translate(r.queue, '-_', '_-') || '.execute_component_run', r.payload, null, r.run_at, 25, null, case r.priority when 'HIGH' then -10 when 'NORMAL' then 0 else 10 end, null
    )::graphile_worker.job_spec order by r.run_at, r.part), false) from (
      select queue, priority, run_at, part, json_build_object('wakeUps', json_agg(json_build_object('runId', r.id, 'fence', r.fence) order by r.id), 'lost', lost) as payload
      from (
        select id, fence, queue, priority, run_at, lost_attempts > 0 as lost,
          (row_number() over (partition by queue, priority, run_at, lost_attempts > 0 order by id) - 1) / 5 as part
        from stored r
      ) r group by queue, priority, run_at, lost, part
    ) r having count(*) > 0)
  select id, known_id as "knownId", same_request as "sameRequest", mistakes from validated
  where known_id is not null or mistakes <> '{}'
  union all
  select id, null, null, '{}' from stored where (select count(*) from jobs) >= 0
