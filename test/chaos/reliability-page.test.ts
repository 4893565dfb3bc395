import { expect, test } from 'vitest';
import { reliabilityPage } from './reliability-page.ts';
import type { Judged } from './verdict.ts';

const INVARIANT = { name: 'a run that is missing', violations: () => [] };

const judged = (given: Partial<Judged>): Judged => ({
  scenario: 'workers-killed',
  fault: 'kill -9',
  load: '600 runs',
  seconds: 12,
  violations: new Map([[INVARIANT.name, []]]),
  figures: [{ what: 'runs', reached: '600', promised: '600', isReached: true }],
  brokeOff: null,
  isPassed: true,
  ...given,
});
const pageOf = (...each: Judged[]) =>
  reliabilityPage({ judged: each, size: 'full', seed: 7, seconds: 61 }, [INVARIANT]);

test('the page says what was promised and reached, and the command that makes it', () => {
  const page = pageOf(judged({}));
  expect(page).toContain('npm run chaos -- --seed 7 --report');
  expect(page).toContain('1 scenarios: 0 violations,\n1 of 1 promised figures reached, 0 broken off');
  expect(page).toContain('| **workers-killed**: kill -9; 600 runs | violations, in 12 s | 0 | 0 |');
  expect(page).toContain('| | runs | 600 | 600 |');
  expect(page).toContain('| a run that is missing | 0 |');
});

test('a violation, a missed figure and a scenario that broke off stand out', () => {
  const violations = new Map([[INVARIANT.name, ['run 1 is missing']]]);
  const figures = [{ what: 'runs', reached: '599', promised: '600', isReached: false }];
  const page = pageOf(
    judged({ violations, figures }),
    judged({ figures: [], brokeOff: 'waited for 15 calls, in vain for 5 s\n at …' }),
  );
  expect(page).toContain('2 scenarios: 1 violations,\n0 of 1 promised figures reached, 1 broken off');
  expect(page).toContain('| **1, missed** | 0 |');
  expect(page).toContain('| | runs | **599, missed** | 600 |');
  expect(page).toContain('| **broke off**: waited for 15 calls, in vain for 5 s | | |');
  expect(page).toContain('| a run that is missing | 1 |');
});
