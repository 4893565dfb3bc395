import { TokenBucket } from 'limiter';

const TRACES_PER_SECOND = 10;

/**
 * Returns a function that says whether the next new trace is recorded: each one of a quiet process, and TRACES_PER_SECOND
 * of a busy one. Recording every trace at full load would take a third of the process's time, and most spans would be
 * dropped before they are sent.
 */
export function createTraceLimit(): () => boolean {
  const bucket = new TokenBucket({
    bucketSize: TRACES_PER_SECOND,
    tokensPerInterval: TRACES_PER_SECOND,
    interval: 'second',
  });
  bucket.content = TRACES_PER_SECOND;
  return () => bucket.tryRemoveTokens(1);
}
