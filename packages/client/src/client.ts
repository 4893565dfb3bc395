import { Backoff } from './backoff.ts';
import { type ConnectionStatus, StatusBoard } from './connection-status.ts';
import { readDocument, type TypedDocument, type UntypedDocument } from './document.ts';
import { JourneyClientError, type JourneyClientErrorCode } from './errors.ts';
import { overEventStream } from './event-stream.ts';
import { type JourneyClientOptions, readOptions } from './options.ts';
import { RUN_EVENTS, type RunEvent, type RunFilter } from './run-events.ts';
import { checkVariables, ResumingWatch, type Watch, type WatchHost } from './watch.ts';
import { overWebSocket } from './web-socket.ts';

export {
  type ConnectionStatus,
  JourneyClientError,
  type JourneyClientErrorCode,
  type JourneyClientOptions,
  type RunEvent,
  type RunFilter,
  type TypedDocument,
  type UntypedDocument,
  type Watch,
};

export type WatchOptions = {
  /** Ends the iteration when it is aborted. */
  signal?: AbortSignal;
};

export type WatchRunEventsOptions = WatchOptions & {
  /** The runs whose events are delivered. Defaults to all runs. */
  where?: RunFilter | null;
  /**
   * The cursor of the last event that was processed; the next event is delivered first. Defaults to the current end
   * of the feed.
   */
  after?: string | null;
};

export type JourneyClient = {
  /**
   * Returns the results of a subscription and resumes it after every interruption.
   *
   * A subscription that declares the variable `$after` and selects `cursor` on its root field continues after the
   * newest event: each event is delivered once and in order. Without `$after` the subscription starts again with the
   * current state (runUpdated, runStats, bulkOperationUpdated); if results arrive faster than they are read, only the
   * newest is queued.
   * @throws JourneyClientError
   */
  // biome-ignore lint/suspicious/noExplicitAny: a document without types has results without types.
  watch<Result = Record<string, any>>(
    document: string,
    variables?: Record<string, unknown>,
    options?: WatchOptions,
  ): Watch<Result>;
  watch<Result, Variables>(
    document: TypedDocument<Result, Variables>,
    ...rest: Record<string, never> extends Variables
      ? [variables?: Variables, options?: WatchOptions]
      : [variables: Variables, options?: WatchOptions]
    // biome-ignore lint/suspicious/noExplicitAny: as above.
  ): Watch<unknown extends Result ? Record<string, any> : Result>;
  /** Returns every run event after a cursor, each once and in order. @throws JourneyClientError */
  watchRunEvents(options?: WatchRunEventsOptions): Watch<RunEvent>;
  readonly status: ConnectionStatus;
  /** Ends all watches at once, and closes the connection. */
  close(): void;
};

/** @throws JourneyClientError INVALID_OPTION */
export function createJourneyClient(options: JourneyClientOptions): JourneyClient {
  const settings = readOptions(options);
  const host: WatchHost = {
    transport: settings.transport === 'sse' ? overEventStream(settings) : overWebSocket(settings),
    backoff: new Backoff(),
    statuses: new StatusBoard(options.onStatus),
  };
  const watches = new Set<{ end(): void }>();
  let isClosed = false;

  function open<Result>(
    document: unknown,
    variables: unknown,
    { signal }: WatchOptions,
    select: (data: Record<string, unknown>) => Result,
  ): Watch<Result> {
    if (isClosed) throw new JourneyClientError('INVALID_OPTION', 'The client is closed: create another one.');
    const end = () => watch.end();
    const watch = new ResumingWatch<Result>(host, {
      document: readDocument(document),
      variables: checkVariables(variables),
      select,
      onEnd() {
        watches.delete(watch);
        signal?.removeEventListener('abort', end);
      },
    });
    watches.add(watch);
    if (signal?.aborted) end();
    else signal?.addEventListener('abort', end, { once: true });
    return watch;
  }

  function close(): void {
    if (isClosed) return;
    isClosed = true;
    options.signal?.removeEventListener('abort', close);
    for (const one of [...watches]) one.end();
    host.transport.close();
    host.statuses.close();
  }

  if (options.signal?.aborted) close();
  options.signal?.addEventListener('abort', close, { once: true });
  return {
    watch: <Result>(document: unknown, variables?: unknown, watchOptions: WatchOptions = {}) =>
      open(document, variables, watchOptions, (data) => data as Result),
    watchRunEvents: ({ where, after, ...watchOptions } = {}) =>
      open(RUN_EVENTS, { where, after }, watchOptions, (data) => data.runEvents as RunEvent),
    get status() {
      return host.statuses.status;
    },
    close,
  };
}
