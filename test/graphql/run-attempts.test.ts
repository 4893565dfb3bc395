import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FeedEvent } from '../../src/feed/log/feed-event.ts';
import { attemptsOf } from '../../src/reads/run-attempts.ts';
import { type RunEventType, TRANSITIONS } from '../../src/runs/model/status.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register } from '../support/catalogue.ts';
import { startScriptedHost } from '../support/script-host.ts';
import { startTestWorker, untilEvent } from '../support/worker.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

test('the attempts of a run show worker, key, times, outcome and error of each', async () => {
  await using host = await startScriptedHost([
    { status: 500, body: 'broken' },
    { status: 200, headers: { 'content-type': 'application/json' }, body: '{"result": {"ok": true}}' },
  ]);
  const worker = await startTestWorker(app.db, { runnerUrl: host.url });
  const retryPolicy = { maxAttempts: 2, backoff: 'FIXED', initialDelaySeconds: 0 } as const;
  const componentId = await register(app, { key: 'retried', retryPolicy });
  const { enqueueRun } = await app.query(
    'mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id } userErrors { message } } }',
    { input: { componentId } },
  );
  const { id } = enqueueRun.run;
  await untilEvent(app.db, id, 'COMPLETED', 'FAILED');
  await worker.stop();
  const { run } = await app.query(
    `query ($id: ID!) { run(id: $id) {
      attempts { number dueAt startedAt endedAt outcome workerId idempotencyKey error { code } telemetry { runner } nextAt }
      events { nodes { type at runAt workerId } }
    } }`,
    { id },
  );
  const [, started, retry, again, completed] = run.events.nodes;
  expect(started.workerId).toBe(worker.id());
  expect(retry.workerId).toBeNull();
  const keys = host.calls.map(({ request }) => request.headers['idempotency-key']);
  expect(run.attempts).toEqual([
    {
      number: 1,
      dueAt: null,
      startedAt: started.at,
      endedAt: retry.at,
      outcome: 'RETRY_SCHEDULED',
      workerId: worker.id(),
      idempotencyKey: `${id}:1`,
      error: { code: 'RUNNER_FAILED' },
      telemetry: { runner: 'http' },
      nextAt: retry.runAt,
    },
    {
      number: 2,
      dueAt: retry.runAt,
      startedAt: again.at,
      endedAt: completed.at,
      outcome: 'COMPLETED',
      workerId: worker.id(),
      idempotencyKey: keys[1],
      error: null,
      telemetry: { runner: 'http' },
      nextAt: null,
    },
  ]);
  expect(keys[0]).toBe(`${id}:1`);
});

/** The events of a run, a second apart. */
function history(...types: [RunEventType, number][]): FeedEvent[] {
  return types.map(
    ([type, attempt], second) =>
      ({
        runId: 'a',
        type,
        attempt,
        status: TRANSITIONS[type].to,
        at: new Date(second * 1_000),
        runAt: null,
        workerId: type === 'STARTED' ? `worker-${second}` : null,
        callKey: type === 'STARTED' ? 1 : null,
        error: null,
        telemetry: null,
      }) as FeedEvent,
  );
}

test('an attempt ends with its last event, for each cause of an end', () => {
  const attempts = attemptsOf(
    history(
      ['ENQUEUED', 0],
      ['STARTED', 1],
      ['WORKER_LOST', 1],
      ['STARTED', 2],
      ['REQUEUED', 1],
      ['STARTED', 2],
      ['CANCEL_REQUESTED', 2],
      ['CANCELED', 2],
      ['RETRIED', 2],
      ['STARTED', 3],
    ),
  );
  const seconds = (at: Date | null) => at && at.getTime() / 1_000;
  expect(
    attempts.map(({ dueAt, startedAt, endedAt, outcome }) => [
      seconds(dueAt),
      seconds(startedAt),
      seconds(endedAt),
      outcome,
    ]),
  ).toEqual([
    [null, 1, 2, 'WORKER_LOST'],
    [2, 3, 4, 'REQUEUED'],
    [4, 5, 7, 'CANCELED'],
    [8, 9, null, null],
  ]);
});

test('a run that was canceled while it waited has no attempt', () => {
  expect(attemptsOf(history(['ENQUEUED', 0], ['CANCELED', 0]))).toEqual([]);
});
