import { type Span, SpanKind } from '@opentelemetry/api';
import { inSpan } from '../../telemetry/spans.ts';

/** Enqueues runs within a span, from which their traces go on; `count` is the number of runs of a group. */
export const inEnqueueSpan = <T>(
  { queue, count }: { queue: string; count?: number },
  enqueue: (span: Span | null) => Promise<T>,
): Promise<T> =>
  inSpan(
    'enqueue',
    {
      kind: SpanKind.PRODUCER,
      attributes: {
        'messaging.system': 'journey_runtime',
        'messaging.operation.name': 'enqueue',
        'messaging.operation.type': 'send',
        'messaging.destination.name': queue,
        ...(count === undefined ? {} : { 'messaging.batch.message_count': count }),
      },
    },
    enqueue,
  );
