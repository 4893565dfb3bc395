-- Each version of a run's row goes into each of its indexes, three times in a run's life: fewer of them.

-- What the payloads contain, in one.
DROP INDEX "journey_component_runs_metadata_idx";
DROP INDEX "journey_component_runs_context_idx";
DROP INDEX "journey_component_runs_input_payload_idx";
CREATE INDEX "journey_component_runs_payloads_idx" ON "journey_component_runs" USING GIN ("metadata" jsonb_path_ops, "context" jsonb_path_ops, "input_payload" jsonb_path_ops);

-- Only runs that have a key are found by it.
DROP INDEX "journey_component_runs_idempotency_key_caller_key";
CREATE UNIQUE INDEX "journey_component_runs_idempotency_key_caller_key" ON "journey_component_runs"("idempotency_key", "caller") WHERE "idempotency_key" IS NOT NULL;
