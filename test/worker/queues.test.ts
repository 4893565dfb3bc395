import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { taskName } from '../../src/queue/tasks.ts';
import type { Worker } from '../../src/worker/worker.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register } from '../support/catalogue.ts';
import { runCommand } from '../support/command.ts';
import { insertRuns, storedRun } from '../support/runs.ts';
import { openEnqueue, startTestWorker, untilEvent } from '../support/worker.ts';

const PRODUCTION = 'shop-a';
const STAGING = 'shop_a';

let app: TestApp;
let componentId: string;
const doors = new Map<string, ReturnType<typeof openEnqueue>>();
const workers: Worker[] = [];

beforeAll(async () => {
  app = await startTestApp({ taskQueue: PRODUCTION });
  componentId = await register(app, { key: 'queued' });
  for (const queue of [PRODUCTION, STAGING]) doors.set(queue, openEnqueue(app.db, queue));
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
});
afterAll(async () => {
  for (const door of doors.values()) await door.close();
  await app.stop();
});

const work = async (taskQueue: string) => void workers.push(await startTestWorker(app.db, { taskQueue }));

async function enqueued(queue: string, runAt?: Date): Promise<string> {
  return (await doors.get(queue)!.enqueue({ componentId, runAt })).runId!;
}

async function stored(ids: string[]) {
  const { rows } = await app.db.pool.query(
    `select r.status, r.queue, r.attempt from journey_component_runs r
     join unnest($1::uuid[]) with ordinality i(id, n) on i.id = r.id order by n`,
    [ids],
  );
  return rows;
}

/** Runs of a queue in every state from which a worker takes one on, jobs or no jobs. */
async function runsToTake(queue: string) {
  const [waiting, soon, unheard, starved, abandoned] = [
    await enqueued(queue),
    await enqueued(queue, new Date(Date.now() + 700)),
    await enqueued(queue),
    await enqueued(queue),
    await enqueued(queue),
  ];
  const { pool } = app.db;
  const worker = (
    await pool.query(
      `insert into journey_workers (id, pool_id, queue, host, pid, lease_until, dead_at)
       values (gen_random_uuid(), 'gone', $1, '', 1, now(), now()) returning id`,
      [queue],
    )
  ).rows[0].id;
  await pool.query(
    `update journey_component_runs set status = 'RUNNING', fence = 1, attempt = 1, worker_id = $2 where id = $1`,
    [abandoned, worker],
  );
  await pool.query(`update journey_component_runs set run_at = now() - interval '1 minute' where id = $1`, [
    unheard,
  ]);
  await pool.query(`update journey_component_runs set run_at = now() - interval '1 hour' where id = $1`, [
    starved,
  ]);
  await pool.query(
    'delete from graphile_worker._private_jobs where task_id = (select id from graphile_worker._private_tasks where identifier = $1)',
    [taskName(queue)],
  );
  return [waiting!, soon!, unheard!, starved!, abandoned!];
}

test('a worker takes nothing of another queue: no run that waits, becomes due, starves, was never woken or was abandoned', async () => {
  const production = await runsToTake(PRODUCTION);
  const staging = await runsToTake(STAGING);

  await work(STAGING);
  for (const id of staging) {
    await untilEvent(app.db, id, 'COMPLETED');
  }

  const [abandoned] = (await stored(production)).slice(-1);
  expect((await stored(production.slice(0, -1))).map(({ status, attempt }) => [status, attempt])).toEqual(
    Array(4).fill(['QUEUED', 0]),
  );
  // Its worker is declared dead by any worker, but the run goes back to its own queue.
  expect(abandoned).toMatchObject({ status: 'QUEUED', queue: PRODUCTION, attempt: 1 });

  await work(PRODUCTION);
  for (const id of production) {
    await untilEvent(app.db, id, 'COMPLETED');
  }
});

test('a job of one queue for a run of another executes nothing', async () => {
  const runId = await enqueued(PRODUCTION);
  await app.db.pool.query(
    `select graphile_worker.add_job($1, json_build_object('wakeUps', json_build_array(json_build_object('runId', $2::text, 'fence', 0)), 'lost', false))`,
    [taskName(STAGING), runId],
  );
  await work(STAGING);
  await untilEvent(app.db, await enqueued(STAGING), 'COMPLETED');
  expect(await stored([runId])).toEqual([{ status: 'QUEUED', queue: PRODUCTION, attempt: 0 }]);
});

