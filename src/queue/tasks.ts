import { z } from 'zod';

const wakeUp = z.object({ runId: z.string(), fence: z.int() });

/** Which run to wake for, and the fence that it was queued under. */
export type WakeUp = z.infer<typeof wakeUp>;

/**
 * The payload of a job of the run task: the runs to wake for, in their order, and whether these have lost a worker before.
 * Earlier versions wrote one run a job.
 */
export const runJob = z.union([
  z.object({ wakeUps: z.array(wakeUp), lost: z.boolean() }),
  wakeUp.extend({ lost: z.boolean().default(false) }).transform(({ lost, ...wakeUp }) => ({
    wakeUps: [wakeUp],
    lost,
  })),
]);

export type RunJob = z.infer<typeof runJob>;

/** The payload of a job of the bulk task: the operation to work one batch of. */
export const bulkJob = z.object({ operationId: z.guid() });

/** A job costs about as much for five runs as for one; with more, one worker would take what others have slots for. */
export const MOST_WAKE_UPS = 5;

const RUN_TASK = '.execute_component_run';
const BULK_TASK = '.work_through_bulk_operation';

/** The name of a queue's task for runs: `journey_runtime.execute_component_run` for the queue `journey-runtime`. */
export const taskName = (queue: string): string => swapDashes(queue) + RUN_TASK;

/** The name of a queue's task for bulk operations. */
export const bulkTaskName = (queue: string): string => swapDashes(queue) + BULK_TASK;

/** Dashes become underscores and underscores dashes, so that no two queues share a task. Swapped twice, it is the queue. */
const swapDashes = (queue: string): string => queue.replace(/[-_]/g, (sign) => (sign === '-' ? '_' : '-'));

/** taskName and bulkTaskName in SQL, of the queue of a row `r`. */
const taskSql = (suffix: string): string => `translate(r.queue, '-_', '_-') || '${suffix}'`;

/** A job's own attempts are for infrastructure only; a run's retries are new jobs. */
const JOB_MAX_ATTEMPTS = 25;
/** Jobs with smaller numbers go first; those with the same number by the time from which they are due. */
const PRIORITIES = { CANCEL: -20, HIGH: -10, NORMAL: 0, LOW: 10 };
const PRIORITY = `case r.priority when 'HIGH' then ${PRIORITIES.HIGH} when 'NORMAL' then ${PRIORITIES.NORMAL} else ${PRIORITIES.LOW} end`;
const WAKE_UP = `json_build_object('runId', r.id, 'fence', r.fence)`;
const LONE_PAYLOAD = `json_build_object('wakeUps', json_build_array(${WAKE_UP}), 'lost', r.lost_attempts > 0)`;

/**
 * A select that adds the wake-ups of the rows of `source` (runs), each to the task of its own queue: runs of one queue that
 * are due at the same time with the same priority share jobs.
 */
export function addJobsSql(source: string): string {
  const jobs = `(
      select queue, priority, run_at, part, json_build_object('wakeUps', json_agg(${WAKE_UP} order by r.id), 'lost', lost) as payload
      from (
        select id, fence, queue, priority, run_at, lost_attempts > 0 as lost,
          (row_number() over (partition by queue, priority, run_at, lost_attempts > 0 order by id) - 1) / ${MOST_WAKE_UPS} as part
        from ${source} r
      ) r group by queue, priority, run_at, lost, part
    )`;
  return addSql({
    source: jobs,
    task: taskSql(RUN_TASK),
    payload: 'r.payload',
    runAt: 'r.run_at',
    key: 'null',
    priority: PRIORITY,
    order: 'r.run_at, r.part',
  });
}

/** A select that adds a job for each row of `source` (runs as alias r), in place of an earlier such one of the same run and fence. */
export function addOwnJobsSql(source: string): string {
  const key = `'run:' || r.id || ':' || r.fence`;
  const task = taskSql(RUN_TASK);
  return addSql({ source, task, payload: LONE_PAYLOAD, runAt: 'r.run_at', key, priority: PRIORITY });
}

/**
 * As addOwnJobsSql, for runs that others keep overtaking: their second wake-up stands among the HIGH ones, as if it had just
 * come, in the order of their `place`, and keeps its place when it is added again.
 */
export function addOvertakenJobsSql(source: string): string {
  const task = taskSql(RUN_TASK);
  const key = `'overtaken:' || r.id || ':' || r.fence`;
  const priority = String(PRIORITIES.HIGH);
  const runAt = `now() + r.place * interval '1 microsecond'`;
  return addSql({ source, task, payload: LONE_PAYLOAD, runAt, key, priority, keepsPlace: true });
}

/**
 * A select that adds a job for each row of `source` (bulk operations as alias r). They are short, and go before what they
 * queue; a cancel goes before the runs that it is to stop.
 */
export function addBulkJobsSql(source: string): string {
  const task = taskSql(BULK_TASK);
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
