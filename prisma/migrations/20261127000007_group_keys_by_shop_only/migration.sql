-- The index by caller, key and shop serves in its place.
DROP INDEX CONCURRENTLY "journey_run_groups_caller_idempotency_key_key";
