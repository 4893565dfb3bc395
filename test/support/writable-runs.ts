import pg from 'pg';
import { EVENT_XID } from '../../src/feed/log/event-xid.ts';
import { STATE_COLUMNS } from '../../src/runs/model/state-tables.ts';

const REQUESTED = [
  'id',
  'component_id',
  'component_version_id',
  'product_id',
  'attachment_id',
  'order_id',
  'order_line_position',
  'group_id',
  'replay_of_id',
  'shop',
  'channel',
  'trigger',
  'input_payload',
  'metadata',
  'context',
  'binding_snapshot',
  'queued_at',
  'caller',
  'idempotency_key',
  'forgotten_at',
];
const DEFAULTS: Record<string, string> = {
  status: `'QUEUED'`,
  shop: `''`,
  queue: `'journey-runtime'`,
  priority: `'NORMAL'`,
  run_at: 'now()',
  fence: '0',
  attempt: '0',
  lost_attempts: '0',
  max_attempts: '1',
  call_key: '1',
  event_sequence: '1',
  event_xid: EVENT_XID,
  input_payload: `'{}'`,
  metadata: `'{}'`,
  context: `'{}'`,
  binding_snapshot: `'[]'`,
  queued_at: 'now()',
  caller: `''`,
};

const fresh = (column: string): string =>
  DEFAULTS[column] ? `coalesce(new.${column}, ${DEFAULTS[column]})` : `new.${column}`;
const insert = (table: string, values: Record<string, string>): string =>
  `insert into ${table} (${Object.keys(values)}) values (${Object.values(values)});`;
const values = (columns: readonly string[]): Record<string, string> =>
  Object.fromEntries(columns.map((column) => [column, fresh(column)]));
const state = { run_id: 'new.id', ...values(STATE_COLUMNS) };
const KEY = `insert into journey_run_keys (idempotency_key, caller, shop, run_id, request_hash)
  select new.idempotency_key, ${fresh('caller')}, ${fresh('shop')}, new.id, new.request_hash where new.idempotency_key is not null
  on conflict (idempotency_key, caller, shop) do update set run_id = new.id;`;
const forget = ['journey_run_queue', 'journey_running', 'journey_run_outcomes']
  .map((table) => `delete from ${table} where run_id = old.id;`)
  .join(' ');

/**
 * Makes the view journey_component_runs writable, for tests alone: they store and change runs past the life that would
 * have brought these there. A row's state stands in the table of its status.
 */
export async function makeRunsWritable(url: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(`
    create function write_run() returns trigger language plpgsql as $$
    begin
      if tg_op <> 'INSERT' then ${forget} end if;
      if tg_op = 'DELETE' then
        delete from journey_runs where id = old.id;
        return old;
      elsif tg_op = 'INSERT' then ${insert('journey_runs', values(REQUESTED))} ${KEY}
      else
        update journey_runs set (${REQUESTED}) = row(${REQUESTED.map(fresh)}) where id = old.id;
      end if;
      case ${fresh('status')}
      when 'QUEUED' then ${insert('journey_run_queue', { ...state, rank: fresh('priority'), rank_at: fresh('run_at') })}
      when 'RUNNING' then ${insert('journey_running', {
        ...state,
        worker_id: 'coalesce(new.worker_id, gen_random_uuid())',
        started_at: 'coalesce(new.started_at, now())',
        cancel_requested_at: 'new.cancel_requested_at',
      })}
      else ${insert('journey_run_outcomes', {
        ...state,
        status: fresh('status'),
        completed_at: 'coalesce(new.completed_at, now())',
        cancel_requested_at: 'new.cancel_requested_at',
        result_payload: 'new.result_payload',
      })}
      end case;
      return new;
    end $$;
    create trigger write_run instead of insert or update or delete on journey_component_runs
    for each row execute function write_run();`);
  await client.end();
}
