import { z } from 'zod';
import { Backoff } from '../../postgres/generated/prisma/enums.ts';
import type { RunError } from './run-error.ts';

export type RetryPolicy = {
  maxAttempts: number;
  backoff: Backoff;
  initialDelaySeconds: number;
  maxDelaySeconds: number;
};

export type RetryDecision = { kind: 'retry'; delaySeconds: number } | { kind: 'fail' };

/**
 * Decides what follows a failed attempt. Pure: `random` is in [0, 1), and the delay counts from the time at which
 * the outcome is recorded. `maxAttempts` is the run's, which operators' retries raise above the policy's; `attempt`
 * is the number of the failed attempt. EXPONENTIAL draws a delay from 0 to the doubled delay (full jitter). Never
 * throws; delays are finite and within the maximum.
 */
export function decide(failed: {
  policy: RetryPolicy;
  maxAttempts: number;
  attempt: number;
  lostAttempts: number;
  error: Pick<RunError, 'retryable'>;
  retryAfterSeconds?: number | null;
  random: number;
}): RetryDecision {
  const { policy, error, random } = failed;
  const used = failed.attempt - failed.lostAttempts;
  if (!error.retryable || !(used < failed.maxAttempts)) return { kind: 'fail' };
  const cap = within(policy.maxDelaySeconds, MAX_DELAY_SECONDS);
  const initial = within(policy.initialDelaySeconds, cap);
  const backoff =
    policy.backoff === 'FIXED'
      ? initial
      : within(initial * 2 ** within(used - 1, MAX_DOUBLINGS), cap) * within(random, 1);
  return { kind: 'retry', delaySeconds: Math.max(backoff, within(failed.retryAfterSeconds ?? 0, cap)) };
}

/** The policy of an input, with defaults for missing fields. Without an input, the policy allows one attempt. */
export function normaliseRetryPolicy(input: RetryPolicyInput | null | undefined): RetryPolicy {
  const initialDelaySeconds = input?.initialDelaySeconds ?? 1;
  return {
    maxAttempts: input?.maxAttempts ?? 1,
    backoff: input?.backoff ?? 'EXPONENTIAL',
    initialDelaySeconds,
    maxDelaySeconds: input?.maxDelaySeconds ?? Math.max(300, initialDelaySeconds),
  };
}

const MAX_ATTEMPTS = 100;
const MAX_DELAY_SECONDS = 7 * 86_400;
// 2^60 seconds exceed every maximum. Without a bound the product could be 0 × Infinity, which is NaN.
const MAX_DOUBLINGS = 60;

/** Limits a number to 0 … max; NaN becomes 0. */
const within = (value: number, max: number) => (value > 0 ? Math.min(value, max) : 0);

const wrongAttempts = `must be a whole number from 1 to ${MAX_ATTEMPTS}`;
const wrongDelay = `must be from 0 to ${MAX_DELAY_SECONDS} seconds (7 days)`;
const delaySeconds = z.number(wrongDelay).min(0, wrongDelay).max(MAX_DELAY_SECONDS, wrongDelay);

export const retryPolicyInput = z
  .object({
    maxAttempts: z.int(wrongAttempts).min(1, wrongAttempts).max(MAX_ATTEMPTS, wrongAttempts),
    backoff: z.enum(Backoff).nullish(),
    initialDelaySeconds: delaySeconds.nullish(),
    maxDelaySeconds: delaySeconds.nullish(),
  })
  .superRefine((input, context) => {
    const { initialDelaySeconds, maxDelaySeconds } = normaliseRetryPolicy(input);
    if (maxDelaySeconds < initialDelaySeconds)
      context.addIssue({
        code: 'custom',
        path: ['maxDelaySeconds'],
        message: 'must be at least initialDelaySeconds',
      });
  });

export type RetryPolicyInput = z.infer<typeof retryPolicyInput>;
