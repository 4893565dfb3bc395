-- CreateTable
CREATE TABLE "journey_audit_log" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "principal" TEXT NOT NULL,
    "address" TEXT,
    "action" TEXT NOT NULL,
    "rejected" BOOLEAN NOT NULL DEFAULT false,
    "times" INTEGER NOT NULL DEFAULT 1,
    "object_type" TEXT,
    "object_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "hash_before" BYTEA,
    "hash_after" BYTEA,
    "request_id" TEXT,

    CONSTRAINT "journey_audit_log_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "journey_audit_log_object_ids_idx" ON "journey_audit_log" USING GIN ("object_ids");

-- The principals of an open service are not indexed, because it has one only.
CREATE INDEX "journey_audit_log_principal_id_idx" ON "journey_audit_log"("principal", "id" DESC) WHERE "principal" <> '';

-- The log is append-only. A role that does not own the table cannot get past these triggers, and one with INSERT and SELECT
-- alone does not reach them.
CREATE FUNCTION "journey_reject_audit_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('journey.deletes_old_audit_entries', true) = 'on' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'The audit log is append-only.' USING ERRCODE = 'insufficient_privilege';
END;
$$;
CREATE TRIGGER "journey_audit_log_is_append_only" BEFORE UPDATE OR DELETE ON "journey_audit_log"
  FOR EACH ROW EXECUTE FUNCTION "journey_reject_audit_change"();
CREATE TRIGGER "journey_audit_log_is_not_truncated" BEFORE TRUNCATE ON "journey_audit_log"
  FOR EACH STATEMENT EXECUTE FUNCTION "journey_reject_audit_change"();

-- Deletes a batch of entries by age, at least 30 days, for roles that cannot delete.
CREATE FUNCTION "journey_delete_audit_entries"("days" int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE "deleted" int;
BEGIN
  PERFORM set_config('journey.deletes_old_audit_entries', 'on', true);
  DELETE FROM "journey_audit_log" WHERE "id" = ANY (ARRAY(
    SELECT "id" FROM "journey_audit_log" ORDER BY "id" LIMIT 5000
  )) AND "at" < now() - make_interval(days => greatest("days", 30));
  GET DIAGNOSTICS "deleted" = ROW_COUNT;
  PERFORM set_config('journey.deletes_old_audit_entries', 'off', true);
  RETURN "deleted";
END;
$$;
