-- AlterTable
ALTER TABLE "journey_bulk_operations" ADD COLUMN     "queue" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "journey_component_runs" ADD COLUMN     "queue" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "journey_workers" ADD COLUMN     "queue" TEXT NOT NULL DEFAULT '';

-- A queued run whose jobs all lie in one queue belongs to it. Jobs name the task, in which a dash of the queue became an
-- underscore: only `journey_runtime` and names without an underscore say which queue they mean. The other runs have no queue:
-- the first worker that takes such a run gives it its own, as every worker did before.
DO $$
BEGIN
  IF to_regclass('graphile_worker._private_jobs') IS NOT NULL AND to_regclass('graphile_worker._private_tasks') IS NOT NULL THEN
    UPDATE journey_component_runs r SET queue = j.queue
    FROM (
      SELECT run_id, min(queue) AS queue FROM (
        SELECT w.value ->> 'runId' AS run_id,
          CASE t.identifier WHEN 'journey_runtime.execute_component_run' THEN 'journey-runtime'
            ELSE left(t.identifier, -length('.execute_component_run')) END AS queue
        FROM graphile_worker._private_jobs j
          JOIN graphile_worker._private_tasks t ON t.id = j.task_id AND right(t.identifier, 22) = '.execute_component_run'
          CROSS JOIN LATERAL json_array_elements(coalesce(j.payload -> 'wakeUps', json_build_array(j.payload))) w
      ) jobs
      GROUP BY run_id HAVING count(DISTINCT queue) = 1
    ) j
    WHERE r.id::text = j.run_id AND r.status = 'QUEUED' AND strpos(j.queue, '_') = 0;
  END IF;
END $$;
