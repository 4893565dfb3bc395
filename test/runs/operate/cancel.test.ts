import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { cancelRun } from '../../../src/runs/operate/cancel.ts';
import { useOperatedRuns } from '../../support/operated-runs.ts';
import { startScriptedHost } from '../../support/script-host.ts';
import { happensWithin } from '../../support/within.ts';
import { eventsOf, untilEvent } from '../../support/worker.ts';

const fixture = useOperatedRuns();
const { runThatIs, stored, enqueue, startWorker } = fixture;
const asked = { caller: 'ada', reason: 'sold out' };
const cancel = (id: string) => cancelRun(fixture.db.pool, id, asked);
const lastEvent = async (runId: string) =>
  (
    await fixture.db.pool.query('select * from journey_run_events where run_id = $1 order by sequence desc', [
      runId,
    ])
  ).rows[0];

describe('a cancel', () => {
  test('ends a QUEUED run at once, and tells who asked and why', async () => {
    const runId = await runThatIs('QUEUED');
    expect(await cancel(runId.toUpperCase())).toEqual({ ok: true, value: runId });
    expect(await stored(runId)).toMatchObject({
      status: 'CANCELED',
      error: { code: 'CANCELED', retryable: false },
      completed_at: expect.any(Date),
    });
    expect(await lastEvent(runId)).toMatchObject({
      type: 'CANCELED',
      status: 'CANCELED',
      error: { code: 'CANCELED' },
      actor: 'ada',
      reason: 'sold out',
    });
  });

  test('is asked of a RUNNING run once, however often it is asked', async () => {
    const runId = await runThatIs('RUNNING');
    const answers = await Promise.all([1, 2, 3, 4].map(() => cancel(runId)));
    expect(answers).toEqual(Array(4).fill({ ok: true, value: runId }));
    expect(await stored(runId)).toMatchObject({
      status: 'RUNNING',
      cancel_requested_at: expect.any(Date),
      completed_at: null,
      error: null,
    });
    expect((await eventsOf(fixture.db, runId)).map(({ type }) => type)).toEqual([
      'ENQUEUED',
      'CANCEL_REQUESTED',
    ]);
    expect(await lastEvent(runId)).toMatchObject({ actor: 'ada', reason: 'sold out', error: null });
  });

  test('of a canceled run is a success that changes nothing', async () => {
    const runId = await runThatIs('CANCELED');
    expect(await cancel(runId)).toEqual({ ok: true, value: runId });
    expect(await eventsOf(fixture.db, runId)).toHaveLength(1);
  });

  test.each(['COMPLETED', 'FAILED'] as const)('of a %s run is refused', async (status) => {
    const runId = await runThatIs(status);
    expect(await cancel(runId)).toMatchObject({
      ok: false,
      userErrors: [{ code: 'NOT_CANCELABLE', path: ['id'], message: expect.stringContaining(status) }],
    });
    expect(await eventsOf(fixture.db, runId)).toHaveLength(1);
  });

  test.each(['018f0000-0000-7000-8000-000000000000', 'no id at all', ''])(
    'of %j is of no run',
    async (id) => {
      expect(await cancel(id)).toMatchObject({
        ok: false,
        userErrors: [{ code: 'NOT_FOUND', path: ['id'] }],
      });
    },
  );

  test.each(['x'.repeat(501), 'a\0b'])('with a reason that is not kept is refused', async (reason) => {
    const runId = await runThatIs('QUEUED');
    const outcome = await cancelRun(fixture.db.pool, runId, { caller: '', reason });
    expect(outcome).toMatchObject({ ok: false, userErrors: [{ code: 'INVALID', path: ['reason'] }] });
    expect(await stored(runId)).toMatchObject({ status: 'QUEUED' });
  });

  test.each(['', ' '])('keeps the reason %j as it came', async (reason) => {
    const runId = await runThatIs('QUEUED');
    expect(await cancelRun(fixture.db.pool, runId, { caller: '', reason })).toMatchObject({ ok: true });
    expect(await lastEvent(runId)).toMatchObject({ reason });
  });

  test('leaves actor and reason out where they are not known', async () => {
    const runId = await runThatIs('QUEUED');
    await cancelRun(fixture.db.pool, runId, { caller: '', reason: null });
    expect(await lastEvent(runId)).toMatchObject({ actor: null, reason: null });
  });
});

describe('with a worker', () => {
  test('the call of that run alone is aborted within two seconds', async () => {
    await using host = await startScriptedHost(['hang']);
    await startWorker({ runnerUrl: host.url });
    const runs = await Promise.all([1, 2].map(() => enqueue()));
    await host.called(2);
    const [canceled, other] = host.calls.map((call) => ({
      runId: call.request.headers['journey-run-id'] as string,
      closed: once(call.request.socket, 'close'),
      socket: call.request.socket,
    }));
    expect(runs.map(({ runId }) => runId)).toContain(canceled!.runId);

    await cancel(canceled!.runId);
    expect(await happensWithin(2_000, canceled!.closed, fixture.db.pool)).toBe(true);
    const events = await untilEvent(fixture.db, canceled!.runId, 'CANCELED');
    expect(events.map(({ type }) => type)).toEqual(['ENQUEUED', 'STARTED', 'CANCEL_REQUESTED', 'CANCELED']);
    expect(await stored(canceled!.runId)).toMatchObject({
      status: 'CANCELED',
      error: { code: 'CANCELED' },
      completed_at: expect.any(Date),
      worker_id: null,
    });
    expect(other!.socket.destroyed).toBe(false);
    expect(await stored(other!.runId)).toMatchObject({ status: 'RUNNING' });
    await cancel(other!.runId);
    await untilEvent(fixture.db, other!.runId, 'CANCELED');
  });

  test('a run that is canceled before its time is never run', async () => {
    await using host = await startScriptedHost([{ status: 200, body: '1' }]);
    await startWorker({ runnerUrl: host.url });
    const runAt = new Date(Date.now() + 3_000);
    const { runId } = await enqueue({ runAt });
    const { runId: next } = await enqueue({ runAt: new Date(runAt.getTime() + 100) });
    await cancel(runId);
    await untilEvent(fixture.db, next, 'COMPLETED');
    expect(host.calls.map((call) => call.request.headers['journey-run-id'])).toEqual([next]);
  });

  test('cancels that race with claims and answers leave each run with one end, and no event without its change', async () => {
    await using host = await startScriptedHost([{ status: 200, body: '1' }]);
    await startWorker({ runnerUrl: host.url, batchSize: 20 });
    const runs = await Promise.all(
      Array.from({ length: 150 }, async () => {
        const { runId } = await enqueue();
        return { runId, outcome: await cancel(runId) };
      }),
    );
    for (const { runId, outcome } of runs) {
      const types = (await untilEvent(fixture.db, runId, 'COMPLETED', 'CANCELED')).map(({ type }) => type);
      const { status } = await stored(runId);
      expect(types.at(-1)).toBe(status);
      expect(types.filter((type) => ['COMPLETED', 'CANCELED'].includes(type))).toHaveLength(1);
      if (!outcome.ok) expect(types).toEqual(['ENQUEUED', 'STARTED', 'COMPLETED']);
      else expect(types.some((type) => type.startsWith('CANCEL'))).toBe(true);
    }
  });
});
