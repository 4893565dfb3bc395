import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inputErrors } from '../../../src/input-errors.ts';
import {
  decide,
  normaliseRetryPolicy,
  type RetryPolicy,
  retryPolicyInput,
} from '../../../src/runs/model/retry-policy.ts';
import { RUN_ERROR_CODES, runError } from '../../../src/runs/model/run-error.ts';

const policy: RetryPolicy = {
  maxAttempts: 5,
  backoff: 'EXPONENTIAL',
  initialDelaySeconds: 2,
  maxDelaySeconds: 10,
};
const failed = {
  policy,
  maxAttempts: 5,
  attempt: 1,
  lostAttempts: 0,
  error: runError('RUNNER_FAILED', 'The script host answered 503.'),
  random: 1,
};

describe('decide', () => {
  test.each([
    ['the first delay', {}, 2],
    ['doubled', { attempt: 2 }, 4],
    ['doubled again', { attempt: 3 }, 8],
    ['capped', { attempt: 4 }, 10],
    ['jittered down', { attempt: 3, random: 0.25 }, 2],
    ['jittered to nothing', { random: 0 }, 0],
    ['not grown by lost attempts', { attempt: 3, lostAttempts: 2 }, 2],
    [
      'as fixed, whatever the attempt',
      { policy: { ...policy, backoff: 'FIXED' as const }, attempt: 4, random: 0 },
      2,
    ],
    ['as the runner asks', { retryAfterSeconds: 7.5 }, 7.5],
    ['as the runner asks, up to the cap', { retryAfterSeconds: 3_600 }, 10],
    ['the policy’s where the runner asks for less', { retryAfterSeconds: 1 }, 2],
    ['at once', { policy: { ...policy, initialDelaySeconds: 0 }, attempt: 4 }, 0],
  ])('waits %s', (_, change, delaySeconds) => {
    expect(decide({ ...failed, ...change })).toEqual({ kind: 'retry', delaySeconds });
  });

  test.each([
    ['the last attempt failed', { attempt: 5 }],
    ['one attempt was all', { maxAttempts: 1 }],
    ['the error is final', { error: runError('RUNNER_REJECTED', 'The script host answered 422.') }],
  ])('fails when %s', (_, change) => {
    expect(decide({ ...failed, ...change })).toEqual({ kind: 'fail' });
  });

  test('goes on after the fifth claim when one was lost, and by the run’s own maxAttempts', () => {
    expect(decide({ ...failed, attempt: 5, lostAttempts: 1 }).kind).toBe('retry');
    expect(decide({ ...failed, attempt: 5, maxAttempts: 6 }).kind).toBe('retry');
  });

  test('retries every error but those that would come again', () => {
    const final = RUN_ERROR_CODES.filter(
      (code) => decide({ ...failed, error: runError(code, '') }).kind === 'fail',
    );
    expect(final).toEqual(['RUNNER_REJECTED', 'RUNNER_INVALID_RESPONSE', 'RESULT_TOO_LARGE', 'CANCELED']);
  });

  test('any numbers give a finite delay between 0 and 7 days, within the cap', () => {
    const number = fc.oneof(
      fc.double(),
      fc.integer(),
      fc.constantFrom(Number.NaN, Infinity, -Infinity, 1e308, -1),
    );
    fc.assert(
      fc.property(
        fc.record({
          policy: fc.record({
            maxAttempts: number,
            backoff: fc.constantFrom('FIXED' as const, 'EXPONENTIAL' as const),
            initialDelaySeconds: number,
            maxDelaySeconds: number,
          }),
          maxAttempts: number,
          attempt: number,
          lostAttempts: number,
          error: fc.record({ retryable: fc.boolean() }),
          retryAfterSeconds: fc.option(number),
          random: number,
        }),
        (any) => {
          const decision = decide(any);
          if (decision.kind === 'fail') return;
          expect(any.attempt - any.lostAttempts).toBeLessThan(any.maxAttempts);
          expect(decision.delaySeconds).toBeGreaterThanOrEqual(0);
          expect(decision.delaySeconds).toBeLessThanOrEqual(7 * 86_400);
          if (any.policy.maxDelaySeconds >= 0) {
            expect(decision.delaySeconds).toBeLessThanOrEqual(any.policy.maxDelaySeconds);
          }
        },
      ),
    );
  });
});

describe('the input of a retry policy', () => {
  test.each([
    ['maxAttempts', { maxAttempts: 0 }],
    ['maxAttempts', { maxAttempts: 101 }],
    ['maxAttempts', { maxAttempts: 1.5 }],
    ['initialDelaySeconds', { maxAttempts: 1, initialDelaySeconds: -1 }],
    ['initialDelaySeconds', { maxAttempts: 1, initialDelaySeconds: Number.NaN }],
    ['maxDelaySeconds', { maxAttempts: 1, maxDelaySeconds: 604_801 }],
    ['maxDelaySeconds', { maxAttempts: 1, initialDelaySeconds: 60, maxDelaySeconds: 30 }],
  ])('points at %s of %j', (path, input) => {
    expect(inputErrors(retryPolicyInput, input)).toEqual([
      { code: 'INVALID', path: [path], message: expect.stringContaining('must be') },
    ]);
  });

  test.each([
    [{ maxAttempts: 100, backoff: 'FIXED' as const, initialDelaySeconds: 0, maxDelaySeconds: 0 }],
    [{ maxAttempts: 3, initialDelaySeconds: 600 }],
    [{ maxAttempts: 1, backoff: null, initialDelaySeconds: null, maxDelaySeconds: null }],
  ])('finds none in %j', (input) => {
    expect(inputErrors(retryPolicyInput, input)).toEqual([]);
  });

  test('no policy is one attempt', () => {
    expect(normaliseRetryPolicy(null)).toMatchObject({ maxAttempts: 1 });
  });
});
