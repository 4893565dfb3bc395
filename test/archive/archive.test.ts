import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeEach, expect, test } from 'vitest';
import { type ArchiveOptions, archiveRuns } from '../../src/archive/archive-runs.ts';
import { smallestIdAt } from '../../src/postgres/uuid.ts';
import { dropPartitions } from '../../src/retention/partitions.ts';
import { runCommand, spawnCommand } from '../support/command.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { appendEvent, insertRunWithEvent } from '../support/events.ts';
import { insertComponent, type StoredRun } from '../support/runs.ts';

const DAY_MS = 86_400_000;
const BEFORE = new Date(Date.now() - DAY_MS);

let db: TestDatabase;
let component: { id: string; key: string; versionId: string };
let folder: string;
beforeEach(async () => {
  db = await createTestDatabase();
  component = await insertComponent(db.pool);
  folder = mkdtempSync(join(tmpdir(), 'journey-runtime-archive-'));
  return async () => {
    rmSync(folder, { recursive: true });
    await db.drop();
  };
});

const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS);

/** Stores a run that ended some days ago, with as many events. */
const ended = (days: number, given: Partial<StoredRun> = {}): Promise<string> =>
  insertRunWithEvent(db.pool, {
    componentId: component.id,
    componentVersionId: component.versionId,
    status: 'COMPLETED',
    queuedAt: daysAgo(days),
    completedAt: daysAgo(days),
    ...given,
  });

async function splitAt(days: number[]): Promise<void> {
  for (const day of days)
    for (const table of ['journey_runs', 'journey_run_outcomes', 'journey_run_events']) {
      const bound = smallestIdAt(daysAgo(day).getTime());
      await db.pool.query('select journey_bound_partition($1, $2)', [table, bound]);
      await db.pool.query('select journey_check_bound($1)', [table]);
      await db.pool.query('select journey_split_partition($1)', [table]);
    }
}

const archive = (options: Partial<ArchiveOptions> = {}) =>
  archiveRuns(db.pool, { before: BEFORE, to: folder, ...options });
const command = (...args: string[]) => runCommand(['archive', ...args], { DATABASE_URL: db.url });
const listed = () =>
  (JSON.parse(readFileSync(join(folder, 'archive.json'), 'utf8')) as { files: { name: string }[] }).files;

/** Reads the archive. JSON columns are text, so that numbers have all digits. */
const query = (select: string) =>
  duckdb(
    select.replace(
      'archive',
      `read_ndjson('${folder}/runs-*.ndjson.gz', columns = {id: 'UUID', status: 'VARCHAR', componentKey: 'VARCHAR',
        componentVersion: 'INTEGER', completedAt: 'TIMESTAMPTZ', sequence: 'INTEGER', inputPayload: 'JSON',
        bindingSnapshot: 'JSON', resultPayload: 'JSON', error: 'JSON', events: 'JSON[]'})`,
    ),
  );

async function duckdb(sql: string): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowObjectsJson() as Record<string, unknown>[];
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

test('DuckDB reads the ended runs of all partitions, with their events', async () => {
  await splitAt([60, 45, 31]);
  const archived = [await ended(70), await ended(50, { status: 'FAILED' }), await ended(2)];
  await ended(80, { status: 'QUEUED', completedAt: null });
  const late = await ended(50, { completedAt: daysAgo(0.5) });
  await appendEvent(db.pool, late, { type: 'RETRIED', status: 'QUEUED' });
  await ended(0.5);
  const { code, stdout } = await command('--before', BEFORE.toISOString(), '--to', folder);
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: `Archived 3 runs with 3 events, in 1 new files, to ${folder}.\n`,
  });
  const rows = await query(
    'select id, status, componentKey, componentVersion, len(events) as events from archive order by completedAt',
  );
  expect(rows).toEqual(
    archived.map((id, index) => ({
      id,
      status: index === 1 ? 'FAILED' : 'COMPLETED',
      componentKey: component.key,
      componentVersion: 1,
      events: '1',
    })),
  );
  await dropPartitions(db.pool, 30, new AbortController().signal);
  expect(await query('select count(*) as runs from archive')).toEqual([{ runs: '3' }]);
});

test('numbers have all digits, and secrets stay in the database', async () => {
  const secret = 'sk_live_0123456789abcdef';
  const number = JSON.rawJSON('820982911946154508.10');
  await ended(2, {
    inputPayload: { amount: number, id: JSON.rawJSON('12345678901234567890123'), quoted: `see ${secret}` },
    resultPayload: { total: number, token: secret },
    error: { code: 'RUNNER_ERROR', message: `${secret} was rejected`, retryable: false },
    resolvedBindings: { literal: secret },
    bindingSnapshot: [
      { kind: 'static', inputKey: 'literal', value: secret, required: true, secret: true },
      { kind: 'secret', inputKey: 'named', name: 'payment.key', required: true },
    ],
  });
  await archive();
  const [row] = await query('select * from archive');
  expect(row!.inputPayload).toContain(':12345678901234567890123,');
  const [line] = await duckdb(`select json from read_ndjson_objects('${folder}/runs-*.ndjson.gz')`);
  expect(line!.json).toContain('"amount":820982911946154508.10,');
  expect(line!.json).toContain('"total":820982911946154508.10}');
  expect(row!.bindingSnapshot).toContain('payment.key');
  expect(JSON.stringify(row)).not.toContain(secret);
});

