-- The groups that retention has not erased yet, by age. A migration of its own: groups are written meanwhile.
CREATE INDEX CONCURRENTLY "journey_run_groups_unerased_idx" ON "journey_run_groups"("created_at") WHERE "erased_at" IS NULL;
