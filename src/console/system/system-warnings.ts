import { formatDuration } from '../parts/format.ts';

/** The figures of an installation that warnings are made of. */
export type SystemFigures = {
  now: string;
  feedLagMs: number;
  runner: { kind: 'ECHO' | 'HTTP' };
  workers: readonly unknown[];
  queues: readonly { name?: string | null; isServed: boolean; oldestDueSeconds?: number | null }[];
};

/** Something that needs attention: what it is, and what to do. */
export type SystemWarning = { title: string; todo: string };

/** A due run starts within a second while workers have room. */
const LATE_SECONDS = 60;
/** An event is sent within milliseconds, unless an older transaction holds it back. */
const LAG_MS = 5_000;
const CLOCK_MS = 10_000;

/**
 * The warnings about an installation, the gravest first.
 *
 * @param clock the time in the browser when the figures arrived
 */
export function systemWarnings(system: SystemFigures, clock: number): SystemWarning[] {
  const warnings: SystemWarning[] = [];
  if (system.workers.length === 0)
    warnings.push({
      title: 'No worker is running, so no run is executed.',
      todo: 'Start one with npm run worker, or npx journey-runtime worker where the package is installed. If one was running, its log says why it ended.',
    });
  for (const { name, isServed, oldestDueSeconds } of system.queues) {
    const queue = name ? `The queue ${name}` : 'The queue of older runs';
    const late = oldestDueSeconds ?? 0;
    if (!isServed && system.workers.length > 0)
      warnings.push({
        title: `${queue} has no worker.`,
        todo: `Start a worker with JOURNEY_RUNTIME_TASK_QUEUE=${name ?? 'journey-runtime'}.`,
      });
    else if (isServed && late > LATE_SECONDS)
      warnings.push({
        title: `${queue} is late: its oldest due run has waited for ${formatDuration(late * 1_000)}.`,
        todo: 'Start more workers, or raise JOURNEY_RUNTIME_BATCH_SIZE if the script host has room.',
      });
  }
  if (system.feedLagMs > LAG_MS)
    warnings.push({
      title: `Events of runs are held back for ${formatDuration(system.feedLagMs)}.`,
      todo: 'A transaction in the database has been open for that long: find it in pg_stat_activity and end it.',
    });
  if (system.runner.kind === 'ECHO')
    warnings.push({
      title: 'Scripts are not executed: the echo runner returns the inputs.',
      todo: 'Set JOURNEY_RUNTIME_RUNNER_URL to the address of your script host, and start the service again.',
    });
  const skew = Math.abs(clock - Date.parse(system.now));
  if (skew > CLOCK_MS)
    warnings.push({
      title: `The clock of this computer differs by ${formatDuration(skew)} from that of the database.`,
      todo: 'Set the clock of this computer by a time server. Until then, times such as “3 min ago” are wrong here.',
    });
  return warnings;
}
