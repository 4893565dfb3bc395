-- What the net looks for: the runs of one queue, however many wait in others. Alone in its migration, as it is made concurrently.
CREATE INDEX CONCURRENTLY "journey_component_runs_queue_woken_at_idx" ON "journey_component_runs"("queue", "woken_at") WHERE "status" = 'QUEUED';
