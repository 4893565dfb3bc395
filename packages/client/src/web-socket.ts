import { createClient } from 'graphql-ws/client';
import { closeError, MESSAGE_TOO_BIG } from './close-code.ts';
import { Interruption, JourneyClientError } from './errors.ts';
import { explainHandshake } from './handshake.ts';
import {
  type GraphQLErrors,
  type Operation,
  type Result,
  type Sink,
  type Transport,
  toError,
} from './operation.ts';
import type { Settings } from './options.ts';
import { RefusalPolicy } from './refusal.ts';
import { Renewal } from './renewal.ts';

const CONNECT_AT_MOST_MS = 30_000;
const PING_EVERY_MS = 10_000;
const PONG_AT_MOST_MS = 15_000;
/** The time between the end of the last operation and the closing of the socket. */
const LINGER_MS = 1_000;

type Running = { operation: Operation; sink: Sink; dispose(): void; isLeft: boolean };

/**
 * Sends all operations over one WebSocket with graphql-ws' client. Its retries are off: it would resend the same
 * variables, and does not distinguish an outage from a permanent error.
 */
export function overWebSocket(settings: Settings): Transport {
  const refusals = new RefusalPolicy(settings.httpUrl, settings.renewsCredentials);
  const running = new Set<Running>();
  const watchdog = new Watchdog(() => client.terminate());
  const { connectionParams, renewsCredentials } = settings;
  const renewal = connectionParams && renewsCredentials ? new Renewal(connectionParams) : null;
  let phase: 'closed' | 'connecting' | 'opened' | 'live' = 'closed';
  let paramsError: unknown;
  /** The suspected cause of the last failed handshake, until another attempt confirms it. */
  let suspected: string | null = null;

  const client = createClient({
    url: settings.socketUrl,
    webSocketImpl: failingSoftly(settings.WebSocket),
    connectionParams: async () => {
      try {
        return (await connectionParams?.()) as Record<string, unknown>;
      } catch (error) {
        paramsError = error;
        throw error;
      }
    },
    retryAttempts: 0,
    jsonMessageReviver: settings.reviver,
    lazyCloseTimeout: LINGER_MS,
    keepAlive: PING_EVERY_MS,
    on: {
      connecting() {
        phase = 'connecting';
        watchdog.expect(CONNECT_AT_MOST_MS);
      },
      opened() {
        phase = 'opened';
      },
      connected(socket, payload) {
        renewal?.connected(socket, payload);
        phase = 'live';
        suspected = null;
        refusals.served();
        watchdog.heard();
        for (const { sink } of running) sink.open();
      },
      ping: (isReceived) => void (isReceived || watchdog.expect(PONG_AT_MOST_MS)),
      pong: (isReceived, payload) => void (isReceived && renewal?.plan(payload)),
      message: () => void (phase === 'live' && watchdog.heard()),
      error: (event) => void down(event),
      closed: (event) => void down(event),
    },
  });

  /** Called when the socket failed or was closed. Some failures call it twice; only the first call counts. */
  async function down(event: unknown): Promise<void> {
    if (phase === 'closed') return;
    const downIn = phase;
    phase = 'closed';
    renewal?.closed();
    watchdog.heard();
    const affected = [...running];
    running.clear();
    // The operations are disposed at once; otherwise graphql-ws would resend them after a close with code 1000.
    for (const one of affected) one.dispose();
    const error = await failureOf(event, downIn);
    const tooLarge = (event as Partial<CloseEvent>).code === MESSAGE_TOO_BIG ? largestOf(affected) : null;
    for (const one of affected) if (!one.isLeft) one.sink.fail(one === tooLarge ? TOO_LARGE : error);
  }

  async function failureOf(event: unknown, downIn: typeof phase): Promise<JourneyClientError | Interruption> {
    if (paramsError instanceof JourneyClientError) {
      const error = paramsError;
      paramsError = undefined;
      return error;
    }
    if (event instanceof JourneyClientError) return event;
    const { code, reason } = event as Partial<CloseEvent>;
    if (downIn === 'connecting' && code !== TERMINATED) {
      const { error, isCertain } = await explainHandshake(event, settings, refusals);
      const isConfirmed = isCertain || error instanceof Interruption || suspected === error.code;
      suspected = error instanceof Interruption ? null : error.code;
      return isConfirmed ? error : new Interruption(error.message, { cause: error });
    }
    if (typeof code === 'number') {
      const error = closeError(code, reason ?? '');
      return error instanceof Interruption ? error : refusals.judge(error);
    }
    if (downIn === 'opened' && event instanceof Error)
      return refusals.judge(
        new JourneyClientError(
          'WRONG_URL',
          `The server does not speak graphql-transport-ws: ${event.message}`,
        ),
      );
    return refusals.ofConnection((event as Partial<ErrorEvent>).error ?? event);
  }

  /** A router leads a new socket to the cell in which the shop is now. */
  const reconnectIfMoved = (errors: GraphQLErrors | undefined) =>
    void (errors?.[0]?.extensions?.code === 'SHOP_MOVED' && client.terminate());

  return {
    subscribe(operation, sink) {
      const isCurrent = () => running.has(one);
      const end = () => running.delete(one);
      const dispose = client.subscribe(operation, {
        next: (result) => {
          refusals.delivered(result as Result);
          if (!isCurrent()) return;
          sink.next(result as Result);
          reconnectIfMoved((result as Result).errors);
        },
        error: (errors) => {
          if (!Array.isArray(errors) || !end()) return;
          sink.fail(toError(errors as GraphQLErrors));
          reconnectIfMoved(errors as GraphQLErrors);
        },
        complete: () => void (end() && sink.complete()),
      });
      const one: Running = { operation, sink, dispose, isLeft: false };
      running.add(one);
      if (phase === 'live') queueMicrotask(() => isCurrent() && sink.open());
      return () => {
        one.isLeft = true;
        if (end()) dispose();
      };
    },
    close() {
      if (phase === 'live') void client.dispose();
      else client.terminate();
      watchdog.heard();
    },
  };
}

