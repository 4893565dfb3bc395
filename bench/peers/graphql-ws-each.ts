import { EventEmitter, on, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buildSchema, subscribe } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { onQuestion, tell } from '../harness/in-peer.ts';
import { nextEvent } from './event.ts';

const schema = buildSchema(`
  type Query { hello: String }
  type RunEvent { cursor: String! runId: ID! type: String! status: String! attempt: Int! at: String! }
  type Subscription { runEvents: RunEvent! }`);
const bus = new EventEmitter().setMaxListeners(0);

// graphql-ws as its documentation sets it up: each subscriber has an iterator and executions of its own.
async function* runEvents() {
  for await (const [event] of on(bus, 'event')) yield { runEvents: event };
}
const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
useServer({ schema, subscribe, roots: { subscription: { runEvents } } }, server);
await once(server, 'listening');
onQuestion(async () => bus.emit('event', nextEvent()));
tell({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
