import {
  type Context,
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  type SpanOptions,
  SpanStatusCode,
  TraceFlags,
  type Tracer,
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

type Tracing = {
  tracer: Tracer;
  /** Whether a trace that its caller does not record is not recorded here either. */
  parentBased: boolean;
};

let tracing: Tracing | null = null;

/** Called when traces begin and end to be recorded. With null this file's functions do nothing and cost nothing. */
export function setTracing(value: Tracing | null): void {
  tracing = value;
}

/**
 * Does the work within a span, which is active meanwhile; null without tracing and within a trace that is not recorded. An
 * error ends the span as failed. Its message is not recorded, since it may quote values.
 */
export function inSpan<T>(
  name: string,
  { parent, isLinked = false, attributes, ...options }: SpanSettings,
  work: (span: Span | null) => Promise<T>,
): Promise<T> {
  if (!tracing || (!parent && isUnrecorded(context.active()))) return work(null);
  const within = parent ? propagation.extract(ROOT_CONTEXT, parent) : context.active();
  if (tracing.parentBased && isUnrecorded(within)) return context.with(within, work, undefined, null);
  const span = tracing.tracer.startSpan(name, options, within);
  const active = trace.setSpan(within, span);
  if (!span.isRecording()) return context.with(active, work, undefined, null);
  if (attributes) span.setAttributes(attributes);
  if (isLinked) linkTo(span, within);
  return context.with(active, async () => {
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
  if (tracing && !isUnrecorded(context.active()))
    tracing.tracer.startSpan(name, options).end(options.endTime);
}

/** Marks a span as failed, by the type of its error. */
export function failSpan(span: Span | null, type: string): void {
  span?.setStatus({ code: SpanStatusCode.ERROR });
  span?.setAttribute('error.type', type);
}

/** The headers by which the active trace goes on elsewhere; none without one. */
export function traceHeaders(): Record<string, string> {
  const headers: Record<string, string> = {};
  if (tracing) propagation.inject(context.active(), headers);
  return headers;
}

/** The id of the active trace, for logs. */
export function activeTraceId(): string | undefined {
  return tracing ? trace.getActiveSpan()?.spanContext().traceId : undefined;
}

/** Whether the span of the context is of a trace that is not recorded. */
function isUnrecorded(within: Context): boolean {
  const span = trace.getSpanContext(within);
  return span !== undefined && (span.traceFlags & TraceFlags.SAMPLED) === 0;
}

function linkTo(span: Span, within: Context): void {
  const spanContext = trace.getSpanContext(within);
  if (spanContext) span.addLink({ context: spanContext });
}
