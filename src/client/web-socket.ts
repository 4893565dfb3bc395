import { type Operation, RequestRefused, type Result, type Transport } from './operation.ts';

export type WebSocketOptions = {
  /** Of the GraphQL endpoint; http and https are taken for ws and wss. */
  url: string | URL;
  /** The payload of connection_init. */
  connectionParams?: Record<string, unknown>;
  /** Where there is no global one, as in Node 20. */
  WebSocket?: typeof WebSocket;
};

/**
 * Operations by the protocol graphql-transport-ws, each on a socket of its own. What is received and not yet taken waits in
 * memory; over an event stream it waits at the server.
 */
export function overWebSocket({
  url,
  connectionParams,
  WebSocket: Socket = globalThis.WebSocket,
}: WebSocketOptions): Transport {
  return async function* (operation, signal) {
    const address = new URL(url);
    address.protocol = address.protocol.replace('http', 'ws');
    const socket = new Socket(address, 'graphql-transport-ws');
    const messages = messagesOf(socket, operation, connectionParams, signal);
    try {
      for await (const message of messages) {
        if (message.type === 'next') yield message.payload;
        if (message.type === 'error') yield { errors: message.payload };
        if (message.type === 'error' || message.type === 'complete') return;
      }
    } finally {
      socket.close();
    }
  };
}

type Message =
  | { type: 'connection_ack' | 'ping' | 'pong' | 'complete' }
  | { type: 'next'; payload: Result }
  | { type: 'error'; payload: NonNullable<Result['errors']> };

/** What the server sends, its keep-alive answered; throws when the socket breaks or falls silent. */
async function* messagesOf(
  socket: WebSocket,
  operation: Operation,
  connectionParams: WebSocketOptions['connectionParams'],
  signal: AbortSignal,
): AsyncGenerator<Message, void, void> {
  const received: Message[] = [];
  let failure: Error | null = null;
  let heardAt = Date.now();
  let wake = () => {};
  const fail = (error: Error) => {
    failure ??= error;
    wake();
  };
  const send = (message: object) => socket.send(JSON.stringify(message));
  const pings = setInterval(() => {
    if (Date.now() - heardAt > SILENCE_MS) fail(new Error('The server has fallen silent.'));
    else if (socket.readyState === socket.OPEN) send({ type: 'ping' });
  }, PING_EVERY_MS);
  const abort = () => fail(new Error('aborted'));
  signal.addEventListener('abort', abort);

  socket.onopen = () => send({ type: 'connection_init', payload: connectionParams });
  socket.onerror = () => fail(new Error('The WebSocket failed.'));
  socket.onclose = ({ code, reason }) => fail(closed(code, reason));
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(String(data)) as Message;
    heardAt = Date.now();
    if (message.type === 'connection_ack') send({ id: '1', type: 'subscribe', payload: operation });
    if (message.type === 'ping') send({ type: 'pong' });
    received.push(message);
    wake();
  };
  try {
    for (;;) {
      if (signal.aborted) return;
      const message = received.shift();
      if (message) yield message;
      else if (failure) throw failure;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    clearInterval(pings);
    signal.removeEventListener('abort', abort);
  }
}

const PING_EVERY_MS = 10_000;
const SILENCE_MS = 25_000;

/** The protocol's own codes (44xx) are about what was sent, but for the one that says it came too late. */
function closed(code: number, reason: string): Error {
  const message = `The WebSocket was closed with ${code} ${reason}`.trim();
  const isRefusal = code >= 4400 && code < 4500 && code !== TOO_LATE;
  return isRefusal ? new RequestRefused(message) : new Error(message);
}

const TOO_LATE = 4408;
