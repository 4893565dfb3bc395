-- What the groups of runs share, for filters of runs by their payloads. A migration of its own: groups are written meanwhile.
CREATE INDEX CONCURRENTLY "journey_run_groups_shared_idx" ON "journey_run_groups" USING GIN ("shared_input" jsonb_path_ops, "shared_context" jsonb_path_ops);
