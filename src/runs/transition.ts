import { EVENT_XID } from '../feed/log/event-xid.ts';
import { type Columns, unnestSql } from '../postgres/unnest.ts';
import { addDueJobsSql } from '../queue/tasks.ts';
import type { RunError } from './model/run-error.ts';
import { OWN_COLUMNS, STATE_COLUMNS, STATE_TABLES, type StateTable } from './model/state-tables.ts';
import { isTransition, type RunEventType, type RunStatus, sqlList, TRANSITIONS } from './model/status.ts';

/**
 * One kind of change to runs, written in SQL over `r` (the state of a run) and `i` (its row of the request). In `guard`
 * and the conditions of `events`, `r` is the state before; in `set` too, with the `event` that happens to the run; in
 * `event` and `answer`, `r` is the state after, with its `status` and the request's `n`.
 */
export type Transition = {
  /** The runs to change: the columns of rows that are passed as parameters, or common table expressions with `requested`. */
  requested: Columns | { ctes: string };
  /**
   * The events that may happen, the first one whose statuses and condition apply. The new status follows from the event
   * (TRANSITIONS). A run to which none of them applies is not changed. The states before must be of one table.
   */
  events: Events;
  /** A further condition on the runs that it may change, checked under the row's lock. */
  guard?: string;
  /** The columns of the state that change, for the tables that have them. */
  set: Record<string, string> & { status?: never };
  /** The columns of the event besides its type. */
  event: Partial<
    Record<'error' | 'telemetry' | 'run_at' | 'actor' | 'reason' | 'worker_id' | 'call_key', string>
  >;
  /** The select that returns the answer, from `after r`. */
  answer: string;
};

/** `from` limits the statuses in which TRANSITIONS allows the event. */
type Events = {
  [E in RunEventType]?: { from?: readonly (typeof TRANSITIONS)[E]['from'][number][]; when?: string };
};

/**
 * The one statement of a transition, for any number of runs. It deletes their states from one table, inserts the new
 * ones into others, appends an event each, and adds the jobs that queued runs need. Events, states and jobs derive from
 * the deleted rows, never from the request, so a run that the guard rejected gets none of them. A run that another
 * transaction moves meanwhile is not changed. A row is deleted by its key: the caller's connection must plan by index,
 * or plan the statement anew each time, since the tables' sizes change by the second. `is true` hides the guard from the
 * planner, which would use the index of a condition that it expects few rows to meet, although under load many do.
 * @throws Error where TRANSITIONS lacks an event, does not allow it in a status of `from`, or where the states before
 * are of more than one table.
 */
export function transitionSql(transition: Transition): string {
  const { requested, guard = 'true', set, event, answer } = transition;
  const cases = casesOf(transition.events);
  const [before, ...others] = new Set(
    cases.flatMap(({ from }) => from.map((status) => STATE_TABLES[status])),
  );
  if (!before || others.length > 0) throw new Error('A transition must start in one table of states.');
  const happens = eventSql(cases, before);
  const next = Map.groupBy(cases, ({ to }) => STATE_TABLES[to]);
  const inserts = [...next].map(([table, led]) => insertSql(table, sqlList(led.map(({ to }) => to)), set));
  const details = Object.values(event);
  const ofRequest = requestColumns(requested, [...Object.values(set), ...details]);
  const ofEvent = requestColumns(requested, details);
  return `
    with ${requestedSql(requested)}, before as (
      delete from ${before} r using requested i
      where r.run_id = i.run_id and ${happens} is not null and (${guard}) is true
      returning r.*, ${happens} as event, i.n${carried(ofRequest, 'i.')}
    ), after as materialized (
      select r.run_id as id, r.n, r.event, ${assignments(cases, set, new Set(next.keys()))}${carried(ofEvent, 'r.i_')}
      from before r ${asRequest(ofRequest)}
    ), ${inserts.join(', ')}, ${appendEventsSql(event, ofEvent)}${next.has(STATE_TABLES.QUEUED) ? WAKE : ''}
    ${answer}${next.has(STATE_TABLES.QUEUED) ? ' cross join woken' : ''}`;
}

/**
 * The statement of an event that leaves RUNNING runs RUNNING: their states stay in their table. As transitionSql in all
 * else.
 */
export function markSql(
  marked: Pick<Transition, 'guard' | 'answer'> & {
    requested: Columns;
    event: RunEventType;
    set: Record<string, string>;
    details: Transition['event'];
  },
): string {
  const { requested, event, guard = 'true', set, details, answer } = marked;
  if (!isTransition(event, 'RUNNING', 'RUNNING')) throw new Error(`${event} does not leave a run RUNNING.`);
  const ofEvent = requestColumns(requested, Object.values(details));
  const changed = Object.entries({ ...set, ...BOOKKEEPING }).map(([name, value]) => `${name} = ${value}`);
  return `
    with ${requestedSql(requested)}, after as (
      update ${STATE_TABLES.RUNNING} r set ${changed.join(', ')}
      from requested i where r.run_id = i.run_id and (${guard}) is true
      returning r.run_id as id, r.shop, i.n, '${event}' as event, 'RUNNING'::journey_run_status as status, r.attempt,
        r.event_sequence, r.event_xid${carried(ofEvent, 'i.')}
    ), ${appendEventsSql(details, ofEvent)}
    ${answer}`;
}

