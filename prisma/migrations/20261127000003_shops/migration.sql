-- '': no shop. It is no null, because a unique key treats every null as a different value.
ALTER TABLE "journey_components" ADD COLUMN "shop" TEXT NOT NULL DEFAULT '';
ALTER TABLE "products" ADD COLUMN "shop" TEXT NOT NULL DEFAULT '';
ALTER TABLE "journey_bulk_operations" ADD COLUMN "shop" TEXT NOT NULL DEFAULT '';

-- Keys are unique within a shop. These tables are small; the migrations that follow do the same for the large ones.
-- The key comes first, because lists are ordered by it.
CREATE UNIQUE INDEX "journey_components_key_shop_key" ON "journey_components"("key", "shop");
DROP INDEX "journey_components_key_key";
CREATE UNIQUE INDEX "products_sku_shop_key" ON "products"("sku", "shop");
DROP INDEX "products_sku_key";
CREATE UNIQUE INDEX "products_slug_shop_key" ON "products"("slug", "shop");
DROP INDEX "products_slug_key";
CREATE UNIQUE INDEX "journey_bulk_operations_caller_idempotency_key_shop_key" ON "journey_bulk_operations"("caller", "idempotency_key", "shop");
DROP INDEX "journey_bulk_operations_caller_idempotency_key_key";

-- The products of one shop.
CREATE INDEX "products_shop_sku_idx" ON "products"("shop", "sku") WHERE "shop" <> '';

-- Last, so that the large tables are locked for moments: a column with a constant default rewrites no row.
ALTER TABLE "orders" ADD COLUMN "shop" TEXT NOT NULL DEFAULT '';
ALTER TABLE "journey_run_groups" ADD COLUMN "shop" TEXT NOT NULL DEFAULT '';
ALTER TABLE "journey_run_events" ADD COLUMN "shop" TEXT NOT NULL DEFAULT '';
