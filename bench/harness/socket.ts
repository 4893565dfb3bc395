import { once } from 'node:events';
import { WebSocket } from 'ws';

/** A client of graphql-transport-ws that has subscribed. `onText` gets each message as it came, with the time of its coming. */
export async function subscribe(
  url: string,
  query: string,
  onText: (text: string, at: number) => void,
): Promise<WebSocket> {
  const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws', {
    perMessageDeflate: false,
  });
  await once(socket, 'open');
  socket.send('{"type":"connection_init"}');
  await once(socket, 'message');
  socket.on('message', (data) => onText(String(data), performance.now()));
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
  return socket;
}
