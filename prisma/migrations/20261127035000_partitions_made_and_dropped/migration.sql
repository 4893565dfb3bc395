-- Retention makes the partitions of runs ahead, and drops those that are old. Functions of the tables' owner do so,
-- because the service's own role may own nothing: that role needs the right to execute them. Each looks for tables in the
-- schema first, so that no temporary table takes the place of one.

-- The partitions of journey_runs, journey_run_outcomes and journey_run_events; NULL: there is no such bound. "bound" is the
-- one that the last partition is about to get: a constraint, until it is checked and the partition is split.
CREATE VIEW "journey_run_partitions" AS
  SELECT p.relname::text AS "parent", c.relname::text AS "name",
    substring(b FROM $$FROM \('([^']+)'\)$$)::uuid AS "from", substring(b FROM $$TO \('([^']+)'\)$$)::uuid AS "to",
    substring(pg_get_constraintdef(k.oid) FROM $$< '([^']+)'$$)::uuid AS "bound", coalesce(k.convalidated, false) AS "is_checked"
  FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent JOIN pg_class c ON c.oid = i.inhrelid
    CROSS JOIN LATERAL pg_get_expr(c.relpartbound, c.oid) b
    LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.conname = 'journey_bound'
  WHERE p.oid IN ('journey_runs'::regclass, 'journey_run_outcomes'::regclass, 'journey_run_events'::regclass);

-- Creates the table of a partition, named by the time of one of its bounds. Before the lock, because that takes longest.
CREATE FUNCTION "journey_create_partition"("parent" TEXT, "kind" TEXT, "bound" UUID) RETURNS TEXT
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  "ms" CONSTANT BIGINT := ('x' || left(replace("bound"::text, '-', ''), 12))::bit(48)::bigint;
  "name" CONSTANT TEXT := "parent" || '_' || "kind" || to_char(to_timestamp("ms" / 1000) AT TIME ZONE 'UTC', '_YYYYMMDD"t"HH24MISS');
BEGIN
  EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING INDEXES INCLUDING STATISTICS) WITH (autovacuum_vacuum_scale_factor = 0.02,
    autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05)', "name", "parent");
  RETURN "name";
END $$;

-- Lets the last partition have only smaller ids from now on; NULL: any ids again. A step of its own, so that writers are not
-- locked out while journey_check_bound reads the partition from end to end.
CREATE FUNCTION "journey_bound_partition"("parent" TEXT, "bound" UUID) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET lock_timeout = '200ms' AS $$
DECLARE
  "last" RECORD;
BEGIN
  PERFORM set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);
  SELECT * INTO STRICT "last" FROM "journey_run_partitions" p WHERE p."parent" = "journey_bound_partition"."parent" AND p."to" IS NULL;
  IF "last"."bound" IS NOT NULL THEN EXECUTE format('ALTER TABLE %I DROP CONSTRAINT journey_bound', "last"."name"); END IF;
  IF "journey_bound_partition"."bound" IS NOT NULL THEN
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT journey_bound CHECK (%I < %L) NOT VALID',
      "last"."name", CASE "parent" WHEN 'journey_runs' THEN 'id' ELSE 'run_id' END, "journey_bound_partition"."bound");
  END IF;
END $$;

CREATE FUNCTION "journey_check_bound"("parent" TEXT) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET lock_timeout = '200ms' AS $$
BEGIN
  PERFORM set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);
  EXECUTE (SELECT format('ALTER TABLE %I VALIDATE CONSTRAINT journey_bound', p."name") FROM "journey_run_partitions" p
    WHERE p."parent" = "journey_check_bound"."parent" AND p."to" IS NULL);
END $$;

-- Ends the last partition at its checked bound, and attaches an empty one after it.
CREATE FUNCTION "journey_split_partition"("parent" TEXT) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET lock_timeout = '200ms' AS $$
DECLARE
  "last" RECORD;
  "next" TEXT;
