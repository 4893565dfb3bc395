-- The index by queue serves in its place.
DROP INDEX CONCURRENTLY "journey_component_runs_queued_run_at_idx";
