-- PostgreSQL plans joins by the statistics of partitioned tables, which autovacuum does not gather.
ANALYZE "journey_runs", "journey_run_outcomes", "journey_run_events";
