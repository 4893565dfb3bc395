  select r.id, r.request_hash is not distinct from $3::bytea as "sameRequest"
  from journey_component_runs r where r.caller = $1 and r.idempotency_key = $2
