-- CreateEnum
CREATE TYPE "journey_trigger" AS ENUM ('CHECKOUT', 'POST_CHECKOUT', 'PRESET', 'AUTOMATION', 'OPERATOR');

-- CreateEnum
CREATE TYPE "journey_backoff" AS ENUM ('FIXED', 'EXPONENTIAL');

-- CreateEnum
CREATE TYPE "journey_run_status" AS ENUM ('QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELED');

-- CreateEnum
CREATE TYPE "journey_run_priority" AS ENUM ('HIGH', 'NORMAL', 'LOW');

-- CreateEnum
CREATE TYPE "journey_run_event_type" AS ENUM ('ENQUEUED', 'STARTED', 'COMPLETED', 'FAILED', 'RETRY_SCHEDULED', 'REQUEUED', 'WORKER_LOST', 'CANCEL_REQUESTED', 'CANCELED', 'RETRIED');

-- CreateEnum
CREATE TYPE "journey_run_group_kind" AS ENUM ('CHECKOUT', 'AUTOMATION');

-- CreateEnum
CREATE TYPE "journey_bulk_operation_kind" AS ENUM ('RETRY', 'CANCEL', 'REPLAY');

-- CreateEnum
CREATE TYPE "journey_bulk_operation_status" AS ENUM ('RUNNING', 'COMPLETED', 'ABORTED');

-- CreateEnum
CREATE TYPE "journey_bulk_item_status" AS ENUM ('PENDING', 'DONE', 'FAILED', 'SKIPPED');

-- CreateTable
CREATE TABLE "journey_components" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "current_version_id" UUID NOT NULL,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "journey_components_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "journey_component_versions" (
    "id" UUID NOT NULL,
    "component_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "triggers" "journey_trigger"[],
    "script_slug" TEXT NOT NULL,
    "script_runtime" TEXT NOT NULL,
    "script_version" TEXT,
    "script_metadata" JSONB NOT NULL DEFAULT '{}',
    "input_schema" JSONB NOT NULL DEFAULT '{}',
    "provider_dependencies" JSONB NOT NULL DEFAULT '[]',
    "max_attempts" INTEGER NOT NULL DEFAULT 1,
    "backoff" "journey_backoff" NOT NULL DEFAULT 'EXPONENTIAL',
    "initial_delay_seconds" DOUBLE PRECISION NOT NULL DEFAULT 1,
    "max_delay_seconds" DOUBLE PRECISION NOT NULL DEFAULT 300,
    "timeout_seconds" DOUBLE PRECISION,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "journey_component_versions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "products" (
    "id" UUID NOT NULL,
    "sku" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "attributes" JSONB NOT NULL DEFAULT '{}',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "products_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "product_journey_components" (
    "id" UUID NOT NULL,
    "product_id" UUID NOT NULL,
    "component_id" UUID NOT NULL,
    "display_order" INTEGER NOT NULL,
    "is_required" BOOLEAN NOT NULL DEFAULT false,
    "channel_eligibility" TEXT[],
    "bindings" JSONB NOT NULL DEFAULT '[]',
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "hidden_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "product_journey_components_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "orders" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "placed_at" TIMESTAMPTZ(3) NOT NULL,
    "payload" JSONB NOT NULL DEFAULT '{}',
    "request_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "orders_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order_lines" (
    "order_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "sku" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "payload" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "order_lines_pkey" PRIMARY KEY ("order_id","position")
);

