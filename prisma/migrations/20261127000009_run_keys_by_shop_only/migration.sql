-- The index by key, caller and shop serves in its place.
DROP INDEX CONCURRENTLY "journey_runs_idempotency_key_caller_key";
