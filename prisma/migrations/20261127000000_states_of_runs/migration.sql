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
    "shop" TEXT NOT NULL DEFAULT '',

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
    "shop" TEXT NOT NULL DEFAULT '',

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
    "shop" TEXT NOT NULL DEFAULT '',

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

-- Everything below exists until the last migration has moved the runs.

-- How far the outcomes are copied, and how many.
CREATE TABLE "journey_outcomes_copy" ("copied_to" UUID NOT NULL, "copied" BIGINT NOT NULL);
INSERT INTO "journey_outcomes_copy" VALUES ('00000000-0000-0000-0000-000000000000', 0);

-- Ended runs that have changed: their outcomes are copied again, or deleted with them.
CREATE TABLE "journey_outcomes_changed" ("run_id" UUID NOT NULL);

-- As its owner, because processes of the earlier version may have a role without rights on the new table.
CREATE FUNCTION "journey_note_changed_outcomes"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  INSERT INTO "journey_outcomes_changed" SELECT "id" FROM "before" WHERE "status" IN ('COMPLETED', 'FAILED', 'CANCELED');
  IF TG_OP = 'UPDATE' THEN
    INSERT INTO "journey_outcomes_changed"
      SELECT a."id" FROM "after" a JOIN "before" b ON b."id" = a."id"
      WHERE a."status" IN ('COMPLETED', 'FAILED', 'CANCELED') AND b."status" NOT IN ('COMPLETED', 'FAILED', 'CANCELED');
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION "journey_copy_outcomes"("ids" UUID[]) RETURNS void LANGUAGE sql AS $$
  DELETE FROM "journey_run_outcomes" WHERE "run_id" = ANY("ids");
  INSERT INTO "journey_run_outcomes"
  SELECT "id", "status", coalesce("completed_at", now()), "queue", "priority", "run_at", "fence", "attempt", "lost_attempts", "max_attempts",
    "call_key", "event_sequence", "event_xid", "started_at", "cancel_requested_at", "request_call_key", "request",
    nullif("resolved_bindings", 'null'), nullif("error", 'null'), nullif("telemetry", 'null'), nullif("result_payload", 'null')
  FROM "journey_component_runs" WHERE "id" = ANY("ids") AND "status" IN ('COMPLETED', 'FAILED', 'CANCELED')
$$;

-- Copies the outcomes of runs that have changed, at most "most" notes of them. Returns the number of notes.
CREATE FUNCTION "journey_copy_changed_outcomes"("most" BIGINT) RETURNS BIGINT LANGUAGE plpgsql AS $$
DECLARE
  "ids" UUID[];
BEGIN
  WITH "taken" AS (
    DELETE FROM "journey_outcomes_changed" WHERE ctid = ANY(ARRAY(SELECT ctid FROM "journey_outcomes_changed" LIMIT "most"))
    RETURNING "run_id"
  )
  SELECT array_agg("run_id") INTO "ids" FROM "taken";
  IF "ids" IS NOT NULL THEN PERFORM "journey_copy_outcomes"("ids"); END IF;
  RETURN coalesce(cardinality("ids"), 0);
END $$;

-- The workers of the earlier version that are alive; NULL if there are none.
CREATE FUNCTION "journey_earlier_workers"() RETURNS TEXT LANGUAGE sql AS $$
  SELECT string_agg("host" || ' process ' || "pid", ', ' ORDER BY "host", "pid") FROM "journey_workers"
  WHERE "dead_at" IS NULL AND "lease_until" > clock_timestamp()
$$;

-- Goes on after the last batch that was committed, however often it is interrupted. Small batches, because each of them
-- delays the events of other transactions until it commits.
CREATE PROCEDURE "journey_copy_all_outcomes"() LANGUAGE plpgsql AS $$
DECLARE
  "size" CONSTANT INT := 500;
  "batch" UUID[];
  "number" BIGINT;
  "reported_at" TIMESTAMPTZ := clock_timestamp();
  "deadline" TIMESTAMPTZ;
  "is_waiting" BOOLEAN := false;
BEGIN
  LOOP
    SELECT array_agg("id" ORDER BY "id") INTO "batch" FROM (
      SELECT "id" FROM "journey_component_runs" WHERE "id" > (SELECT "copied_to" FROM "journey_outcomes_copy") ORDER BY "id" LIMIT "size"
    ) AS "next";
    EXIT WHEN "batch" IS NULL;
    PERFORM "journey_copy_outcomes"("batch");
    UPDATE "journey_outcomes_copy" SET "copied_to" = "batch"[cardinality("batch")], "copied" = "copied" + cardinality("batch")
    RETURNING "copied" INTO "number";
    COMMIT;
    IF clock_timestamp() > "reported_at" + interval '5 seconds' THEN
      RAISE INFO 'copied % of about % runs', "number",
        greatest("number", (SELECT reltuples::bigint FROM pg_class WHERE oid = '"journey_component_runs"'::regclass));
      "reported_at" := clock_timestamp();
    END IF;
  END LOOP;
  IF "number" > 0 THEN RAISE INFO 'copied all % runs', "number"; END IF;
  ANALYZE "journey_run_outcomes";
  COMMIT;
  -- Workers of the earlier version cannot record what they execute once their runs have moved.
  "deadline" := clock_timestamp() + interval '20 seconds';
  LOOP
    LOOP
      "number" := "journey_copy_changed_outcomes"("size");
      COMMIT;
      EXIT WHEN "number" < "size";
    END LOOP;
    EXIT WHEN "journey_earlier_workers"() IS NULL;
    IF clock_timestamp() > "deadline" THEN
      RAISE object_in_use USING MESSAGE = 'workers of the earlier version are running: ' || "journey_earlier_workers"();
    END IF;
    IF NOT "is_waiting" THEN
      RAISE INFO 'waiting for the end of workers of the earlier version: %', "journey_earlier_workers"();
      "is_waiting" := true;
    END IF;
    PERFORM pg_sleep(0.5);
  END LOOP;
END $$;

-- Last, because they wait for the transactions that write to the table. Others that write wait meanwhile, so not for long.
SET LOCAL lock_timeout = '5s';
CREATE TRIGGER "journey_note_updated" AFTER UPDATE ON "journey_component_runs"
  REFERENCING OLD TABLE AS "before" NEW TABLE AS "after" FOR EACH STATEMENT EXECUTE FUNCTION "journey_note_changed_outcomes"();
CREATE TRIGGER "journey_note_deleted" AFTER DELETE ON "journey_component_runs"
  REFERENCING OLD TABLE AS "before" FOR EACH STATEMENT EXECUTE FUNCTION "journey_note_changed_outcomes"();
