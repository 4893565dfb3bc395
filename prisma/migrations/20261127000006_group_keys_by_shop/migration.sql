-- The idempotency keys of automations are unique within a shop.
CREATE UNIQUE INDEX CONCURRENTLY "journey_run_groups_caller_idempotency_key_shop_key" ON "journey_run_groups"("caller", "idempotency_key", "shop");
