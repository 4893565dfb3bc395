-- The idempotency keys of runs are unique within a shop.
CREATE UNIQUE INDEX CONCURRENTLY "journey_runs_idempotency_key_caller_shop_key" ON "journey_runs"("idempotency_key", "caller", "shop") WHERE "idempotency_key" IS NOT NULL;
