import { cpuMs } from './cpu.ts';
import { median } from './median.ts';
import type { Bench } from './row.ts';

/** What one turn measured, by name: rate, p50, count … */
export type Sample = Record<string, number>;
export type Side = () => Promise<Sample>;

export type Compared = {
  /** The median, over the turns, of one side's value divided by another's, taken side by side: of the first by the second. */
  ratio(measure: string, side?: string, ours?: string): number;
  /** The median over the turns of one side. */
  of(side: string, measure: string): number;
};

/**
 * Measures the sides turn by turn, A B A B, so that whatever else the machine does meets all of them. The first turn of
 * each warms up and does not count. Adds to each sample the CPU milliseconds of all processes, PostgreSQL and the load
 * included, for each of its `count`.
 */
export async function takeTurns({ turns, cluster }: Bench, sides: Record<string, Side>): Promise<Compared> {
  const names = Object.keys(sides);
  const samples = new Map<string, Sample[]>(names.map((name) => [name, []]));
  for (let turn = 0; turn <= turns; turn += 1) {
    for (const name of names) {
      await cluster.checkpoint();
      const before = cpuMs([process.pid]);
      const sample = await sides[name]!();
      const cpu = (cpuMs([process.pid]) - before) / (sample.count ?? 1);
      if (turn > 0) samples.get(name)!.push({ cpu, ...sample });
    }
  }
  const values = (side: string, measure: string) => samples.get(side)!.map((sample) => sample[measure]!);
  for (const name of names) console.error(`  ${name}: ${summary(samples.get(name)!)}`);
  return {
    of: (side, measure) => median(values(side, measure)),
    ratio(measure, side = names[1]!, ours = names[0]!) {
      const theirs = values(side, measure);
      return median(values(ours, measure).map((value, turn) => value / theirs[turn]!));
    },
  };
}

const summary = (samples: readonly Sample[]): string =>
  Object.keys(samples[0] ?? {})
    .map((measure) => `${measure} ${median(samples.map((sample) => sample[measure]!)).toPrecision(4)}`)
    .join(', ');
