import { MessageType } from 'graphql-ws';
import { Sender } from 'ws';
import type { Receiver, RenderedEvent, SharedSubscriber } from '../../feed/live/shared-subscription.ts';
import type { Wire } from './wire.ts';

/**
 * Sends the events of a shared subscription as `next` messages of the operation with this id, directly to the socket,
 * without a promise per event. The next events are requested once the socket's buffer has room. graphql-ws gets a
 * stream without values that represents the operation: it ends when the subscription ends, and returning it ends the
 * subscription.
 */
export function sendEvents(
  wire: Wire,
  id: string,
  subscriber: SharedSubscriber,
): AsyncGenerator<never, void, void> {
  const start = Buffer.from(`{"id":${JSON.stringify(id)},"type":"${MessageType.Next}","payload":`);

  function sendAll(end: Receiver['end']): void {
    const receiver: Receiver = { take, end };
    const request = () => subscriber.request(receiver);
    function take(events: readonly RenderedEvent[]): boolean {
      if (wire.isFull()) {
        wire.whenRoom(request);
        return false;
      }
      wire.write(framesOf(start, events));
      if (wire.isFull()) wire.whenRoom(request);
      else request();
      return true;
    }
    request();
  }

  const operation: AsyncGenerator<never, void, void> = {
    next: () =>
      new Promise((resolve, reject) =>
        sendAll((error) => (error ? reject(error) : resolve({ done: true, value: undefined }))),
      ),
    async return() {
      subscriber.leave();
      return { done: true, value: undefined };
    },
    async throw(error) {
      subscriber.leave();
      throw error;
    },
    [Symbol.asyncIterator]: () => operation,
    [Symbol.asyncDispose]: async () => subscriber.leave(),
  };
  return operation;
}

declare module 'ws' {
  /** The part of `ws` that encodes frames; its type declarations omit it. */
  const Sender: { frame(data: { length: number }, options: object): Buffer[] };
}

/**
 * Encodes the messages as WebSocket frames in one buffer, which is written by one call. `WebSocket.send` would encode
 * the text again for each subscriber, although all share it.
 */
export function framesOf(start: Buffer, events: readonly Pick<RenderedEvent, 'text'>[]): Buffer {
  return Buffer.concat(
    events.flatMap(({ text }) => [headerOf(start.length + text.length + END.length), start, text, END]),
  );
}

const END = Buffer.from('}');
const TEXT_FRAME = { fin: true, opcode: 1, mask: false, readOnly: true };

/** The header of an unmasked frame depends only on the length of its message, so the message is not assembled for it. */
const headerOf = (length: number): Buffer => Sender.frame({ length }, TEXT_FRAME)[0]!;
