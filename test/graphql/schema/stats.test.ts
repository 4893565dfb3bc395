import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { register, save } from '../../support/catalogue.ts';
import { insertRunWithEvent } from '../../support/events.ts';
import { insertRuns, storedRun } from '../../support/runs.ts';
import { openSocket } from '../../support/subscriptions.ts';

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

it('answers runCounts for the runs of a filter, and sends them again when they change', async () => {
  const COUNTS =
    'runCounts(where: $where) { queued { count exact } waiting { count } running { count } failed { count } }';
  const where = { metadata: { tabs: true } };
  const socket = openSocket(app);
  await insertRunWithEvent(app.db.pool, { componentId, metadata: { tabs: true } });
  const runAt = new Date(Date.now() + 3_600_000);
  await insertRunWithEvent(app.db.pool, { componentId, metadata: { tabs: true }, runAt });
  const counts = { queued: { count: 2, exact: true }, waiting: { count: 1 }, running: { count: 0 } };
  expect(await app.query(`query ($where: RunFilter) { ${COUNTS} }`, { where })).toEqual({
    runCounts: { ...counts, failed: { count: 0 } },
  });
  const seen = [];
  for await (const { data } of socket.subscribe(`subscription ($where: RunFilter) { ${COUNTS} }`, {
    where,
  })) {
    seen.push(data.runCounts);
    if (seen.length > 1) break;
    await insertRunWithEvent(app.db.pool, { componentId, metadata: { tabs: true }, status: 'FAILED' });
    app.services.ring();
  }
  expect(seen).toEqual([
    { ...counts, failed: { count: 0 } },
    { ...counts, failed: { count: 1 } },
  ]);
  await socket.close();
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
