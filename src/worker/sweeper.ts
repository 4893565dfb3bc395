import type pg from 'pg';
import { type Repeated, repeatedly } from '../async/repeatedly.ts';
import { thenRing } from '../feed/live/doorbell.ts';
import type { Logger } from '../logger.ts';
import { LEASE_SECONDS } from '../runs/attempt/lease.ts';
import { sweep } from '../runs/upkeep/sweep.ts';

const SWEEP_MS = 1_000;

/** Sweeps every second in every worker; the database allows one sweep at a time. */
export function startSweeper(pool: pg.Pool, queue: string, logger: Logger, ring: () => void): Repeated {
  return repeatedly({ what: 'sweeping', logger, afterFailureMs: SWEEP_MS }, async () => {
    const swept = await thenRing(
      ring,
      sweep(pool, queue, LEASE_SECONDS),
      (done) => !!done && done.runsTaken > 0,
    );
    if (swept && swept.deadWorkers.length > 0)
      logger.warn(swept, 'workers declared dead; their runs were released');
    return SWEEP_MS;
  });
}
