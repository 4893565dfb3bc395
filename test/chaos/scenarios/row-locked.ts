import { setTimeout as pause } from 'node:timers/promises';
import { exactly } from '../figures.ts';
import { inParallel } from '../load.ts';
import { asOwner } from '../postgres.ts';
import type { Scenario } from '../scenario.ts';
import { until } from '../until.ts';

/** Somebody's open transaction holds one run's row for longer than a lease. */
export const rowLocked: Scenario = {
  name: 'row-locked',
  fault: "a foreign transaction locks one run's row for 12 s",
  sizes: ['full'],
  lane: 2,
  load: () => '20 in flight, runner 2 s',
  async run({ open, say }) {
    const system = await open({ runner: { delayMs: 2_000 } });
    const { caller, host } = system;
    const componentId = await system.registerComponent('locked', { maxAttempts: 1 });
    await inParallel(20, 10, (n) => caller.enqueue(`locked-${n}`, { componentId }));
    await until(() => host.inFlight() === 20, '20 calls in flight', 10_000);
    const { runId } = host.calls.at(-1)!;
    let doneMeanwhile = 0;
    await asOwner(system.postgres.url, async (foreign) => {
      await foreign.query('begin');
      await foreign.query('select from journey_running where run_id = $1 for update', [runId]);
      say(`run ${runId} is locked`);
      await pause(LOCKED_MS);
      const [row] = await system.sql<{ done: number }>(
        `select count(*)::int as done from journey_run_outcomes where status = 'COMPLETED'`,
      );
      doneMeanwhile = row!.done;
      await foreign.query('commit');
    });
    await system.drained(20_000);
    const records = await system.finish();
    return {
      records,
      figures: [
        exactly('runs completed meanwhile', doneMeanwhile, 19),
        exactly(
          'runs completed in the end',
          records.runs.filter((run) => run.status === 'COMPLETED').length,
          20,
        ),
        exactly('runs taken', records.events.filter(({ type }) => type === 'WORKER_LOST').length, 0),
        exactly('calls', records.calls.length, 20),
      ],
    };
  },
};

const LOCKED_MS = 12_000;
