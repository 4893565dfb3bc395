  with summed as (
    select id, result_payload as value, sum(octet_length(result_payload::text)) over (order by id) as bytes
    from journey_component_runs where id = any($1::uuid[])
  )
  select id, coalesce(bytes <= $2, true) as fits, case when bytes <= $2 then value end as value from summed
