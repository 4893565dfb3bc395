import type pg from 'pg';
import type { ChangeRecord, DeathRecord, EventRecord, RunRecord, StandingRecord } from './records.ts';

/** Lays triggers that keep each state that a run enters or leaves, and each death of a worker, in the order in which they befell them. */
export async function installRecorder(client: pg.ClientBase): Promise<void> {
  await client.query(RECORDER);
}

export type TableRecords = {
  runs: RunRecord[];
  events: EventRecord[];
  changes: ChangeRecord[];
  deaths: DeathRecord[];
  standing: StandingRecord[];
};

/** What the tables hold now. */
export async function readTables(client: pg.ClientBase): Promise<TableRecords> {
  const rows = async <T extends pg.QueryResultRow>(text: string) => (await client.query<T>(text)).rows;
  return {
    runs: await rows<RunRecord>(RUNS),
    events: await rows<EventRecord>(EVENTS),
    changes: await rows<ChangeRecord>(CHANGES),
    deaths: await rows<DeathRecord>(DEATHS),
    standing: await rows<StandingRecord>(STANDING),
  };
}

/** The status that a row of each state table stands for. */
const STATUSES = {
  journey_run_queue: () => `'QUEUED'`,
  journey_running: () => `'RUNNING'`,
  journey_run_outcomes: (row: 'old' | 'new') => `${row}.status`,
};

/** What of a state is recorded; a worker holds it in one table alone. */
const rowOf = (table: string, status: string, row: 'old' | 'new'): string =>
  `${row}.run_id, ${status}, ${row}.fence, ${row}.call_key, ${table === 'journey_running' ? `${row}.worker_id` : 'null'},
    ${row}.run_at, ${row}.lost_attempts`;

/**
 * Writes down each state that is left and each that is entered: a transition does both in one transaction. A state that moves
 * to another cell stays the same.
 */
const onState = (table: keyof typeof STATUSES): string => {
  const record = (row: 'old' | 'new') => `
    insert into chaos_states (xid, at, is_entered, run_id, status, fence, call_key, worker_id, run_at, lost_attempts)
    values (pg_current_xact_id(), clock_timestamp(), ${row === 'new'}, ${rowOf(table, STATUSES[table](row), row)});`;
  const changing = table === 'journey_running' ? 'fence, call_key, worker_id' : 'fence, call_key';
  return `
  create function chaos_${table}() returns trigger language plpgsql as $$
  begin
    if tg_op <> 'INSERT' then ${record('old')} end if;
    if tg_op <> 'DELETE' then ${record('new')} end if;
    return null;
  end $$;
  create trigger chaos_state after insert or delete or update of ${changing} on ${table}
    for each row when (current_setting('journey_runtime.moves_shop', true) is distinct from 'on')
    execute function chaos_${table}();`;
};

const RECORDER = `
  create table chaos_states (
    id bigint generated always as identity, xid xid8, at timestamptz, is_entered bool, run_id uuid, status text,
    fence int, call_key int, worker_id uuid, run_at timestamptz, lost_attempts int
  );
  create table chaos_deaths (worker_id uuid, pid int, at timestamptz, heartbeat_at timestamptz);
  ${Object.keys(STATUSES)
    .map((table) => onState(table as keyof typeof STATUSES))
    .join('')}
  create function chaos_record_death() returns trigger language plpgsql as $$
  begin
    insert into chaos_deaths values (new.id, new.pid, clock_timestamp(), new.heartbeat_at);
    return null;
  end $$;
  create trigger chaos_death after update on journey_workers for each row
    when (old.dead_at is null and new.dead_at is not null) execute function chaos_record_death();`;

const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`;

const RUNS = `
  select id, status, attempt, lost_attempts as "lostAttempts", max_attempts as "maxAttempts",
    idempotency_key as "idempotencyKey", event_sequence as "eventSequence", result_payload as result
  from journey_component_runs order by id`;

const EVENTS = `
  select run_id as "runId", sequence, position::float8, type, status, ${ms('at')} as at, ${ms('run_at')} as "runAt"
  from journey_run_events order by xid, journey_run_events.position`;

/**
 * A change is a state that is entered, with the one that the same transaction left just before. One of the two is missing
 * where a run is new, or where it is nowhere or twice afterwards.
 */
const CHANGES = `
  with paired as (
    select *, lag(id) over run as before_id, lag(xid) over run as before_xid, lag(is_entered) over run as is_before_entered,
      lead(xid) over run as after_xid, lead(is_entered) over run as is_after_entered
    from chaos_states window run as (partition by run_id order by id)
  )
  select n.run_id as "runId", ${ms('n.at')} as at, b.status as from, case when n.is_entered then n.status end as to,
    coalesce(b.fence, 0) as "fenceBefore", n.fence, coalesce(b.call_key, 1) as "callKeyBefore", n.call_key as "callKey",
    b.worker_id as "workerBefore", case when n.is_entered then n.worker_id end as worker,
    ${ms('coalesce(b.run_at, n.run_at)')} as "runAt", n.lost_attempts as "lostAttempts"
  from paired n left join chaos_states b
    on b.id = case when not n.is_entered then n.id when not n.is_before_entered and n.before_xid = n.xid then n.before_id end
  where n.is_entered or n.is_after_entered is distinct from true or n.after_xid is distinct from n.xid
  order by n.id`;

/** The states of each run, and runs of which there are states alone. */
const STANDING = `
  select coalesce(r.id, s.run_id) as "runId", r.id is not null as "isRequested",
    array_remove(array_agg(s.status::text order by s.status), null) as statuses
  from journey_runs r full join journey_run_states s on s.run_id = r.id group by 1, 2`;

const DEATHS = `
  select worker_id as "workerId", pid, ${ms('at')} as at, ${ms('heartbeat_at')} as "heartbeatAt"
  from chaos_deaths order by at`;
