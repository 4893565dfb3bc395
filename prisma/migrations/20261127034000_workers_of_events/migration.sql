-- A STARTED event names the worker of its attempt, and the call key. Both are null in the events stored before.
ALTER TABLE "journey_run_events" ADD COLUMN "worker_id" UUID, ADD COLUMN "call_key" INTEGER;
