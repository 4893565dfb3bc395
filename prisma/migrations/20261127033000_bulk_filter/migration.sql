-- The filter of a bulk operation is stored, so that the operation shows which runs it was started for. As text, because
-- a filter may contain what JSONB rejects, such as NUL, which matches nothing.
ALTER TABLE "journey_bulk_operations" ADD COLUMN "filter" JSON;
