import type pg from 'pg';
import { type Repeated, repeatedly } from '../async/repeatedly.ts';
import type { Logger } from '../logger.ts';
import { LEASE_SECONDS } from '../runs/attempt/lease.ts';
import { sweep } from '../runs/upkeep/sweep.ts';

const SWEEP_MS = 1_000;

/** Sweeps every second in every worker; the database lets one at a time. `onChange` is called when it moved runs. */
export function startSweeper(pool: pg.Pool, queue: string, logger: Logger, onChange: () => void): Repeated {
  return repeatedly({ what: 'sweeping', logger, afterFailureMs: SWEEP_MS }, async () => {
    const swept = await sweep(pool, queue, LEASE_SECONDS);
    if (swept && swept.deadWorkers.length > 0)
      logger.warn(swept, 'workers declared dead; their runs were released');
    if (swept && swept.runsTaken > 0) onChange();
    return SWEEP_MS;
  });
}
