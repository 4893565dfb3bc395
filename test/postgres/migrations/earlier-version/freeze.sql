  with locked as materialized (
    select i.* from unnest($1::uuid[], $2::int[], $3::uuid[], $4::text[]) with ordinality as i(run_id, fence, worker_id, request, n) join journey_component_runs r on r.id = i.run_id
    where r.status = 'RUNNING' and r.fence = i.fence and r.worker_id = i.worker_id
    order by r.id for update of r
  )
  update journey_component_runs r set request = i.request, request_call_key = r.call_key
  from locked i where r.id = i.run_id returning i.n::int
