import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  type SpanOptions,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { IdGenerator } from '@opentelemetry/sdk-trace';

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
  /** Whether the tracer decides on a new trace. Otherwise it is not recorded, and gets ids without the tracer. */
  mayRecordNew: () => boolean;
  ids: IdGenerator;
};

let tracing: Tracing | null = null;

/** The recorded span of the work; of a trace that is not recorded its `traceparent`, which needs no object of the SDK. */
const active = new AsyncLocalStorage<Span | string>();

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
  if (!tracing) return work(null);
  const above = active.getStore();
  if (!parent && typeof above === 'string') return work(null);
  const traceparent = parent?.traceparent;
  if (tracing.parentBased && isUnrecorded(traceparent)) return active.run(traceparent, work, null);
  const within = parent ? propagation.extract(ROOT_CONTEXT, parent) : contextOf(above);
  if (within === ROOT_CONTEXT && !tracing.mayRecordNew())
    return active.run(unrecordedTraceparent(tracing.ids), work, null);
  const span = tracing.tracer.startSpan(name, options, within);
  if (!span.isRecording()) return active.run(traceparentOf(span), work, null);
  if (attributes) span.setAttributes(attributes);
  const linked = isLinked ? trace.getSpanContext(within) : undefined;
  if (linked) span.addLink({ context: linked });
  return active.run(span, async () => {
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
  const above = active.getStore();
  if (tracing && typeof above === 'object')
    tracing.tracer.startSpan(name, options, contextOf(above)).end(options.endTime);
}

/** Marks a span as failed, by the type of its error. */
export function failSpan(span: Span | null, type: string): void {
  span?.setStatus({ code: SpanStatusCode.ERROR });
  span?.setAttribute('error.type', type);
}

/** The place in the active trace, as W3C Trace Context writes it; null without a trace. */
export function activeTraceparent(): string | null {
  const place = active.getStore();
  return typeof place === 'object' ? traceparentOf(place) : (place ?? null);
}

/** The id of the active trace, for logs. */
export const activeTraceId = (): string | undefined => activeTraceparent()?.split('-')[1];

function traceparentOf(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-0${traceFlags}`;
}

const unrecordedTraceparent = (ids: IdGenerator): string =>
  `00-${ids.generateTraceId()}-${ids.generateSpanId()}-00`;

const UNRECORDED = /^00-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-00$/;
const isUnrecorded = (traceparent: unknown): traceparent is string =>
  typeof traceparent === 'string' && UNRECORDED.test(traceparent);

const contextOf = (place: Span | string | undefined): Context =>
  typeof place === 'object' ? trace.setSpan(ROOT_CONTEXT, place) : ROOT_CONTEXT;