test('an archive that was killed is continued: no run twice, and none missing', async () => {
  await db.pool.query(
    `with n as (select (left($1, 24) || lpad(to_hex(n), 12, '0'))::uuid as id from generate_series(1, 20000) n),
       runs as (insert into journey_runs (id, component_id, component_version_id) select id, $2, $3 from n)
     insert into journey_run_outcomes (run_id, status, completed_at, queue, priority, run_at, fence, attempt, lost_attempts,
       max_attempts, call_key, event_sequence, event_xid)
     select id, 'COMPLETED', $4, '', 'NORMAL', now(), 1, 1, 0, 1, 1, 1, '1' from n`,
    [smallestIdAt(daysAgo(2).getTime()), component.id, component.versionId, daysAgo(2)],
  );
  const args = ['--before', BEFORE.toISOString(), '--to', folder];
  const child = spawnCommand(['archive', ...args], { DATABASE_URL: db.url });
  const exited = once(child, 'exit');
  while (!existsSync(join(folder, 'runs-000001.ndjson.gz.part')) && child.exitCode === null)
    await new Promise(setImmediate);
  child.kill('SIGKILL');
  await exited;
  expect(listed()).toEqual([]);
  expect(await command(...args)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^Archived 20000 runs /),
  });
  expect(await query('select count(*) as runs, count(distinct id) as ids from archive')).toEqual([
    { runs: '20000', ids: '20000' },
  ]);
});

test('later calls continue after the finished files, also those that were moved away', async () => {
  for (let n = 0; n < 120; n += 1) await ended(20 - n / 10);
  expect(await archive({ runsPerFile: 50 })).toEqual({ files: 3, runs: 120, events: 120 });
  expect(await archive()).toEqual({ files: 0, runs: 0, events: 0 });
  for (const { name } of listed()) rmSync(join(folder, name));
  const late = await ended(30, { completedAt: daysAgo(3) });
  expect(await archive()).toEqual({ files: 1, runs: 1, events: 1 });
  expect(await query('select id from archive')).toEqual([{ id: late }]);
  expect(readdirSync(folder).sort()).toEqual(['archive.json', 'runs-000004.ndjson.gz']);
});

test('a run that is retried after it was archived is archived again at its new end', async () => {
  const id = await ended(5, { status: 'FAILED' });
  await archive();
  await appendEvent(db.pool, id, { type: 'RETRIED', status: 'QUEUED' });
  expect((await archive()).runs).toBe(0);
  await appendEvent(db.pool, id, { type: 'COMPLETED', status: 'COMPLETED' });
  await db.pool.query('update journey_run_outcomes set completed_at = $1', [daysAgo(2)]);
  expect(await archive()).toEqual({ files: 1, runs: 1, events: 3 });
  expect(await query('select status from archive order by sequence')).toEqual([
    { status: 'FAILED' },
    { status: 'COMPLETED' },
  ]);
});

test('the query of the page counts failures by day and component', async () => {
  const error = { code: 'RUNNER_ERROR', message: 'no', retryable: false };
  for (const completedAt of [daysAgo(4), daysAgo(4), daysAgo(3)])
    await ended(5, { status: 'FAILED', completedAt, error });
  const retried = await ended(9, { status: 'FAILED', error });
  await archive();
  await appendEvent(db.pool, retried, { type: 'COMPLETED', status: 'COMPLETED' });
  await db.pool.query('update journey_run_outcomes set completed_at = $2 where run_id = $1', [
    retried,
    daysAgo(2),
  ]);
  await archive();
  const page = readFileSync(new URL('../../docs/operations/archive.md', import.meta.url), 'utf8');
  const [, sql] = /```sql\n(.*?)```/s.exec(page)!;
  const day = (days: number) => daysAgo(days).toISOString().slice(0, 10);
  expect(await duckdb(sql!.replace('/var/lib/journey-archive', folder))).toEqual([
    { day: day(4), componentKey: component.key, code: 'RUNNER_ERROR', runs: '2' },
    { day: day(3), componentKey: component.key, code: 'RUNNER_ERROR', runs: '1' },
  ]);
});

test('large payloads are read a few at a time', async () => {
  const inputPayload = { text: 'x'.repeat(2 * 1024 * 1024) };
  for (let n = 0; n < 12; n += 1) await ended(2, { inputPayload });
  expect((await archive()).runs).toBe(12);
});

test('mistakes are named with their fix', async () => {
  const outputs = [];
  for (const args of [
    [],
    ['--before', 'yesterday', '--to', folder],
    ['--before', '2026-01-01', '--into', folder],
    ['--before', '2999-01-01', '--to', folder],
    ['--before', '2026-01-01', '--to', '/proc/none'],
  ]) {
    const { code, stderr } = await command(...args);
    outputs.push([code, stderr.split('\n')[0]]);
  }
  expect(outputs).toEqual([
    [2, 'archive needs --before and --to.'],
    [2, expect.stringMatching(/^yesterday is not a time/)],
    [2, expect.stringMatching(/^Unknown option '--into'/)],
    [2, expect.stringMatching(/^2999-01-01T00/)],
    [2, expect.stringMatching(/^The folder \/proc\/none cannot be used/)],
  ]);
  writeFileSync(join(folder, 'notes.txt'), '');
  await expect(archive()).rejects.toThrow(/has files but no archive.json/);
  writeFileSync(join(folder, 'archive.json'), '{"files": []}');
  await expect(archive()).rejects.toThrow(/is not the list of an archive/);
  writeFileSync(join(folder, 'archive.json'), '{"format": 1, "database": "other", "files": []}');
  await expect(archive()).rejects.toThrow(/of another database/);
});
