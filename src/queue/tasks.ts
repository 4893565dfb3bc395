/** Which run to wake for, and the fence that it was queued under. */
export type WakeUp = { runId: string; fence: number };

/** What a job of the run task carries: the runs to wake for, in their order, and whether these have lost a worker before. */
export type RunJob = { wakeUps: WakeUp[]; lost: boolean };

/** A job costs about as much for five runs as for one; with more, one worker would take what others have slots for. */
export const MOST_WAKE_UPS = 5;

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
const PRIORITY = `case r.priority when 'HIGH' then ${PRIORITIES.HIGH} when 'NORMAL' then ${PRIORITIES.NORMAL} else ${PRIORITIES.LOW} end`;
const WAKE_UP = `json_build_object('runId', r.id, 'fence', r.fence)`;
const LONE_PAYLOAD = `json_build_object('wakeUps', json_build_array(${WAKE_UP}), 'lost', r.lost_attempts > 0)`;

/**
 * A select that adds the wake-ups of the rows of `source` (runs): runs that are due at the same time with the same
 * priority share jobs. `task` is an SQL expression.
 */
export function addJobsSql(source: string, task: string): string {
  const jobs = `(
      select priority, run_at, part, json_build_object('wakeUps', json_agg(${WAKE_UP} order by r.id), 'lost', lost) as payload
      from (
        select id, fence, priority, run_at, lost_attempts > 0 as lost,
          (row_number() over (partition by priority, run_at, lost_attempts > 0 order by id) - 1) / ${MOST_WAKE_UPS} as part
        from ${source} r
      ) r group by priority, run_at, lost, part
    )`;
  return addSql({
    source: jobs,
    task,
    payload: 'r.payload',
    runAt: 'r.run_at',
    key: 'null',
    priority: PRIORITY,
    order: 'r.run_at, r.part',
  });
}

/** A select that adds a job for each row of `source` (runs as alias r), in place of an earlier such one of the same run and fence. */
export function addOwnJobsSql(source: string, task: string): string {
  const key = `'run:' || r.id || ':' || r.fence`;
  return addSql({ source, task, payload: LONE_PAYLOAD, runAt: 'r.run_at', key, priority: PRIORITY });
}

/**
 * As addOwnJobsSql, for runs that others keep overtaking: their second wake-up stands among the HIGH ones, as if it had just
 * come, in the order of their `place`, and keeps its place when it is added again.
 */
export function addOvertakenJobsSql(source: string, task: string): string {
  const key = `'overtaken:' || r.id || ':' || r.fence`;
  const priority = String(PRIORITIES.HIGH);
  const runAt = `now() + r.place * interval '1 microsecond'`;
  return addSql({ source, task, payload: LONE_PAYLOAD, runAt, key, priority, keepsPlace: true });
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
  order?: string;
  keepsPlace?: boolean;
};

const addSql = ({ source, task, payload, runAt, key, priority, order, keepsPlace = false }: Job): string => `
    select graphile_worker.add_jobs(array_agg(row(
      ${task}, ${payload}, null, ${runAt}, ${JOB_MAX_ATTEMPTS}, ${key}, ${priority}, null
    )::graphile_worker.job_spec${order ? ` order by ${order}` : ''}), ${keepsPlace}) from ${source} r having count(*) > 0`;
