import type pg from 'pg';
import { createFailureLog, type Logger } from '../logger.ts';
import { rowsOf, statement } from './statement.ts';

/**
 * The database's clock as measured by this process, in milliseconds since 1970. Ids and comparisons use it instead of
 * the host's clock, which may be wrong, so that all hosts of a database agree. Between measurements it advances by
 * the monotonic clock; before the first it is the host's clock.
 */
export function databaseNow(): number {
  const now = timeAt(performance.now());
  // A small backward correction must not give a new id an earlier time than the last one. A larger one means that the
  // database's clock was set back, and is followed.
  latest = now < latest && latest - now < CORRECTION_MS ? latest : now;
  return latest;
}

let measured: { time: number; at: number } | null = null;
let latest = 0;

const timeAt = (at: number): number => (measured ? measured.time + (at - measured.at) : Date.now());

export type ClockKeeper = { stop: () => Promise<void> };

/** Measures the database's clock now, and periodically until stopped. Logs a warning if the host's clock is wrong. */
export async function syncClock(pool: pg.Pool, logger: Logger): Promise<ClockKeeper> {
  const failures = createFailureLog("measuring the database's clock", logger);
  let isStopped = false;
  let measuring = Promise.resolve();

  async function measure(): Promise<void> {
    try {
      const reads = [await readClock(pool), await readClock(pool), await readClock(pool)];
      measured = reads.reduce((best, one) => (one.uncertainty < best.uncertainty ? one : best));
      failures.worked();
    } catch (error) {
      if (!isStopped) failures.failed(error);
    }
  }

  await measure();
  const aheadMs = Math.round(Date.now() - timeAt(performance.now()));
  if (Math.abs(aheadMs) > WORTH_A_WARNING_MS)
    logger.warn(
      { aheadMs },
      "this host's clock differs from the database's. Runs are ordered and filtered by the database's clock; correct the host's clock for logs and other programs",
    );
  const timer = setInterval(() => {
    measuring = measure();
  }, MEASURE_EVERY_MS);
  timer.unref();
  return {
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await measuring;
    },
  };
}

async function readClock(pool: pg.Pool): Promise<{ time: number; at: number; uncertainty: number }> {
  const requestedAt = performance.now();
  const [read] = await rowsOf(pool, CLOCK);
  const answeredAt = performance.now();
  return { time: read!.ms, at: (requestedAt + answeredAt) / 2, uncertainty: answeredAt - requestedAt };
}

const CLOCK = statement({
  name: 'database-clock',
  text: 'select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms',
  columns: { ms: 'float8' },
});

const MEASURE_EVERY_MS = 30_000;
const CORRECTION_MS = 1_000;
const WORTH_A_WARNING_MS = 1_000;
