-- The runs of one shop, newest first.
CREATE INDEX CONCURRENTLY "journey_runs_shop_id_idx" ON "journey_runs"("shop", "id" DESC) WHERE "shop" <> '';
