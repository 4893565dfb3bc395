import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { register, save } from '../../support/catalogue.ts';
import { insertRuns, storedRun } from '../../support/runs.ts';

let app: TestApp;
let componentId: string;
beforeAll(async () => {
  app = await startTestApp();
  componentId = await register(app, { key: 'counted' });
});
afterAll(() => app.stop());

it('answers runStats for the runs of a filter', async () => {
  const now = Date.now();
  await insertRuns(app.db.pool, [
    storedRun({ componentId }),
    storedRun({ componentId, status: 'COMPLETED', runAt: new Date(now - 250), completedAt: new Date(now) }),
    storedRun({ componentId, status: 'FAILED', channel: 'kiosk', completedAt: new Date(now) }),
  ]);
  const answer = await app.query(
    `query ($key: [String!]) {
      runStats(where: { componentKey: $key }) {
        queued running completed failed canceled oldestQueuedSeconds throughputPerMinute latencyP50Ms
        series { from completed failed canceled latencyP95Ms }
      }
      kiosk: runStats(where: { channel: ["kiosk"] }) { queued failed }
    }`,
    { key: ['counted'] },
  );
  expect(answer.runStats).toMatchObject({ queued: 1, running: 0, completed: 1, failed: 1, canceled: 0 });
  expect(answer.runStats.oldestQueuedSeconds).toBeGreaterThanOrEqual(0);
  expect(answer.runStats.series).toHaveLength(60);
  expect(answer.kiosk).toEqual({ queued: 0, failed: 1 });
});

it('refuses a filter too large with BAD_REQUEST', async () => {
  const { errors } = await app.ask('query ($where: RunFilter) { runStats(where: $where) { queued } }', {
    where: { channel: Array.from({ length: 1_001 }, (_, n) => `c-${n}`) },
  });
  expect(errors).toEqual([
    expect.objectContaining({
      message: expect.stringMatching(/where\.channel.*1000/),
      extensions: { code: 'BAD_REQUEST' },
    }),
  ]);
});

it('lists the channels that runs and attachments use, each once', async () => {
  await save(app, {
    sku: 'channelled',
    journeyComponents: [{ componentId, channelEligibility: ['storefront', 'kiosk'] }],
  });
  await insertRuns(app.db.pool, [
    storedRun({ componentId, channel: 'phone' }),
    storedRun({ componentId, channel: 'phone' }),
  ]);
  expect(await app.query('{ channels }')).toEqual({ channels: ['kiosk', 'phone', 'storefront'] });
});
