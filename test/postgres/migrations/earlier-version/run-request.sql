  with requested as materialized (
    select id, group_id, request from journey_component_runs where id = any($1::uuid[])
  ), groups as materialized (
    select id, shared_input as input, shared_context as context,
      2 * octet_length(shared_input::text) + octet_length(shared_context::text) as bytes
    from journey_run_groups where id in (select group_id from requested)
  ), summed as (
    select r.id, r.request, r.group_id,
      coalesce(sum(octet_length(r.request) + coalesce(g.bytes, 0)) over (order by r.id) <= $2, true) as fits
    from requested r left join groups g on g.id = r.group_id
  )
  select s.id, s.fits, case when s.fits then s.request end as value, case when s.fits and s.group_id is not null
    then (select to_jsonb(g) from groups g where g.id = s.group_id) end as shared
  from summed s
