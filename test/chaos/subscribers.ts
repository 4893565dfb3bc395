import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { createJourneyClient, JourneyClientError } from '../../packages/client/src/client.ts';
import { decodeCursor } from '../../src/feed/log/feed-cursor.ts';
import type { SubscriberRecord } from './records.ts';

/** A subscriber to every event, which resumes with its last cursor after any break, and keeps what it got. */
export type Subscriber = {
  record: SubscriberRecord;
  /** Wall-clock time of each event's arrival, for those that were asked to keep it. */
  arrivals: number[] | null;
  /** When its first event came after it last subscribed. */
  resumedAt: number;
  isResuming: boolean;
  cursor: string;
};

/** Subscribers that share a connection. */
export type Subscription = {
  subscribers: Subscriber[];
  /** Of the API that it is connected to, or tries to. */
  url(): string;
  /** Reads no more until told otherwise: the socket's own buffers fill up. */
  pause(): void;
  resume(): void;
  close(): void;
};

export type SubscribeOptions = {
  /** Of the API; after a break the next one is tried, as behind a load balancer. */
  urls: readonly [string, ...string[]];
  name: string;
  /** Subscribers on this connection. */
  count: number;
  after: string;
  keepsArrivals?: boolean;
};

const DOCUMENT = 'subscription ($after: String) { runEvents(after: $after) { cursor } }';
const AGAIN_MS = 100;

const positionOf = (cursor: string): number => Number(decodeCursor(cursor).position);

/** Many over one WebSocket, by graphql-transport-ws. */
export function subscribeOverWebSocket(options: SubscribeOptions): Subscription {
  const subscribers = newSubscribers(options);
  let socket: WebSocket;
  let isClosed = false;
  let isPaused = false;
  let turn = -1;
  const url = () => options.urls[turn % options.urls.length]!;

  function open(): void {
    turn += 1;
    socket = new WebSocket(`${url().replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const tell = (message: object) =>
      socket.readyState === socket.OPEN && socket.send(JSON.stringify(message));
    const begin = (index: number) => {
      const subscriber = subscribers[index]!;
      subscriber.isResuming = true;
      const variables = { after: subscriber.cursor };
      tell({ type: 'subscribe', id: String(index), payload: { query: DOCUMENT, variables } });
    };
    socket.on('open', () => {
      tell({ type: 'connection_init' });
      if (isPaused) socket.pause();
    });
    socket.on('message', (data) => {
      const message = JSON.parse(data.toString()) as Message;
      if (message.type === 'connection_ack') for (const index of subscribers.keys()) begin(index);
      if (message.type === 'ping') tell({ type: 'pong' });
      if (message.id === undefined) return;
      const subscriber = subscribers[Number(message.id)]!;
      if (message.type === 'next') take(subscriber, message.payload.data.runEvents.cursor);
      else if (message.type === 'error' && isFinal(message.payload))
        subscriber.record.error = codeOf(message.payload);
      else void pause(AGAIN_MS).then(() => socket.readyState === socket.OPEN && begin(Number(message.id)));
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      if (!isClosed) void pause(AGAIN_MS).then(() => !isClosed && open());
    });
  }
  open();
  return {
    subscribers,
    url,
    pause() {
      isPaused = true;
      socket.pause();
    },
    resume() {
      isPaused = false;
      socket.resume();
    },
    close() {
      isClosed = true;
      socket.terminate();
    },
  };
}

/** One that leaves resuming to our own client, which comes back to the first of the URLs. */
export function subscribeByClient(
  options: Omit<SubscribeOptions, 'count'> & { over: 'event stream' | 'socket' },
): Subscription {
  const subscribers = newSubscribers({ ...options, count: 1 });
  const [subscriber] = subscribers as [Subscriber];
  const client = createJourneyClient({
    url: `${options.urls[0]}/graphql`,
    transport: options.over === 'socket' ? 'websocket' : 'sse',
    onStatus: ({ state }) => {
      if (state === 'interrupted') subscriber.isResuming = true;
    },
  });
  void (async () => {
    try {
      for await (const { runEvents } of client.watch(DOCUMENT, { after: options.after }))
        take(subscriber, runEvents.cursor);
    } catch (error) {
      subscriber.record.error = error instanceof JourneyClientError ? error.code : String(error);
    }
  })();
  return {
    subscribers,
    url: () => options.urls[0],
    pause() {},
    resume() {},
    close: () => client.close(),
  };
}

type Errors = { message: string; extensions: { code: string } }[];
type Result = { data: { runEvents: { cursor: string } }; errors?: Errors };
type Message =
  | { type: 'next'; id: string; payload: Result }
  | { type: 'error'; id: string; payload: Errors }
  | { type: 'complete'; id: string }
  | { type: 'connection_ack' | 'ping' | 'pong'; id?: undefined };

function newSubscribers({ name, count, after, keepsArrivals }: SubscribeOptions): Subscriber[] {
  return Array.from({ length: count }, (_, index) => ({
    record: { name: `${name}/${index + 1}`, positions: [], after: positionOf(after), error: null },
    arrivals: keepsArrivals ? [] : null,
    resumedAt: 0,
    isResuming: true,
    cursor: after,
  }));
}

function take(subscriber: Subscriber, cursor: string): void {
  subscriber.cursor = cursor;
  subscriber.record.positions.push(positionOf(cursor));
  subscriber.arrivals?.push(Date.now());
  if (!subscriber.isResuming) return;
  subscriber.isResuming = false;
  subscriber.resumedAt = Date.now();
}

/** Whether coming back with the same cursor is of no use. */
const isFinal = (errors: Errors): boolean => codeOf(errors) !== 'UNAVAILABLE';
const codeOf = (errors: Errors): string => errors[0]?.extensions.code ?? 'an error without a code';
