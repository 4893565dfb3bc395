-- AlterTable
ALTER TABLE "journey_component_runs" ADD COLUMN     "forgotten_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "journey_feed" ADD COLUMN     "erasures" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "journey_run_groups" ADD COLUMN     "erased_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "forgotten_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "journey_bulk_operations" ADD COLUMN     "erased_at" TIMESTAMPTZ(3);

-- What retention looks for.
CREATE INDEX "journey_bulk_operations_unerased_idx" ON "journey_bulk_operations"("completed_at") WHERE "erased_at" IS NULL;
