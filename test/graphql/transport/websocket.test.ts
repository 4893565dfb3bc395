import { once } from 'node:events';
import { createClient, type FormattedExecutionResult } from 'graphql-ws';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startTestApp, type TestApp } from '../../support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

type Message = { type: string; id?: string; payload?: unknown };

/** A bare socket that speaks graphql-transport-ws, acknowledged. */
async function connect(options: { origin?: string } = {}) {
  const socket = new WebSocket(app.socketUrl, 'graphql-transport-ws', options);
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
  const send = (message: object | string) =>
    socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  await once(socket, 'open');
  send({ type: 'connection_init' });
  expect(await next()).toEqual({ type: 'connection_ack' });
  return { socket, next, send, closed: once(socket, 'close') as Promise<[number, Buffer]> };
}

const typename = { type: 'next', id: 'ok', payload: { data: { __typename: 'Query' } } };
const subscribe = (id: string, query: string, variables = {}) => ({
  type: 'subscribe',
  id,
  payload: { query, variables },
});

it('answers queries to the usual client', async () => {
  const client = createClient({ url: app.socketUrl, webSocketImpl: WebSocket });
  const results: FormattedExecutionResult<Record<string, unknown>, unknown>[] = [];
  for await (const result of client.iterate({ query: '{ __typename }' })) results.push(result);
  expect(results).toEqual([{ data: { __typename: 'Query' } }]);
  await client.dispose();
});

it.each([
  ['a syntax error', '{', 'Syntax Error'],
  ['an unknown field', '{ nothing }', 'Cannot query field'],
  ['a document out of bounds', '{a'.repeat(1000), 'nests brackets deeper'],
  [
    'several operations and names none',
    'query A { __typename } query B { __typename }',
    'identify operation',
  ],
  ['a refusal by a resolver', '{ products(first: 1000) { totalCount } }', 'from 1 to 100'],
  ['a variable of the wrong type', 'query ($n: Int!) { products(first: $n) { totalCount } }', '$n'],
])('ends the one operation that has %s, and not the socket', async (_, query, message) => {
  const { socket, send, next } = await connect();
  send(subscribe('bad', query));
  send(subscribe('ok', '{ __typename }'));
  const answers = [await next(), await next(), await next()];
  while (!answers.some(({ type, id }) => type === 'complete' && id === 'ok')) answers.push(await next());
  const { payload } = answers.find(({ id, type }) => id === 'bad' && type !== 'complete')!;
  const errors = Array.isArray(payload) ? payload : (payload as FormattedExecutionResult).errors;
  expect(errors).toEqual([
    expect.objectContaining({
      message: expect.stringContaining(message),
      extensions: { code: 'BAD_REQUEST' },
    }),
  ]);
  expect(answers).toContainEqual(typename);
  socket.close();
});

it('refuses a key twice, in that operation alone', async () => {
  const { socket, send, next } = await connect();
  send('{"type":"subscribe","id":"two","payload":{"query":"{ __typename }","variables":{"n":1,"n":2}}}');
  expect(await next()).toEqual({
    type: 'error',
    id: 'two',
    payload: [
      {
        message: 'payload.variables.n is twice in its object; send each key once.',
        extensions: { code: 'BAD_REQUEST' },
      },
    ],
  });
  send(subscribe('ok', '{ __typename }'));
  expect(await next()).toEqual(typename);
  socket.close();
});

it('refuses a subscription with variables nested too deeply, in that operation alone', async () => {
  const { socket, send, next } = await connect();
  const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
  const message = (id: string, query: string) =>
    `{"type":"subscribe","id":"${id}","payload":{"query":${JSON.stringify(query)},"variables":{"deep":${deep}}}}`;
  const nested = 'run { component { runs(where: { context: $deep }) { totalCount } } }';
  send(message('declared', `subscription ($deep: JSONObject) { runEvents { ${nested} } }`));
  const refused = (await next()) as { payload: { errors?: unknown } };
  expect(refused).toMatchObject({ id: 'declared' });
  expect(JSON.stringify(refused.payload)).toMatch(/nested (deeper|too deeply)/);
  send(message('ignored', 'subscription { runEvents { runId } }'));
  send(subscribe('ok', '{ __typename }'));
  let answer = await next();
  while (answer.id !== 'ok') answer = await next();
  expect(answer).toEqual(typename);
  expect(socket.readyState).toBe(WebSocket.OPEN);
  socket.close();
});

it.each([
  ['a key twice', '{"type":"ping","payload":{"a":1,"a":2}}'],
  ['JSON within JSON', JSON.stringify('{"type":"ping"}')],
])('closes with 4400 on a message of no operation with %s', async (_, message) => {
  const { send, closed } = await connect();
  send(message);
  expect((await closed)[0]).toBe(4400);
});

it('gives up what a client gives up, and goes on', async () => {
  await app.query('mutation { saveProduct(input: { sku: "LOCKED" }) { product { id } } }');
  const holder = await app.db.pool.connect();
  await holder.query(`begin; select from products where sku = 'LOCKED' for update`);
  const { socket, send, next } = await connect();
  send(
    subscribe(
      'slow',
      'mutation { a: saveProduct(input: { sku: "LOCKED" }) { product { id } } b: saveProduct(input: { sku: "NEVER" }) { product { id } } }',
    ),
  );
  send(subscribe('ok', '{ __typename }'));
  expect(await next()).toEqual(typename);
  expect(await next()).toEqual({ type: 'complete', id: 'ok' });
  send({ type: 'complete', id: 'slow' });
  send({ type: 'ping' });
  expect(await next()).toEqual({ type: 'pong' });
  await holder.query('commit');
  holder.release();
  await app.query('mutation { saveProduct(input: { sku: "LOCKED" }) { product { id } } }');
  expect((await app.query('{ product(sku: "NEVER") { id } }')).product).toBeNull();
  expect(socket.readyState).toBe(WebSocket.OPEN);
  socket.close();
});

it('closes a socket that does not speak the protocol, and one that sends too much', async () => {
  const stray = await connect();
  stray.send('not JSON');
  expect((await stray.closed)[0]).toBe(4400);
  const eager = await connect();
  eager.send({ type: 'connection_init' });
  expect((await eager.closed)[0]).toBe(4429);
  const large = await connect();
  large.send('x'.repeat(5 * 1024 * 1024 + 1));
  expect((await large.closed)[0]).toBe(1009);
});

it("refuses a socket that another site's page opens", async () => {
  const { host } = new URL(app.url);
  const { socket } = await connect({ origin: `http://${host}` });
  socket.close();
  for (const origin of ['https://elsewhere.example', 'null']) {
    const foreign = new WebSocket(app.socketUrl, 'graphql-transport-ws', { origin });
    const [error] = await once(foreign, 'error');
    expect(error.message).toContain('403');
  }
});

it('sends its clients away with 1001 when the service stops', async () => {
  const stopping = await startTestApp();
  const socket = new WebSocket(stopping.socketUrl, 'graphql-transport-ws');
  await once(socket, 'open');
  const closed = once(socket, 'close');
  await stopping.stop();
  expect((await closed)[0]).toBe(1001);
});
