import type pg from 'pg';
import { type Logger, troublesOf } from '../logger.ts';
import { sweep } from '../runs/sweep.ts';
import { LEASE_SECONDS } from './lease.ts';
import { type Repeated, repeatedly } from './repeatedly.ts';

const SWEEP_MS = 1_000;

/** Sweeps every second in every worker; the database lets one at a time. `onChange` is called when it moved runs. */
export function startSweeper(pool: pg.Pool, task: string, logger: Logger, onChange: () => void): Repeated {
  const troubles = troublesOf('sweeping', logger);

  async function sweepOnce(): Promise<number> {
    const swept = await sweep(pool, task, LEASE_SECONDS);
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
