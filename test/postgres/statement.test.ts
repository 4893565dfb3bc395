import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startQuery } from '../../src/bulk/start.ts';
import { eventsOfRunsQuery, eventsQuery } from '../../src/feed/log/event-history.ts';
import { createClient } from '../../src/postgres/connection-config.ts';
import { type RowColumns, type Statement, statements } from '../../src/postgres/statement.ts';
import { NO_ID } from '../../src/postgres/uuid.ts';
import { latestReplaysQuery } from '../../src/reads/latest-replays.ts';
import { countsQuery } from '../../src/reads/run-counts.ts';
import { errorsQuery } from '../../src/reads/run-errors.ts';
import { countQuery, listQuery } from '../../src/reads/run-list.ts';
import { newestRunsQuery } from '../../src/reads/run-lookup.ts';
import { statsQuery } from '../../src/reads/run-stats.ts';
import { statsRange } from '../../src/reads/stats-range.ts';
import type { RunFilter } from '../../src/runs/model/run-filter.ts';
import { EVERY_RUN } from '../../src/runs/model/run-scope.ts';
import { runSources } from '../../src/runs/model/run-sources.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { describeStatement } from '../support/describe-statement.ts';

let db: TestDatabase;
let client: pg.Client;
let typeNames: Map<number, string>;

beforeAll(async () => {
  for (const file of SOURCES) if (!MAIN.test(file)) await import(/* @vite-ignore */ `../../${file}`);
  db = await createTestDatabase();
  client = createClient(db.url);
  await client.connect();
  const { rows } = await client.query<{ id: number; name: string }>(
    'select t.oid as id, format_type(t.oid, null) as name from pg_type t',
  );
  typeNames = new Map(rows.map(({ id, name }) => [id, NAMES[name] ?? name]));
});

afterAll(async () => {
  await client?.end();
  await db?.drop();
});

// The console is another program, for browsers.
const SOURCES = globSync('src/**/*.ts').filter((file) => !/generated|src\/console/.test(file));
/** Starts the process that it is the main file of. */
const MAIN = /\/(main|launcher)\.ts$/;

/** What PostgreSQL calls by other names than casts usually do. */
const NAMES: Record<string, string> = {
  boolean: 'bool',
  'double precision': 'float8',
  integer: 'int4',
  bigint: 'int8',
  jsonb: 'json',
  'timestamp with time zone': 'timestamptz',
};

/** The declared columns of a result without the marks of those that may be null, and those that it has. */
async function compared({ text, columns }: Statement<unknown>) {
  const described = await describeStatement(client, text);
  return {
    declared: Object.fromEntries(
      Object.entries(columns).map(([name, type]) => [name, type.replace('?', '')]),
    ),
    actual: Object.fromEntries(described.map(({ name, typeId }) => [name, typeNames.get(typeId)])),
  };
}

test('the result of each statement has the columns, of the types, that its row type is made of', async () => {
  expect(statements.length).toBeGreaterThan(60);
  for (const one of statements) await expectDeclared(one);
});

test('and so have those whose text depends on a filter and on what is selected', async () => {
  const none = { after: null, before: null, limit: 10, reverse: false };
  const after = { era: 1, xid: 5n, position: 7n, mark: 0 };
  for (const filter of FILTERS) {
    await expectDeclared(listQuery(filter, none));
    await expectDeclared(
      listQuery(filter, { ...none, after: NO_ID, before: NO_ID, reverse: true }, ['id', 'error']),
    );
    await expectDeclared(countQuery(filter, 10));
    await expectDeclared(countsQuery(filter, 10));
    await expectDeclared(errorsQuery(filter, 10));
    await expectDeclared(statsQuery(filter));
    await expectDeclared(statsQuery(filter, statsRange(new Date(0), new Date(60_000), 3)));
    const values: unknown[] = [
      'id',
      'kind',
      'input',
      'caller',
      'key',
      'hash',
      'shop',
      'filter',
      'queue',
      'action',
      'request',
    ];
    await expectDeclared(
      startQuery(
        runSources(filter, (value) => `$${values.push(value)}`, { limit: 10 }),
        values,
      ),
    );
    await expectDeclared(eventsQuery(filter, { ...none }));
    await expectDeclared(eventsQuery(filter, { ...none, after, before: after, reverse: true }));
  }
  await expectDeclared(newestRunsQuery(EVERY_RUN, 'product_id', [NO_ID], 3, ['id', 'status', 'telemetry']));
  await expectDeclared(latestReplaysQuery(EVERY_RUN, [NO_ID], ['id', 'status', 'telemetry']));
  await expectDeclared(eventsOfRunsQuery([NO_ID], none));
  await expectDeclared(eventsOfRunsQuery([NO_ID], { ...none, after, before: after, reverse: true }));
});

const FILTERS: RunFilter[] = [
  {},
  { status: ['FAILED'] },
  { componentKey: ['a', 'b'], channel: ['web'] },
  { search: '019c0000', not: [{ status: ['FAILED'], channel: ['web'] }, { metadata: { a: 1 } }] },
  { orderNumber: ['a'], not: [{ errorCode: ['RUNNER_TIMEOUT'], inputPayload: { order: { id: 7 } } }] },
  { productId: [NO_ID], inputPayload: { order: { id: 7 } }, metadata: { a: 1 } },
];

async function expectDeclared(one: Statement<unknown>) {
  const { declared, actual } = await compared(one);
  expect(actual, one.text).toEqual(declared);
}

test.each<[string, RowColumns, boolean]>([
  ['select 1 as a', { a: 'int4' }, true],
  ['select $1::text[] as a, now() as b', { a: 'text[]', b: 'timestamptz?' }, true],
  ['select count(*) as a', { a: 'int4' }, false],
  ['select 1 as a', { a: 'int4', b: 'int4' }, false],
  ['select 1 as a, 2 as b', { a: 'int4' }, false],
  [`select 'QUEUED'::journey_run_status as a`, { a: 'text' }, false],
])('%s: declared as %o, %s', async (text, columns, isRight) => {
  const { declared, actual } = await compared({ text, columns });
  expect(JSON.stringify(declared) === JSON.stringify(actual)).toBe(isRight);
});

test('no other result is cast to a row type, but what is read before the database is migrated', () => {
  const casting = SOURCES.filter((file) => /\.query</.test(readFileSync(file, 'utf8')));
  expect(casting.map((file) => basename(file)).sort()).toEqual([
    'apply-migration.ts',
    'concurrent-index.ts',
    'migrate.ts',
    'migration-ledger.ts',
    'prisma-adapter.ts',
    'server-settings.ts',
  ]);
});
