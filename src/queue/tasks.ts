import { z } from 'zod';

const wakeUp = z.object({ runId: z.string(), fence: z.int() });

/** A wake-up: the run to execute, and the fence that it was queued under. */
export type WakeUp = z.infer<typeof wakeUp>;

/**
 * The payload of a run job: its wake-ups in order, and whether these runs have lost a worker before. Earlier versions
 * wrote one run per job.
 */
export const runJob = z.union([
  z.object({ wakeUps: z.array(wakeUp), lost: z.boolean() }),
  wakeUp.extend({ lost: z.boolean().default(false) }).transform(({ lost, ...wakeUp }) => ({
    wakeUps: [wakeUp],
    lost,
  })),
]);

export type RunJob = z.infer<typeof runJob>;

/** The payload of a bulk job, which processes one batch of the operation. */
export const bulkJob = z.object({ operationId: z.guid() });

/**
 * The most runs per job. A job costs about as much for five runs as for one; with more, one worker would take runs
 * that other workers have free slots for.
 */
export const MOST_WAKE_UPS = 5;

const RUN_TASK = '.execute_component_run';
const BULK_TASK = '.work_through_bulk_operation';

/** The name of a queue's task for runs: `journey_runtime.execute_component_run` for the queue `journey-runtime`. */
export const taskName = (queue: string): string => swapDashes(queue) + RUN_TASK;

/** The name of a queue's task for bulk operations. */
export const bulkTaskName = (queue: string): string => swapDashes(queue) + BULK_TASK;

/** Swaps dashes and underscores, so that no two queues share a task. Swapping twice returns the original name. */
const swapDashes = (queue: string): string => queue.replace(/[-_]/g, (sign) => (sign === '-' ? '_' : '-'));

/** taskName and bulkTaskName as SQL expressions, for the queue of a row `r`. */
const taskSql = (suffix: string): string => `translate(r.queue, '-_', '_-') || '${suffix}'`;

/** A job's own attempts are only for infrastructure failures; each retry of a run is a new job. */
const JOB_MAX_ATTEMPTS = 25;
/** Jobs with smaller numbers go first. Jobs with the same number are ordered by the time when they become due. */
const PRIORITIES = { CANCEL: -20, HIGH: -10, NORMAL: 0, LOW: 10 };
const PRIORITY = `case r.priority when 'HIGH' then ${PRIORITIES.HIGH} when 'NORMAL' then ${PRIORITIES.NORMAL} else ${PRIORITIES.LOW} end`;
const WAKE_UP = `json_build_object('runId', r.id, 'fence', r.fence)`;
const LONE_PAYLOAD = `json_build_object('wakeUps', json_build_array(${WAKE_UP}), 'lost', r.lost_attempts > 0)`;

/**
 * A SELECT that adds the wake-ups of the rows of `source` (runs), each to the task of its own queue. Runs of one
 * queue that are due at the same time with the same priority share jobs.
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

/**
 * A SELECT that adds a job for each row of `source` (runs, alias r). The job replaces an earlier job that this SELECT
 * added for the same run and fence.
 */
export function addOwnJobsSql(source: string): string {
  const key = `'run:' || r.id || ':' || r.fence`;
  const task = taskSql(RUN_TASK);
  return addSql({ source, task, payload: LONE_PAYLOAD, runAt: 'r.run_at', key, priority: PRIORITY });
}

/**
 * Like addOwnJobsSql, for runs that other runs keep overtaking. Their second wake-up is queued among the HIGH jobs as
 * if it had just been added, in the order of `place`. It keeps its position when it is added again.
 */
export function addPromotedJobsSql(source: string): string {
  const task = taskSql(RUN_TASK);
  const key = `'overtaken:' || r.id || ':' || r.fence`;
  const priority = String(PRIORITIES.HIGH);
  const runAt = `now() + r.place * interval '1 microsecond'`;
  return addSql({ source, task, payload: LONE_PAYLOAD, runAt, key, priority, keepsPlace: true });
}

/**
 * A SELECT that adds a job for each row of `source` (bulk operations, alias r). Bulk jobs are short and go before the
 * runs that they queue; a cancel goes before the runs that it cancels.
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
