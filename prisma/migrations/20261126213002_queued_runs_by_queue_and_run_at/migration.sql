-- What becomes due, what starves, and which queues have due runs.
CREATE INDEX CONCURRENTLY "journey_component_runs_queue_run_at_idx" ON "journey_component_runs"("queue", "run_at") WHERE "status" = 'QUEUED';
