import type { ExecutionResult, GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { LimitedError } from '../../errors.ts';
import type { RenderedEvent, SharedSubscriber } from '../../feed/live/shared-subscription.ts';
import type { Login } from '../../identity/login/login.ts';
import type { Client } from '../../limits/client.ts';
import type { ResultStream } from '../execution/client-stream.ts';
import { limitedHttp, loginEnded, withoutTransport } from '../graphql-errors.ts';

/** The bytes of an event stream, without comments and `complete`. Yoga passes the chunks on like results. */
export type ChunkStream = AsyncGenerator<Buffer, void, void>;

/**
 * Sends results as server-sent events: `next` for each, `complete` at the end. Run events have their cursor as id,
 * which a reconnecting client sends back as Last-Event-ID.
 */
export const eventStreams: Plugin = {
  onResultProcess({ result, setResultProcessor }) {
    if (!(Symbol.asyncIterator in result)) return;
    setResultProcessor((_result, { Response, ReadableStream }) => {
      const stream = (result as unknown as ChunkStream)[Symbol.asyncIterator]();
      return new Response(body(stream, ReadableStream), { headers: HEADERS });
    }, 'text/event-stream');
  },
};

const HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache',
  // Stops proxies from buffering the response, which would delay events.
  'x-accel-buffering': 'no',
};

/**
 * The response's body. It begins with a comment, since the headers are sent with the first bytes, and repeats a
 * comment while there is nothing else to send.
 */
function body(stream: AsyncIterator<Buffer, void, void>, Body: typeof ReadableStream): ReadableStream {
  let timer: NodeJS.Timeout;
  return new Body({
    start(controller) {
      controller.enqueue(COMMENT);
      timer = setInterval(() => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(COMMENT);
      }, COMMENT_EVERY_MS);
    },
    async pull(controller) {
      const step = await stream.next();
      controller.enqueue(step.done ? COMPLETE : step.value);
      if (!step.done) return;
      clearInterval(timer);
      controller.close();
    },
    async cancel() {
      clearInterval(timer);
      await stream.return?.();
    },
  });
}

const COMMENT_EVERY_MS = 12_000;
const COMMENT = Buffer.from(':\n\n');
const COMPLETE = Buffer.from('event: complete\ndata:\n\n');
const END = Buffer.from('\n\n');

/** The results of a subscription, as server-sent events. */
export function chunksOfResults(results: ResultStream): ChunkStream {
  return chunkStream(
    async () => {
      const step = await results.next();
      if (step.done) return null;
      return chunkOfResult(step.value);
    },
    async () => {
      await results.return();
    },
  );
}

/** Run events as server-sent events, each with its cursor as id. */
export function chunksOfEvents(subscriber: SharedSubscriber): ChunkStream {
  return chunkStream(
    () =>
      new Promise((resolve, reject) =>
        subscriber.request({
          take: (events) => {
            resolve(chunkOf(events));
            return true;
          },
          end: (error) => (error ? reject(error) : resolve(null)),
        }),
      ),
    async () => subscriber.leave(),
  );
}

/** The stream until the login ends; its last result is then an error. */
export function untilLoginEnds(stream: ChunkStream, login: Login): ChunkStream {
  let hasEnded = false;
  let isReported = false;
  const stopListening = login.onEnd(() => {
    hasEnded = true;
    void stream.return();
  });
  return chunkStream(
    async () => {
      const step = await stream.next();
      if (!step.done) return step.value;
      stopListening();
      if (!hasEnded || isReported) return null;
      isReported = true;
      return chunkOfResult({ errors: [loginEnded()] });
    },
    async () => {
      stopListening();
      await stream.return();
    },
  );
}

/**
 * Counts each chunk for the client until the next one is requested, which is when the client has room for it. Ends
 * the stream with an error when the client has too many bytes unread, over all its connections.
 */
export function countUnread(stream: ChunkStream, { bytes }: Client): ChunkStream {
  let unread = 0;
  const count = (length: number) => {
    bytes.add(length - unread);
    unread = length;
  };
  return chunkStream(
    async () => {
      count(0);
      const step = await stream.next();
      if (step.done) return null;
      try {
        bytes.check();
        count(step.value.length);
        return step.value;
      } catch (error) {
        await stream.return();
        throw limitedHttp(error as LimitedError);
      }
    },
    async () => {
      count(0);
      await stream.return();
    },
  );
}

const chunkOf = (events: readonly RenderedEvent[]): Buffer =>
  Buffer.concat(
    events.flatMap(({ cursor, text }) => [Buffer.from(`id: ${cursor}\nevent: next\ndata: `), text, END]),
  );

const chunkOfResult = (result: ExecutionResult): Buffer =>
  Buffer.from(`event: next\ndata: ${JSON.stringify(withoutTransport(result))}\n\n`);

/**
 * Makes a stream of chunks. `read` returns null at the end, and also after it has failed: an error that ends a stream
 * is sent as its last result. `leave` also ends a pending read.
 */
function chunkStream(read: () => Promise<Buffer | null>, leave: () => Promise<void>): ChunkStream {
  const stream: ChunkStream = {
    async next() {
      try {
        const value = await read();
        return value === null ? { done: true, value: undefined } : { done: false, value };
      } catch (error) {
        return { done: false, value: chunkOfResult({ errors: [error as GraphQLError] }) };
      }
    },
    async return() {
      await leave();
      return { done: true, value: undefined };
    },
    async throw(error) {
      await leave();
      throw error;
    },
    [Symbol.asyncIterator]: () => stream,
    [Symbol.asyncDispose]: leave,
  };
  return stream;
}
