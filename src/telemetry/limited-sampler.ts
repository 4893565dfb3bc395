import { SamplingDecision } from '@opentelemetry/api';
import type { Sampler } from '@opentelemetry/sdk-trace';
import { TokenBucket } from 'limiter';

const TRACES_PER_SECOND = 10;

/**
 * Records each new trace of a quiet process, and TRACES_PER_SECOND of a busy one. Recording every trace at full load
 * would take a third of the process's time, and most spans would be dropped before they are sent.
 */
export function createLimitedSampler(): Sampler {
  const bucket = new TokenBucket({
    bucketSize: TRACES_PER_SECOND,
    tokensPerInterval: TRACES_PER_SECOND,
    interval: 'second',
  });
  bucket.content = TRACES_PER_SECOND;
  return {
    shouldSample: () => ({
      decision: bucket.tryRemoveTokens(1) ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.NOT_RECORD,
    }),
    toString: () => `Limited{${TRACES_PER_SECOND} a second}`,
  };
}
