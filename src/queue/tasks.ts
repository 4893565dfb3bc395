/**
 * What a job of the run task carries: which run to wake for, the fence that it was queued under, and whether the run has
 * lost a worker before.
 */
export type RunJob = { runId: string; fence: number; lost: boolean };

/** What a job of the bulk task carries: the operation to work one batch of. */
export type BulkJob = { operationId: string };

/** The task's name for a queue: another queue's workers serve only their own (runbook: journey_runtime.execute_component_run). */
export function taskName(queue: string): string {
  return `${queue.replaceAll('-', '_')}.execute_component_run`;
}

/** The name, for a queue, of the task that works through bulk operations. */
export function bulkTaskName(queue: string): string {
  return `${queue.replaceAll('-', '_')}.work_through_bulk_operation`;
}

/** A job's own attempts are for infrastructure only; a run's retries are new jobs. */
const JOB_MAX_ATTEMPTS = 25;
/** Jobs with smaller numbers go first; those with the same number by the time from which they are due. */
const PRIORITIES = { CANCEL: -20, HIGH: -10, NORMAL: 0, LOW: 10 };
const PAYLOAD = `json_build_object('runId', r.id, 'fence', r.fence, 'lost', r.lost_attempts > 0)`;

/**
 * A select that adds one wake-up for each row of `source` (runs as alias r). `task` is an SQL expression.
 * A keyed job replaces an earlier one of the same run and fence.
 */
export function addJobsSql(
  source: string,
  task: string,
  options: { keyed: boolean } = { keyed: false },
): string {
  const key = options.keyed ? `'run:' || r.id || ':' || r.fence` : 'null';
  const priority = `case r.priority when 'HIGH' then ${PRIORITIES.HIGH} when 'NORMAL' then ${PRIORITIES.NORMAL} else ${PRIORITIES.LOW} end`;
  return addSql({ source, task, payload: PAYLOAD, runAt: 'r.run_at', key, priority });
}

/**
 * As addJobsSql, for runs that others keep overtaking: their second wake-up stands among the HIGH ones, as if it had just
 * come, in the order of their `place`, and keeps its place when it is added again.
 */
export function addOvertakenJobsSql(source: string, task: string): string {
  const key = `'overtaken:' || r.id || ':' || r.fence`;
  const priority = String(PRIORITIES.HIGH);
  const runAt = `now() + r.place * interval '1 microsecond'`;
  return addSql({ source, task, payload: PAYLOAD, runAt, key, priority, keepsPlace: true });
}

/**
 * A select that adds a job for each row of `source` (bulk operations as alias r). They are short, and go before what they
 * queue; a cancel goes before the runs that it is to stop.
 */
export function addBulkJobsSql(source: string, task: string): string {
  const payload = `json_build_object('operationId', r.id)`;
  const priority = `case r.kind when 'CANCEL' then ${PRIORITIES.CANCEL} else ${PRIORITIES.HIGH} end`;
  return addSql({ source, task, payload, runAt: 'now()', key: `'bulk:' || r.id`, priority });
}

type Job = {
  source: string;
  task: string;
  payload: string;
  runAt: string;
  key: string;
  priority: string;
  keepsPlace?: boolean;
};

const addSql = ({ source, task, payload, runAt, key, priority, keepsPlace = false }: Job): string => `
    select graphile_worker.add_jobs(array_agg(row(
      ${task}, ${payload}, null, ${runAt}, ${JOB_MAX_ATTEMPTS}, ${key}, ${priority}, null
    )::graphile_worker.job_spec), ${keepsPlace}) from ${source} r having count(*) > 0`;
