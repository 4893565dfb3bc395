import { MessageType } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { ResultStream } from './execution.ts';
import { RenderedEvents } from './shared-streams.ts';

/**
 * The stream with its rendered results taken out and written to the socket, as the protocol's `next` messages of the
 * operation with this id. All else goes on to graphql-ws. The next events are asked for once the socket has room for them.
 */
export function frames(socket: WebSocket, id: string, results: ResultStream): ResultStream {
  const start = `{"id":${JSON.stringify(id)},"type":"${MessageType.Next}","payload":`;
  const stream: ResultStream = {
    async next() {
      for (;;) {
        const step = await results.next();
        if (step.done || !(step.value instanceof RenderedEvents)) return step;
        const { promise: sent, resolve } = Promise.withResolvers<void>();
        const { events } = step.value;
        for (const [index, { text }] of events.entries())
          socket.send(Buffer.from(`${start}${text}}`), { binary: false }, index === events.length - 1 ? () => resolve() : undefined);
        if (socket.bufferedAmount > BUFFERED_AT_MOST) await sent;
      }
    },
    return: () => results.return(),
    throw: (error) => results.throw(error),
    [Symbol.asyncIterator]: () => stream,
    [Symbol.asyncDispose]: () => results[Symbol.asyncDispose](),
  };
  return stream;
}

/** In bytes. Below it, the network is kept busy without waiting for each message. */
const BUFFERED_AT_MOST = 128 * 1024;
