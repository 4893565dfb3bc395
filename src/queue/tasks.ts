import { z } from 'zod';

/** The payload of a bulk job, which processes one batch of the operation. */
export const bulkJob = z.object({ operationId: z.guid() });

const DUE_TASK = '.execute_component_run';
const BULK_TASK = '.work_through_bulk_operation';

/**
 * The name of a queue's task for due runs: `journey_runtime.execute_component_run` for the queue `journey-runtime`. Its
 * job says only that runs may be due, and has no payload: workers claim runs from journey_run_queue.
 */
export const taskName = (queue: string): string => swapDashes(queue) + DUE_TASK;

/** The name of a queue's task for bulk operations. */
export const bulkTaskName = (queue: string): string => swapDashes(queue) + BULK_TASK;

/** Swaps dashes and underscores, so that no two queues share a task. Swapping twice returns the original name. */
const swapDashes = (queue: string): string => queue.replace(/[-_]/g, (sign) => (sign === '-' ? '_' : '-'));

/** taskName and bulkTaskName as SQL expressions, for the queue of a row `r`. */
const taskSql = (suffix: string): string => `translate(r.queue, '-_', '_-') || '${suffix}'`;

/** A job's own attempts are only for infrastructure failures. */
const JOB_MAX_ATTEMPTS = 25;
/** Jobs with smaller numbers go first. */
const PRIORITIES = { CANCEL: -20, HIGH: -10, NORMAL: 0 };

/**
 * A SELECT that adds one job for each queue of the rows of `source`. It replaces the waiting job that the same connection
 * added before, so that a thousand enqueues leave a handful of jobs, and no two connections wait for the same one.
 */
export function addDueJobsSql(source: string): string {
  return addSql({
    source: `(select distinct queue from ${source} q where queue <> '')`,
    task: taskSql(DUE_TASK),
    payload: `'{}'::json`,
    key: `'due:' || r.queue || ':' || pg_backend_pid()`,
    priority: String(PRIORITIES.NORMAL),
  });
}

/**
 * A SELECT that adds a job for each row of `source` (bulk operations, alias r). Bulk jobs are short and go before the
 * runs that they queue; a cancel goes before the runs that it cancels.
 */
export function addBulkJobsSql(source: string): string {
  const task = taskSql(BULK_TASK);
  const payload = `json_build_object('operationId', r.id)`;
  const priority = `case r.kind when 'CANCEL' then ${PRIORITIES.CANCEL} else ${PRIORITIES.HIGH} end`;
  return addSql({ source, task, payload, key: `'bulk:' || r.id`, priority });
}

type Job = { source: string; task: string; payload: string; key: string; priority: string };

const addSql = ({ source, task, payload, key, priority }: Job): string => `
    select graphile_worker.add_jobs(array_agg(row(
      ${task}, ${payload}, null, now(), ${JOB_MAX_ATTEMPTS}, ${key}, ${priority}, null
    )::graphile_worker.job_spec)) from ${source} r having count(*) > 0`;
