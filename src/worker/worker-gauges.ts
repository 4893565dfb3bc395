import type pg from 'pg';
import { gauge } from '../telemetry/instruments.ts';
import { addPoolGauges } from '../telemetry/pool-gauges.ts';
import type { Worker } from './worker.ts';

export type WorkerGauges = {
  slots: number;
  /** The number of runs that the worker executes now. */
  used: () => number;
  isLeaseHeld: () => boolean;
  readiness: Worker['readiness'];
  pools: Readonly<Record<string, pg.Pool>>;
};

/** Registers the gauges of a worker process. */
export function addWorkerGauges({ slots, used, isLeaseHeld, readiness, pools }: WorkerGauges): void {
  gauge('journey_ready', 'Whether each check of /readyz is ok.', async () => {
    const { checks } = await readiness();
    return Object.entries(checks).map(([check, state]) => ({
      value: state === 'ok' ? 1 : 0,
      attributes: { check },
    }));
  });
  gauge('journey_worker_slots', 'Runs that the worker executes at once at most.', () => [{ value: slots }]);
  gauge('journey_worker_slots_used', 'Runs that the worker executes now.', () => [{ value: used() }]);
  gauge('journey_worker_lease_held', 'Whether the worker has the right to its runs.', () => [
    { value: isLeaseHeld() ? 1 : 0 },
  ]);
  addPoolGauges(pools);
}
