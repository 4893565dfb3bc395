import { describe, expect, test } from 'vitest';
import { callsOf } from '../../src/console/run/attempt-calls.ts';
import { type Attempt, attemptsOf, type TimelineEvent } from '../../src/console/run/attempts.ts';
import { positionOf, segmentsOf } from '../../src/console/run/time-scale.ts';

const second = (seconds: number) => new Date(seconds * 1_000).toISOString();
const event = (type: TimelineEvent['type'], at: number, attempt: number, more = {}): TimelineEvent => ({
  type,
  at: second(at),
  attempt,
  ...more,
});
const stretchesOf = ({ stretches }: Attempt) =>
  stretches.map(({ kind, from, to }) => [kind, from / 1_000, to === null ? null : to / 1_000]);
const ERROR = { code: 'RUNNER_FAILED', message: 'The script host answered 503.' };

describe('attempts from events', () => {
  test('divide the time into waiting for the due time, for a worker, preparing and calling', () => {
    const attempts = attemptsOf(
      [
        event('ENQUEUED', 0, 0),
        event('STARTED', 2, 1),
        event('RETRY_SCHEDULED', 5, 1, { runAt: second(65), error: ERROR, telemetry: { latencyMs: 2_000 } }),
        event('STARTED', 66, 2),
        event('COMPLETED', 70, 2, { telemetry: { latencyMs: 3_000 } }),
      ],
      second(65),
    );
    expect(attempts.map(({ number, end }) => [number, end])).toEqual([
      [1, 'retried'],
      [2, 'completed'],
    ]);
    expect(stretchesOf(attempts[0]!)).toEqual([
      ['queued', 0, 2],
      ['preparing', 2, 3],
      ['calling', 3, 5],
    ]);
    expect(stretchesOf(attempts[1]!)).toEqual([
      ['waiting', 5, 65],
      ['queued', 65, 66],
      ['preparing', 66, 67],
      ['calling', 67, 70],
    ]);
  });

  test('show a run that is enqueued for later as waiting, then as queued', () => {
    const [attempt] = attemptsOf([event('ENQUEUED', 0, 0)], second(30));
    expect(stretchesOf(attempt!)).toEqual([
      ['waiting', 0, 30],
      ['queued', 30, null],
    ]);
  });

  test('distinguish a lost worker and a claim that was given back from a failure', () => {
    const attempts = attemptsOf(
      [
        event('ENQUEUED', 0, 0),
        event('STARTED', 1, 1),
        event('WORKER_LOST', 9, 1),
        event('STARTED', 10, 2),
        event('REQUEUED', 11, 1),
        event('STARTED', 12, 2),
      ],
      second(0),
    );
    expect(attempts.map(({ number, end }) => [number, end])).toEqual([
      [1, 'worker lost'],
      [2, 'given back'],
      [2, null],
    ]);
    expect(stretchesOf(attempts[2]!).at(-1)).toEqual(['preparing', 12, null]);
  });

  test('mark the attempt that an operator requested after the end', () => {
    const attempts = attemptsOf(
      [
        event('ENQUEUED', 0, 0),
        event('STARTED', 1, 1),
        event('FAILED', 2, 1, { error: ERROR }),
        event('RETRIED', 100, 1),
        event('CANCELED', 101, 1),
      ],
      second(100),
    );
    expect(attempts.map(({ end, isRequested }) => [end, isRequested])).toEqual([
      ['failed', false],
      ['canceled', true],
    ]);
  });
});

test('an attempt that repeats a call names the attempt that made it first', () => {
  const attempt = (number: number, at: number, idempotencyKey: string | null) => ({
    number,
    startedAt: second(at),
    workerId: `worker-${number}`,
    idempotencyKey,
  });
  const calls = callsOf([
    attempt(1, 1, 'run:1'),
    attempt(2, 2, 'run:1'),
    attempt(3, 3, 'run:2'),
    attempt(4, 4, null),
    attempt(5, 5, null),
  ]);
  expect([...calls].map(([at, { workerId, repeats }]) => [at, workerId, repeats])).toEqual([
    [1_000, 'worker-1', null],
    [2_000, 'worker-2', 1],
    [3_000, 'worker-3', null],
    [4_000, 'worker-4', null],
    [5_000, 'worker-5', null],
  ]);
});

describe('the time axis', () => {
  const attempts = attemptsOf(
    [
      event('ENQUEUED', 0, 0),
      event('STARTED', 1, 1),
      event('RETRY_SCHEDULED', 2, 1, { runAt: second(302), error: ERROR }),
      event('STARTED', 302, 2),
    ],
    second(302),
  );
  const segments = segmentsOf(attempts, 303_000);

  test('collapses a wait of five minutes beside calls of a second', () => {
    expect(segments.find(({ from }) => from === 2_000)).toMatchObject({ to: 302_000, isCollapsed: true });
    const [begin, end] = [positionOf(segments, 1_000), positionOf(segments, 2_000)];
    expect(end - begin).toBeGreaterThan(0.25);
  });

  test('goes from 0 to 1 without a jump', () => {
    expect(positionOf(segments, 0)).toBe(0);
    expect(positionOf(segments, 303_000)).toBeCloseTo(1);
    const positions = segments.flatMap(({ start, end }) => [start, end]);
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
  });
});
