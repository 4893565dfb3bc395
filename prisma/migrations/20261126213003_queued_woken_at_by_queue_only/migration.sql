-- The index by queue serves in its place.
DROP INDEX CONCURRENTLY "journey_component_runs_queued_woken_at_idx";
