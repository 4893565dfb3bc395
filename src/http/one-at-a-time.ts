import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

type Handle = (req: IncomingMessage, res: ServerResponse) => void;

/** The most pipelined requests that wait on one connection. With more, the server stops reading from the connection. */
const WAITING_AT_MOST = 16;

/**
 * Handles the requests of one connection one after another: each starts when the response before it has been sent.
 * Without this, node:http starts all pipelined requests at once and buffers their responses.
 */
export function oneAtATime(handle: Handle): Handle {
  const waiting = new WeakMap<Socket, number>();
  return (req, res) => {
    // A response has no socket until its turn.
    if (res.socket) {
      handle(req, res);
      return;
    }
    const { socket } = req;
    const isTooMany = () => (waiting.get(socket) ?? 0) > WAITING_AT_MOST;
    waiting.set(socket, (waiting.get(socket) ?? 0) + 1);
    // Paused after the chunk that was read, because node:http resumes reading when it has read this request completely.
    if (isTooMany()) process.nextTick(() => isTooMany() && socket.pause());
    res.once('socket', () => {
      waiting.set(socket, waiting.get(socket)! - 1);
      if (!isTooMany() && socket.isPaused()) socket.resume();
      // In a later turn of the event loop: requests that are rejected at once would all be handled in one.
      setImmediate(() => {
        if (!socket.destroyed) handle(req, res);
      });
    });
  };
}
