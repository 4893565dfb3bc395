import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register } from '../support/catalogue.ts';
import { insertRuns, storedRun } from '../support/runs.ts';

const STATS = `query ($where: RunFilter, $range: RunStatsRange) { runStats(where: $where, range: $range) {
  since completed failed throughputPerMinute latencyP50Ms series { from completed failed latencyP95Ms } } }`;

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

test('the figures of a range cover its parts, and the filter applies', async () => {
  const componentId = await register(app, { key: 'mail' });
  const ended = (time: string, status: 'COMPLETED' | 'FAILED', channel: string) => {
    const completedAt = new Date(time);
    return storedRun({ componentId, status, channel, completedAt, runAt: new Date(+completedAt - 500) });
  };
  await insertRuns(app.db.pool, [
    ended('2026-03-01T00:30:00Z', 'COMPLETED', 'web'),
    ended('2026-03-01T13:00:00Z', 'FAILED', 'web'),
    ended('2026-03-01T13:00:01Z', 'COMPLETED', 'kiosk'),
    ended('2026-03-02T00:00:00Z', 'COMPLETED', 'web'),
  ]);
  const range = { from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z', buckets: 2 };
  const { runStats } = await app.query(STATS, { range, where: { channel: ['web'] } });
  expect(runStats).toEqual({
    since: '2026-03-01T00:00:00.000Z',
    completed: 1,
    failed: 1,
    throughputPerMinute: 2 / 1_440,
    latencyP50Ms: 500,
    series: [
      { from: '2026-03-01T00:00:00.000Z', completed: 1, failed: 0, latencyP95Ms: 500 },
      { from: '2026-03-01T12:00:00.000Z', completed: 0, failed: 1, latencyP95Ms: 500 },
    ],
  });
  const { runStats: open } = await app.query(STATS, { range: { from: new Date(Date.now() - 3_600_000) } });
  expect(open).toMatchObject({ completed: 0, failed: 0 });
  expect(open.series).toHaveLength(60);
});

test.each([
  [{ from: '2026-03-02T00:00:00Z', to: '2026-03-01T00:00:00Z' }, 'range.from must be before range.to.'],
  [{ from: '2020-03-02T00:00:00Z' }, 'The range must be at most 366 days long.'],
  [
    { from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z', buckets: 0 },
    'range.buckets must be from 1 to 200.',
  ],
])('a range that cannot be read is rejected: %j', async (range, message) => {
  const { errors } = await app.ask(STATS, { range });
  expect(errors).toMatchObject([{ message, extensions: { code: 'BAD_REQUEST' } }]);
});
