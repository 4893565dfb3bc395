import { mkdtempSync, rmSync } from 'node:fs';
import { setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startPostgres } from '../chaos/postgres.ts';
import { seededRandom } from '../chaos/random.ts';
import { type ApiProcess, startApi } from './api-process.ts';
import type { Attack, Size } from './attack.ts';
import { GUARDED_ATTACKS, OPEN_ATTACKS } from './attacks.ts';
import { type Calm, watchCalm } from './calm-client.ts';
import { type GuardedSystem, startGuardedSystem } from './guarded/guarded-system.ts';
import { type LoopDelay, longest, NO_DELAY } from './loop-probe.ts';

const NAMES = [...OPEN_ATTACKS, ...GUARDED_ATTACKS].map(({ name }) => name);
const USAGE = `Usage: npm run abuse -- [options]

  --smoke          small: all that fits into a minute
  --only <attack>  this one alone; may be given more than once
  --seed <number>  repeats the choices of an earlier run

Attacks: ${NAMES.join(', ')}`;

const { values: options } = parseArgs({
  options: {
    smoke: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    seed: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const size: Size = options.smoke ? 'smoke' : 'full';
const seed = Number(options.seed ?? Math.floor(Math.random() * 1e9));

/** The heap of an API process, with which it must survive. */
const HEAP_MIB = 768;
const MEMORY_AT_MOST_MIB = 1_200;
/** The time for which the API's process may hold its event loop. */
const OWN_DELAY_AT_MOST_MS = 50;
/**
 * The calm client's p99, as a multiple of its own without an attack; shorter ones than this count as this. The smoke
 * run prints times without judging them, since it shares a busy machine.
 */
const SLOWER_AT_MOST = 3;
const SHORTEST_MS = 50;
const ALONE_MS: Record<Size, number> = { smoke: 1_000, full: 10_000 };
/** The attackers leave the processors to the service, as clients on other machines do. */
const NICE = 10;

async function main(): Promise<number> {
  const unknown = options.only?.filter((name) => !NAMES.includes(name)) ?? [];
  if (options.help || unknown.length > 0) {
    console.log(unknown.length > 0 ? `There is no attack ${unknown.join(', ')}.\n\n${USAGE}` : USAGE);
    return options.help ? 0 : 2;
  }
  console.log(`abuse, ${size}, --seed ${seed}`);
  const folder = mkdtempSync(join(tmpdir(), 'journey-runtime-abuse-'));
  const postgres = await startPostgres(folder, {});
  try {
    const isChosen = ({ name }: { name: string }) => options.only?.includes(name) ?? true;
    const violations = [
      ...(await attackOpen(postgres.url, OPEN_ATTACKS.filter(isChosen))),
      ...(await attackGuarded(postgres.url, GUARDED_ATTACKS.filter(isChosen))),
    ];
    console.log(
      `\n${NAMES.filter((name) => isChosen({ name })).length} attacks, ${violations.length} violations`,
    );
    return violations.length === 0 ? 0 : 1;
  } finally {
    await postgres.stop('fast');
    rmSync(folder, { recursive: true });
  }
}

async function attackOpen(url: string, attacks: readonly Attack[]): Promise<string[]> {
  if (attacks.length === 0) return [];
  const start = () => startApi(url, { NODE_OPTIONS: `--max-old-space-size=${HEAP_MIB}` });
  let api = await start();
  const alone = await calmAlone(api);
  setPriority(NICE);
  const violations: string[] = [];
  for (const attack of attacks) {
    const delays: LoopDelay[] = [];
    const delayed = (delay: LoopDelay) => delays.push(delay);
    const context = { api, size, random: seededRandom(seed), delayed };
    violations.push(...(await attackOnce(attack, context, { api, alone, delays })));
    if (api.exit() !== null) api = await start();
  }
  await api.stop();
  return violations;
}

async function attackGuarded(
  url: string,
  attacks: readonly Attack<GuardedSystem & { size: Size; seed: number }>[],
): Promise<string[]> {
  if (attacks.length === 0) return [];
  const system = await startGuardedSystem(url, HEAP_MIB);
  const { api, keys } = system;
  const alone = await calmAlone(api, keys.VIEWER);
  const violations: string[] = [];
  for (const attack of attacks)
    violations.push(
      ...(await attackOnce(attack, { ...system, size, seed }, { api, alone, key: keys.VIEWER, delays: [] })),
    );
  await system.stop();
  return violations;
}

async function calmAlone(api: ApiProcess, key?: string): Promise<Calm> {
  // The first requests load and compile the code.
  await watchCalm(api, () => pause(ALONE_MS.smoke), key);
  const alone = await watchCalm(api, () => pause(ALONE_MS[size]), key);
  console.log(`calm client alone: ${described(alone)}`);
  return alone;
}

type Watched = { api: ApiProcess; alone: Calm; key?: string; delays: readonly LoopDelay[] };

/** Attacks once, with the calm client beside; prints what came of it, and returns the violations. */
async function attackOnce<Context>(
  { name, tries, run }: Attack<Context>,
  context: Context,
  { api, alone, key, delays }: Watched,
): Promise<string[]> {
  const errorsBefore = api.errorLines().length;
  let failure: string | null = null;
  const failed = (error: Error) => {
    failure = error.message;
    return undefined;
  };
  let remark: string | undefined | (() => string);
  await api.loopDelay();
  const calm = await watchCalm(
    api,
    async () => {
      remark = await run(context).catch(failed);
    },
    key,
  );
  if (typeof remark === 'function') remark = await Promise.try(remark).catch(failed);
  const exit = api.exit();
  const rssMiB = exit === null ? api.rssMiB() : 0;
  const { delayMs, ownMs } =
    exit === null ? [...delays, await api.loopDelay()].reduce(longest, NO_DELAY) : NO_DELAY;
  const slowestAllowed = SLOWER_AT_MOST * Math.max(alone.p99, SHORTEST_MS);
  const isFull = size === 'full';
  const violations = [
    exit === null ? [] : `the API ended: ${exit}`,
    failure ?? [],
    api.errorLines().slice(errorsBefore, errorsBefore + 3),
    calm.failures.slice(0, 3).map((answer) => `the calm client got: ${answer}`),
    isFull && calm.p99 > slowestAllowed
      ? `the calm client's p99 is over ${Math.round(slowestAllowed)} ms`
      : [],
    isFull && ownMs > OWN_DELAY_AT_MOST_MS
      ? `the API held its event loop for over ${OWN_DELAY_AT_MOST_MS} ms`
      : [],
    rssMiB > MEMORY_AT_MOST_MIB ? `the API takes over ${MEMORY_AT_MOST_MIB} MiB` : [],
  ].flat();
  console.log(`${violations.length === 0 ? 'held  ' : 'FAILED'} ${name}: ${tries}`);
  console.log(
    `       ${described(calm)}; delay ${delayMs.toFixed(0)} ms, own ${ownMs.toFixed(0)} ms; ${Math.round(rssMiB)} MiB`,
  );
  if (remark) console.log(`       ${remark}`);
  for (const violation of violations) console.log(`       ${violation}`);
  return violations;
}

const described = ({ count, p50, p99, worst, failures }: Calm): string =>
  `${count} requests, p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, worst ${worst.toFixed(0)} ms, ${failures.length} failures`;

process.exitCode = await main();
