import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { exactly, told } from '../figures.ts';
import { inParallel } from '../load.ts';
import type { ManagedProcess } from '../managed-process.ts';
import { between } from '../random.ts';
import { bySize, type Scenario } from '../scenario.ts';

/** Of the way of a run through an API process, and through a worker. fault-preload.ts says how they are found. */
const API_POINTS = ['enqueue before', 'enqueue after', 'feed-ring before', 'feed-ring after'];
const DECLARES_DEAD = 'declare-dead after';
const WORKER_POINTS = [
  'get-jobs after',
  'claim-due before',
  'claim-due after',
  'claim-due with runs',
  'freeze before',
  'freeze after',
  'call before',
  'call sent',
  'call answered',
  'call read',
  'record before',
  'record after',
  'complete-jobs before',
  'complete-jobs after',
  DECLARES_DEAD,
  'commit before',
  'commit after',
  'feed-ring after',
];
const SMOKE_POINTS = [
  'enqueue after',
  'claim-due with runs',
  'call answered',
  'record after',
  'commit before',
];
const PRELOAD = fileURLToPath(new URL('../fault-preload.ts', import.meta.url));
const TRIES = 3;
const AT_ONCE = 3;

/** A process ends at a point of the way of a run, wherever that is. */
export const exitPoints: Scenario = {
  name: 'exit-points',
  fault: 'a process ends at each labelled point of the way of a run',
  sizes: ['smoke', 'full'],
  lane: 2,
  load: (size) =>
    bySize(
      size,
      `${SMOKE_POINTS.length} points, once`,
      `${API_POINTS.length + WORKER_POINTS.length} points, ${TRIES} times`,
    ),
  async run({ size, random, open, say }) {
    const system = await open({ apis: 1, workers: 1, runner: { delayMs: 50, failing: 0.1 }, batchSize: 5 });
    const { caller } = system;
    const isChosen = (point: string) => size === 'full' || SMOKE_POINTS.includes(point);
    const tries = [
      ...API_POINTS.filter(isChosen).map((point) => ({ command: 'api', point })),
      ...WORKER_POINTS.filter(isChosen).map((point) => ({ command: 'worker', point })),
    ].flatMap((each) => Array.from({ length: bySize(size, 1, TRIES) }, () => each));
    const componentId = await system.registerComponent('exit', { maxAttempts: 10 });
    await system.subscribe({ api: 0, name: 'watcher', count: 2 });

    let isDone = false;
    const load = inParallel(6, 6, async (lane) => {
      for (let n = 0; !isDone; n += 1) {
        await caller.enqueue(`exit-${lane}-${n}`, { componentId, inputPayload: { n } });
        await pause(100);
      }
    });
    const missed: string[] = [];
    await inParallel(tries.length, AT_ONCE, async (n) => {
      const { command, point } = tries[n]!;
      const needsDeaths = point === DECLARES_DEAD;
      const time = 1 + Math.floor(between(random, 0, 8));
      const label = `${point}@${needsDeaths ? 1 : time}`;
      const more = {
        nodeArgs: ['--import', PRELOAD],
        env: { CHAOS_EXIT_POINT: label },
        restarts: false,
      };
      const victim: ManagedProcess =
        command === 'api'
          ? await system.addApi(`api-${n}`, more)
          : await system.addWorker(`exits-${n}`, more);
      victim.expectEnd();
      const exited = victim.ended(needsDeaths ? SWEEPS_WITHIN_MS : EXITS_WITHIN_MS);
      if (needsDeaths) await killUntil(exited, system.workers[0]!);
      const isGone = await exited;
      if (!isGone) missed.push(label);
      say(`${label}: ${isGone ? victim.lives[0]!.exit : 'not reached'}`);
      await victim.stop();
      if (command === 'api') system.removeApi(victim);
    });
    isDone = true;
    await load;
    await system.drained(60_000);
    const records = await system.finish();
    return {
      records,
      figures: [
        exactly('runs', records.runs.length, system.enqueues.length),
        exactly(`points not reached${missed.length > 0 ? ` (${missed.join(', ')})` : ''}`, missed.length, 0),
        told('workers declared dead', String(records.deaths.length)),
      ],
    };
  },
};

const EXITS_WITHIN_MS = 30_000;
/** One of several workers sweeps for all, and which one is a matter of chance. */
const SWEEPS_WITHIN_MS = 120_000;
const KILL_EVERY_MS = 3_000;

/**
 * Kills the worker over and over. A sweep declares workers dead only if some are, and one worker sweeps for all: so the others
 * must die before the victim does that.
 */
async function killUntil(done: Promise<boolean>, worker: ManagedProcess): Promise<void> {
  while (!(await Promise.race([done.then(() => true), pause(KILL_EVERY_MS, false)])))
    if (worker.isReady()) await worker.end('SIGKILL');
}
