import { overEventStream } from './event-stream.ts';
import { RequestRefused, type Result, type Transport } from './operation.ts';
import { overWebSocket } from './web-socket.ts';

export { overEventStream, overWebSocket, RequestRefused, type Transport };

export type WatchRunEventsOptions = {
  /** Of the GraphQL endpoint. */
  url: string | URL;
  /** The RunFilter: which runs' events. */
  where?: Record<string, unknown>;
  /** The cursor of the last event that was dealt with: the first event is the one after it. Without it: from now on. */
  after?: string | null;
  /** The fields of RunEvent that each event has beside its cursor. */
  fields?: string;
  /** overEventStream or overWebSocket; the former with `url`, unless said otherwise. */
  transport?: Transport;
  /** Ends the iteration when it is aborted. */
  signal?: AbortSignal;
  /** Called when the connection broke, or did not come about; it is tried again after `retryInMs`. */
  onDisconnect?: (error: unknown, retryInMs: number) => void;
};

/** A cursor, to be kept by whoever wants to go on after the event later; and the fields asked for. */
export type WatchedRunEvent = { cursor: string } & Record<string, unknown>;

/** The server's answer that no repetition changes: CURSOR_EXPIRED where the events after the cursor are gone. */
export class RunEventsError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'RunEventsError';
    this.code = code;
  }
}

/**
 * Every run event after a cursor, each once and in order, whatever breaks in between: after any break it goes on from the
 * last event that was taken, with a growing, random delay between attempts.
 * @throws RunEventsError, RequestRefused
 */
export async function* watchRunEvents<Event extends { cursor: string } = WatchedRunEvent>(
  options: WatchRunEventsOptions,
): AsyncGenerator<Event, void, void> {
  const { where, fields = FIELDS, transport = overEventStream(options), onDisconnect } = options;
  const signal = options.signal ?? new AbortController().signal;
  const subscription = `subscription ($where: RunFilter, $after: String) {
    runEvents(where: $where, after: $after) { cursor ${fields} }
  }`;
  let after = options.after ?? null;
  for (let failures = 0; !signal.aborted; ) {
    try {
      // Without a cursor, a break before the first event would lose what happened meanwhile.
      after ??= await feedCursor(transport, signal);
      for await (const result of transport({ query: subscription, variables: { where, after } }, signal)) {
        const event = dataOf<{ runEvents: Event }>(result).runEvents;
        failures = 0;
        after = event.cursor;
        yield event;
      }
      throw new Error('The server completed the subscription.');
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof RequestRefused || error instanceof RunEventsError) throw error;
      const retryInMs = Math.random() * Math.min(RETRY_AT_MOST_MS, RETRY_MS * 2 ** failures);
      failures += 1;
      onDisconnect?.(error, retryInMs);
      await pause(retryInMs, signal);
    }
  }
}

const FIELDS = `runId sequence type status attempt at runAt actor reason
  error { code message detail retryable } telemetry { runner latencyMs bindingsCount outputPreview errorPreview }`;
const RETRY_MS = 200;
const RETRY_AT_MOST_MS = 3_000;

async function feedCursor(transport: Transport, signal: AbortSignal): Promise<string> {
  for await (const result of transport({ query: '{ feedCursor }', variables: {} }, signal))
    return dataOf<{ feedCursor: string }>(result).feedCursor;
  throw new Error('The server gave no cursor.');
}

/** The result's data; a plain error where the same request may be answered later. */
function dataOf<Data>({ data, errors }: Result): Data {
  const [error] = errors ?? [];
  if (!error) return data as Data;
  const code = error.extensions?.code ?? 'INTERNAL';
  throw PASSING.has(code) ? new Error(error.message) : new RunEventsError(code, error.message);
}

const PASSING = new Set(['UNAVAILABLE', 'RATE_LIMITED']);

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
