-- The runs of an open service have no principal, and none of them is in the index.
CREATE INDEX "journey_runs_caller_id_idx" ON "journey_runs"("caller", "id" DESC) WHERE "caller" <> '';
