import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from '../../../src/postgres/migrations/migrate.ts';
import { makePartitions } from '../../../src/retention/partitions.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { insertRunWithEvent } from '../../support/events.ts';
import { insertComponent } from '../../support/runs.ts';

const PARTITIONED = '20261127043100_runs_of_a_principal';
const INDEX = 'journey_runs_caller_id_idx';
const TABLE_CHANGE = '20261127041000_updaters_of_products';

let database: TestDatabase;
let other: pg.Client;
beforeEach(async () => {
  database = await createTestDatabase();
  other = new pg.Client({ connectionString: database.url });
  await other.connect();
});
afterEach(async () => {
  await other.end();
  await database.drop();
});

const rows = async (text: string, values: unknown[] = []) => (await database.pool.query(text, values)).rows;

/** Takes a migration back. */
async function undo(name: string, script: string): Promise<void> {
  await rows(script);
  await rows('delete from _prisma_migrations where migration_name = $1', [name]);
}

const waiting = () =>
  rows(
    `select pid from pg_stat_activity where datname = current_database()
     and application_name = 'journey-runtime migration' and wait_event_type = 'Lock'`,
  );

/** Begins the migration of an index on several partitions, one of which another client is writing to. */
async function beginIndex() {
  await makePartitions(database.pool, 8);
  await undo(PARTITIONED, `drop index ${INDEX}`);
  await other.query('begin; lock table journey_runs_first in row exclusive mode');
  const migrating = migrate(database.url);
  migrating.catch(() => {});
  await expect.poll(waiting).toHaveLength(1);
  return { migrating };
}

const parts = () =>
  rows(
    `select count(*)::int as partitions, count(x.indexrelid)::int as indexed, bool_and(x.indisvalid) as valid
     from pg_inherits p left join lateral (
       select x.* from pg_index x join pg_inherits a on a.inhrelid = x.indexrelid
       where a.inhparent = to_regclass($1) and x.indrelid = p.inhrelid
     ) x on true where p.inhparent = 'journey_runs'::regclass`,
    [INDEX],
  );
const isValid = async () => {
  const [index] = await rows(
    `select indisvalid as valid from pg_index where indexrelid = to_regclass('${INDEX}')`,
  );
  return index.valid;
};

test('an index on a partitioned table is made while others write to it', async () => {
  const { migrating } = await beginIndex();
  const component = await insertComponent(database.pool);
  await insertRunWithEvent(database.pool, { componentId: component.id });
  expect(await isValid()).toBe(false);
  await other.query('commit');
  expect(await migrating).toEqual([PARTITIONED]);
  const [{ partitions, ...found }] = await parts();
  expect(partitions).toBeGreaterThan(1);
  expect(found).toEqual({ indexed: partitions, valid: true });
  expect(await isValid()).toBe(true);
  expect(await migrate(database.url)).toEqual([]);
});

test('an index on a partitioned table is completed after an interruption', async () => {
  const { migrating } = await beginIndex();
  await rows(`select pg_terminate_backend($1)`, [(await waiting())[0].pid]);
  await expect(migrating).rejects.toThrow(PARTITIONED);
  await other.query('commit');
  expect(await migrate(database.url)).toEqual([PARTITIONED]);
  expect(await isValid()).toBe(true);
});

test('a migration gives up when it waits long for a table', async () => {
  await undo(TABLE_CHANGE, 'alter table products drop column updated_by');
  await other.query('begin; select from products');
  await expect(migrate(database.url)).rejects.toThrow(
    /left nothing behind .*end the transaction that holds the table/,
  );
  await other.query('commit');
  expect(await migrate(database.url)).toEqual([TABLE_CHANGE]);
});
