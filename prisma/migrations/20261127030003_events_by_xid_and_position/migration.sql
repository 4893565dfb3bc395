-- The order of the feed, as each partition will have it: an index of a partitioned table is unique only with its key.
CREATE INDEX CONCURRENTLY "journey_run_events_xid_position_idx" ON "journey_run_events"("xid", "position");
