import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { createInHand, type OwnRun } from '../../../src/runs/attempt/active-runs.ts';

const workerId = randomUUID();
const holdOf = (fence = 1) => ({ runId: randomUUID(), fence, workerId });
const ownRun = (hold: { runId: string; fence: number }, cancelRequested = false): OwnRun => ({
  ...hold,
  cancelRequested,
});
const later = () => performance.now() + 1;

test('a run whose cancel was asked is aborted, and its neighbour is not', () => {
  const inHand = createInHand();
  const [canceled, other] = [inHand.add(holdOf()), inHand.add(holdOf())];
  inHand.reconcile([ownRun(canceled.hold, true), ownRun(other.hold)], later(), workerId);
  expect(canceled.signal.reason).toBe('cancel');
  expect(other.signal.aborted).toBe(false);
});

test('a run that is not ours any more is aborted, also when it is ours again under a newer fence', () => {
  const inHand = createInHand();
  const [gone, reclaimed] = [inHand.add(holdOf()), inHand.add(holdOf(1))];
  inHand.reconcile([ownRun({ ...reclaimed.hold, fence: 3 })], later(), workerId);
  expect([gone.signal.reason, reclaimed.signal.reason]).toEqual(['taken', 'taken']);
});

test('a run that came into hand after the database was asked is left alone', () => {
  const inHand = createInHand();
  const askedAt = performance.now() - 1;
  const fresh = inHand.add(holdOf());
  inHand.reconcile([], askedAt, workerId);
  expect(fresh.signal.aborted).toBe(false);
});

test('a run of ours that never came into hand is given back after 8 s, and not before', () => {
  const inHand = createInHand();
  const stray = { runId: randomUUID(), fence: 4 };
  expect(inHand.reconcile([ownRun(stray)], 1_000, workerId)).toEqual([]);
  expect(inHand.reconcile([ownRun(stray)], 8_999, workerId)).toEqual([]);
  expect(inHand.reconcile([ownRun(stray)], 9_000, workerId)).toEqual([{ ...stray, workerId }]);
});

test('a claim that was heard late starts its time anew', () => {
  const inHand = createInHand();
  const stray = { runId: randomUUID(), fence: 4 };
  inHand.reconcile([ownRun(stray)], 1_000, workerId);
  inHand.reconcile([], 5_000, workerId);
  expect(inHand.reconcile([ownRun(stray)], 9_500, workerId)).toEqual([]);
});
