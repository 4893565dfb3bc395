import {
  type Context,
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  type SpanOptions,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

/** How a trace crosses a process or a queue, as W3C Trace Context defines it: `traceparent` and `tracestate`. */
type TraceHeaders = Record<string, unknown>;

export type SpanSettings = Omit<SpanOptions, 'links' | 'root'> & {
  /** The remote parent; without it, the parent is the active span. */
  parent?: TraceHeaders;
  /** Whether the span also has a link to its remote parent, as a consumer of a message has. */
  isLinked?: boolean;
};

let isTracing = false;

/** Called when traces begin and end to be recorded. Until then this file's functions do nothing and cost nothing. */
export function setTracing(value: boolean): void {
  isTracing = value;
}

/**
 * Does the work within a span, which is active meanwhile; null without tracing. An error ends the span as failed. Its
 * message is not recorded, since it may quote values.
 */
export function inSpan<T>(
  name: string,
  { parent, isLinked = false, ...options }: SpanSettings,
  work: (span: Span | null) => Promise<T>,
): Promise<T> {
  if (!isTracing) return work(null);
  const within = parent ? propagation.extract(ROOT_CONTEXT, parent) : context.active();
  const links = isLinked ? linksTo(within) : [];
  return tracer().startActiveSpan(name, { ...options, links }, within, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      failSpan(span, error instanceof Error ? error.name : 'unknown');
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Adds a span that has ended already to the active one. Times are in milliseconds since 1970. */
export function addSpan(name: string, options: SpanOptions & { startTime: number; endTime: number }): void {
  if (isTracing) tracer().startSpan(name, options).end(options.endTime);
}

/** Marks a span as failed, by the type of its error. */
export function failSpan(span: Span | null, type: string): void {
  span?.setStatus({ code: SpanStatusCode.ERROR });
  span?.setAttribute('error.type', type);
}

/** The headers by which the active trace goes on elsewhere; none without one. */
export function traceHeaders(): Record<string, string> {
  const headers: Record<string, string> = {};
  if (isTracing) propagation.inject(context.active(), headers);
  return headers;
}

/** The id of the active trace, for logs. */
export function activeTraceId(): string | undefined {
  return isTracing ? trace.getActiveSpan()?.spanContext().traceId : undefined;
}

const tracer = () => trace.getTracer('journey-runtime');

function linksTo(within: Context) {
  const spanContext = trace.getSpanContext(within);
  return spanContext ? [{ context: spanContext }] : [];
}
