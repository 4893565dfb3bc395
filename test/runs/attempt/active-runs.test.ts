import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { createActiveRuns, type OwnRun } from '../../../src/runs/attempt/active-runs.ts';

const workerId = randomUUID();
const tokenOf = (fence = 1) => ({ runId: randomUUID(), fence, workerId });
const ownRun = (token: { runId: string; fence: number }, cancelRequested = false): OwnRun => ({
  ...token,
  cancelRequested,
});
const later = () => performance.now() + 1;

test('a run whose cancel was requested is aborted, and its neighbour is not', () => {
  const activeRuns = createActiveRuns();
  const [canceled, other] = [activeRuns.add(tokenOf()), activeRuns.add(tokenOf())];
  activeRuns.reconcile([ownRun(canceled.token, true), ownRun(other.token)], later());
  expect(canceled.signal.reason).toBe('cancel');
  expect(other.signal.aborted).toBe(false);
});

test('a run that is not ours any more is aborted, also when it is ours again under a newer fence', () => {
  const activeRuns = createActiveRuns();
  const [gone, reclaimed] = [activeRuns.add(tokenOf()), activeRuns.add(tokenOf(1))];
  activeRuns.reconcile([ownRun({ ...reclaimed.token, fence: 3 })], later());
  expect([gone.signal.reason, reclaimed.signal.reason]).toEqual(['taken', 'taken']);
});

test('a run that became active after the database was read is left alone', () => {
  const activeRuns = createActiveRuns();
  const requestedAt = performance.now() - 1;
  const fresh = activeRuns.add(tokenOf());
  activeRuns.reconcile([], requestedAt);
  expect(fresh.signal.aborted).toBe(false);
});

test('a run of ours that never became active here is given back after 8 s, and not before', () => {
  const activeRuns = createActiveRuns();
  const orphaned = { runId: randomUUID(), fence: 4 };
  expect(activeRuns.orphanedClaims([ownRun(orphaned)], 1_000, workerId)).toEqual([]);
  expect(activeRuns.orphanedClaims([ownRun(orphaned)], 8_999, workerId)).toEqual([]);
  expect(activeRuns.orphanedClaims([ownRun(orphaned)], 9_000, workerId)).toEqual([{ ...orphaned, workerId }]);
});

test('a claim whose answer arrived late restarts the wait', () => {
  const activeRuns = createActiveRuns();
  const orphaned = { runId: randomUUID(), fence: 4 };
  activeRuns.orphanedClaims([ownRun(orphaned)], 1_000, workerId);
  activeRuns.orphanedClaims([], 5_000, workerId);
  expect(activeRuns.orphanedClaims([ownRun(orphaned)], 9_500, workerId)).toEqual([]);
});
