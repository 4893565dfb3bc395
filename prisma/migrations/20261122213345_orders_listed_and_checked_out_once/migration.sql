-- Orders newest first, and by the beginning of their number.
DROP INDEX "orders_placed_at_idx";
CREATE INDEX "orders_placed_at_id_idx" ON "orders"("placed_at", "id");
-- The condition holds for every row: it keeps the index out of schema.prisma, which cannot say its operator class.
CREATE INDEX "orders_number_prefix_idx" ON "orders"("number" text_pattern_ops) WHERE "number" IS NOT NULL;

-- An order is checked out once: of two checkouts at the same time, one waits and finds the other's group.
CREATE UNIQUE INDEX "journey_run_groups_checkout_order_id_key" ON "journey_run_groups"("order_id") WHERE "kind" = 'CHECKOUT';
