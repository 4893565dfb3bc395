-- Readers and writers wait from here to the end of the transaction, for moments: the tables become the only partitions of
-- new ones, with the indexes that they have. A weaker lock, made stronger later, would deadlock with statements that read
-- and then wait to write.
SET LOCAL lock_timeout = '5s';
LOCK TABLE "journey_runs", "journey_run_outcomes", "journey_run_events" IN ACCESS EXCLUSIVE MODE;

DROP VIEW "journey_component_runs";
DROP VIEW "journey_run_states";
DROP TRIGGER "journey_note_keys_stored" ON "journey_runs";
DROP TRIGGER "journey_note_keys_deleted" ON "journey_runs";
DROP FUNCTION "journey_note_run_keys";
DROP PROCEDURE "journey_copy_run_keys";
DROP INDEX "journey_runs_idempotency_key_caller_shop_key";
ALTER TABLE "journey_runs" DROP COLUMN "request_hash";
DROP INDEX "journey_run_events_xid_position_key";

-- Names are given to the new tables.
ALTER TABLE "journey_runs" RENAME TO "journey_runs_first";
ALTER TABLE "journey_runs_first" RENAME CONSTRAINT "journey_runs_pkey" TO "journey_runs_first_pkey";
ALTER INDEX "journey_runs_component_id_id_idx" RENAME TO "journey_runs_first_component_id_id_idx";
ALTER INDEX "journey_runs_product_id_id_idx" RENAME TO "journey_runs_first_product_id_id_idx";
ALTER INDEX "journey_runs_attachment_id_id_idx" RENAME TO "journey_runs_first_attachment_id_id_idx";
ALTER INDEX "journey_runs_order_id_id_idx" RENAME TO "journey_runs_first_order_id_id_idx";
ALTER INDEX "journey_runs_group_id_id_idx" RENAME TO "journey_runs_first_group_id_id_idx";
ALTER INDEX "journey_runs_replay_of_id_id_idx" RENAME TO "journey_runs_first_replay_of_id_id_idx";
ALTER INDEX "journey_runs_channel_id_idx" RENAME TO "journey_runs_first_channel_id_idx";
ALTER INDEX "journey_runs_trigger_id_idx" RENAME TO "journey_runs_first_trigger_id_idx";
ALTER INDEX "journey_runs_shop_id_idx" RENAME TO "journey_runs_first_shop_id_idx";
ALTER INDEX "journey_runs_payloads_idx" RENAME TO "journey_runs_first_payloads_idx";
ALTER TABLE "journey_run_outcomes" RENAME TO "journey_run_outcomes_first";
ALTER TABLE "journey_run_outcomes_first" RENAME CONSTRAINT "journey_run_outcomes_pkey" TO "journey_run_outcomes_first_pkey";
ALTER INDEX "journey_run_outcomes_status_run_id_idx" RENAME TO "journey_run_outcomes_first_status_run_id_idx";
ALTER INDEX "journey_run_outcomes_completed_at_idx" RENAME TO "journey_run_outcomes_first_completed_at_idx";
ALTER INDEX "journey_run_outcomes_error_code_idx" RENAME TO "journey_run_outcomes_first_error_code_idx";
ALTER STATISTICS "journey_run_outcomes_error_code" RENAME TO "journey_run_outcomes_first_error_code";
ALTER TABLE "journey_run_events" RENAME TO "journey_run_events_first";
ALTER TABLE "journey_run_events_first" RENAME CONSTRAINT "journey_run_events_pkey" TO "journey_run_events_first_pkey";
ALTER INDEX "journey_run_events_xid_position_idx" RENAME TO "journey_run_events_first_xid_position_idx";

