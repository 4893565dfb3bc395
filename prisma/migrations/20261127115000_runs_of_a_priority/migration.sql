CREATE INDEX "journey_run_outcomes_priority_run_id_idx" ON "journey_run_outcomes"("priority", "run_id" DESC);
