-- The orders of one shop, by time.
CREATE INDEX CONCURRENTLY "orders_shop_placed_at_id_idx" ON "orders"("shop", "placed_at", "id") WHERE "shop" <> '';
