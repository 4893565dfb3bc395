import type pg from 'pg';
import { type Repeated, repeatedly } from '../async/repeatedly.ts';
import { thenRing } from '../feed/live/doorbell.ts';
import type { Logger } from '../logger.ts';
import { LEASE_SECONDS } from '../runs/attempt/lease.ts';
import { sweep, takeSweepTurn } from '../runs/upkeep/sweep.ts';
import { instruments } from '../telemetry/instruments.ts';

const SWEEP_MS = 1_000;
/** How often a sweep looks at all running runs. */
const ALL_EVERY = 5;

/** Sweeps every second, in one of all workers of the database. */
export function startSweeper(pool: pg.Pool, logger: Logger, ring: () => void): Repeated {
  // A counter that was never added to has no value, which an alert on its growth would miss.
  instruments()?.workersDead.add(0);
  instruments()?.runsLost.add(0);
  let sweeps = 0;
  return repeatedly({ what: 'sweeping', logger, afterFailureMs: SWEEP_MS }, async () => {
    sweeps += 1;
    const looksAtAll = sweeps % ALL_EVERY === 0;
    const isNeeded = await takeSweepTurn(pool, looksAtAll);
    if (!isNeeded) return SWEEP_MS;
    const swept = await thenRing(
      ring,
      sweep(pool, LEASE_SECONDS, looksAtAll),
      (done) => !!done && done.runsTaken > 0,
    );
    if (swept) {
      instruments()?.workersDead.add(swept.deadWorkers.length);
      instruments()?.runsLost.add(swept.runsTaken);
    }
    if (swept && swept.deadWorkers.length > 0)
      logger.warn(swept, 'workers declared dead; their runs were released');
    return SWEEP_MS;
  });
}
