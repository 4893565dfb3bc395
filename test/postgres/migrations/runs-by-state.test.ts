import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectionConfig } from '../../../src/postgres/connection-config.ts';
import { applyMigration } from '../../../src/postgres/migrations/apply-migration.ts';
import { readMigration } from '../../../src/postgres/migrations/migration-files.ts';
import { runCommand } from '../../support/command.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { enqueueValues, startEarlierLoad } from './earlier-load.ts';
import {
  addWorker,
  earlierStatement,
  FIRST,
  fillRuns,
  installEarlierVersion,
  orderId,
  QUEUE,
  runId,
} from './earlier-version.ts';

/** The number of runs that are stored before the upgrade: `RUNS=1000000` shows it at full size. */
const RUNS = Number(process.env.RUNS ?? 20_000);
const TIMEOUT_MS = 60_000 + RUNS;

describe('runs move to the tables of their states', () => {
  let database: TestDatabase;
  let client: pg.Client;
  let workerId: string;
  beforeAll(async () => {
    database = await createTestDatabase({ migrated: false });
    client = new pg.Client(connectionConfig(database.url) as pg.ClientConfig);
    await client.connect();
    await client.query('set statement_timeout = 0');
    await installEarlierVersion(client, database.url);
    workerId = await addWorker(client);
    await fillRuns(client, RUNS, workerId);
  }, TIMEOUT_MS);
  afterAll(async () => {
    await client.end();
    await database.drop();
  });
  const rows = async (text: string, values: unknown[] = []) => (await client.query(text, values)).rows;
  const number = async (text: string) => Number((await rows(`select (${text}) as number`))[0].number);
  const until = (condition: string) =>
    expect
      .poll(async () => (await rows(`select (${condition}) as holds`))[0].holds, { timeout: TIMEOUT_MS })
      .toBe(true);
  const COPIER = `(select pid from pg_stat_activity where datname = current_database()
    and application_name = 'journey-runtime migration' and wait_event_type = 'Lock')`;

  /** Holds the copy up at a run: it waits to insert the same outcome. */
  async function holdUpAt(run: string): Promise<() => Promise<void>> {
    const holder = new pg.Client(database.url);
    await holder.connect();
    await holder.query('begin');
    await holder.query(
      `insert into journey_run_outcomes (run_id, status, completed_at, queue, priority, run_at, fence, attempt,
         lost_attempts, max_attempts, call_key, event_sequence, event_xid)
       values ($1, 'FAILED', now(), '', 'LOW', now(), 0, 0, 0, 0, 0, 0, '0')`,
      [run],
    );
    return async () => {
      await holder.query('rollback');
      await holder.end();
    };
  }

  /** Starts to migrate, and kills the process while its copy is held up. */
  async function migrateKilled(): Promise<void> {
    const main = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
    const killed = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, 'migrate'], {
      env: { PATH: process.env.PATH, DATABASE_URL: database.url },
      stdio: 'ignore',
    });
    await until(`exists ${COPIER}`);
    killed.kill('SIGKILL');
    await once(killed, 'exit');
  }
  const migrateToEnd = () => runCommand(['migrate'], { DATABASE_URL: database.url });

  test('under load, killed twice, refused while a worker lives, and finished after its end', {
    timeout: TIMEOUT_MS * 2,
  }, async () => {
    const load = startEarlierLoad(database.url, RUNS, workerId);
    await applyMigration(client, readMigration(FIRST));
    const goOn = await holdUpAt(await endedRunAfter(RUNS / 3));
    await migrateKilled();
    await client.query(`select pg_terminate_backend(pid) from ${COPIER} c`);
    const atFirst = await number('select copied from journey_outcomes_copy');
    expect(atFirst).toBeGreaterThan(0);
    const goOnAgain = await holdUpAt(await endedRunAfter((RUNS * 2) / 3));
    await goOn();

    await migrateKilled();
    expect(await number('select copied from journey_outcomes_copy')).toBeGreaterThan(atFirst);
    await goOnAgain();
    const refused = await migrateToEnd();
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(
      /The migration 20261127000001_outcomes_of_ended_runs_copied failed \(workers of the earlier version are running: shop-1 process 4711\): stop all processes of the earlier version, and start again\.\n$/,
    );
    await load.stop();
    expect(Object.entries(load.changes).filter(([, changed]) => changed === 0)).toEqual([]);
    expect(Object.keys(load.changes)).toHaveLength(8);

    const after = startEarlierLoad(database.url, RUNS, workerId);
    await expect
      .poll(() => Object.values(after.changes).filter((n) => n > 0).length, { timeout: TIMEOUT_MS })
      .toBe(8);
    await after.stop();
    await client.query(`update journey_workers set lease_until = now() - interval '1 second'`);
    await client.query('create table runs_before as select * from journey_component_runs');
    await client.query('create table events_before as select * from journey_run_events');
    expect(await migrateToEnd()).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/_runs_by_state\b/),
    });
  });

  const endedRunAfter = async (place: number) =>
    (
      await rows(
        `select id from journey_component_runs where id > $1 and status = 'FAILED' order by id limit 1`,
        [runId(Math.floor(place))],
      )
    )[0].id as string;

  test('every run is what it was, in one table', { timeout: TIMEOUT_MS }, async () => {
    const columns = (
      await rows(
        `select attname as name from pg_attribute where attrelid = 'runs_before'::regclass and attnum > 0 and attname <> 'woken_at'`,
      )
    ).map(({ name }) => name as string);
    expect(columns).toHaveLength(41);
    const isNullable = new Set(['resolved_bindings', 'result_payload', 'error', 'telemetry']);
    const was = (name: string) =>
      isNullable.has(name)
        ? `nullif(b.${name}::text, 'null')`
        : // The hash of a request stands with its key.
          `case when '${name}' <> 'request_hash' or b.idempotency_key is not null then b.${name}::text end`;
    const different = columns.map(
      (name) => `count(*) filter (where ${was(name)} is distinct from v.${name}::text)::int as ${name}`,
    );
    expect(
      await rows(`select ${different} from runs_before b full join journey_component_runs v on v.id = b.id`),
    ).toEqual([Object.fromEntries(columns.map((name) => [name, 0]))]);
    const inTwo = `select run_id from journey_run_states group by run_id having count(*) > 1`;
    expect(await rows(inTwo)).toEqual([]);
    for (const table of ['journey_runs', 'journey_run_states'])
      expect(await number(`select count(*) from ${table}`)).toBe(
        await number('select count(*) from runs_before'),
      );
    expect(
      await rows(`select run_id from journey_run_queue where rank <> priority or rank_at <> run_at limit 1`),
    ).toEqual([]);
    const statuses = await rows('select status from journey_component_runs group by 1 order by 1');
    expect(statuses.map(({ status }) => status)).toEqual([
      'QUEUED',
      'RUNNING',
      'COMPLETED',
      'FAILED',
      'CANCELED',
    ]);
    expect(await number('select count(*) from journey_runs where forgotten_at is not null')).toBeGreaterThan(
      0,
    );
  });

  test('events are what they were, and keys are found', { timeout: TIMEOUT_MS }, async () => {
    // Later migrations add columns to the events.
    const [{ columns }] = await rows(
      `select string_agg(quote_ident(attname), ', ') as columns from pg_attribute
       where attrelid = 'events_before'::regclass and attnum > 0`,
    );
    const digest = (table: string) =>
      rows(`select count(*), sum(hashtextextended(row(${columns})::text, 0)) from ${table}`);
    expect(await digest('journey_run_events')).toEqual(await digest('events_before'));
    const [known] = await rows(
      `select id, idempotency_key as key from runs_before where idempotency_key like 'new-%' and status = 'COMPLETED' limit 1`,
    );
    const found = await rows(earlierStatement('run-by-key'), ['shop', known.key, Buffer.from('00', 'hex')]);
    expect(found).toEqual([{ id: known.id, sameRequest: true }]);
  });

  test('nothing of the copy stays', async () => {
    expect(
      await rows(`
        select relname as name from pg_class where relname ~ '^journey_outcomes_'
        union all select proname from pg_proc where proname ~ '^journey_(note|copy|earlier)' and pronamespace = 'public'::regnamespace
        union all select tgname from pg_trigger where not tgisinternal and tgname ~ '^journey_note'`),
    ).toEqual([]);
  });

  test('a process of the earlier version goes on reading', async () => {
    const ids = [1, 5, 8, 9, 10].map(runId);
    const limited = [ids, 1_000_000];
    const reads: Record<string, unknown[]> = {
      'runs-by-id': [ids],
      'run-watched': [runId(1)],
      'run-states': [ids],
      'run-input-payload': limited,
      'run-context': limited,
      'run-resolved-bindings': limited,
      'run-result-payload': limited,
      'run-request': limited,
      'feed-page': ['0', 0, 10],
    };
    for (const [name, values] of Object.entries(reads))
      expect([name, (await rows(earlierStatement(name), values)).length]).not.toEqual([name, 0]);
  });

  test('a process of the earlier version writes nothing, not even half', async () => {
    const state = () =>
      rows(`select (select sum(hashtextextended(r::text, 0)) from journey_component_runs r) as runs,
        (select count(*) from journey_run_events) as events, (select count(*) from graphile_worker.jobs) as jobs`);
    const before = await state();
    const one = runId(8);
    const writes: Record<string, unknown[]> = {
      enqueue: enqueueValues(['key-of-an-old-process']),
      claim: [[one], [0], [workerId], [QUEUE]],
      freeze: [[one], [0], [workerId], ['{}']],
      record: [[one], [0], [workerId], ['failed'], [0], [true], [null], '', '', '', '', QUEUE],
      cancel: [[one], [null], [null]],
      retry: [[one], [null], [null], QUEUE],
      'take-orphans': [[one], QUEUE],
      'erase-runs-of-order': [orderId(1), '00000000-0000-0000-0000-000000000000', 500],
      retention: ['COMPLETED', 0.001, 500],
    };
    for (const [name, values] of Object.entries(writes))
      await expect(rows(earlierStatement(name), values), name).rejects.toThrow(/view|FOR UPDATE|woken_at/);
    expect(await state()).toEqual(before);
  });
});
