import { expect, test } from 'vitest';
import { changesOf } from '../../src/console/run/changes.ts';
import { ERROR_ADVICE } from '../../src/console/run/error-advice.ts';
import { faultsOf } from '../../src/console/run/faults.ts';
import { replayInput } from '../../src/console/run/replay-modes.ts';
import { type VerdictRun, verdictOf } from '../../src/console/run/verdict.ts';
import { wayOn } from '../../src/console/run/way-on.ts';

const NOW = Date.parse('2026-03-09T12:00:00Z');
const RUN: VerdictRun = {
  status: 'FAILED',
  attempt: 3,
  maxAttempts: 3,
  lostAttempts: 0,
  runAt: '2026-03-09T11:59:00Z',
  startedAt: '2026-03-09T11:59:00Z',
  completedAt: '2026-03-09T11:59:30Z',
  error: { code: 'RUNNER_TIMEOUT', message: 'No response within 5 s.', retryable: true },
};

test('a failed run says after how many attempts, why it was not retried, and what to do', () => {
  const verdict = verdictOf(RUN, [], NOW);
  expect(verdict.title).toBe('Failed after 3 of 3 attempts: the script took too long (RUNNER_TIMEOUT).');
  expect(verdict.reasons).toEqual(['No response within 5 s.', 'It was not retried: no attempt was left.']);
  expect(verdict.advice).toBe(ERROR_ADVICE.RUNNER_TIMEOUT);
});

test('an error that a retry would repeat says so', () => {
  const error = {
    code: 'INPUT_INVALID' as const,
    message: 'The inputs do not match.',
    retryable: false,
  };
  const { reasons } = verdictOf({ ...RUN, attempt: 1, error }, [], NOW);
  expect(reasons).toEqual([
    'The inputs do not match.',
    'It was not retried, because the same request would fail in the same way.',
  ]);
});

test('the inputs at fault are those that the detail of the error names', () => {
  const errors = [
    { path: '/years', message: 'must be at least 1' },
    { path: '/a~1b/0/c', message: 'must be a number' },
    { path: '', message: 'must have required property x' },
  ];
  expect(faultsOf({ errors })).toEqual([
    { input: 'years', problem: 'must be at least 1' },
    { input: 'a/b', problem: '0.c must be a number' },
    { input: '', problem: 'must have required property x' },
  ]);
  expect(faultsOf({ missing: ['sku'] })).toEqual([{ input: 'sku', problem: 'found no value' }]);
  for (const detail of [null, undefined, {}, { status: 500 }]) expect(faultsOf(detail)).toEqual([]);
});

test('the way on does not repeat the error', () => {
  expect(wayOn('BINDING_UNRESOLVED', true)).toEqual({ action: 'replay', mode: 'bindings' });
  expect(wayOn('INPUT_INVALID', false)).toEqual({ action: 'replay', mode: 'edited' });
  expect(wayOn('INPUT_UNCHECKED', true)).toEqual({ action: 'replay', mode: 'version' });
  expect(wayOn('RUNNER_TIMEOUT', true).action).toBe('retry');
  expect(wayOn(undefined, true)).toEqual({ action: 'replay', mode: 'exact' });
});

test('a replay of a run without a step has no current bindings to take', () => {
  expect(replayInput('version', '{}', false)).toEqual({ useCurrentBindings: false, useLatestVersion: true });
  expect(replayInput('version', '{}')).toEqual({ useCurrentBindings: true, useLatestVersion: true });
});

test('a run that waits says for which attempt and until when', () => {
  const waiting = { ...RUN, status: 'QUEUED' as const, attempt: 1, completedAt: null };
  expect(verdictOf({ ...waiting, runAt: '2026-03-09T12:00:24Z' }, [], NOW).title).toBe(
    'Attempt 2 of 3 starts in 24 s.',
  );
  expect(verdictOf(waiting, [], NOW).title).toBe('Attempt 2 of 3 waits for a worker, for 1 min.');
  const scheduled = { ...waiting, attempt: 0, error: null, runAt: '2026-03-09T14:00:00Z' };
  expect(verdictOf(scheduled, [], NOW).title).toBe('Scheduled: it starts in 2 h.');
});

test('a cancel says its reason', () => {
  const { title, reasons } = verdictOf({ ...RUN, status: 'CANCELED', attempt: 0 }, [], NOW, 'sold out');
  expect(title).toBe('Canceled before it started.');
  expect(reasons).toEqual(['The reason that was given: sold out']);
});

test('two requests differ by path, without what every request has of its own', () => {
  const before = { runId: 'a', attempt: 1, inputs: { years: 10, tags: ['x'], old: true } };
  const after = { runId: 'b', attempt: 2, inputs: { years: 12, tags: ['x', 'y'] } };
  expect(changesOf(before, after)).toEqual([
    { path: 'inputs.years', kind: 'changed', before: 10, after: 12 },
    { path: 'inputs.tags[1]', kind: 'added', before: undefined, after: 'y' },
    { path: 'inputs.old', kind: 'removed', before: true, after: undefined },
  ]);
});

test('an edited payload is an object, or no replay', () => {
  expect(replayInput('edited', '{"a": 1}')).toEqual({ inputPayload: { a: 1 } });
  for (const payload of ['', '{', '[]', 'null', '"text"']) expect(replayInput('edited', payload)).toBeNull();
});
