import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Invariant } from './invariants/invariant.ts';
import type { Size } from './scenario.ts';
import type { Judged } from './verdict.ts';

const FILE = fileURLToPath(new URL('../../docs/reliability.md', import.meta.url));

/** What was played, and how long that took. */
export type Play = { judged: readonly Judged[]; size: Size; seed: number; seconds: number };

/** Writes docs/reliability.md. */
export function writeReliabilityPage(play: Play, invariants: readonly Invariant[]): void {
  mkdirSync(dirname(FILE), { recursive: true });
  writeFileSync(FILE, reliabilityPage(play, invariants));
}

/** The page, as Markdown: what was done to the service, what was promised for that, and what was reached. */
export function reliabilityPage(
  { judged, size, seed, seconds }: Play,
  invariants: readonly Invariant[],
): string {
  const options = `${size === 'smoke' ? '--smoke ' : ''}--seed ${seed} --report`;
  const figures = judged.flatMap((each) => each.figures);
  const promised = figures.filter((figure) => figure.promised !== '');
  const missed = promised.filter(({ isReached }) => !isReached).length;
  const brokeOff = judged.filter((each) => each.brokeOff !== null).length;
  const violations = judged.reduce((sum, each) => sum + violationsIn(each), 0);
  return `# Reliability

[The promise](../README.md#the-promise), tested with injected faults. **${judged.length} scenarios: ${violations} violations,
${promised.length - missed} of ${promised.length} promised figures reached, ${brokeOff} broken off.** Written by

\`\`\`sh
npm run chaos -- ${options}
\`\`\`

in ${Math.ceil(seconds / 60)} minutes, ${new Date().toISOString().slice(0, 10)}, on ${machine()}, two scenarios at a time.

## How it is tested

A scenario starts a PostgreSQL of its own (fsync on), two API processes, three workers and a script host, unless it says
otherwise, and applies one fault to them while callers enqueue runs. Callers do as they should: they repeat an enqueue with its
idempotency key until it is answered. Subscribers resume with their last cursor.

The check does not rely on the service's own reports. A checker reads what was recorded: the tables, with each change of a run
(a trigger notes it), the script host's log of every call with its Idempotency-Key, the answer to every enqueue, and each
subscriber's list of events. It looks for violations of the ${invariants.length} invariants below, in each scenario for all of them. That it finds
them is tested: test/chaos/invariants.test.ts gives it records with one fault each.

The seed fixes which process is hit and when; a machine's timing is never the same. \`npm run chaos -- --only workers-killed\`
plays one scenario, \`--smoke\` small sizes of half of them, as CI does, where a missed figure is reported but does not fail.

## Faults and figures

"Promised" is what must be reached; a figure without it only reports what happened.

| scenario | measured | reached | promised |
|---|---|---|---|
${judged.map(rowsOf).join('\n')}

## Invariants

What must never happen, and how often it was found in all scenarios together.

| violation | found |
|---|---|
${invariants.map(({ name }) => `| ${name} | ${judged.reduce((sum, each) => sum + foundOf(each, name), 0)} |`).join('\n')}
`;
}

function rowsOf(each: Judged): string {
  const { scenario, fault, load, brokeOff, figures, seconds } = each;
  const title = `**${scenario}**: ${fault}; ${load}`;
  if (brokeOff !== null) return `| ${title} | **broke off**: ${brokeOff.split('\n')[0]} | | |`;
  const first = `| ${title} | violations, in ${Math.round(seconds)} s | ${mark(violationsIn(each), violationsIn(each) === 0)} | 0 |`;
  const rest = figures.map(
    ({ what, reached, promised, isReached }) => `| | ${what} | ${mark(reached, isReached)} | ${promised} |`,
  );
  return [first, ...rest].join('\n');
}

const mark = (value: string | number, isGood: boolean): string =>
  isGood ? `${value}` : `**${value}, missed**`;
const foundOf = ({ violations }: Judged, name: string): number => violations.get(name)?.length ?? 0;
const violationsIn = ({ violations }: Judged): number =>
  [...violations.values()].reduce((sum, found) => sum + found.length, 0);

function machine(): string {
  const cores = cpus();
  return `${cores.length} cores (${cores[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`;
}
