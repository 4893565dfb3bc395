-- Order numbers are unique within a shop.
CREATE UNIQUE INDEX CONCURRENTLY "orders_number_shop_key" ON "orders"("number", "shop");