-- CreateTable
CREATE TABLE "journey_run_groups" (
    "id" UUID NOT NULL,
    "kind" "journey_run_group_kind" NOT NULL,
    "order_id" UUID NOT NULL,
    "shared_input" JSONB NOT NULL DEFAULT '{}',
    "shared_context" JSONB NOT NULL DEFAULT '{}',
    "caller" TEXT NOT NULL DEFAULT '',
    "idempotency_key" TEXT,
    "request_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "journey_run_groups_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "journey_skipped_attachments" (
    "id" BIGSERIAL NOT NULL,
    "group_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "order_line_position" INTEGER NOT NULL,
    "attachment_id" UUID,
    "decision" TEXT NOT NULL,
    "reason" TEXT,

    CONSTRAINT "journey_skipped_attachments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "journey_component_runs" (
    "id" UUID NOT NULL,
    "status" "journey_run_status" NOT NULL DEFAULT 'QUEUED',
    "component_id" UUID NOT NULL,
    "component_version_id" UUID NOT NULL,
    "product_id" UUID,
    "attachment_id" UUID,
    "order_id" UUID,
    "order_line_position" INTEGER,
    "group_id" UUID,
    "replay_of_id" UUID,
    "channel" TEXT,
    "trigger" "journey_trigger",
    "priority" "journey_run_priority" NOT NULL DEFAULT 'NORMAL',
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "lost_attempts" INTEGER NOT NULL DEFAULT 0,
    "max_attempts" INTEGER NOT NULL,
    "input_payload" JSONB NOT NULL DEFAULT '{}',
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "context" JSONB NOT NULL DEFAULT '{}',
    "binding_snapshot" JSONB NOT NULL DEFAULT '[]',
    "resolved_bindings" JSONB NOT NULL DEFAULT 'null',
    "result_payload" JSONB NOT NULL DEFAULT 'null',
    "error" JSONB NOT NULL DEFAULT 'null',
    "telemetry" JSONB NOT NULL DEFAULT 'null',
    "request" TEXT,
    "request_call_key" INTEGER,
    "queued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "run_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),
    "cancel_requested_at" TIMESTAMPTZ(3),
    "caller" TEXT NOT NULL DEFAULT '',
    "idempotency_key" TEXT,
    "request_hash" BYTEA,
    "fence" INTEGER NOT NULL DEFAULT 0,
    "worker_id" UUID,
    "call_key" INTEGER NOT NULL DEFAULT 1,
    "event_sequence" INTEGER NOT NULL DEFAULT 1,
    "event_xid" xid8 NOT NULL,
    "woken_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "journey_component_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "journey_run_events" (
    "run_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "position" BIGSERIAL NOT NULL,
    "xid" xid8 NOT NULL,
    "type" "journey_run_event_type" NOT NULL,
    "status" "journey_run_status" NOT NULL,
    "attempt" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "error" JSONB NOT NULL DEFAULT 'null',
    "telemetry" JSONB NOT NULL DEFAULT 'null',
    "run_at" TIMESTAMPTZ(3),
    "actor" TEXT,
    "reason" TEXT,

    CONSTRAINT "journey_run_events_pkey" PRIMARY KEY ("run_id","sequence")
);

-- CreateTable
CREATE TABLE "journey_workers" (
    "id" UUID NOT NULL,
    "pool_id" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "heartbeat_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_until" TIMESTAMPTZ(3) NOT NULL,
    "dead_at" TIMESTAMPTZ(3),

    CONSTRAINT "journey_workers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "journey_feed" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "era" INTEGER NOT NULL DEFAULT 1,
    "system_identifier" TEXT NOT NULL DEFAULT '',
    "timeline" INTEGER NOT NULL DEFAULT 0,
    "highest_xid" xid8 NOT NULL DEFAULT '0'::xid8,
    "watermark_xid" xid8 NOT NULL DEFAULT '0'::xid8,
    "watermark_position" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "journey_feed_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "journey_bulk_operations" (
    "id" UUID NOT NULL,
    "kind" "journey_bulk_operation_kind" NOT NULL,
    "status" "journey_bulk_operation_status" NOT NULL DEFAULT 'RUNNING',
    "input" JSONB NOT NULL DEFAULT '{}',
    "expected" INTEGER NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "caller" TEXT NOT NULL DEFAULT '',
    "idempotency_key" TEXT,
    "request_hash" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "completed_at" TIMESTAMPTZ(3),
    "woken_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "journey_bulk_operations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "journey_bulk_operation_items" (
    "operation_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "run_id" UUID NOT NULL,
    "status" "journey_bulk_item_status" NOT NULL DEFAULT 'PENDING',
    "reason" TEXT,

    CONSTRAINT "journey_bulk_operation_items_pkey" PRIMARY KEY ("operation_id","position")
);

-- CreateIndex
CREATE UNIQUE INDEX "journey_components_key_key" ON "journey_components"("key");

-- CreateIndex
CREATE UNIQUE INDEX "journey_components_current_version_id_key" ON "journey_components"("current_version_id");

-- CreateIndex
CREATE UNIQUE INDEX "journey_component_versions_component_id_version_key" ON "journey_component_versions"("component_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "products_sku_key" ON "products"("sku");

-- CreateIndex
CREATE UNIQUE INDEX "products_slug_key" ON "products"("slug");

-- CreateIndex
CREATE INDEX "product_journey_components_product_id_display_order_idx" ON "product_journey_components"("product_id", "display_order");

-- CreateIndex
CREATE INDEX "product_journey_components_component_id_id_idx" ON "product_journey_components"("component_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "orders_number_key" ON "orders"("number");

-- CreateIndex
CREATE INDEX "orders_placed_at_idx" ON "orders"("placed_at");

-- CreateIndex
CREATE INDEX "order_lines_sku_idx" ON "order_lines"("sku");

-- CreateIndex
CREATE INDEX "journey_run_groups_order_id_idx" ON "journey_run_groups"("order_id");

-- CreateIndex
CREATE UNIQUE INDEX "journey_run_groups_caller_idempotency_key_key" ON "journey_run_groups"("caller", "idempotency_key");

-- CreateIndex
CREATE INDEX "journey_skipped_attachments_order_id_id_idx" ON "journey_skipped_attachments"("order_id", "id");

-- CreateIndex
CREATE INDEX "journey_skipped_attachments_group_id_id_idx" ON "journey_skipped_attachments"("group_id", "id");

-- CreateIndex
CREATE INDEX "journey_component_runs_component_id_id_idx" ON "journey_component_runs"("component_id", "id" DESC);

-- CreateIndex
CREATE INDEX "journey_component_runs_status_id_idx" ON "journey_component_runs"("status", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "journey_component_runs_idempotency_key_caller_key" ON "journey_component_runs"("idempotency_key", "caller");

-- CreateIndex
CREATE UNIQUE INDEX "journey_run_events_xid_position_key" ON "journey_run_events"("xid", "position");

-- CreateIndex
CREATE INDEX "journey_workers_lease_until_idx" ON "journey_workers"("lease_until");

-- CreateIndex
CREATE UNIQUE INDEX "journey_bulk_operations_caller_idempotency_key_key" ON "journey_bulk_operations"("caller", "idempotency_key");

-- AddForeignKey
ALTER TABLE "journey_components" ADD CONSTRAINT "journey_components_current_version_id_fkey" FOREIGN KEY ("current_version_id") REFERENCES "journey_component_versions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "journey_component_versions" ADD CONSTRAINT "journey_component_versions_component_id_fkey" FOREIGN KEY ("component_id") REFERENCES "journey_components"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "product_journey_components" ADD CONSTRAINT "product_journey_components_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "products"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "product_journey_components" ADD CONSTRAINT "product_journey_components_component_id_fkey" FOREIGN KEY ("component_id") REFERENCES "journey_components"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the schema language cannot say.

-- A component and its first version point at each other: both are inserted before either is checked.
ALTER TABLE "journey_components" ALTER CONSTRAINT "journey_components_current_version_id_fkey" DEFERRABLE INITIALLY DEFERRED;

-- One row, which is always there.
ALTER TABLE "journey_feed" ADD CONSTRAINT "journey_feed_one_row" CHECK ("id" = 1);
INSERT INTO "journey_feed" DEFAULT VALUES;

-- Runs by what they belong to, newest first: ids are UUIDv7.
CREATE INDEX "journey_component_runs_product_id_id_idx" ON "journey_component_runs"("product_id", "id" DESC) WHERE "product_id" IS NOT NULL;
CREATE INDEX "journey_component_runs_attachment_id_id_idx" ON "journey_component_runs"("attachment_id", "id" DESC) WHERE "attachment_id" IS NOT NULL;
CREATE INDEX "journey_component_runs_order_id_id_idx" ON "journey_component_runs"("order_id", "id" DESC) WHERE "order_id" IS NOT NULL;
CREATE INDEX "journey_component_runs_group_id_id_idx" ON "journey_component_runs"("group_id", "id" DESC) WHERE "group_id" IS NOT NULL;
CREATE INDEX "journey_component_runs_replay_of_id_id_idx" ON "journey_component_runs"("replay_of_id", "id" DESC) WHERE "replay_of_id" IS NOT NULL;
CREATE INDEX "journey_component_runs_channel_id_idx" ON "journey_component_runs"("channel", "id" DESC) WHERE "channel" IS NOT NULL;
CREATE INDEX "journey_component_runs_trigger_id_idx" ON "journey_component_runs"("trigger", "id" DESC) WHERE "trigger" IS NOT NULL;
CREATE INDEX "journey_component_runs_error_code_id_idx" ON "journey_component_runs"(("error"->>'code'), "id" DESC) WHERE "error" <> 'null';
-- Runs by what their payloads contain.
CREATE INDEX "journey_component_runs_metadata_idx" ON "journey_component_runs" USING GIN ("metadata" jsonb_path_ops);
CREATE INDEX "journey_component_runs_context_idx" ON "journey_component_runs" USING GIN ("context" jsonb_path_ops);
CREATE INDEX "journey_component_runs_input_payload_idx" ON "journey_component_runs" USING GIN ("input_payload" jsonb_path_ops);

-- What the worker, the sweeper, the net and retention look for.
CREATE INDEX "journey_component_runs_running_idx" ON "journey_component_runs"("worker_id") WHERE "status" = 'RUNNING';
CREATE INDEX "journey_component_runs_queued_woken_at_idx" ON "journey_component_runs"("woken_at") WHERE "status" = 'QUEUED';
CREATE INDEX "journey_component_runs_queued_run_at_idx" ON "journey_component_runs"("run_at") WHERE "status" = 'QUEUED';
CREATE INDEX "journey_bulk_operations_running_idx" ON "journey_bulk_operations"("woken_at") WHERE "status" = 'RUNNING';
CREATE INDEX "journey_component_runs_completed_at_idx" ON "journey_component_runs"("completed_at") WHERE "completed_at" IS NOT NULL;

-- A run's row is updated a few times and soon: room on its page, and a vacuum that does not wait for a fifth of the table.
ALTER TABLE "journey_component_runs" SET (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);
ALTER TABLE "journey_run_events" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.05);
