-- CreateEnum
CREATE TYPE "journey_shop_move_state" AS ENUM ('COPYING', 'CLOSED', 'MOVED', 'ARRIVING');

-- AlterTable
ALTER TABLE "journey_feed" ADD COLUMN     "moves" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "journey_shop_moves" (
    "shop" TEXT NOT NULL,
    "state" "journey_shop_move_state" NOT NULL,
    "peer" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "copied_xid" xid8 NOT NULL DEFAULT '0'::xid8,
    "copied_position" BIGINT NOT NULL DEFAULT 0,
    "copied_order" UUID NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000'::uuid,
    "copied_since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "journey_shop_moves_pkey" PRIMARY KEY ("shop")
);

-- CreateTable
CREATE TABLE "journey_moved_events" (
    "position" BIGINT NOT NULL,
    "xid" xid8 NOT NULL,
    "run_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "journey_moved_events_pkey" PRIMARY KEY ("position")
);

-- CreateIndex
CREATE INDEX "journey_moved_events_at_idx" ON "journey_moved_events"("at");

-- Rejects a write of a shop that is closed. The lock on the table lasts until the transaction ends, also where no row is found:
-- whoever closes the shop waits for it. The command that moves the shop sets journey_runtime.moves_shop for its own writes.
CREATE FUNCTION "journey_reject_closed_shop"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  "closed" "journey_shop_move_state";
BEGIN
  SELECT "state" INTO "closed" FROM "journey_shop_moves"
  WHERE "shop" = CASE TG_OP WHEN 'DELETE' THEN OLD."shop" ELSE NEW."shop" END AND "state" <> 'COPYING' FOR KEY SHARE;
  IF "closed" = 'MOVED' THEN RAISE 'the shop has moved' USING ERRCODE = 'JR002'; END IF;
  IF "closed" IS NOT NULL THEN RAISE 'the shop is closed' USING ERRCODE = 'JR001'; END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER "journey_closed_shop" BEFORE INSERT OR UPDATE OR DELETE ON "journey_components" FOR EACH ROW
  WHEN (current_setting('journey_runtime.moves_shop', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION "journey_reject_closed_shop"();
CREATE TRIGGER "journey_closed_shop" BEFORE INSERT OR UPDATE OR DELETE ON "products" FOR EACH ROW
  WHEN (current_setting('journey_runtime.moves_shop', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION "journey_reject_closed_shop"();
CREATE TRIGGER "journey_closed_shop" BEFORE INSERT OR UPDATE OR DELETE ON "orders" FOR EACH ROW
  WHEN (current_setting('journey_runtime.moves_shop', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION "journey_reject_closed_shop"();
CREATE TRIGGER "journey_closed_shop" BEFORE INSERT OR UPDATE OR DELETE ON "journey_run_groups" FOR EACH ROW
  WHEN (current_setting('journey_runtime.moves_shop', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION "journey_reject_closed_shop"();
CREATE TRIGGER "journey_closed_shop" BEFORE INSERT OR UPDATE OR DELETE ON "journey_bulk_operations" FOR EACH ROW
  WHEN (current_setting('journey_runtime.moves_shop', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION "journey_reject_closed_shop"();
-- Runs and keys are inserted by the enqueue, which looks at journey_shop_moves itself. Updates erase payloads, or adopt keys.
CREATE TRIGGER "journey_closed_shop" BEFORE UPDATE ON "journey_runs" FOR EACH ROW
  WHEN (current_setting('journey_runtime.moves_shop', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION "journey_reject_closed_shop"();
CREATE TRIGGER "journey_closed_shop" BEFORE UPDATE ON "journey_run_keys" FOR EACH ROW
  WHEN (current_setting('journey_runtime.moves_shop', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION "journey_reject_closed_shop"();