BEGIN
  PERFORM set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);
  SELECT * INTO STRICT "last" FROM "journey_run_partitions" p WHERE p."parent" = "journey_split_partition"."parent" AND p."is_checked";
  "next" := "journey_create_partition"("parent", 'from', "last"."bound");
  EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', "parent");
  EXECUTE format('ALTER TABLE %I DETACH PARTITION %I', "parent", "last"."name");
  EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%L)', "parent", "last"."name",
    coalesce(quote_literal("last"."from"), 'MINVALUE'), "last"."bound");
  EXECUTE format('ALTER TABLE %I DROP CONSTRAINT journey_bound', "last"."name");
  EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (MAXVALUE)', "parent", "next", "last"."bound");
END $$;

-- Replaces all partitions up to a bound by one with the few rows that stay: of runs that have not ended, or not before a
-- time. Outcomes and events follow their runs: theirs stay whose run is there. Moves the feed's watermark past the dropped
-- events. Returns how many runs stay; if there are more than "most", it does nothing.
CREATE FUNCTION "journey_drop_partitions"("parent" TEXT, "until" UUID, "ended_before" TIMESTAMPTZ, "most" INT) RETURNS INT
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET lock_timeout = '200ms' SET enable_seqscan = off AS $$
DECLARE
  "old" TEXT[];
  "key" CONSTANT TEXT := CASE "parent" WHEN 'journey_runs' THEN 'id' ELSE 'run_id' END;
  "stay" UUID[];
  "first" TEXT;
  "name" TEXT;
BEGIN
  PERFORM set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);
  "old" := ARRAY(SELECT p."name" FROM "journey_run_partitions" p WHERE p."parent" = "journey_drop_partitions"."parent" AND p."to" <= "until");
  IF cardinality("old") = 0 THEN RAISE 'There is no partition of % up to %.', "parent", "until"; END IF;
  "first" := "journey_create_partition"("parent", 'until', "until");
  EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', "parent");
  IF "parent" = 'journey_runs' THEN
    "stay" := ARRAY(
      SELECT "run_id" FROM "journey_run_queue" WHERE "run_id" < "until"
      UNION ALL SELECT "run_id" FROM "journey_running" WHERE "run_id" < "until"
      UNION ALL SELECT "run_id" FROM "journey_run_outcomes" WHERE "run_id" < "until" AND "completed_at" >= "ended_before"
      LIMIT "most" + 1);
  ELSE
    "stay" := ARRAY(SELECT "id" FROM "journey_runs" WHERE "id" < "until" LIMIT "most" + 1);
  END IF;
  IF cardinality("stay") > "most" THEN
    EXECUTE format('DROP TABLE %I', "first");
    RETURN cardinality("stay");
  END IF;
  EXECUTE format('INSERT INTO %I SELECT * FROM %I WHERE %I = ANY($1)', "first", "parent", "key") USING "stay";
  IF "parent" = 'journey_run_events' THEN
    UPDATE "journey_feed" f SET "watermark_xid" = e."xid", "watermark_position" = e."position"
    FROM (
      SELECT "xid", "position" FROM "journey_run_events" WHERE "run_id" < "until" AND "run_id" <> ALL("stay") ORDER BY "xid" DESC, "position" DESC LIMIT 1
    ) e
    WHERE f."id" = 1 AND (e."xid", e."position") > (f."watermark_xid", f."watermark_position");
  END IF;
  FOREACH "name" IN ARRAY "old" LOOP EXECUTE format('DROP TABLE %I', "name"); END LOOP;
  EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (MINVALUE) TO (%L)', "parent", "first", "until");
  RETURN cardinality("stay");
END $$;

-- Gathers the statistics by which joins are planned. Autovacuum gathers those of partitions only.
CREATE FUNCTION "journey_analyze_runs"("parent" TEXT) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);
  EXECUTE (SELECT format('ANALYZE %I', p."parent") FROM "journey_run_partitions" p WHERE p."parent" = "journey_analyze_runs"."parent" LIMIT 1);
END $$;

REVOKE EXECUTE ON FUNCTION "journey_bound_partition", "journey_check_bound", "journey_split_partition", "journey_drop_partitions", "journey_analyze_runs" FROM PUBLIC;
