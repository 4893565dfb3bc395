import type pg from 'pg';
import type { Logger } from '../logger.ts';
import { sweep } from '../runs/sweep.ts';
import { LEASE_SECONDS } from './lease.ts';

const SWEEP_MS = 1_000;
/** Longer than this between two sweeps, and this process or the database was away: leases may have run out for that alone. */
const MAX_GAP_MS = 3_000;

export type Sweeper = { stop: () => Promise<void> };

/** Sweeps every second in every worker; the database lets one at a time. `onChange` is called when it moved runs. */
export function startSweeper(pool: pg.Pool, task: string, logger: Logger, onChange: () => void): Sweeper {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let sweptAt = Number.NEGATIVE_INFINITY;
  /** Until then no worker is declared dead: living ones need a full lease to be heard again after an outage. */
  let graceUntil = 0;
  let running = tick();

  function mayDeclareDead(): boolean {
    const now = performance.now();
    if (now - sweptAt > MAX_GAP_MS) graceUntil = now + LEASE_SECONDS * 1_000;
    return now >= graceUntil;
  }

  async function tick(): Promise<void> {
    try {
      const swept = await sweep(pool, task, mayDeclareDead);
      sweptAt = performance.now();
      if (swept && swept.deadWorkers.length > 0)
        logger.warn(swept, 'workers declared dead, their runs taken');
      if (swept && swept.runsTaken > 0) onChange();
    } catch (error) {
      logger.warn({ err: error }, 'a sweep failed; it is repeated');
    }
    if (!stopped) {
      timer = setTimeout(() => {
        running = tick();
      }, SWEEP_MS);
    }
  }

  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
