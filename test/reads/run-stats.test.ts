import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readRunStats, statsQuery } from '../../src/reads/run-stats.ts';
import { statsRange } from '../../src/reads/stats-range.ts';
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

  it('cover a range in parts of the same length, from its start to before its end', async () => {
    const start = Date.UTC(2026, 2, 1, 10, 0, 0, 7);
    const range = statsRange(new Date(start), new Date(start + 90_000), 7);
    const ends = [-1, 0, 12_857, 12_858, 50_000, 89_999, 90_000].map((ms) => new Date(start + ms));
    const runs = ends.map((completedAt, index) =>
      storedRun({
        componentId,
        status: index % 2 === 0 ? 'FAILED' : 'COMPLETED',
        completedAt,
        runAt: new Date(completedAt.getTime() - index * 1_000),
      }),
    );
    await insertRuns(db.pool, runs);
    const stats = await readRunStats(db.pool, everyRun(), range);
    const within = runs.slice(1, -1);
    expect(stats).toMatchObject({ since: range.from, queued: 0, ...figures(within) });
    expect(stats.throughputPerMinute).toBeCloseTo(within.length / 1.5);
    expect(stats.series).toHaveLength(7);
    for (const bucket of stats.series) {
      const of = within.filter(
        ({ completedAt }) => completedAt! >= bucket.from && +completedAt! < +bucket.from + range.bucketMs,
      );
      expect(bucket).toMatchObject(figures(of));
    }
  });

  it('read only the newest runs of a range, and say since when the figures are complete', async () => {
    const end = Date.UTC(2026, 2, 2);
    const ended = [1, 2, 3, 4].map((hours) => new Date(end - hours * 3_600_000));
    await insertRuns(
      db.pool,
      ended.map((completedAt) =>
        storedRun({ componentId, status: 'COMPLETED', completedAt, runAt: completedAt }),
      ),
    );
    const range = statsRange(new Date(end - 86_400_000), new Date(end), 24);
    const { text, values } = statsQuery({}, range, 3);
    const [row] = (await db.pool.query(text, values)).rows;
    expect(row.endedSince).toEqual(ended[2]);
    expect(row.ended.find(({ from }: { from: string | null }) => from === null).completed).toBe(3);
  });

  it('are rejected for a range that is empty or too long, or too many parts', () => {
    const [from, to] = [new Date(0), new Date(60_000)];
    expect(() => statsRange(to, from, 1)).toThrow(/from must be before/);
    expect(() => statsRange(from, from, 1)).toThrow(/from must be before/);
    expect(() => statsRange(from, new Date(367 * 86_400_000), 1)).toThrow(/366 days/);
    for (const buckets of [0, -1, 201]) expect(() => statsRange(from, to, buckets)).toThrow(/1 to 200/);
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
