import type pg from 'pg';
import type { ChangeRecord, DeathRecord, EventRecord, RunRecord } from './records.ts';

/** Lays a trigger that keeps each change of a run's row, and each death of a worker, in the order in which they befell them. */
export async function installRecorder(client: pg.ClientBase): Promise<void> {
  await client.query(RECORDER);
}

export type TableRecords = {
  runs: RunRecord[];
  events: EventRecord[];
  changes: ChangeRecord[];
  deaths: DeathRecord[];
  jobRunIds: string[];
};

/** What the tables hold now. */
export async function readTables(client: pg.ClientBase): Promise<TableRecords> {
  const rows = async <T extends pg.QueryResultRow>(text: string) => (await client.query<T>(text)).rows;
  return {
    runs: await rows<RunRecord>(RUNS),
    events: await rows<EventRecord>(EVENTS),
    changes: await rows<ChangeRecord>(CHANGES),
    deaths: await rows<DeathRecord>(DEATHS),
    jobRunIds: (await rows<{ runId: string }>(JOBS)).map(({ runId }) => runId),
  };
}

const RECORDER = `
  create table chaos_changes (
    id bigint generated always as identity, run_id uuid, at timestamptz, old_status text, new_status text,
    old_fence int, new_fence int, old_call_key int, new_call_key int, old_worker uuid, new_worker uuid,
    run_at timestamptz, lost_attempts int
  );
  create table chaos_deaths (worker_id uuid, pid int, at timestamptz, heartbeat_at timestamptz);
  create function chaos_record_change() returns trigger language plpgsql as $$
  begin
    insert into chaos_changes (run_id, at, old_status, new_status, old_fence, new_fence, old_call_key, new_call_key,
      old_worker, new_worker, run_at, lost_attempts)
    values (new.id, clock_timestamp(), old.status, new.status, coalesce(old.fence, 0), new.fence,
      coalesce(old.call_key, 1), new.call_key, old.worker_id, new.worker_id,
      coalesce(old.run_at, new.run_at), new.lost_attempts);
    return null;
  end $$;
  create trigger chaos_change after insert or update of status, fence, worker_id, call_key on journey_component_runs
    for each row execute function chaos_record_change();
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

const CHANGES = `
  select run_id as "runId", ${ms('at')} as at, old_status as from, new_status as to, old_fence as "fenceBefore",
    new_fence as fence, old_call_key as "callKeyBefore", new_call_key as "callKey", old_worker as "workerBefore",
    new_worker as worker, ${ms('run_at')} as "runAt", lost_attempts as "lostAttempts"
  from chaos_changes order by id`;

const DEATHS = `
  select worker_id as "workerId", pid, ${ms('at')} as at, ${ms('heartbeat_at')} as "heartbeatAt"
  from chaos_deaths order by at`;

const JOBS = `
  select w ->> 'runId' as "runId" from graphile_worker._private_jobs, json_array_elements(payload -> 'wakeUps') w`;
