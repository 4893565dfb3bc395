import { type Span, SpanKind } from '@opentelemetry/api';
import { addSpan, inSpan } from '../../telemetry/spans.ts';
import type { ClaimedRun } from './claim.ts';

/**
 * Makes an attempt within a span that goes on with the trace of the run's enqueue, and is linked to it. The span begins
 * with the claim.
 */
export const inAttemptSpan = <T>(
  { id, attempt, traceparent, claimed }: ClaimedRun,
  queue: string,
  execute: (span: Span | null) => Promise<T>,
): Promise<T> =>
  inSpan(
    'process',
    {
      kind: SpanKind.CONSUMER,
      startTime: claimed.from,
      parent: { traceparent },
      isLinked: true,
      attributes: {
        'messaging.system': 'journey_runtime',
        'messaging.operation.name': 'process',
        'messaging.operation.type': 'process',
        'messaging.destination.name': queue,
        'messaging.message.id': id,
        'journey.attempt': attempt,
      },
    },
    async (span) => {
      addSpan('claim', {
        startTime: claimed.from,
        endTime: claimed.until,
        attributes: { 'messaging.batch.message_count': claimed.runs },
      });
      return await execute(span);
    },
  );
