import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createGraphqlHandler, type GraphqlHandler } from '../../src/graphql/transport/handler.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { insertRunWithEvent, placeAfterAll } from '../support/events.ts';
import { insertComponent } from '../support/runs.ts';

let app: TestApp;
let handler: GraphqlHandler;
let server: Server;
/** The service's ends of the connections, in their order. */
const ends: Duplex[] = [];
const log: string[] = [];

beforeAll(async () => {
  app = await startTestApp();
  handler = createGraphqlHandler(app.services, pino({ level: 'error' }, { write: (line) => log.push(line) }));
  server = createServer();
  server.on('upgrade', (request, socket, head) => {
    ends.push(socket);
    handler.upgrade(request, socket, head);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  await handler.stop();
  server.close();
  await app.stop();
});

type Message = { type: string; id?: string; payload?: unknown };

async function connect() {
  const { port } = server.address() as AddressInfo;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws');
  const received: Message[] = [];
  let wake = () => {};
  socket.on('message', (data) => {
    received.push(JSON.parse(String(data)));
    wake();
  });
  const next = async (): Promise<Message> => {
    while (received.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    return received.shift()!;
  };
  await once(socket, 'open');
  const end = ends.at(-1)!;
  return { socket, next, end, closed: once(socket, 'close') as Promise<[number, Buffer]> };
}

async function acknowledged() {
  const connection = await connect();
  connection.socket.send('{"type":"connection_init"}');
  expect(await connection.next()).toEqual({ type: 'connection_ack' });
  return connection;
}

const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const subscribe = (id: string, query: string, variables = '{}') =>
  `{"type":"subscribe","id":${JSON.stringify(id)},"payload":{"query":${JSON.stringify(query)},"variables":${variables}}}`;
const ok = { type: 'next', id: 'ok', payload: { data: { __typename: 'Query' } } };

describe('a message that a client must not send closes the socket with 4400, and logs no error', () => {
  it.each(
    [
      '{"type":"next","id":"1","payload":{}}',
      '{"type":"error","id":"1","payload":[{"message":"no"}]}',
      `{"type":"error","id":"1","payload":${nested(100_000)}}`,
      '{"type":"connection_ack"}',
      '{"type":"connection_ack","payload":{}}',
      '{"type":"start","id":"1","payload":{"query":"{ __typename }"}}',
      '{"type":"toString"}',
      '{"type":["ping"]}',
      '{"type":"complete"}',
      '{"type":"complete","id":1}',
      '{"type":"complete","id":{}}',
      '{"type":"subscribe","id":"","payload":{"query":"{ __typename }"}}',
      '{"type":"subscribe","id":1,"payload":{"query":"{ __typename }"}}',
      '{"type":"subscribe","id":"1"}',
      '{"type":"subscribe","id":"1","payload":{"query":null}}',
      '{"type":"subscribe","id":"1","payload":{"query":"{ __typename }","variables":[1]}}',
      '{"type":"subscribe","id":"1","payload":{"query":"{ __typename }","operationName":1}}',
      '{"type":"subscribe","id":"1","payload":{"query":"{ __typename }","extensions":1}}',
      '{"type":"ping","payload":1}',
      '{"type":"pong","payload":"x"}',
      `{"type":"connection_init","payload":{"token":"${'x'.repeat(20_000)}"}}`,
      '{}',
      'null',
      '[]',
      '"ping"',
      '1',
      '',
      '{"type":"ping"',
      '12345678901234567890',
    ].map((text) => [text.slice(0, 60), text]),
  )('%s', async (_, text) => {
    const { socket, closed } = await acknowledged();
    socket.send(text);
    expect((await closed)[0]).toBe(4400);
    expect(log).toEqual([]);
  });
});

it('answers a ping with its payload, or without one where that is long', async () => {
  const { socket, next } = await acknowledged();
  socket.send('{"type":"ping","payload":{"n":1}}');
  expect(await next()).toEqual({ type: 'pong', payload: { n: 1 } });
  socket.send(`{"type":"ping","payload":${nested(100_000)}}`);
  expect(await next()).toEqual({ type: 'pong' });
  socket.send(`{"type":"pong","payload":${nested(100_000)}}`);
  socket.send(subscribe('ok', '{ __typename }'));
  expect(await next()).toEqual(ok);
  expect(log).toEqual([]);
  socket.close();
});

it('takes undeclared variables of a subscription for nothing, however deep', async () => {
  const { socket, next } = await acknowledged();
  socket.send(subscribe('deep', 'subscription { runEvents { cursor } }', `{"extra":${nested(100_000)}}`));
  socket.send(subscribe('ok', '{ __typename }'));
  expect(await next()).toEqual(ok);
  expect(log).toEqual([]);
  socket.close();
});

it('refuses declared variables that are too deep, in that operation alone', async () => {
  const { socket, next } = await acknowledged();
  const query = `subscription ($where: RunFilter, $more: JSONObject) {
    runEvents { run { component { runs(where: { metadata: $more }) { totalCount } } } }
    ... @include(if: false) { other: runEvents(where: $where) { cursor } }
  }`
    .replace(/\n\s+\.\.\. .*\n/, '\n')
    .replace('$where: RunFilter, ', '');
  socket.send(subscribe('deep', query, `{"more":${nested(100_000)}}`));
  const { id, payload } = await next();
  const errors = Array.isArray(payload) ? payload : (payload as { errors: unknown[] }).errors;
  expect([id, errors]).toMatchObject(['deep', [{ extensions: { code: 'BAD_REQUEST' } }]]);
  socket.send(subscribe('ok', '{ __typename }'));
  for (let message = await next(); message.id !== 'ok'; ) message = await next();
  expect(log).toEqual([]);
  socket.close();
});

it('names a long id that is used twice within the close frame, or as much of it as fits', async () => {
  for (const id of ['1', '😀'.repeat(100), 'x'.repeat(100_000)]) {
    const { socket, closed } = await acknowledged();
    const subscription = subscribe(id, 'subscription { runEvents { cursor } }');
    socket.send(subscription);
    socket.send(subscription);
    const [code, reason] = await closed;
    expect([code, String(reason)]).toEqual([4409, expect.stringContaining('Subscriber for')]);
  }
  expect(log).toEqual([]);
});

it('executes all operations that a client sends at once, and takes their ids again', async () => {
  const { socket, next } = await acknowledged();
  for (let round = 0; round < 2; round += 1) {
    for (let n = 0; n < 300; n += 1) socket.send(subscribe(String(n), '{ __typename }'));
    const completed = new Set<string>();
    while (completed.size < 300) {
      const { type, id } = await next();
      if (type === 'complete') completed.add(id!);
    }
  }
  expect(log).toEqual([]);
  socket.close();
});

it('reads no further from a client that does not read its answers, and answers all when it does', async () => {
  const { socket, next } = await acknowledged();
  socket.pause();
  const large =
    '{ __schema { types { name description fields { name description args { name description } } } } }';
  const padding = 'x'.repeat(200_000);
  const count = 300;
  for (let n = 0; n < count; n += 1)
    socket.send(
      `{"type":"subscribe","id":"${n}","payload":{"query":${JSON.stringify(large)},"extensions":{"padding":"${padding}"}}}`,
    );
  const calm = await acknowledged();
  for (let n = 0; n < 50; n += 1) {
    calm.socket.send(subscribe('ok', '{ __typename }'));
    expect(await calm.next()).toEqual(ok);
    expect(await calm.next()).toEqual({ type: 'complete', id: 'ok' });
  }
  calm.socket.close();
  expect(socket.bufferedAmount).toBeGreaterThan(10_000_000);
  socket.resume();
  const completed = new Set<string>();
  while (completed.size < count) {
    const { type, id } = await next();
    if (type === 'complete') completed.add(id!);
  }
  socket.close();
});

it('writes no events to a wire that is full, whatever subscriptions share it, and all of them later', async () => {
  const { id: componentId } = await insertComponent(app.db.pool);
  const { feedCursor: after } = await app.query('{ feedCursor }');
  const runs: string[] = [];
  for (let n = 0; n < 60; n += 1) runs.push(await insertRunWithEvent(app.db.pool, { componentId }));
  await placeAfterAll(app.services.feed, app.db.pool);

  const { socket, next, end } = await acknowledged();
  socket.pause();
  const aliases = Array.from({ length: 80 }, (_, n) => `a${n}: cursor`).join(' ');
  const count = 100;
  for (let n = 0; n < count; n += 1)
    socket.send(
      subscribe(
        String(n),
        `subscription S${n}($after: String!) { runEvents(after: $after) { run { id } ${aliases} } }`,
        JSON.stringify({ after }),
      ),
    );
  await expect.poll(() => end.writableLength).toBeGreaterThan(128 * 1024);
  const calm = await acknowledged();
  for (let n = 0; n < 100; n += 1) {
    calm.socket.send(subscribe('ok', '{ products { totalCount } }'));
    await calm.next();
    await calm.next();
    expect(end.writableLength).toBeLessThan(1024 * 1024);
  }
  calm.socket.close();

  socket.resume();
  const received = Array.from({ length: count }, () => [] as string[]);
  let left = count * runs.length;
  while (left > 0) {
    const { type, id, payload } = await next();
    if (type !== 'next') throw new Error(JSON.stringify({ type, id, payload }).slice(0, 500));
    // biome-ignore lint/suspicious/noExplicitAny: the answer of the query above.
    received[Number(id)]!.push((payload as any).data.runEvents.run.id);
    left -= 1;
  }
  for (const ids of received) expect(ids).toEqual(runs);
  socket.close();
});

it('messages that arrive at once are handled in many turns of the event loop, so that others are served between', async () => {
  const { socket, next } = await acknowledged();
  const network = (socket as unknown as { _socket: Duplex })._socket;
  const count = 900;
  let answered = 0;
  socket.on('message', (data) => {
    if (String(data).includes('"next"')) answered += 1;
  });
  network.cork();
  for (let n = 0; n < count; n += 1) socket.send(subscribe(String(n), '{ __typename }'));
  network.uncork();
  await next();
  await app.query('{ __typename }');
  expect(answered).toBeLessThan(count);
  await expect.poll(() => answered, { timeout: 60_000 }).toBe(count);
  socket.close();
});
