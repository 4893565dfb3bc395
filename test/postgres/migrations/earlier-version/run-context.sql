  with requested as materialized (
    select id, group_id, context as own from journey_component_runs where id = any($1::uuid[])
  ), groups as materialized (
    select id, shared_context as shared, octet_length(shared_context::text) as bytes
    from journey_run_groups where id in (select group_id from requested)
  ), summed as (
    select r.id, r.own, g.shared,
      sum(octet_length(r.own::text) + coalesce(g.bytes, 0)) over (order by r.id) <= $2 as fits
    from requested r left join groups g on g.id = r.group_id
  )
  select id, fits, case when fits then coalesce(shared || own, own) end as value from summed
