/**
 * What a job of the run task carries: which run to wake for, the fence that it was queued under, and whether the run has
 * lost a worker before.
 */
export type RunJob = { runId: string; fence: number; lost: boolean };

/** The task's name for a queue: another queue's workers serve only their own (runbook: journey_runtime.execute_component_run). */
export function taskName(queue: string): string {
  return `${queue.replaceAll('-', '_')}.execute_component_run`;
}

/** A job's own attempts are for infrastructure only; a run's retries are new jobs. */
const JOB_MAX_ATTEMPTS = 25;

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
  return `
    select graphile_worker.add_jobs(array_agg(row(
      ${task}, json_build_object('runId', r.id, 'fence', r.fence, 'lost', r.lost_attempts > 0), null, r.run_at, ${JOB_MAX_ATTEMPTS}, ${key},
      case r.priority when 'HIGH' then -10 when 'NORMAL' then 0 else 10 end, null
    )::graphile_worker.job_spec)) from ${source} r having count(*) > 0`;
}
