  select r.id, r.status, r.cancel_requested_at is not null as "cancelRequested",
    r.forgotten_at is not null or o.forgotten_at is not null as "isForgotten"
  from journey_component_runs r left join orders o on o.id = r.order_id where r.id = any($1::uuid[])
