-- Runs, their outcomes and their events become partitioned by time, so that retention drops whole partitions. Their tables
-- become the first partitions as they are: no row is written anew. Five migrations lead there. Idempotency keys must be
-- unique over all time, so they get a table of their own: this one creates it, and the next one copies the keys into it.
CREATE TABLE "journey_run_keys" (
    "idempotency_key" TEXT NOT NULL,
    "caller" TEXT NOT NULL,
    "shop" TEXT NOT NULL,
    "run_id" UUID NOT NULL,
    "request_hash" BYTEA,

    CONSTRAINT "journey_run_keys_pkey" PRIMARY KEY ("idempotency_key","caller","shop")
);
ALTER TABLE "journey_run_keys" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);

-- Everything below exists until the runs are partitioned.

-- As its owner, because processes may have a role without rights on the new table.
CREATE FUNCTION "journey_note_run_keys"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO "journey_run_keys" SELECT "idempotency_key", "caller", "shop", "id", "request_hash" FROM "changed"
    WHERE "idempotency_key" IS NOT NULL ORDER BY "caller", "idempotency_key", "shop" ON CONFLICT DO NOTHING;
  ELSE
    DELETE FROM "journey_run_keys" k USING "changed" r WHERE k."idempotency_key" = r."idempotency_key" AND k."caller" = r."caller" AND k."shop" = r."shop";
  END IF;
  RETURN NULL;
END $$;

-- Goes on from the start when it is interrupted: keys that were copied are passed over. Small batches, because each of
-- them delays the events of other transactions until it commits. Locks each run, so that none is deleted meanwhile.
CREATE PROCEDURE "journey_copy_run_keys"() LANGUAGE plpgsql AS $$
DECLARE
  "size" CONSTANT INT := 2000;
  "last" UUID := '00000000-0000-0000-0000-000000000000';
  "number" BIGINT := 0;
  "reported_at" TIMESTAMPTZ := clock_timestamp();
BEGIN
  LOOP
    WITH "batch" AS (
      SELECT "id", "idempotency_key", "caller", "shop", "request_hash" FROM "journey_runs"
      WHERE "id" > "last" ORDER BY "id" LIMIT "size" FOR KEY SHARE
    ), "copied" AS (
      INSERT INTO "journey_run_keys" SELECT "idempotency_key", "caller", "shop", "id", "request_hash" FROM "batch"
      WHERE "idempotency_key" IS NOT NULL ON CONFLICT DO NOTHING
    )
    SELECT "id" INTO "last" FROM "batch" ORDER BY "id" DESC LIMIT 1;
    COMMIT;
    EXIT WHEN "last" IS NULL;
    "number" := "number" + "size";
    IF clock_timestamp() > "reported_at" + interval '5 seconds' THEN
      RAISE INFO 'copied the keys of % of about % runs', "number",
        greatest("number", (SELECT reltuples::bigint FROM pg_class WHERE oid = '"journey_runs"'::regclass));
      "reported_at" := clock_timestamp();
    END IF;
  END LOOP;
END $$;

-- Last, because they wait for the transactions that write to the table. Others that write wait meanwhile, so not for long.
SET LOCAL lock_timeout = '5s';
CREATE TRIGGER "journey_note_keys_stored" AFTER INSERT ON "journey_runs"
  REFERENCING NEW TABLE AS "changed" FOR EACH STATEMENT EXECUTE FUNCTION "journey_note_run_keys"();
CREATE TRIGGER "journey_note_keys_deleted" AFTER DELETE ON "journey_runs"
  REFERENCING OLD TABLE AS "changed" FOR EACH STATEMENT EXECUTE FUNCTION "journey_note_run_keys"();
