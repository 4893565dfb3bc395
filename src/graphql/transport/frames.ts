import { MessageType } from 'graphql-ws';
import type { Receiver, RenderedEvent } from '../../feed/live/shared-subscription.ts';
import type { RenderedStream } from '../execution/shared-streams.ts';
import type { Wire } from './wire.ts';

/**
 * Writes a stream's results to the wire, as the protocol's `next` messages of the operation with this id; graphql-ws, to
 * which it yields nothing, is left with the end. The next events are asked for once the wire has room for them.
 */
export function writeFrames(
  wire: Wire,
  id: string,
  stream: RenderedStream,
): AsyncGenerator<never, void, void> {
  const { subscriber } = stream;
  const start = Buffer.from(`{"id":${JSON.stringify(id)},"type":"${MessageType.Next}","payload":`);

  function writeAll(end: Receiver['end']): void {
    const receiver: Receiver = { take, end };
    const ask = () => subscriber.ask(receiver);
    function take(events: readonly RenderedEvent[]): boolean {
      if (wire.isFull()) {
        wire.whenRoom(ask);
        return false;
      }
      if (wire.socket.readyState === wire.socket.OPEN) wire.network.write(framesOf(start, events));
      if (wire.isFull()) wire.whenRoom(ask);
      else ask();
      return true;
    }
    ask();
  }

  const results: AsyncGenerator<never, void, void> = {
    next: () =>
      new Promise((resolve, reject) =>
        writeAll((error) => (error ? reject(error) : resolve({ done: true, value: undefined }))),
      ),
    async return() {
      subscriber.leave();
      return { done: true, value: undefined };
    },
    throw: (error) => stream.throw(error),
    [Symbol.asyncIterator]: () => results,
    [Symbol.asyncDispose]: () => stream[Symbol.asyncDispose](),
  };
  return results;
}

/**
 * The messages as WebSocket frames in one piece, so that they leave the process in one call. Made here, since `ws` would
 * turn the text, which all subscribers share, into bytes anew for each of them.
 */
function framesOf(start: Buffer, events: readonly RenderedEvent[]): Buffer {
  const lengthOf = ({ text }: RenderedEvent) => start.length + text.length + END.length;
  let size = 0;
  for (const event of events) size += headerLength(lengthOf(event)) + lengthOf(event);
  const frames = Buffer.allocUnsafe(size);
  let at = 0;
  for (const event of events) {
    writeHeader(frames, at, lengthOf(event));
    at += headerLength(lengthOf(event));
    for (const part of [start, event.text, END]) {
      frames.set(part, at);
      at += part.length;
    }
  }
  return frames;
}

const END = Buffer.from('}');

const headerLength = (length: number): number => (length < 126 ? 2 : length < 65_536 ? 4 : 10);

/** Of an unmasked text message in one frame (RFC 6455, 5.2). */
function writeHeader(frames: Buffer, at: number, length: number): void {
  frames[at] = 0x81;
  frames[at + 1] = length < 126 ? length : length < 65_536 ? 126 : 127;
  if (length >= 65_536) frames.writeBigUInt64BE(BigInt(length), at + 2);
  else if (length >= 126) frames.writeUInt16BE(length, at + 2);
}
