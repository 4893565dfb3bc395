import { type Columns, unnestSql } from '../postgres/unnest.ts';
import { addJobsSql } from '../queue/tasks.ts';
import type { RunError } from './model/run-error.ts';
import { type RunEventType, type RunStatus, sqlList, TRANSITIONS } from './model/status.ts';

/**
 * One kind of change to runs, written in SQL over `r` (the run) and `i` (one row of the input, and `event`: the event that
 * happens to the run). In `guard`, `set` and the conditions of `events`, `r` is the run before; in `event` and `answer`, the
 * run after.
 */
export type Transition = {
  /** One row a run, with a column run_id. */
  input: Columns;
  /**
   * The events that may happen, the first one whose statuses and condition apply. The new status follows from the event
   * (TRANSITIONS). A run to which none of them applies is not changed.
   */
  events: Events;
  /** A further condition on the runs that it may change, checked under the row's lock. */
  guard?: string;
  set: Record<string, string> & { status?: never };
  /** The columns of the event besides its type. */
  event: Partial<Record<'error' | 'telemetry' | 'run_at' | 'actor' | 'reason', string>>;
  /** The select that returns the answer, from `r` (the changed runs, with their `n`). */
  answer: string;
};

/** `from` limits the statuses in which TRANSITIONS allows the event. */
type Events = {
  [E in RunEventType]?: { from?: readonly (typeof TRANSITIONS)[E]['from'][number][]; when?: string };
};

/**
 * The one statement of a transition, for any number of runs. It locks the runs in id order (so concurrent batches
 * do not deadlock), updates them, appends one event each, and adds the jobs that queued runs need. Events and jobs
 * are derived from the updated rows, never from the input, so a run that the guard rejected gets neither. The limit
 * separates the search for the row from the guard: otherwise the planner uses the index of a guard condition that
 * it expects few rows to meet, although under load many do.
 * Where an event may queue the run, the parameter after the input's is the queue of this process: it becomes the
 * queue of a run that has none yet (see Run.queue in schema.prisma).
 * @throws Error where TRANSITIONS lacks an event, or does not allow it in a status of `from`.
 */
export function transitionSql(transition: Transition): string {
  const { input, guard = 'true', set, event, answer } = transition;
  const cases = casesOf(transition.events);
  const queues = cases.some(({ to }) => to === 'QUEUED');
  const queue = `$${Object.keys(input).length + 1}::text`;
  return `
    with requested as materialized (
      select distinct on (i.run_id) i.* from ${unnestSql(input, 'i')} order by i.run_id, i.n
    ), locked as materialized (
      select i.*, e.event from requested i cross join lateral (
        select * from journey_component_runs where id = i.run_id limit 1 for update
      ) r cross join lateral (select ${eventSql(cases)} as event) e
      where e.event is not null and (${guard})
    ), changed as (
      update journey_component_runs r set ${assignments({ status: statusSql(cases), ...set, ...BOOKKEEPING, ...(queues ? woken(queue) : {}) })}
      from locked i where r.id = i.run_id
      returning r.*, i.n, ${eventColumns(event)}
    ), ${appendEventsSql('changed')}${queues ? WAKE : ''}
    ${answer}${queues ? ' cross join woken' : ''}`;
}

type Case = { event: string; from: readonly RunStatus[]; when: string; to: RunStatus };

function casesOf(events: Events): Case[] {
  return Object.entries(events).map(([event, { from, when = 'true' }]) => {
    const known = Object.hasOwn(TRANSITIONS, event) ? TRANSITIONS[event as RunEventType] : undefined;
    if (!known) throw new Error(`There is no event ${event} in TRANSITIONS.`);
    const allowed: readonly RunStatus[] = known.from;
    const wrong = from?.find((status) => !allowed.includes(status));
    if (wrong) throw new Error(`TRANSITIONS does not allow ${event} for a run that is ${wrong}.`);
    return { event, from: from ?? allowed, when, to: known.to };
  });
}

const eventSql = (cases: Case[]): string =>
  `case ${cases
    .map(({ event, from, when }) => `when r.status in ${sqlList(from)} and (${when}) then '${event}'`)
    .join(' ')} end`;

const statusSql = (cases: Case[]): string =>
  `(case i.event ${cases.map(({ event, to }) => `when '${event}' then '${to}'`).join(' ')} end)::journey_run_status`;

/** An error that is the same for every run, as an expression. */
export const errorSql = (error: RunError): string =>
  `'${JSON.stringify(error).replaceAll("'", "''")}'::jsonb`;

/**
 * Counts the jobs exactly once: PostgreSQL does not execute a select whose rows are never read, and may execute a
 * joined one once per row.
 */
const WAKE = `, jobs as (
      ${addJobsSql("(select * from changed where status = 'QUEUED')")}
    ), woken as materialized (select count(*) from jobs)`;

/**
 * Each run counts its own events and stores the greatest xid among them. A statement takes its xid before it waits
 * for the row, so without the stored xid a later event could sort before an earlier one.
 */
const BOOKKEEPING = {
  event_sequence: 'r.event_sequence + 1',
  event_xid: 'greatest(r.event_xid, pg_current_xact_id())',
};

const woken = (queue: string) => ({
  woken_at: 'now()',
  queue: `case r.queue when '' then ${queue} else r.queue end`,
});

const assignments = (set: Record<string, string>): string =>
  Object.entries(set)
    .map(([column, expression]) => `${column} = ${expression}`)
    .join(', ');

function eventColumns(event: Transition['event']): string {
  const { error = `'null'::jsonb`, telemetry = `'null'::jsonb`, run_at = 'null::timestamptz' } = event;
  const { actor = 'null::text', reason = 'null::text' } = event;
  return [
    `i.event::journey_run_event_type as event_type`,
    `${error} as event_error`,
    `${telemetry} as event_telemetry`,
    `${run_at} as event_run_at`,
    `${actor} as event_actor`,
    `${reason} as event_reason`,
  ].join(', ');
}

/** Appends the event that each row of `source` describes, in the order of the feed. */
const appendEventsSql = (source: string): string => `
    appended as (
      insert into journey_run_events
        (run_id, sequence, xid, type, status, attempt, error, telemetry, run_at, actor, reason)
      select id, event_sequence, event_xid, event_type, status, attempt,
        event_error, event_telemetry, event_run_at, event_actor, event_reason
      from ${source}
    )`;
