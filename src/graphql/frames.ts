import type { Duplex } from 'node:stream';
import { MessageType } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { RenderedStream } from './shared-streams.ts';

/** A WebSocket, and the network socket beneath it. */
export type Wire = { socket: WebSocket; network: Duplex };

/**
 * Writes a stream's results to the wire, as the protocol's `next` messages of the operation with this id; graphql-ws, to
 * which it yields nothing, is left with the end. The next events are asked for once the wire has room for them.
 */
export function writeFrames(
  { socket, network }: Wire,
  id: string,
  stream: RenderedStream,
): AsyncGenerator<never, void, void> {
  const start = `{"id":${JSON.stringify(id)},"type":"${MessageType.Next}","payload":`;
  const results: AsyncGenerator<never, void, void> = {
    async next() {
      for (;;) {
        const events = await stream.subscriber.next();
        if (!events) return { done: true, value: undefined };
        // Several messages leave the process in one call.
        if (events.length > 1) network.cork();
        for (const { text } of events) socket.send(`${start}${text}}`);
        if (events.length > 1) network.uncork();
        if (socket.bufferedAmount > BUFFERED_AT_MOST) await drained(socket);
      }
    },
    async return() {
      stream.subscriber.leave();
      return { done: true, value: undefined };
    },
    throw: (error) => stream.throw(error),
    [Symbol.asyncIterator]: () => results,
    [Symbol.asyncDispose]: () => stream[Symbol.asyncDispose](),
  };
  return results;
}

/** In bytes. Below it, the network is kept busy without waiting for each message. */
const BUFFERED_AT_MOST = 128 * 1024;

/** Resolves when all that was sent before has left the process, or the socket has closed. */
function drained(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => socket.ping(undefined, false, () => resolve()));
}
