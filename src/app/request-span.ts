import type { IncomingMessage, ServerResponse } from 'node:http';
import { SpanKind } from '@opentelemetry/api';
import { failSpan, inSpan } from '../telemetry/spans.ts';

/** Answers a request within a span, whose parent is the span of the caller. For streams, it lasts until their end. */
export const inRequestSpan = (
  { method = '', headers }: IncomingMessage,
  res: ServerResponse,
  route: string,
  answer: () => Promise<void>,
): Promise<void> =>
  inSpan(
    `${method} ${route}`,
    {
      kind: SpanKind.SERVER,
      parent: headers,
      attributes: { 'http.request.method': method, 'http.route': route },
    },
    async (span) => {
      await answer();
      span?.setAttribute('http.response.status_code', res.statusCode);
      if (res.statusCode >= 500) failSpan(span, String(res.statusCode));
    },
  );