test('retry, replay and bulk verbs leave a run in its queue, whatever the queue of the API', async () => {
  await work(STAGING);
  const runId = await enqueued(STAGING);
  await untilEvent(app.db, runId, 'COMPLETED');
  const fail = () =>
    app.db.pool.query(`update journey_component_runs set status = 'FAILED' where id = $1`, [runId]);

  await fail();
  await app.query('mutation ($id: ID!) { retryRun(id: $id) { userErrors { message } } }', { id: runId });
  await untilEvent(app.db, runId, 'COMPLETED');

  const { replayRun } = await app.query('mutation ($id: ID!) { replayRun(id: $id) { run { id queue } } }', {
    id: runId,
  });
  expect(replayRun.run.queue).toBe(STAGING);
  await untilEvent(app.db, replayRun.run.id, 'COMPLETED');

  // The operations are worked through by the API's own queue, the runs by theirs.
  await fail();
  await work(PRODUCTION);
  const bulk = (verb: string) =>
    app.query(
      `mutation ($where: RunFilter!) { ${verb}(where: $where) { operation { id } userErrors { message } } }`,
      {
        where: { runId: [runId] },
      },
    );
  await bulk('bulkRetryRuns');
  await untilEvent(app.db, runId, 'COMPLETED');
  await bulk('bulkReplayRuns');
  const replays = async () =>
    (
      await app.db.pool.query('select id from journey_component_runs where replay_of_id = $1 and id <> $2', [
        runId,
        replayRun.run.id,
      ])
    ).rows;
  while ((await replays()).length === 0) await untilEvent(app.db, runId, 'COMPLETED');
  const [replay] = await replays();
  await untilEvent(app.db, replay.id, 'COMPLETED');
  expect(await stored([runId, replay.id])).toEqual([
    { status: 'COMPLETED', queue: STAGING, attempt: 3 },
    { status: 'COMPLETED', queue: STAGING, attempt: 1 },
  ]);
});

test('a run enqueued before queues were stored gets the queue of the worker that takes it', async () => {
  const run = storedRun({ componentId, queuedAt: new Date(Date.now() - 60_000) });
  const { rows } = await app.db.pool.query(
    'select current_version_id from journey_components where id = $1',
    [componentId],
  );
  await insertRuns(app.db.pool, [{ ...run, componentVersionId: rows[0].current_version_id }]);
  await app.db.pool.query(`update journey_run_queue set queue = '' where run_id = $1`, [run.id]);
  expect(await app.query('query ($id: ID!) { run(id: $id) { queue } }', { id: run.id })).toEqual({
    run: { queue: null },
  });
  await work(STAGING);
  await untilEvent(app.db, run.id, 'COMPLETED');
  expect(await stored([run.id])).toEqual([{ status: 'COMPLETED', queue: STAGING, attempt: 1 }]);
});

test('`execute` refuses a run of another queue and names the fix', async () => {
  const runId = await enqueued(STAGING);
  const env = { DATABASE_URL: app.db.url, LOG_LEVEL: 'silent' };
  const refused = await runCommand(['execute', runId], { ...env, JOURNEY_RUNTIME_TASK_QUEUE: PRODUCTION });
  expect(refused).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(`JOURNEY_RUNTIME_TASK_QUEUE=${STAGING}`),
  });
  expect(await stored([runId])).toMatchObject([{ status: 'QUEUED', attempt: 0 }]);

  const done = await runCommand(['execute', runId], { ...env, JOURNEY_RUNTIME_TASK_QUEUE: STAGING });
  expect(done).toMatchObject({ code: 0, stdout: expect.stringContaining('COMPLETED') });
});

test('a queue that no worker serves is named by /readyz and runStats until a worker comes', async () => {
  const runId = await enqueued(STAGING);
  const later = await enqueued(PRODUCTION, new Date(Date.now() + 3_600_000));
  const readiness = async () => (await fetch(app.url.replace('/graphql', '/readyz'))).json();
  const unserved = async () =>
    (await app.query('{ runStats { unservedQueues { queue dueRuns } } }')).runStats.unservedQueues;

  expect(await unserved()).toContainEqual({ queue: STAGING, dueRuns: 1 });
  expect(await readiness()).toMatchObject({
    status: 'ready',
    checks: { queues: expect.stringMatching(new RegExp(`no live worker: .*${STAGING}`)) },
  });
  await work(STAGING);
  await untilEvent(app.db, runId, 'COMPLETED');
  expect((await unserved()).map(({ queue }: { queue: string }) => queue)).not.toContain(STAGING);
  expect((await readiness()).checks.queues).not.toContain(STAGING);
  expect(await stored([later])).toMatchObject([{ status: 'QUEUED' }]);
});

test('a bulk operation whose queue has no worker is named by /readyz too', async () => {
  const readiness = async () => (await fetch(app.url.replace('/graphql', '/readyz'))).json();
  await app.db.pool.query(
    'truncate journey_runs, journey_run_queue, journey_running, journey_run_outcomes, journey_bulk_operations',
  );
  expect((await readiness()).checks.queues).toBe('ok');
  await app.db.pool.query(
    `insert into journey_bulk_operations (id, kind, expected, queue) values (gen_random_uuid(), 'RETRY', 1, $1)`,
    [PRODUCTION],
  );
  expect((await readiness()).checks.queues).toContain(PRODUCTION);
});
