  select r.id as run_id from journey_component_runs r left join journey_workers w on w.id = r.worker_id
  where r.status = 'RUNNING' and (w.id is null or w.dead_at is not null)
  order by r.id limit 1000 for update of r skip locked
