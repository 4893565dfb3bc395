import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cancelRun } from '../../src/runs/operate/cancel.ts';
import { retryRun } from '../../src/runs/operate/retry.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { insertComponent } from '../support/runs.ts';
import { openEnqueue } from '../support/worker.ts';
import { everyRunStandsOnce } from './invariants/history.ts';
import { asOwner } from './postgres.ts';
import { installRecorder, readTables } from './recorder.ts';
import type { Records } from './records.ts';

let db: TestDatabase;
let componentId: string;
beforeAll(async () => {
  db = await createTestDatabase();
  await asOwner(db.url, installRecorder);
  ({ id: componentId } = await insertComponent(db.pool));
});
afterAll(() => db.drop());

async function enqueued(): Promise<string> {
  const { enqueue, close } = openEnqueue(db);
  const { runId } = await enqueue({ componentId });
  await close();
  return runId;
}

const changesOf = async (id: string) =>
  (await asOwner(db.url, readTables)).changes.filter(({ runId }) => runId === id);

async function violationsOf(id: string): Promise<string[]> {
  const { standing, changes } = await asOwner(db.url, readTables);
  const isOf = ({ runId }: { runId: string }) => runId === id;
  return everyRunStandsOnce.violations({
    standing: standing.filter(isOf),
    changes: changes.filter(isOf),
  } as Records);
}

test('a transition is one change, from the state that was left to the one that was entered', async () => {
  const id = await enqueued();
  await cancelRun(db.pool, id, { caller: '', reason: null });
  await retryRun(db.pool, id, '');
  const changes = await changesOf(id);
  expect(changes.map(({ from, to, fence }) => [from, to, fence])).toEqual([
    [null, 'QUEUED', 0],
    ['QUEUED', 'CANCELED', 0],
    ['CANCELED', 'QUEUED', 1],
  ]);
  expect(await violationsOf(id)).toEqual([]);
});

/** What no statement of the service may do, and what is found of it. */
const BROKEN: Record<string, { sql: string[]; found: RegExp }> = {
  'a state that is deleted': {
    sql: ['delete from journey_run_queue where run_id = $1'],
    found: /stands in 0 state tables/,
  },
  'a state that was missing between two transactions': {
    sql: [
      'create table aside as select * from journey_run_queue where run_id = $1',
      'delete from journey_run_queue where run_id = $1',
      'insert into journey_run_queue select * from aside where run_id = $1',
    ],
    found: /taken out of QUEUED and put nowhere/,
  },
  'a second state': {
    sql: [
      `insert into journey_running (run_id, worker_id, queue, priority, run_at, fence, attempt, lost_attempts, max_attempts,
        call_key, event_sequence, event_xid, started_at)
      select run_id, run_id, queue, priority, run_at, 1, 1, 0, 1, 1, 2, event_xid, now()
      from journey_run_queue where run_id = $1`,
    ],
    found: /stands in 2 state tables \(QUEUED, RUNNING\)/,
  },
  'a state whose run is gone': {
    sql: ['delete from journey_runs where id = $1'],
    found: /a state is there of run/,
  },
};

describe('finds', () => {
  test.each(Object.entries(BROKEN))('%s', async (_, { sql, found }) => {
    const id = await enqueued();
    for (const text of sql) await db.pool.query(text.replace('$1', `'${id}'`));
    expect((await violationsOf(id)).join('\n')).toMatch(found);
  });
});

test('a worker that takes a run from another without a claim is a change of its own', async () => {
  const id = await enqueued();
  const [first, second] = [randomUUID(), randomUUID()];
  await db.pool.query(
    `with claimed as (delete from journey_run_queue where run_id = $1 returning *)
     insert into journey_running (run_id, worker_id, queue, priority, run_at, fence, attempt, lost_attempts, max_attempts,
       call_key, event_sequence, event_xid, started_at)
     select run_id, $2, queue, priority, run_at, 1, 1, 0, 1, 1, 2, event_xid, now() from claimed`,
    [id, first],
  );
  await db.pool.query('update journey_running set worker_id = $2 where run_id = $1', [id, second]);
  const last = (await changesOf(id)).at(-1)!;
  expect([last.from, last.to, last.workerBefore, last.worker]).toEqual(['RUNNING', 'RUNNING', first, second]);
});
