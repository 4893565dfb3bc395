  select 
  f.era, (f.watermark_xid, f.watermark_position) > ($1::xid8, $2::bigint) as "isPruned",
  (f.watermark_xid, f.watermark_position) = ($1::xid8, $2::bigint) as "isAtWatermark", f.erasures,
    (select (extract(epoch from clock_timestamp() - h.at) * 1000)::float8 from journey_run_events h
      where h.xid >= pg_snapshot_xmin(pg_current_snapshot()) order by h.xid, h.position limit 1) as "heldMs",
    page.*
  from journey_feed f left join lateral (
    select 
  e.run_id as "runId", e.sequence, e.type, e.status, e.attempt, e.at, e.error, e.telemetry, e.run_at as "runAt",
  e.actor, e.reason, e.xid, e.position, r.component_id as "componentId", c.key as "componentKey",
  r.product_id as "productId", r.attachment_id as "attachmentId", r.order_id as "orderId", r.group_id as "groupId",
  r.channel, r.trigger, r.idempotency_key as "idempotencyKey", r.queued_at as "queuedAt",
  case when (e.error <> 'null' or e.telemetry <> 'null') and r.binding_snapshot @> '[{"secret": true}]'
    then r.binding_snapshot end as bindings from (
      select * from journey_run_events e
      where (e.xid, e.position) >= ($1::xid8, $2::bigint) and e.xid < pg_snapshot_xmin(pg_current_snapshot()) order by e.xid, e.position limit $3
    ) e join journey_component_runs r on r.id = e.run_id join journey_components c on c.id = r.component_id
  ) page on true
  where f.id = 1 order by page.xid, page.position
