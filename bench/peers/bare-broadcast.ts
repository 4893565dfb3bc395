import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { onQuestion, tell } from '../harness/in-peer.ts';
import { nextEvent } from './event.ts';

// A frame made once, and written to every socket: no protocol, no subscription, no GraphQL.
const server = new WebSocketServer({
  port: 0,
  host: '127.0.0.1',
  handleProtocols: () => 'graphql-transport-ws',
});
server.on('connection', (socket) => socket.once('message', () => socket.send('{"type":"connection_ack"}')));
await once(server, 'listening');

onQuestion(async () => {
  const text = JSON.stringify({ id: '1', type: 'next', payload: { data: { runEvents: nextEvent() } } });
  const head =
    text.length < 126
      ? Buffer.from([0x81, text.length])
      : Buffer.from([0x81, 126, text.length >> 8, text.length & 255]);
  const frame = Buffer.concat([head, Buffer.from(text)]);
  for (const client of server.clients)
    (client as unknown as { _socket: NodeJS.WritableStream })._socket.write(frame);
  return null;
});
tell({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
