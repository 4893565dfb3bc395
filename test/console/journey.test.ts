import { expect, test } from 'vitest';
import type { RunStatus } from '../../src/console/api/generated/graphql.ts';
import { failedRun } from '../../src/console/bulk/changed-runs.ts';
import { whereInWords } from '../../src/console/bulk/where-in-words.ts';
import { stepsOf } from '../../src/console/order/journey.ts';
import { filterInWords } from '../../src/console/runs/filter-in-words.ts';
import { systemWarnings } from '../../src/console/system/system-warnings.ts';

const attachment = (id: string, displayOrder: number) => ({
  id,
  displayOrder,
  component: { name: `Step ${id}` },
});
const run = (id: string, of: ReturnType<typeof attachment> | null, position = 0) => ({
  id,
  orderLine: { position },
  attachment: of,
  component: { name: of?.component.name ?? 'Removed' },
});
const skip = (of: ReturnType<typeof attachment> | null, reason: string, position = 0) => ({
  line: { position },
  attachment: of,
  reason,
});

test('the steps of a line are in the order of the journey, with their runs or the reason of the skip', () => {
  const [a, b, c] = [attachment('a', 0), attachment('b', 1), attachment('c', 2)];
  const steps = stepsOf(
    0,
    [run('3', c), run('2', a), run('1', a), run('0', a, 1)],
    [skip(b, 'not on this channel')],
  );
  expect(steps.map(({ name, runs, skipped }) => [name, runs.map(({ id }) => id), skipped])).toEqual([
    ['Step a', ['2', '1'], null],
    ['Step b', [], 'not on this channel'],
    ['Step c', ['3'], null],
  ]);
});

test('a step that was skipped once and ran later has run; a removed one comes last', () => {
  const a = attachment('a', 5);
  expect(
    stepsOf(0, [run('2', null), run('1', a)], [skip(a, 'archived')]).map(({ name, skipped }) => [
      name,
      skipped,
    ]),
  ).toEqual([
    ['Step a', null],
    ['Removed', null],
  ]);
});

test('a replay of a run stands with it; one whose run is not given stands for itself', () => {
  const a = attachment('a', 0);
  const replay = (id: string, of: string) => ({ ...run(id, a), replayOf: { id: of } });
  const [step] = stepsOf(0, [replay('4', '3'), replay('3', '1'), replay('2', '0'), run('1', a)], []);
  expect(step!.runs.map(({ id }) => id)).toEqual(['2', '1']);
});

test('a step of the product that nothing has covered yet stands at its place, with neither', () => {
  const [a, b, c] = [attachment('a', 0), attachment('b', 1), attachment('c', 2)];
  const steps = stepsOf(0, [run('1', c)], [skip(a, 'archived')], [c, b, a]);
  expect(steps.map(({ name, runs, skipped }) => [name, runs.length, skipped])).toEqual([
    ['Step a', 0, 'archived'],
    ['Step b', 0, null],
    ['Step c', 1, null],
  ]);
});

test('a line without a product has one step that says so', () => {
  expect(stepsOf(0, [], [skip(null, 'There is no such product.')])).toEqual([
    { key: 'no product', name: 'No product', runs: [], skipped: 'There is no such product.' },
  ]);
});

test('a filter is said in words', () => {
  const address = { status: 'FAILED', component: 'a,b', 'not.channel': 'app', last: '1h', 'input.n': '7' };
  expect(filterInWords(address)).toBe(
    'Status is FAILED; Component is a or b; Channel is not app; enqueued in the last 1h; input.n is 7.',
  );
});

test('a stored filter is said in words, long lists in short', () => {
  const where = { status: ['FAILED'], not: [{ channel: ['app'] }], inputPayload: { n: 7 }, search: null };
  expect(whereInWords(where, 'UTC')).toEqual([
    'the status is FAILED',
    'not: the channel is app',
    'the input contains {"n":7}',
  ]);
  expect(whereInWords({ runId: ['1', '2', '3', '4', '5', '6', '7'] }, 'UTC')).toEqual([
    'the run is 1 or 2 or 3 or 4 or 5 or one of 2 others',
  ]);
  expect(whereInWords({ later: true }, 'UTC')).toEqual(['later is true']);
});

test('what failed of a retry or a replay is also what failed again, without what was replayed', () => {
  const item = (status: 'DONE' | 'FAILED' | 'SKIPPED', run: RunStatus, replay?: RunStatus) => ({
    status,
    runId: '1',
    run: { status: run, latestReplay: replay ? { id: '2', status: replay } : null },
  });
  expect(failedRun('RETRY', item('DONE', 'FAILED'))).toBe('1');
  expect(failedRun('RETRY', item('DONE', 'COMPLETED'))).toBeUndefined();
  expect(failedRun('REPLAY', item('DONE', 'FAILED'))).toBeUndefined();
  expect(failedRun('CANCEL', item('FAILED', 'COMPLETED'))).toBe('1');
  expect(failedRun('RETRY', item('SKIPPED', 'FAILED'))).toBeUndefined();
  expect(failedRun('RETRY', item('DONE', 'FAILED', 'CANCELED'))).toBe('1');
  expect(failedRun('REPLAY', item('DONE', 'FAILED', 'FAILED'))).toBe('2');
  for (const replay of ['QUEUED', 'RUNNING', 'COMPLETED'] as const)
    for (const status of ['DONE', 'FAILED'] as const)
      expect(failedRun('RETRY', item(status, 'FAILED', replay))).toBeUndefined();
});

test('each warning about the system says what to do, and a healthy system has none', () => {
  const now = '2026-01-01T00:00:00Z';
  const clock = Date.parse(now);
  const healthy = {
    now,
    feedLagMs: 40,
    runner: { kind: 'HTTP' as const },
    workers: [{}],
    queues: [{ name: 'main', isServed: true, oldestDueSeconds: 0.4 }],
  };
  const titles = (change: Partial<typeof healthy>, at = clock) =>
    systemWarnings({ ...healthy, ...change }, at).map(({ title }) => title);
  expect(titles({})).toEqual([]);
  expect(titles({ workers: [] })).toEqual(['No worker is running, so no run is executed.']);
  expect(titles({ queues: [{ name: 'bulk', isServed: false, oldestDueSeconds: 4 }] })).toEqual([
    'The queue bulk has no worker.',
  ]);
  expect(titles({ queues: [{ name: 'main', isServed: true, oldestDueSeconds: 130 }] })).toEqual([
    'The queue main is late: its oldest due run has waited for 2 min 10 s.',
  ]);
  expect(titles({ feedLagMs: 61_000 })).toEqual(['Events of runs are held back for 1 min 1 s.']);
  expect(titles({}, clock + 3_600_000)).toEqual([
    'The clock of this computer differs by 1 h from that of the database.',
  ]);
  expect(systemWarnings({ ...healthy, runner: { kind: 'ECHO' } }, clock)[0]!.todo).toMatch(/RUNNER_URL/);
});