/** Locks rows in the order of their runs where the plan follows it, so that two batches rarely wait for each other. */
const requestedSql = (requested: Transition['requested']): string =>
  'ctes' in requested && typeof requested.ctes === 'string'
    ? requested.ctes
    : `requested as materialized (
      select distinct on (i.run_id) i.* from ${unnestSql(requested as Columns, 'i')} order by i.run_id, i.n
    )`;

/**
 * The columns of the request that these expressions use. The rows carry them along as `i_…`: a join with the request
 * would compare every row with every other one, because the caller's connection has no other way to join.
 */
const requestColumns = (requested: Transition['requested'], expressions: string[]): string[] =>
  Object.keys(requested).filter((name) => expressions.some((text) => text.includes(`i.${name}`)));

const carried = (columns: string[], from: string): string =>
  columns.map((name) => `, ${from}${name} as i_${name}`).join('');

/** The carried columns of a row `r` as `i` again. */
const asRequest = (columns: string[]): string =>
  columns.length > 0
    ? `cross join lateral (select ${columns.map((name) => `r.i_${name} as ${name}`).join(', ')}) i`
    : '';

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

/** The event that happens to the run; null if none does. */
const eventSql = (cases: Case[], before: StateTable): string => {
  const holds = ({ from, when }: Case) =>
    before === STATE_TABLES.COMPLETED ? `r.status in ${sqlList(from)} and (${when})` : when;
  return `case ${cases.map((one) => `when ${holds(one)} then '${one.event}'`).join(' ')} end`;
};

/** The values of all columns of the tables in which the states stand afterwards. */
function assignments(cases: Case[], set: Record<string, string>, tables: ReadonlySet<StateTable>): string {
  const status = `(case r.event ${cases.map(({ event, to }) => `when '${event}' then '${to}'`).join(' ')} end)::journey_run_status`;
  const own = [...tables].flatMap((table) => Object.keys(OWN_COLUMNS[table]));
  const columns = new Set<string>([...STATE_COLUMNS, ...own.filter((name) => set[name] !== undefined)]);
  columns.delete('status');
  const value = (name: string) => set[name] ?? BOOKKEEPING[name] ?? `r.${name}`;
  return [`${status} as status`, ...[...columns].map((name) => `${value(name)} as ${name}`)].join(', ');
}

/**
 * Each run counts its own events and stores the greatest xid among them. A statement takes its xid before it waits
 * for the row, so without the stored xid a later event could sort before an earlier one.
 */
const BOOKKEEPING: Record<string, string> = {
  event_sequence: 'r.event_sequence + 1',
  event_xid: `greatest(r.event_xid, ${EVENT_XID})`,
};

/** Inserts the states that stand in the table afterwards. */
function insertSql(table: StateTable, statuses: string, set: Record<string, string>): string {
  const own = Object.entries(OWN_COLUMNS[table]).map(([name, value]) => [
    name,
    set[name] ? `r.${name}` : value,
  ]);
  const columns = [...STATE_COLUMNS.map((name) => [name, `r.${name}`]), ...own];
  return `into_${table} as (
      insert into ${table} (run_id, ${columns.map(([name]) => name).join(', ')})
      select r.id, ${columns.map(([, value]) => value).join(', ')} from after r where r.status in ${statuses}
    )`;
}

/** Appends the event that happened to each run, in the order of the feed. */
function appendEventsSql(event: Transition['event'], ofEvent: string[]): string {
  const { error = 'null', telemetry = 'null', run_at = 'null', actor = 'null', reason = 'null' } = event;
  const { worker_id = 'null', call_key = 'null' } = event;
  return `appended as (
      insert into journey_run_events
        (run_id, shop, sequence, xid, type, status, attempt, error, telemetry, run_at, actor, reason,
          worker_id, call_key)
      select r.id, r.shop, r.event_sequence, r.event_xid, r.event::journey_run_event_type, r.status, r.attempt,
        ${jsonOrNull(error)}, ${jsonOrNull(telemetry)}, ${run_at}, ${actor}, ${reason},
        ${worker_id}, ${call_key}
      from after r ${asRequest(ofEvent)}
    )`;
}

const jsonOrNull = (value: string): string => `coalesce(${value}, 'null'::jsonb)`;

/**
 * Counts the jobs exactly once: PostgreSQL does not execute a select whose rows are never read, and may execute a
 * joined one once per row.
 */
const WAKE = `, jobs as (
      ${addDueJobsSql("(select * from after where status = 'QUEUED')")}
    ), woken as materialized (select count(*) from jobs)`;

/** An error that is the same for every run, as an expression. */
export const errorSql = (error: RunError): string =>
  `'${JSON.stringify(error).replaceAll("'", "''")}'::jsonb`;
