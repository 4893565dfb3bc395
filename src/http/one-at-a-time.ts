import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

type Handle = (req: IncomingMessage, res: ServerResponse) => void;

/** Pipelined requests of a connection that wait for an earlier one's answer. With more, no further ones are read. */
const WAITING_AT_MOST = 16;

/**
 * Handles the requests of one connection one after the other, each when the client has been sent the answer before it:
 * node:http begins all that are pipelined at once, and holds their answers until they can be sent.
 */
export function oneAtATime(handle: Handle): Handle {
  const waiting = new WeakMap<Socket, number>();
  return (req, res) => {
    // Until its turn, an answer has no socket.
    if (res.socket) {
      handle(req, res);
      return;
    }
    const { socket } = req;
    const isTooMany = () => (waiting.get(socket) ?? 0) > WAITING_AT_MOST;
    waiting.set(socket, (waiting.get(socket) ?? 0) + 1);
    // Later, for node:http resumes reading when it has read this request to its end.
    if (isTooMany()) setImmediate(() => isTooMany() && socket.pause());
    res.once('socket', () => {
      waiting.set(socket, waiting.get(socket)! - 1);
      if (!isTooMany() && socket.isPaused()) socket.resume();
      handle(req, res);
    });
  };
}
