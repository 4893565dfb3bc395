import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Invariant } from './invariants/invariant.ts';
import type { Size } from './scenario.ts';
import type { Judged } from './verdict.ts';

const SHOWN_AT_MOST = 5;

/** Each invariant with its violations over all scenarios, then each scenario with its figures. */
export function printReport(judged: readonly Judged[], invariants: readonly Invariant[]): void {
  console.log('\nInvariants, and their violations:');
  for (const { name } of invariants) {
    const found = judged.flatMap(({ scenario, violations }) =>
      (violations.get(name) ?? []).map((text) => `${scenario}: ${text}`),
    );
    console.log(`  ${found.length === 0 ? 'ok  ' : 'FAIL'} ${String(found.length).padStart(5)}  ${name}`);
    for (const text of found.slice(0, SHOWN_AT_MOST)) console.log(`               ${text}`);
    if (found.length > SHOWN_AT_MOST)
      console.log(`               … and ${found.length - SHOWN_AT_MOST} more`);
  }
  console.log('\nFigures:');
  for (const { scenario, figures, isPassed, brokeOff, seconds } of judged) {
    console.log(`  ${isPassed ? 'ok  ' : 'FAIL'} ${scenario} (${seconds.toFixed(0)} s)`);
    if (brokeOff) console.log(`         broke off: ${brokeOff}`);
    for (const { what, reached, promised, isReached } of figures)
      console.log(
        `    ${isReached ? '    ' : 'MISS'} ${what}: ${reached}${promised && ` (promised: ${promised})`}`,
      );
  }
  const failed = judged.filter(({ isPassed }) => !isPassed).length;
  console.log(failed === 0 ? '\nThe promise held.' : `\n${failed} of ${judged.length} scenarios failed.`);
}

const REPORT = fileURLToPath(new URL('../../docs/reliability.md', import.meta.url));

export function writeReport(
  judged: readonly Judged[],
  invariants: readonly Invariant[],
  size: Size,
  seed: number,
): void {
  mkdirSync(dirname(REPORT), { recursive: true });
  writeFileSync(REPORT, reportText(judged, invariants, size, seed));
}

/** docs/reliability.md, as Markdown. */
export function reportText(
  judged: readonly Judged[],
  invariants: readonly Invariant[],
  size: Size,
  seed: number,
): string {
  const command = `npm run chaos -- ${size === 'smoke' ? '--smoke ' : ''}--seed ${seed} --report`;
  const rows = judged.map(({ scenario, fault, load, figures, violations, isPassed, brokeOff }) => {
    const broken = [...violations.values()].reduce((sum, found) => sum + found.length, 0);
    const reached = figures
      .map(({ what, reached, promised }) => `${what}: ${reached}${promised && ` (${promised})`}`)
      .join('<br>');
    return `| ${scenario} | ${fault}; ${load} | ${brokeOff ?? reached} | ${broken} | ${isPassed ? 'held' : '**failed**'} |`;
  });
  const counts = invariants.map(({ name }) => {
    const found = judged.reduce((sum, { violations }) => sum + (violations.get(name)?.length ?? 0), 0);
    return `| ${name} | ${found} |`;
  });
  return `# Reliability

What README.md promises, tried by force. This page is written by

\`\`\`sh
${command}
\`\`\`

on ${new Date().toISOString().slice(0, 10)}, on ${cpus().length} cores, with a PostgreSQL of its own (fsync on), two API
processes, three workers and a script host that logs every call. A checker then judges what was recorded: the tables, the
script host's log, the subscribers' lists. test/chaos holds the program, a file a scenario and a function an invariant.

## Faults and figures

In brackets: what is promised.

| scenario | fault and load | reached | violations | |
|---|---|---|---|---|
${rows.join('\n')}

## Invariants

Violations over all scenarios above.

| what must not be | violations |
|---|---|
${counts.join('\n')}
`;
}
