import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectionConfig } from '../../../src/postgres/connection-config.ts';
import { applyMigration } from '../../../src/postgres/migrations/apply-migration.ts';
import { migrationNames, readMigration } from '../../../src/postgres/migrations/migration-files.ts';
import { createLedger } from '../../../src/postgres/migrations/migration-ledger.ts';
import { runCommand } from '../../support/command.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

/** The number of runs that are stored before the upgrade: `RUNS=1000000` shows it at full size. */
const RUNS = Number(process.env.RUNS ?? 20_000);
const TIMEOUT_MS = 60_000 + RUNS;
/** The first of the migrations that partition the runs. */
const FIRST = '20261127030001_run_keys';
const TABLES = ['journey_runs', 'journey_run_outcomes', 'journey_run_events'];
const KEYS_INDEX = 'journey_runs journey_runs_idempotency_key_caller_shop_key';
const FEED_INDEX = 'journey_run_events journey_run_events_xid_position_key';

describe('runs become partitioned by time', () => {
  let database: TestDatabase;
  let client: pg.Client;
  beforeAll(async () => {
    database = await createTestDatabase({ migrated: false });
    client = new pg.Client({ ...connectionConfig(database.url), query_timeout: 0 } as pg.ClientConfig);
    await client.connect();
    await client.query('set statement_timeout = 0');
    await createLedger(client);
    for (const name of migrationNames().filter((name) => name < FIRST))
      await applyMigration(client, readMigration(name));
    await runMigrations({ connectionString: database.url });
    for (const fill of FILL) await client.query(fill);
  }, TIMEOUT_MS);
  afterAll(async () => {
    await client.end();
    await database.drop();
  });
  const rows = async (text: string, values: unknown[] = []) => (await client.query(text, values)).rows;
  const filesOf = async (suffix: string) =>
    Object.fromEntries(
      (
        await rows(
          `select t.name || ' ' || coalesce(i.indexrelid::regclass::text, '') as name, pg_relation_filenode(coalesce(i.indexrelid, t.oid)) as file
           from (select name, (name || $1)::regclass::oid as oid from unnest($2::text[]) name) t
             cross join lateral (select null::oid as indexrelid union all select indexrelid from pg_index where indrelid = t.oid) i`,
          [suffix, TABLES],
        )
      ).map(({ name, file }) => [name.replaceAll('_first', ''), file]),
    );

  test('under load, killed in the middle, and gone on', { timeout: TIMEOUT_MS }, async () => {
    const load = startLoad(database.url);
    await applyMigration(client, readMigration(FIRST));
    const holder = new pg.Client(database.url);
    await holder.connect();
    await holder.query('begin');
    await holder.query(
      `select from journey_runs where id = ${idSql(String(Math.floor(RUNS / 2)))} for update`,
    );
    const main = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
    const killed = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, 'migrate'], {
      env: { PATH: process.env.PATH, DATABASE_URL: database.url },
      stdio: 'ignore',
    });
    const copier = `select pid from pg_stat_activity where datname = current_database()
      and application_name = 'journey-runtime migration' and wait_event_type = 'Lock'`;
    await expect.poll(() => rows(copier), { timeout: TIMEOUT_MS }).toHaveLength(1);
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    await client.query(`select pg_terminate_backend(pid) from (${copier}) c`);
    await holder.query('rollback');
    await holder.end();
    const [{ copied }] = await rows('select count(*)::int as copied from journey_run_keys');
    expect(copied).toBeGreaterThan(0);

    const before = await filesOf('');
    const migrated = await runCommand(['migrate'], { DATABASE_URL: database.url });
    expect(migrated).toMatchObject({ code: 0, stdout: expect.stringContaining('_runs_by_time') });
    const refusal = await load.refused;
    // The insert or the delete of the version before, whichever comes first.
    expect(refusal).toMatch(/column "request_hash"( of relation "journey_runs")? does not exist/);
    expect([load.stored, load.deleted].every((count) => count > 0)).toBe(true);
    if (process.env.RUNS) console.info(`The longest statement of the load took ${load.longestMs} ms.`);

    // No table and no index was written anew; later migrations add indexes. The keys' index has gone, and the feed's one was
    // built beside the old one.
    const after = await filesOf('_first');
    const { [KEYS_INDEX]: keys, [FEED_INDEX]: feed, ...files } = before;
    expect([keys, feed]).toEqual([expect.any(Number), expect.any(Number)]);
    expect(Object.keys(files).length).toBeGreaterThan(15);
    expect(after).toMatchObject(files);
    expect(after).not.toHaveProperty([KEYS_INDEX]);
    expect(after).not.toHaveProperty([FEED_INDEX]);
  });

  test('each run has its key, and each key its run', async () => {
    const differences = await rows(`
      select r.id, k.run_id from (select * from journey_runs where idempotency_key is not null) r
        full join journey_run_keys k on k.run_id = r.id and k.idempotency_key = r.idempotency_key and k.caller = r.caller
          and k.shop = r.shop and k.request_hash = decode(md5(r.idempotency_key), 'hex')
      where r.id is null or k.run_id is null limit 3`);
    expect(differences).toEqual([]);
  });

  test('runs are found by the indexes of the tables that were there', async () => {
    const { rows: plan } = await client.query(
      `explain select id from journey_runs where component_id = '01800000-0000-7000-8000-000000000001' order by id desc limit 20`,
    );
    expect(JSON.stringify(plan)).toContain('journey_runs_first_component_id_id_idx');
    expect(
      await rows('select from journey_component_runs where id = $1', [
        (await rows('select id from journey_runs limit 1'))[0].id,
      ]),
    ).toHaveLength(1);
  });

  test('a process that would store events continues their positions', async () => {
    const [{ highest, next }] = await rows(
      `select (select max(position) from journey_run_events)::int as highest, nextval('journey_run_events_position_seq')::int as next`,
    );
    expect(next).toBeGreaterThan(highest);
  });

  test('nothing of the copy stays', async () => {
    expect(
      await rows(`select proname as name from pg_proc where proname ~ '^journey_(note|copy)'
        union all select tgname from pg_trigger where not tgisinternal and tgname ~ '^journey_note'`),
    ).toEqual([]);
  });
});

