-- Workers of the earlier version cannot record what they execute once their runs have moved.
DO $$
BEGIN
  FOR looks IN 1..40 LOOP
    EXIT WHEN NOT EXISTS (SELECT FROM "journey_workers" WHERE "dead_at" IS NULL AND "lease_until" > clock_timestamp());
    PERFORM pg_sleep(0.5);
  END LOOP;
  IF EXISTS (SELECT FROM "journey_workers" WHERE "dead_at" IS NULL AND "lease_until" > clock_timestamp()) THEN
    RAISE EXCEPTION 'workers of the earlier version are running'
      USING HINT = 'Stop all processes of the earlier version, and start again.';
  END IF;
END $$;

LOCK TABLE "journey_component_runs" IN ACCESS EXCLUSIVE MODE;

-- What happened since the copy began.
CREATE TEMP TABLE "changed" ON COMMIT DROP AS
  SELECT DISTINCT "run_id" FROM "journey_run_events" WHERE "xid" >= (SELECT "since" FROM "journey_outcomes_copy");
DELETE FROM "journey_run_outcomes" o USING "changed" c WHERE o."run_id" = c."run_id";
-- Retention has deleted runs meanwhile if it has moved the watermark.
DELETE FROM "journey_run_outcomes" o
WHERE (SELECT "watermark" FROM "journey_outcomes_copy") <> (SELECT "watermark_xid" FROM "journey_feed")
  AND NOT EXISTS (SELECT FROM "journey_component_runs" r WHERE r."id" = o."run_id");
SELECT "journey_copy_outcomes"(array(SELECT "run_id" FROM "changed"));

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

DROP PROCEDURE "journey_copy_all_outcomes";
DROP FUNCTION "journey_copy_outcomes";
DROP TABLE "journey_outcomes_copy";
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