CREATE TABLE "journey_runs" (LIKE "journey_runs_first" INCLUDING DEFAULTS, CONSTRAINT "journey_runs_pkey" PRIMARY KEY ("id")) PARTITION BY RANGE ("id");
CREATE INDEX "journey_runs_component_id_id_idx" ON "journey_runs"("component_id", "id" DESC);
CREATE INDEX "journey_runs_product_id_id_idx" ON "journey_runs"("product_id", "id" DESC) WHERE "product_id" IS NOT NULL;
CREATE INDEX "journey_runs_attachment_id_id_idx" ON "journey_runs"("attachment_id", "id" DESC) WHERE "attachment_id" IS NOT NULL;
CREATE INDEX "journey_runs_order_id_id_idx" ON "journey_runs"("order_id", "id" DESC) WHERE "order_id" IS NOT NULL;
CREATE INDEX "journey_runs_group_id_id_idx" ON "journey_runs"("group_id", "id" DESC) WHERE "group_id" IS NOT NULL;
CREATE INDEX "journey_runs_replay_of_id_id_idx" ON "journey_runs"("replay_of_id", "id" DESC) WHERE "replay_of_id" IS NOT NULL;
CREATE INDEX "journey_runs_channel_id_idx" ON "journey_runs"("channel", "id" DESC) WHERE "channel" IS NOT NULL;
CREATE INDEX "journey_runs_trigger_id_idx" ON "journey_runs"("trigger", "id" DESC) WHERE "trigger" IS NOT NULL;
CREATE INDEX "journey_runs_shop_id_idx" ON "journey_runs"("shop", "id" DESC) WHERE "shop" <> '';
CREATE INDEX "journey_runs_payloads_idx" ON "journey_runs" USING GIN ("metadata" jsonb_path_ops, "context" jsonb_path_ops, "input_payload" jsonb_path_ops);
ALTER TABLE "journey_runs" ATTACH PARTITION "journey_runs_first" FOR VALUES FROM (MINVALUE) TO (MAXVALUE);

CREATE TABLE "journey_run_outcomes" (LIKE "journey_run_outcomes_first" INCLUDING DEFAULTS, CONSTRAINT "journey_run_outcomes_pkey" PRIMARY KEY ("run_id")) PARTITION BY RANGE ("run_id");
CREATE INDEX "journey_run_outcomes_status_run_id_idx" ON "journey_run_outcomes"("status", "run_id" DESC);
CREATE INDEX "journey_run_outcomes_completed_at_idx" ON "journey_run_outcomes"("completed_at");
CREATE INDEX "journey_run_outcomes_error_code_idx" ON "journey_run_outcomes"(("error"->>'code'), "run_id" DESC) WHERE "error" IS NOT NULL;
CREATE STATISTICS "journey_run_outcomes_error_code" (mcv) ON "status", ("error"->>'code') FROM "journey_run_outcomes";
ALTER TABLE "journey_run_outcomes" ATTACH PARTITION "journey_run_outcomes_first" FOR VALUES FROM (MINVALUE) TO (MAXVALUE);

CREATE TABLE "journey_run_events" (LIKE "journey_run_events_first" INCLUDING DEFAULTS, CONSTRAINT "journey_run_events_pkey" PRIMARY KEY ("run_id", "sequence")) PARTITION BY RANGE ("run_id");
CREATE INDEX "journey_run_events_xid_position_idx" ON "journey_run_events"("xid", "position");
ALTER SEQUENCE "journey_run_events_position_seq" OWNED BY "journey_run_events"."position";
ALTER TABLE "journey_run_events" ATTACH PARTITION "journey_run_events_first" FOR VALUES FROM (MINVALUE) TO (MAXVALUE);

-- As before, over the new tables. The hash of a request stands with its key.
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
  SELECT r.*, (SELECT k."request_hash" FROM "journey_run_keys" k WHERE k."idempotency_key" = r."idempotency_key" AND k."caller" = r."caller" AND k."shop" = r."shop") AS "request_hash",
    s."status", s."completed_at", s."worker_id", s."result_payload", s."queue", s."priority", s."run_at", s."fence", s."attempt", s."lost_attempts", s."max_attempts", s."call_key", s."event_sequence", s."event_xid", s."started_at", s."cancel_requested_at", s."request_call_key", s."request", s."resolved_bindings", s."error", s."telemetry"
  FROM "journey_runs" r JOIN "journey_run_states" s ON s."run_id" = r."id";
