-- What is added to the server's transaction ids in the order of events, so that a restored history stays before new events.
-- A change of timeline no longer matters.
ALTER TABLE "journey_feed" ADD COLUMN "xid_base" BIGINT NOT NULL DEFAULT 0, DROP COLUMN "timeline";