const idSql = (number: string) => `('01810000-0000-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`;

/** Ended runs, each with its events; three of four have a key. */
const FILL = [
  `insert into journey_runs (id, component_id, component_version_id, caller, shop, idempotency_key, request_hash)
   select ${idSql('n')}, gen_random_uuid(), gen_random_uuid(), 'caller-' || n % 3, 'shop-' || n % 2,
     case when n % 4 > 0 then 'key-' || n end, decode(md5('key-' || n), 'hex') from generate_series(1, ${RUNS}) n`,
  `insert into journey_run_outcomes (run_id, status, completed_at, queue, priority, run_at, fence, attempt, lost_attempts,
     max_attempts, call_key, event_sequence, event_xid)
   select id, 'COMPLETED', now(), 'q', 'NORMAL', now(), 1, 1, 0, 3, 1, 2, pg_current_xact_id() from journey_runs`,
  `insert into journey_run_events (run_id, sequence, xid, type, status, attempt)
   select id, n, pg_current_xact_id(), 'STARTED', 'RUNNING', 1 from journey_runs, generate_series(1, 2) n`,
  'analyze',
];

type Load = { stored: number; deleted: number; longestMs: number; refused: Promise<string> };

/** A process of the version before: it stores runs and deletes others, until it is refused. */
function startLoad(url: string): Load {
  const load: Load = { stored: 0, deleted: 0, longestMs: 0, refused: work() };
  return load;

  async function work(): Promise<string> {
    const client = new pg.Client(url);
    await client.connect();
    await client.query('set statement_timeout = 0');
    try {
      for (;;) {
        const began = performance.now();
        const stored = await client.query(STORE);
        const deleted = await client.query(DELETE, [1 + Math.floor(Math.random() * RUNS)]);
        load.longestMs = Math.max(load.longestMs, Math.round(performance.now() - began));
        load.stored += stored.rowCount!;
        load.deleted += deleted.rowCount!;
        await pause(1);
      }
    } catch (error) {
      return (error as Error).message;
    } finally {
      await client.end();
    }
  }
}

const STORE = `
  with keyed as (select gen_random_uuid() as id, 'new-' || gen_random_uuid() as key from generate_series(1, 5))
  insert into journey_runs (id, component_id, component_version_id, caller, idempotency_key, request_hash)
  select id, id, id, 'caller', key, decode(md5(key), 'hex') from keyed`;
const DELETE = `
  with gone as (delete from journey_runs where id = ${idSql('$1::int')} returning id, request_hash)
  delete from journey_run_outcomes using gone where run_id = gone.id`;
