  with old as materialized (
    select id from journey_component_runs
    where status = $1::journey_run_status and completed_at < now() - $2 * interval '1 day'
    order by completed_at limit $3 for update skip locked
  ), events as (
    delete from journey_run_events e using old where e.run_id = old.id returning e.xid, e.position
  ), gone as (
    delete from journey_component_runs r using old where r.id = old.id returning r.id
  ), marked as (
    update journey_feed f set watermark_xid = last.xid, watermark_position = last.position
    from (select xid, position from events order by xid desc, position desc limit 1) last
    where f.id = 1 and (last.xid, last.position) > (f.watermark_xid, f.watermark_position)
  )
  select count(*)::int as deleted from gone
