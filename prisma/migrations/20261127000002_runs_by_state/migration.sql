-- What an interrupted start has left, before the lock.
SELECT "journey_copy_changed_outcomes"(NULL);

-- Readers and writers wait from here to the end of the transaction. A weaker lock, made stronger later, would deadlock with
-- statements that read runs and then wait to write them.
SET LOCAL lock_timeout = '5s';
LOCK TABLE "journey_component_runs" IN ACCESS EXCLUSIVE MODE;

DO $$
BEGIN
  IF "journey_earlier_workers"() IS NOT NULL THEN
    RAISE object_in_use USING MESSAGE = 'workers of the earlier version are running: ' || "journey_earlier_workers"();
  END IF;
END $$;

SELECT "journey_copy_changed_outcomes"(NULL);

INSERT INTO "journey_run_queue" SELECT "id", "queue", "priority", "priority", "run_at", "run_at", "fence", "attempt", "lost_attempts",
  "max_attempts", "call_key", "event_sequence", "event_xid", "started_at", "request_call_key", "request",
  nullif("resolved_bindings", 'null'), nullif("error", 'null'), nullif("telemetry", 'null')
FROM "journey_component_runs" WHERE "status" = 'QUEUED';
INSERT INTO "journey_running" SELECT "id", coalesce("worker_id", gen_random_uuid()), "queue", "priority", "run_at", "fence", "attempt",
  "lost_attempts", "max_attempts", "call_key", "event_sequence", "event_xid", coalesce("started_at", now()), "cancel_requested_at",
  "request_call_key", "request", nullif("resolved_bindings", 'null'), nullif("error", 'null'), nullif("telemetry", 'null')
FROM "journey_component_runs" WHERE "status" = 'RUNNING';

ALTER TABLE "journey_component_runs" RENAME TO "journey_runs";
ALTER TABLE "journey_runs" RENAME CONSTRAINT "journey_component_runs_pkey" TO "journey_runs_pkey";
ALTER INDEX "journey_component_runs_component_id_id_idx" RENAME TO "journey_runs_component_id_id_idx";
ALTER INDEX "journey_component_runs_product_id_id_idx" RENAME TO "journey_runs_product_id_id_idx";
ALTER INDEX "journey_component_runs_attachment_id_id_idx" RENAME TO "journey_runs_attachment_id_id_idx";
ALTER INDEX "journey_component_runs_order_id_id_idx" RENAME TO "journey_runs_order_id_id_idx";
ALTER INDEX "journey_component_runs_group_id_id_idx" RENAME TO "journey_runs_group_id_id_idx";
ALTER INDEX "journey_component_runs_replay_of_id_id_idx" RENAME TO "journey_runs_replay_of_id_id_idx";
ALTER INDEX "journey_component_runs_channel_id_idx" RENAME TO "journey_runs_channel_id_idx";
ALTER INDEX "journey_component_runs_trigger_id_idx" RENAME TO "journey_runs_trigger_id_idx";
ALTER INDEX "journey_component_runs_payloads_idx" RENAME TO "journey_runs_payloads_idx";
ALTER INDEX "journey_component_runs_idempotency_key_caller_key" RENAME TO "journey_runs_idempotency_key_caller_key";
ALTER TABLE "journey_runs" SET (fillfactor = 100);

DROP TRIGGER "journey_note_updated" ON "journey_runs";
DROP TRIGGER "journey_note_deleted" ON "journey_runs";
DROP PROCEDURE "journey_copy_all_outcomes";
DROP FUNCTION "journey_note_changed_outcomes";
DROP FUNCTION "journey_copy_changed_outcomes";
DROP FUNCTION "journey_copy_outcomes";
DROP FUNCTION "journey_earlier_workers";
DROP TABLE "journey_outcomes_copy";
DROP TABLE "journey_outcomes_changed";

ALTER TABLE "journey_runs"
  DROP COLUMN "status",
  DROP COLUMN "priority",
  DROP COLUMN "queue",
  DROP COLUMN "attempt",
  DROP COLUMN "lost_attempts",
  DROP COLUMN "max_attempts",
  DROP COLUMN "resolved_bindings",
  DROP COLUMN "result_payload",
  DROP COLUMN "error",
  DROP COLUMN "telemetry",
  DROP COLUMN "request",
  DROP COLUMN "request_call_key",
  DROP COLUMN "run_at",
  DROP COLUMN "started_at",
  DROP COLUMN "completed_at",
  DROP COLUMN "cancel_requested_at",
  DROP COLUMN "fence",
  DROP COLUMN "worker_id",
  DROP COLUMN "call_key",
  DROP COLUMN "event_sequence",
  DROP COLUMN "event_xid",
  DROP COLUMN "woken_at";
ALTER TABLE "journey_runs" ADD COLUMN "shop" TEXT NOT NULL DEFAULT '';

-- A run as readers see it: what was requested, and its state from the table in which that stands. Outcomes come first,
-- so that a look-up that ends at the first row needs one index for most runs.
CREATE VIEW "journey_run_states" AS
  SELECT "run_id", "status" AS "status", "completed_at" AS "completed_at", NULL::uuid AS "worker_id", "result_payload" AS "result_payload",
    "queue", "priority", "run_at", "fence", "attempt", "lost_attempts", "max_attempts", "call_key", "event_sequence", "event_xid", "started_at", "cancel_requested_at", "request_call_key", "request", "resolved_bindings", "error", "telemetry"
  FROM "journey_run_outcomes"
  UNION ALL
  SELECT "run_id", 'QUEUED'::journey_run_status AS "status", NULL::timestamptz AS "completed_at", NULL::uuid AS "worker_id", NULL::jsonb AS "result_payload",
    "queue", "priority", "run_at", "fence", "attempt", "lost_attempts", "max_attempts", "call_key", "event_sequence", "event_xid", "started_at", NULL::timestamptz AS "cancel_requested_at", "request_call_key", "request", "resolved_bindings", "error", "telemetry"
  FROM "journey_run_queue"
  UNION ALL
  SELECT "run_id", 'RUNNING'::journey_run_status AS "status", NULL::timestamptz AS "completed_at", "worker_id" AS "worker_id", NULL::jsonb AS "result_payload",
    "queue", "priority", "run_at", "fence", "attempt", "lost_attempts", "max_attempts", "call_key", "event_sequence", "event_xid", "started_at", "cancel_requested_at", "request_call_key", "request", "resolved_bindings", "error", "telemetry"
  FROM "journey_running";
CREATE VIEW "journey_component_runs" AS
  SELECT r.*, s."status", s."completed_at", s."worker_id", s."result_payload", s."queue", s."priority", s."run_at", s."fence", s."attempt", s."lost_attempts", s."max_attempts", s."call_key", s."event_sequence", s."event_xid", s."started_at", s."cancel_requested_at", s."request_call_key", s."request", s."resolved_bindings", s."error", s."telemetry"
  FROM "journey_runs" r JOIN "journey_run_states" s ON s."run_id" = r."id";
