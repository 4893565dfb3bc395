import { parseArgs } from 'node:util';
import { INVARIANTS } from './invariants/all.ts';
import { seededRandom } from './random.ts';
import { writeReliabilityPage } from './reliability-page.ts';
import { printReport } from './report.ts';
import type { Scenario, Size } from './scenario.ts';
import { SCENARIOS } from './scenarios/all.ts';
import { startSystem } from './system.ts';
import { seconds, within } from './until.ts';
import type { Judged } from './verdict.ts';
import { judge } from './verdict.ts';

const USAGE = `Usage: npm run chaos -- [options]

  --smoke            small: all that fits into two minutes (default: full, up to twenty)
  --only <scenario>  this one alone; may be given more than once
  --seed <number>    repeats the choices of an earlier run
  --report           writes docs/reliability.md
  --keep             leaves the processes' logs and the database's folder where they are

Scenarios: ${SCENARIOS.map(({ name }) => name).join(', ')}`;

const { values: options } = parseArgs({
  options: {
    smoke: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    seed: { type: 'string' },
    report: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** What takes longer hangs, and is broken off: the others have their turn, and the whole comes to an end. */
const BREAKS_OFF_MS: Record<Size, number> = { smoke: 100_000, full: 420_000 };
/** Processes are killed long before. */
const CLOSED_WITHIN_MS = 40_000;

async function main(): Promise<number> {
  const unknown = options.only?.filter((name) => !SCENARIOS.some((scenario) => scenario.name === name)) ?? [];
  if (options.help || unknown.length > 0) {
    console.log(unknown.length > 0 ? `There is no scenario ${unknown.join(', ')}.\n\n${USAGE}` : USAGE);
    return options.help ? 0 : 2;
  }
  const size: Size = options.smoke ? 'smoke' : 'full';
  const seed = Number(options.seed ?? Math.floor(Math.random() * 1e9));
  console.log(`chaos, ${size}, --seed ${seed}`);
  const chosen = SCENARIOS.filter(({ name, sizes }) =>
    options.only ? options.only.includes(name) : sizes.includes(size),
  );
  const begun = performance.now();
  const waiting = [1, 2].map((lane) => chosen.filter((each) => each.lane === lane));
  const played = await playAll(waiting as [Scenario[], Scenario[]], size, seed);
  const judged = SCENARIOS.flatMap(({ name }) => played.filter(({ scenario }) => scenario === name));
  printReport(judged, INVARIANTS);
  const took = (performance.now() - begun) / 1_000;
  if (options.report) writeReliabilityPage({ judged, size, seed, seconds: took }, INVARIANTS);
  return judged.every(({ isPassed }) => isPassed) ? 0 : 1;
}

/** Two at a time, one of each lane; when a lane has no more, it takes over from the other. */
async function playAll([busy, idle]: [Scenario[], Scenario[]], size: Size, seed: number): Promise<Judged[]> {
  const judged: Judged[] = [];
  const playLane = async (own: Scenario[], others: Scenario[]) => {
    const take = () => own.shift() ?? others.shift();
    for (let next = take(); next; next = take()) judged.push(await play(next, size, seed));
  };
  await Promise.all([playLane(busy, idle), playLane(idle, busy)]);
  return judged;
}

/** A scenario that breaks off has failed, too. */
async function play(scenario: Scenario, size: Size, seed: number): Promise<Judged> {
  const begun = performance.now();
  let said = '';
  const say = (text: string) => {
    const since = ((performance.now() - begun) / 1_000).toFixed(1);
    said = text;
    console.log(`${since.padStart(7)} s  ${scenario.name}: ${text}`);
  };
  const opened = new AsyncDisposableStack();
  say(`${scenario.fault} (${scenario.load(size)})`);
  try {
    const played = scenario.run({
      size,
      seed,
      random: seededRandom(seed),
      say,
      defer: (close) => opened.defer(close),
      async open(systemOptions) {
        const system = await startSystem({ ...systemOptions, seed });
        if (opened.disposed) {
          await system.close(options.keep);
          throw new Error('the scenario was broken off meanwhile');
        }
        opened.defer(() => system.close(options.keep));
        if (options.keep) say(`logs and data are in ${system.folder}`);
        return system;
      },
    });
    const breaksOffMs = BREAKS_OFF_MS[size];
    const outcome = await within(
      played,
      breaksOffMs,
      () => `it was not over after ${seconds(breaksOffMs)}; the last it said was "${said}"`,
    );
    return judge(scenario, size, outcome, performance.now() - begun);
  } catch (error) {
    say(`breaks off: ${(error as Error).stack}`);
    return judge(scenario, size, error as Error, performance.now() - begun);
  } finally {
    await within(opened.disposeAsync(), CLOSED_WITHIN_MS, () => 'it was not closed in time').catch((error) =>
      say(`leaves something behind: ${error.message}`),
    );
  }
}

// A load beside a fault is awaited only after that: there its failure is told.
process.on('unhandledRejection', () => {});

// Processes that were started end with this one, which an ordinary end by a signal would leave behind.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
process.exitCode = await main();
process.exit();