const TERMINATED = 4499;
const TOO_LARGE = new JourneyClientError(
  'TOO_LARGE',
  'The server closed the WebSocket because a message was too large: make the document or its variables smaller.',
);

/**
 * The operation with the largest message. The server does not report which message was too large, but if one was, the
 * largest was.
 */
const largestOf = (operations: Running[]): Running | null => {
  const sizeOf = ({ operation }: Running) => JSON.stringify(operation).length;
  return operations.reduce<Running | null>((a, b) => (a && sizeOf(a) >= sizeOf(b) ? a : b), null);
};

/** Ends a connection whose server does not respond in time. */
class Watchdog {
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #onSilence: () => void;

  constructor(onSilence: () => void) {
    this.#onSilence = onSilence;
  }

  expect(withinMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#onSilence, withinMs);
  }

  heard(): void {
    clearTimeout(this.#timer);
  }
}

/**
 * Wraps a WebSocket class to work around two behaviours of graphql-ws' client. If the constructor throws, as a
 * browser's does for an insecure socket in a secure page, that client would wait forever: the error becomes an event
 * of a socket that never opens. And the client removes its error listener from a socket that it terminates: the error
 * that ws then emits would end the process.
 */
function failingSoftly(implementation: unknown): unknown {
  return new Proxy(implementation as typeof WebSocket, {
    construct(target, args) {
      try {
        const socket = Reflect.construct(target, args) as WebSocket;
        socket.addEventListener('error', () => {});
        return socket;
      } catch (cause) {
        const message = `The WebSocket cannot be created: ${(cause as Error).message}`;
        const error = new JourneyClientError('INVALID_OPTION', message, { cause });
        const socket = { readyState: target.CLOSED, close() {}, send() {}, onerror: (_: unknown) => {} };
        queueMicrotask(() => socket.onerror(error));
        return socket;
      }
    },
  });
}
