-- A run's status becomes the table in which its row stands: journey_run_queue, journey_running or journey_run_outcomes.
-- Three migrations lead there. This one makes the tables, the next copies the outcomes of runs that have ended, batch by
-- batch while the earlier version serves, and the last one moves what is in flight and makes readers use the new tables.

CREATE TABLE "journey_run_queue" (
    "run_id" UUID NOT NULL,
    "queue" TEXT NOT NULL,
    "priority" "journey_run_priority" NOT NULL,
    "rank" "journey_run_priority" NOT NULL,
    "rank_at" TIMESTAMPTZ(3) NOT NULL,
    "run_at" TIMESTAMPTZ(3) NOT NULL,
    "fence" INTEGER NOT NULL DEFAULT 0,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "lost_attempts" INTEGER NOT NULL DEFAULT 0,
    "max_attempts" INTEGER NOT NULL,
    "call_key" INTEGER NOT NULL DEFAULT 1,
    "event_sequence" INTEGER NOT NULL DEFAULT 1,
    "event_xid" xid8 NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "request_call_key" INTEGER,
    "request" TEXT,
    "resolved_bindings" JSONB,
    "error" JSONB,
    "telemetry" JSONB,

    CONSTRAINT "journey_run_queue_pkey" PRIMARY KEY ("run_id")
);

CREATE TABLE "journey_running" (
    "run_id" UUID NOT NULL,
    "worker_id" UUID NOT NULL,
    "queue" TEXT NOT NULL,
    "priority" "journey_run_priority" NOT NULL,
    "run_at" TIMESTAMPTZ(3) NOT NULL,
    "fence" INTEGER NOT NULL,
    "attempt" INTEGER NOT NULL,
    "lost_attempts" INTEGER NOT NULL,
    "max_attempts" INTEGER NOT NULL,
    "call_key" INTEGER NOT NULL,
    "event_sequence" INTEGER NOT NULL,
    "event_xid" xid8 NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "cancel_requested_at" TIMESTAMPTZ(3),
    "request_call_key" INTEGER,
    "request" TEXT,
    "resolved_bindings" JSONB,
    "error" JSONB,
    "telemetry" JSONB,

    CONSTRAINT "journey_running_pkey" PRIMARY KEY ("run_id")
);

CREATE TABLE "journey_run_outcomes" (
    "run_id" UUID NOT NULL,
    "status" "journey_run_status" NOT NULL,
    "completed_at" TIMESTAMPTZ(3) NOT NULL,
    "queue" TEXT NOT NULL,
    "priority" "journey_run_priority" NOT NULL,
    "run_at" TIMESTAMPTZ(3) NOT NULL,
    "fence" INTEGER NOT NULL,
    "attempt" INTEGER NOT NULL,
    "lost_attempts" INTEGER NOT NULL,
    "max_attempts" INTEGER NOT NULL,
    "call_key" INTEGER NOT NULL,
    "event_sequence" INTEGER NOT NULL,
    "event_xid" xid8 NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "cancel_requested_at" TIMESTAMPTZ(3),
    "request_call_key" INTEGER,
    "request" TEXT,
    "resolved_bindings" JSONB,
    "error" JSONB,
    "telemetry" JSONB,
    "result_payload" JSONB,

    CONSTRAINT "journey_run_outcomes_pkey" PRIMARY KEY ("run_id")
);

-- The order in which workers claim; the longest due; those that a lost worker had, which are claimed apart.
CREATE INDEX "journey_run_queue_rank_idx" ON "journey_run_queue"("queue", "rank", "rank_at", "run_id");
CREATE INDEX "journey_run_queue_run_at_idx" ON "journey_run_queue"("queue", "run_at");
CREATE INDEX "journey_run_queue_lost_idx" ON "journey_run_queue"("queue", "rank", "rank_at") WHERE "lost_attempts" > 0;
CREATE INDEX "journey_running_worker_id_idx" ON "journey_running"("worker_id");
CREATE INDEX "journey_run_outcomes_status_run_id_idx" ON "journey_run_outcomes"("status", "run_id" DESC);
CREATE INDEX "journey_run_outcomes_completed_at_idx" ON "journey_run_outcomes"("completed_at");
CREATE INDEX "journey_run_outcomes_error_code_idx" ON "journey_run_outcomes"(("error"->>'code'), "run_id" DESC) WHERE "error" IS NOT NULL;

CREATE INDEX "journey_run_queue_error_code_idx" ON "journey_run_queue"(("error"->>'code'), "run_id" DESC) WHERE "error" IS NOT NULL;
-- Which codes are frequent, and that they belong to statuses: filters on both would otherwise be planned for few rows.
CREATE STATISTICS "journey_run_outcomes_error_code" (mcv) ON "status", ("error"->>'code') FROM "journey_run_outcomes";

-- Rows of the first two live for moments: vacuum them by their number, not by a share of the table.
ALTER TABLE "journey_run_queue" SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 5000);
-- A call to a script host adds the request to its row: room for a second version on the same page.
ALTER TABLE "journey_running" SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 5000);
ALTER TABLE "journey_run_outcomes" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);


-- The transactions that began after this one may change runs that are copied already: the last migration copies these again.
CREATE TABLE "journey_outcomes_copy" ("since" xid8 NOT NULL, "watermark" xid8 NOT NULL, "copied_to" UUID NOT NULL);
INSERT INTO "journey_outcomes_copy"
  SELECT pg_snapshot_xmin(pg_current_snapshot()), "watermark_xid", '00000000-0000-0000-0000-000000000000' FROM "journey_feed";

CREATE FUNCTION "journey_copy_outcomes"("ids" UUID[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO "journey_run_outcomes"
  SELECT "id", "status", coalesce("completed_at", now()), "queue", "priority", "run_at", "fence", "attempt", "lost_attempts", "max_attempts",
    "call_key", "event_sequence", "event_xid", "started_at", "cancel_requested_at", "request_call_key", "request",
    nullif("resolved_bindings", 'null'), nullif("error", 'null'), nullif("telemetry", 'null'), nullif("result_payload", 'null')
  FROM "journey_component_runs" WHERE "id" = ANY("ids") AND "status" IN ('COMPLETED', 'FAILED', 'CANCELED')
$$;

-- Goes on after the last batch that was committed, however often it is interrupted.
CREATE PROCEDURE "journey_copy_all_outcomes"() LANGUAGE plpgsql AS $$
DECLARE
  "batch" UUID[];
BEGIN
  LOOP
    SELECT array_agg("id" ORDER BY "id") INTO "batch" FROM (
      SELECT "id" FROM "journey_component_runs" WHERE "id" > (SELECT "copied_to" FROM "journey_outcomes_copy") ORDER BY "id" LIMIT 5000
    ) AS "next";
    EXIT WHEN "batch" IS NULL;
    PERFORM "journey_copy_outcomes"("batch");
    UPDATE "journey_outcomes_copy" SET "copied_to" = "batch"[cardinality("batch")];
    COMMIT;
  END LOOP;
END $$;
