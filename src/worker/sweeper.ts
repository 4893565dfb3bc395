import type pg from 'pg';
import { type Logger, troublesOf } from '../logger.ts';
import { sweep } from '../runs/sweep.ts';
import { LEASE_SECONDS } from './lease.ts';
import { type Repeated, repeatedly } from './repeatedly.ts';

const SWEEP_MS = 1_000;
/** Longer than this between two sweeps, and this process or the database was away: leases may have run out for that alone. */
const MAX_GAP_MS = 3_000;

/** Sweeps every second in every worker; the database lets one at a time. `onChange` is called when it moved runs. */
export function startSweeper(pool: pg.Pool, task: string, logger: Logger, onChange: () => void): Repeated {
  let sweptAt = Number.NEGATIVE_INFINITY;
  /** Until then no worker is declared dead: living ones need a full lease to be heard again after an outage. */
  let graceUntil = 0;
  const troubles = troublesOf('sweeping', logger);

  function mayDeclareDead(): boolean {
    const now = performance.now();
    if (now - sweptAt > MAX_GAP_MS) graceUntil = now + LEASE_SECONDS * 1_000;
    return now >= graceUntil;
  }

  async function sweepOnce(): Promise<number> {
    const swept = await sweep(pool, task, mayDeclareDead);
    sweptAt = performance.now();
    troubles.worked();
    if (swept && swept.deadWorkers.length > 0) logger.warn(swept, 'workers declared dead, their runs taken');
    if (swept && swept.runsTaken > 0) onChange();
    return SWEEP_MS;
  }

  return repeatedly(sweepOnce, (error) => {
    troubles.failed(error);
    return SWEEP_MS;
  });
}
