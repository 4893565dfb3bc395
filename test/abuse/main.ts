import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startPostgres } from '../chaos/postgres.ts';
import { seededRandom } from '../chaos/random.ts';
import { startApi } from './api-process.ts';
import type { Attack, Size } from './attack.ts';
import { ATTACKS } from './attacks.ts';
import { type Calm, watchCalm } from './calm-client.ts';

const USAGE = `Usage: npm run abuse -- [options]

  --smoke          small: all that fits into two minutes
  --only <attack>  this one alone; may be given more than once
  --seed <number>  repeats the choices of an earlier run

Attacks: ${ATTACKS.map(({ name }) => name).join(', ')}`;

const { values: options } = parseArgs({
  options: {
    smoke: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    seed: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

/** The heap of the API process, with which it must survive. */
const HEAP_MIB = 768;
const MEMORY_AT_MOST_MIB = 1_200;
/**
 * The calm client's p99, as a multiple of its own without an attack; shorter ones than this count as this. The smoke
 * run prints times without judging them, since it shares a busy machine.
 */
const SLOWER_AT_MOST = 3;
const SHORTEST_MS = 50;
const ALONE_MS: Record<Size, number> = { smoke: 2_000, full: 10_000 };

type Verdict = { name: string; calm: Calm; rssMiB: number; violations: string[] };

async function main(): Promise<number> {
  const unknown = options.only?.filter((name) => !ATTACKS.some((attack) => attack.name === name)) ?? [];
  if (options.help || unknown.length > 0) {
    console.log(unknown.length > 0 ? `There is no attack ${unknown.join(', ')}.\n\n${USAGE}` : USAGE);
    return options.help ? 0 : 2;
  }
  const size: Size = options.smoke ? 'smoke' : 'full';
  const seed = Number(options.seed ?? Math.floor(Math.random() * 1e9));
  console.log(`abuse, ${size}, --seed ${seed}`);
  const folder = mkdtempSync(join(tmpdir(), 'journey-runtime-abuse-'));
  const postgres = await startPostgres(folder, {});
  try {
    const chosen = ATTACKS.filter(({ name }) => options.only?.includes(name) ?? true);
    const verdicts = await attackAll(postgres.url, chosen, size, seed);
    const violations = verdicts.flatMap((verdict) => verdict.violations);
    console.log(`\n${verdicts.length} attacks, ${violations.length} violations`);
    return violations.length === 0 ? 0 : 1;
  } finally {
    await postgres.stop('fast');
    rmSync(folder, { recursive: true });
  }
}

async function attackAll(url: string, attacks: Attack[], size: Size, seed: number): Promise<Verdict[]> {
  let api = await startApi(url, HEAP_MIB);
  // The first requests load and compile the code.
  await watchCalm(api, () => pause(ALONE_MS.smoke));
  const alone = await watchCalm(api, () => pause(ALONE_MS[size]));
  console.log(`calm client alone: ${described(alone)}`);
  const verdicts: Verdict[] = [];
  for (const attack of attacks) {
    const errorsBefore = api.errorLines().length;
    let failure: string | null = null;
    const calm = await watchCalm(api, () =>
      attack.run({ api, size, random: seededRandom(seed) }).catch((error: Error) => {
        failure = error.message;
      }),
    );
    const exit = api.exit();
    const rssMiB = exit === null ? api.rssMiB() : 0;
    const slowestAllowed = SLOWER_AT_MOST * Math.max(alone.p99, SHORTEST_MS);
    const violations = [
      exit === null ? [] : `the API ended: ${exit}`,
      failure ?? [],
      api.errorLines().slice(errorsBefore, errorsBefore + 3),
      calm.failures.slice(0, 3).map((answer) => `the calm client got: ${answer}`),
      size === 'full' && calm.p99 > slowestAllowed
        ? `the calm client's p99 is over ${Math.round(slowestAllowed)} ms`
        : [],
      rssMiB > MEMORY_AT_MOST_MIB ? `the API takes over ${MEMORY_AT_MOST_MIB} MiB` : [],
    ].flat();
    verdicts.push({ name: attack.name, calm, rssMiB, violations });
    console.log(`${violations.length === 0 ? 'held  ' : 'FAILED'} ${attack.name}: ${attack.tries}`);
    console.log(`       ${described(calm)}; ${Math.round(rssMiB)} MiB`);
    for (const violation of violations) console.log(`       ${violation}`);
    if (exit !== null) api = await startApi(url, HEAP_MIB);
  }
  await api.stop();
  return verdicts;
}

const described = ({ count, p50, p99, worst, failures }: Calm): string =>
  `${count} requests, p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, worst ${worst.toFixed(0)} ms, ${failures.length} failures`;

process.exitCode = await main();
