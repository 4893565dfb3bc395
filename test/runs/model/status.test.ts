import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isTerminal,
  isTransition,
  RUN_EVENT_TYPES,
  RUN_STATUSES,
  type RunStatus,
  TRANSITIONS,
} from '../../../src/runs/model/status.ts';

describe('the transition table', () => {
  test('has each event once, over known statuses', () => {
    expect(Object.keys(TRANSITIONS)).toEqual(RUN_EVENT_TYPES);
    for (const { from, to } of Object.values(TRANSITIONS)) {
      for (const status of [...from, to]) expect(RUN_STATUSES).toContain(status);
    }
  });

  test('only ENQUEUED begins a run', () => {
    const beginnings = RUN_EVENT_TYPES.filter((event) => isTransition(event, null, TRANSITIONS[event].to));
    expect(beginnings).toEqual(['ENQUEUED']);
  });

  test('only RETRIED leads out of a terminal status, and not out of COMPLETED', () => {
    const ways = RUN_STATUSES.filter(isTerminal).flatMap((from) =>
      RUN_EVENT_TYPES.filter((event) => isTransition(event, from, TRANSITIONS[event].to)).map((event) => [
        from,
        event,
      ]),
    );
    expect(ways).toEqual([
      ['FAILED', 'RETRIED'],
      ['CANCELED', 'RETRIED'],
    ]);
  });

  test.each([
    ['STARTED', 'RUNNING', 'RUNNING'],
    ['COMPLETED', 'QUEUED', 'COMPLETED'],
    ['FAILED', 'RUNNING', 'QUEUED'],
    ['WORKER_LOST', 'QUEUED', 'QUEUED'],
    ['CANCEL_REQUESTED', 'QUEUED', 'QUEUED'],
    ['CANCELED', 'COMPLETED', 'CANCELED'],
    ['RETRIED', 'COMPLETED', 'QUEUED'],
    ['ENQUEUED', 'QUEUED', 'QUEUED'],
  ] as const)('%s takes no run from %s to %s', (event, from, to) => {
    expect(isTransition(event, from, to)).toBe(false);
  });

  test('every history that it allows ends its run once, and once more for each RETRIED', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 60 }), (choices) => {
        let status: RunStatus | null = null;
        let endings = 0;
        let retries = 0;
        for (const choice of choices) {
          const possible = RUN_EVENT_TYPES.filter((event) =>
            isTransition(event, status, TRANSITIONS[event].to),
          );
          const event = possible[choice % possible.length];
          if (!event) break;
          status = TRANSITIONS[event].to;
          if (isTerminal(status)) endings += 1;
          if (event === 'RETRIED') retries += 1;
        }
        expect(endings).toBe(retries + (status !== null && isTerminal(status) ? 1 : 0));
      }),
    );
  });
});
