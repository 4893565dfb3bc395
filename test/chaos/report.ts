import type { Invariant } from './invariants/invariant.ts';
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
