import { describe, expect, test } from 'vitest';
import { taskName } from '../../../src/queue/tasks.ts';
import { cancelRun } from '../../../src/runs/operate/cancel.ts';
import { retryRun } from '../../../src/runs/operate/retry.ts';
import { useOperatedRuns } from '../../support/operated-runs.ts';
import { startScriptedHost } from '../../support/script-host.ts';
import { eventsOf, untilEvent } from '../../support/worker.ts';

const fixture = useOperatedRuns();
const { runThatIs, stored, enqueue, startWorker } = fixture;
const retry = (id: string) => retryRun(fixture.db.pool, id, 'ada');
const dueJobs = async () =>
  (
    await fixture.db.pool.query(
      `select from graphile_worker.jobs where task_identifier = '${taskName('journey-runtime')}'`,
    )
  ).rowCount;

describe('a retry', () => {
  test('queues a FAILED run for one attempt more, with a job, and tells who asked', async () => {
    const error = { code: 'WORKER_LOST', message: 'm', detail: null, retryable: true };
    const runId = await runThatIs(
      'FAILED',
      `fence = 7, attempt = 5, max_attempts = 3, lost_attempts = 3, call_key = 2, run_at = now() - interval '1 day',
       completed_at = now(), error = '${JSON.stringify(error)}'`,
    );
    expect(await retry(runId.toUpperCase())).toEqual({ ok: true, value: runId });
    const run = await stored(runId);
    expect(run).toMatchObject({
      status: 'QUEUED',
      fence: 8,
      attempt: 5,
      max_attempts: 6,
      lost_attempts: 0,
      call_key: 2,
      completed_at: null,
      error,
    });
    expect(Date.now() - run.run_at.getTime()).toBeLessThan(60_000);
    expect(await dueJobs()).toBeGreaterThan(0);
    const { rows } = await fixture.db.pool.query(
      'select type, status, actor from journey_run_events where run_id = $1 order by sequence desc limit 1',
      [runId],
    );
    expect(rows).toEqual([{ type: 'RETRIED', status: 'QUEUED', actor: 'ada' }]);
  });

  test('of a CANCELED run clears the cancel and its error', async () => {
    const runId = await runThatIs('QUEUED');
    await cancelRun(fixture.db.pool, runId, { caller: '', reason: null });
    await retry(runId);
    expect(await stored(runId)).toMatchObject({
      status: 'QUEUED',
      cancel_requested_at: null,
      completed_at: null,
      error: null,
      max_attempts: 1,
    });
  });

  test('asked twice at once happens once', async () => {
    const runId = await runThatIs('FAILED');
    const outcomes = await Promise.all([retry(runId), retry(runId), retry(runId)]);
    expect(outcomes.map(({ ok }) => ok).sort()).toEqual([false, false, true]);
    expect((await eventsOf(fixture.db, runId)).map(({ type }) => type)).toEqual(['ENQUEUED', 'RETRIED']);
  });

  test.each(['QUEUED', 'RUNNING', 'COMPLETED'] as const)('of a %s run is refused', async (status) => {
    const runId = await runThatIs(status);
    expect(await retry(runId)).toMatchObject({
      ok: false,
      userErrors: [{ code: 'NOT_RETRYABLE', path: ['id'], message: expect.stringContaining(status) }],
    });
    expect(await eventsOf(fixture.db, runId)).toHaveLength(1);
  });

  test.each(['018f0000-0000-7000-8000-000000000000', 'none'])('of %j is of no run', async (id) => {
    expect(await retry(id)).toMatchObject({ ok: false, userErrors: [{ code: 'NOT_FOUND', path: ['id'] }] });
  });
});

describe('with a worker', () => {
  test('a retried run gets one attempt more, and no second, and keeps its whole history', async () => {
    await using host = await startScriptedHost([
      { status: 503 },
      { status: 503 },
      { status: 200, body: '"ok"' },
    ]);
    await startWorker({ runnerUrl: host.url });
    const { runId } = await enqueue();
    await untilEvent(fixture.db, runId, 'FAILED');
    await retry(runId);
    await untilEvent(fixture.db, runId, 'FAILED');
    expect(host.calls).toHaveLength(2);
    await retry(runId);
    const events = await untilEvent(fixture.db, runId, 'COMPLETED');
    expect(events.map(({ type, attempt }) => [type, attempt])).toEqual([
      ['ENQUEUED', 0],
      ['STARTED', 1],
      ['FAILED', 1],
      ['RETRIED', 1],
      ['STARTED', 2],
      ['FAILED', 2],
      ['RETRIED', 2],
      ['STARTED', 3],
      ['COMPLETED', 3],
    ]);
    expect(await stored(runId)).toMatchObject({ result_payload: 'ok', error: null });
  });

  test('a retry after a canceled call repeats it under the same key, for its outcome is not known', async () => {
    await using host = await startScriptedHost(['hang', { status: 200, body: '1' }]);
    await startWorker({ runnerUrl: host.url });
    const { runId } = await enqueue();
    await host.called(1);
    await cancelRun(fixture.db.pool, runId, { caller: '', reason: null });
    await untilEvent(fixture.db, runId, 'CANCELED');
    await retry(runId);
    await untilEvent(fixture.db, runId, 'COMPLETED');
    const keys = host.calls.map((call) => call.request.headers['idempotency-key']);
    expect(keys).toEqual([`${runId}:1`, `${runId}:1`]);
    expect(host.calls[1]!.body).toBe(host.calls[0]!.body);
  });
});
