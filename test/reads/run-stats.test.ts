import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readRunStats } from '../../src/reads/run-stats.ts';
import type { RunStatus } from '../../src/runs/model/status.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { everyRun, insertRuns, type StoredRun, storedRun } from '../support/runs.ts';

const [componentId, otherId] = [randomUUID(), randomUUID()];
const MINUTE_MS = 60_000;

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(() =>
  db.pool.query('truncate journey_runs, journey_run_queue, journey_running, journey_run_outcomes'),
);

const ago = (ms: number) => new Date(Date.now() - ms);

describe('run stats', () => {
  it('are what a naive computation over the same runs gives', async () => {
    const ended = fc.record({
      status: fc.constantFrom<RunStatus>('COMPLETED', 'FAILED', 'CANCELED'),
      componentId: fc.constantFrom(componentId, otherId),
      completedAt: fc.integer({ min: 1_000, max: 90 * MINUTE_MS }).map(ago),
      latencyMs: fc.integer({ min: 0, max: 20_000 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(ended, { maxLength: 80 }),
        fc.nat({ max: 5 }),
        fc.nat({ max: 5 }),
        async (runs, queued, running) => {
          await db.pool.query(
            'truncate journey_runs, journey_run_queue, journey_running, journey_run_outcomes',
          );
          const stored = runs.map(({ latencyMs, ...run }) =>
            storedRun({ ...run, runAt: new Date(run.completedAt.getTime() - latencyMs) }),
          );
          const live = (count: number, status: RunStatus) =>
            Array.from({ length: count }, () => storedRun({ componentId, status }));
          await insertRuns(db.pool, [...stored, ...live(queued, 'QUEUED'), ...live(running, 'RUNNING')]);

          const stats = await readRunStats(db.pool, everyRun({ componentId: [componentId] }));
          const from = stats.series[0]!.from;
          const counted = stored.filter((run) => run.componentId === componentId && run.completedAt! >= from);
          expect(stats).toMatchObject({ queued, running, ...figures(counted) });
          const worked = counted.filter((run) => run.status !== 'CANCELED');
          expect(stats.throughputPerMinute).toBeCloseTo(worked.length / 60);
          expect(stats.series).toHaveLength(60);
          for (const [index, bucket] of stats.series.entries()) {
            expect(bucket.from.getTime()).toBe(from.getTime() + index * MINUTE_MS);
            const until = bucket.from.getTime() + MINUTE_MS;
            const within = counted.filter(
              (run) => run.completedAt! >= bucket.from && run.completedAt!.getTime() < until,
            );
            expect(bucket).toMatchObject(figures(within));
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('are zeros and nulls, with sixty empty minutes, while there is nothing', async () => {
    const stats = await readRunStats(db.pool, everyRun());
    expect(stats).toMatchObject({
      queued: 0,
      running: 0,
      oldestQueuedSeconds: null,
      throughputPerMinute: 0,
      ...figures([]),
    });
    expect(stats.series).toHaveLength(60);
    expect(stats.series.at(-1)!.from.getTime()).toBeGreaterThan(Date.now() - 2 * MINUTE_MS);
  });

  it('tell how long the oldest due run has waited, and leave out those that are not due', async () => {
    const waits = (runAt: Date) => storedRun({ componentId, queuedAt: ago(900_000), runAt });
    await insertRuns(db.pool, [waits(new Date(Date.now() + 600_000))]);
    expect((await readRunStats(db.pool, everyRun())).oldestQueuedSeconds).toBeNull();

    await insertRuns(db.pool, [waits(ago(30_000)), waits(ago(90_000))]);
    const { oldestQueuedSeconds, queued } = await readRunStats(db.pool, everyRun());
    expect(queued).toBe(3);
    expect(oldestQueuedSeconds).toBeGreaterThanOrEqual(90);
    expect(oldestQueuedSeconds).toBeLessThan(100);
  });
});

function figures(runs: readonly StoredRun[]) {
  const count = (status: RunStatus) => runs.filter((run) => run.status === status).length;
  const latencies = runs
    .filter((run) => run.status !== 'CANCELED')
    .map((run) => run.completedAt!.getTime() - run.runAt.getTime())
    .sort((a, b) => a - b);
  return {
    completed: count('COMPLETED'),
    failed: count('FAILED'),
    canceled: count('CANCELED'),
    latencyP50Ms: percentile(latencies, 0.5),
    latencyP95Ms: percentile(latencies, 0.95),
  };
}

/** With linear interpolation, as percentile_cont does it. */
function percentile(sorted: readonly number[], fraction: number) {
  if (sorted.length === 0) return null;
  const place = (sorted.length - 1) * fraction;
  const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return expect.closeTo(below + (above - below) * (place - Math.floor(place)), 3);
}
